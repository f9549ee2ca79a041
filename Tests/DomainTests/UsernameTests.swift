// The rule for user names, against tables and against the same rule as regular expressions.

import Domain
import RandomKit
import Testing

@Suite struct UsernameTests {
    @Test(arguments: [
        "a", "A", "0", "_", "-", "...", ".a", "a.", "._", "user1", "User.Name-2_x",
        String(repeating: "z", count: 64),
        // Almost a UUID.
        "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3g",
        "5b3e90d417ac8f62a7c104f8d29b6e35", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e355",
        "5b3e90d4_17ac-8f62-a7c1-04f8d29b6e35",
    ])
    func `legal names are accepted as spelled`(_ text: String) throws {
        let name = try #require(Username(text))
        #expect(name.text == text)
        #expect(name.description == text)
        #expect(name.key == text.lowercased())
    }

    @Test(arguments: [
        "", ".", "..", " ", "a b", " a", "a ", "a\n", "a\0", "a\0b", "mail@example.org", "a#b", "a/b",
        "a%20b", "a+b",
        "a:b", "ä", "中文",
        "ａ", "\u{212A}", "ı", "a\u{301}", "😀", String(repeating: "z", count: 65),
        "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e35",
        "5B3E90D4-17AC-8F62-A7C1-04F8D29B6E35", "00000000-0000-0000-0000-000000000000",
    ])
    func `everything else is refused`(_ text: String) {
        #expect(Username(text) == nil)
    }

    @Test func `names that differ in case only are one name`() throws {
        let (lower, upper) = (try #require(Username("anna.b")), try #require(Username("Anna.B")))
        #expect(lower == upper)
        #expect(Set([lower, upper]).count == 1)
        #expect(upper.key == "anna.b")
        #expect(upper.text == "Anna.B")
        #expect(lower != Username("anna-b"))
    }

    @Test func `a stored name is taken as it is`() {
        let name = Username(stored: "Anna", key: "anna")
        #expect(name == Username("ANNA"))
        #expect(name.text == "Anna")
    }

    @Test func `a stored name has the key that it was accepted with`() throws {
        for text in ["anna", "Anna.B", "A-1_Z", "0"] {
            #expect(Username(stored: text).key == (try #require(Username(text))).key)
        }
    }

    @Test func `the rule agrees with its regular expressions on random texts`() {
        var random = SeededGenerator(seed: 1)
        var legal = 0
        for _ in 0..<6000 {
            let text = Self.text(&random)
            let isName = text.wholeMatch(of: /[A-Za-z0-9_.\-]{1,64}/.asciiOnlyCharacterClasses()) != nil
            let isUUID = text.wholeMatch(of: /[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/) != nil
            let isStep = text.wholeMatch(of: /\.{1,2}/) != nil
            #expect((Username(text) != nil) == (isName && !isUUID && !isStep), "\(text)")
            if isName && !isUUID { legal += 1 }
        }
        // The generator must come to both sides of the rule.
        #expect((1500..<4500).contains(legal))
    }

    /// Names, almost names, UUIDs and almost UUIDs.
    private static func text(_ random: inout SeededGenerator) -> String {
        let hex = Array("0123456789abcdefABCDEF"), name = Array("abyzABYZ0189_-.")
        let strange: [Character] = [" ", "@", "/", "[", "`", "{", "^", "é", "\u{212A}", "\0", "\n", "\u{7F}"]
        var text: [Character] = []
        if Bool.random(using: &random) {
            for length in [8, 4, 4, 4, 12] {
                if !text.isEmpty { text.append("-") }
                for _ in 0..<length { text.append(hex.randomElement(using: &random) ?? "0") }
            }
        } else {
            let length = [1, 2, 10, 63, 64, 65, 66].randomElement(using: &random) ?? 1
            for _ in 0..<length { text.append(name.randomElement(using: &random) ?? "a") }
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            text[Int.random(in: 0..<text.count, using: &random)] =
                strange.randomElement(using: &random) ?? " "
        case 1: text.remove(at: Int.random(in: 0..<text.count, using: &random))
        default: break
        }
        return String(text)
    }
}
