// The search text: what it matches, and the groups of three that the index is asked for.

import Domain
import RandomKit
import Testing

@Suite struct MessageSearchTests {
    @Test(arguments: [
        ("hello", "Say HELLO now", true), ("hello", "hell o", false), ("你好", "大家你好", true),
        ("你好", "好你", false),
        ("É", "café", true), ("e\u{301}", "café", false), ("straße", "STRASSE", false), ("ß", "straße", true),
        ("İ", "İstanbul", true), ("x", "", false), ("aab", "aaab", true), ("👋", "👋🏽", true),
        ("ﬁ", "ﬁne", true),
    ])
    func `a text matches where it stands, without case`(query: String, text: String, matches: Bool) throws {
        #expect(try #require(HistorySearch(query)).matches(text) == matches)
    }

    @Test func `an empty text is no search`() {
        #expect(HistorySearch("") == nil)
    }

    @Test(arguments: [
        ("ab", []), ("abc", ["abc"]), ("ABCD", ["abc", "bcd"]), ("aaaa", ["aaa"]), ("你好世界", ["你好世", "好世界"]),
        ("a\"b", ["a\"b"]),
    ])
    func `the groups of three are all there, in lower case, each once`(query: String, trigrams: [String])
        throws
    {
        #expect(try #require(HistorySearch(query)).trigrams == trigrams)
    }

    @Test func `whatever a text matches in has every one of its groups of three`() throws {
        var generator = SeededGenerator(seed: 7)
        let letters = Array("aAbBä你好 ")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 3...12, using: &generator)).map { _ in
                    letters.randomElement(using: &generator)!
                }
            )
            let start = text.index(
                text.startIndex,
                offsetBy: Int.random(in: 0...text.count - 3, using: &generator)
            )
            let search = try #require(HistorySearch(String(text[start...].prefix(5))))
            #expect(search.matches(text))
            for trigram in search.trigrams { #expect(text.lowercased().contains(trigram)) }
        }
    }
}
