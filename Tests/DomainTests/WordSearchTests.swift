// How names are cut into words, and which patterns find them.

import Domain
import Testing

@Suite struct WordSearchTests {
    @Test(arguments: [
        ("", []), ("Ann", ["ann"]), ("ann_lee-b.c", ["ann", "lee", "b", "c"]),
        ("张三x四", ["张", "三", "x", "四"]),
        ("Élan vital", ["élan", "vital"]), ("e\u{301}t", ["e\u{301}t"]), ("ひらカナ", ["ひ", "ら", "カ", "ナ"]),
        ("한국어 말", ["한국어", "말"]), ("a1 2b", ["a1", "2b"]), ("👍", []), ("𠀀x", ["𠀀", "x"]),
    ])
    func `A text is cut at everything but letters and digits, and around each ideograph`(
        text: String,
        words: [String]
    ) {
        #expect(WordSearch.words(in: text) == words)
    }

    @Test(arguments: ["", "*", "a*b", "**", "a**", "-", "a -*", "👍*"])
    func `A pattern without a word, or with a star elsewhere than behind one, is none`(pattern: String) {
        #expect(WordSearch(pattern) == nil)
    }

    @Test(arguments: [
        ("ann", "Ann Lee", true), ("ann", "Annlee", false), ("ann*", "Annlee", true),
        ("lee*", "Annlee", false),
        ("ann le*", "ann lee", true), ("an* lee", "", false), ("张", "王张", true), ("王张*", "王张三", true),
        ("三", "张3", false), ("ann", "", false),
    ])
    func `A pattern finds whole words, the last one cut where a star says so`(
        pattern: String,
        text: String,
        isFound: Bool
    ) {
        #expect((WordSearch(pattern)?.matches(text) ?? false) == isFound)
    }
}
