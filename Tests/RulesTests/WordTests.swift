// Words that a stranger understands: a noun as the subject of each sentence, one type for each name.

import Foundation
import TestKit
import Testing

/// A sentence of a comment or a page, with its place.
private struct Sentence {
    let place: String
    let text: Substring

    /// Whether it begins with a relative clause; questions don't.
    var beginsWithClause: Bool {
        guard text.last != "?" else { return false }
        return text.prefixMatch(of: #/(?:Who|Whom|Whose|Whoever|What|Whatever)\b(?!['’])/#) != nil
    }

    /// The sentences of a paragraph, without the marks of lists and of parts of a docstring.
    static func all(in paragraph: String, at place: String) -> [Sentence] {
        var sentences: [Sentence] = []
        var rest = paragraph[...]
        let mark = #/(?:[-*] |\d+\. |(?:Parameter \w+|Returns|Throws|Note): |\*\*)+/#
        while !rest.isEmpty {
            if let found = rest.prefixMatch(of: mark) { rest = rest[found.range.upperBound...] }
            let end = rest.firstRange(of: #/[.!?](?:\*\*)? (?=[A-Z"`*(\-])/#)
            sentences.append(Sentence(place: place, text: rest[..<(end?.lowerBound ?? rest.endIndex)]))
            // A question keeps its mark.
            if let end, rest[end.lowerBound] == "?" { sentences.removeLast() }
            rest = end.map { rest[$0.upperBound...] } ?? ""
        }
        return sentences
    }
}

extension SourceFile {
    /// The paragraphs of its comments; each item of a list is one.
    fileprivate var paragraphs: [(number: Int, text: String)] {
        var found: [(number: Int, text: String)] = []
        var isOpen = false
        for (index, line) in lines.enumerated() {
            guard let comment = line.prefixMatch(of: #/ *\/\/\/? ?(.*)/#) else {
                isOpen = false
                continue
            }
            let text = String(comment.1)
            let isItem = text.hasPrefix("- ") || text.hasPrefix("* ") || text.hasPrefix("MARK:")
            if text.isEmpty {
                isOpen = false
            } else if isOpen, !isItem {
                found[found.count - 1].text += " " + text.drop { $0 == " " }
            } else {
                found.append((index + 1, text))
                isOpen = !text.hasPrefix("MARK:")
            }
        }
        return found
    }
}

@Suite struct WordTests {
    /// Sentences that may begin so, by their first words.
    ///
    /// The list only shrinks.
    private static let allowed: Set<String> = []

    private static var pages: [String] {
        let enumerator = FileManager.default.enumerator(atPath: Project.folder + "/Sources")
        let names = enumerator?.compactMap { $0 as? String } ?? []
        let documents = names.filter { $0.hasSuffix(".md") }.map { "Sources/" + $0 }
        return documents + ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
    }

    private static func check(_ sentences: [Sentence]) {
        for sentence in sentences where sentence.beginsWithClause {
            let start = sentence.text.split(separator: " ").prefix(4).joined(separator: " ")
            #expect(allowed.contains(start), "\(sentence.place): \(sentence.text)")
        }
    }

    @Test func `the reader of sentences finds their beginnings`() {
        let text = "One. What is two? Whoever reads. - Returns: What it gives."
        let found = Sentence.all(in: text, at: "").filter(\.beginsWithClause)
        #expect(found.map { String($0.text) } == ["Whoever reads", "What it gives."])
    }

    @Test func `no comment has a sentence that begins with a relative clause`() {
        for file in SourceTree.sources {
            for (number, text) in file.paragraphs {
                Self.check(Sentence.all(in: text, at: "\(file):\(number)"))
            }
        }
    }

    @Test func `no page has a sentence that begins with a relative clause`() throws {
        let pages = Self.pages
        #expect(pages.count > 15)
        for page in pages {
            var paragraph: [Substring] = []
            let lines = try SourceTree.read(page).split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines + [""] {
                let text = line.drop { $0 == " " }
                if text.isEmpty || text.hasPrefix("- ") || text.hasPrefix("#") || text.hasPrefix("|") {
                    Self.check(Sentence.all(in: paragraph.joined(separator: " "), at: page))
                    paragraph = []
                }
                if !text.isEmpty { paragraph.append(text) }
            }
        }
    }

    /// Names that two modules give to a type of their own.
    ///
    /// The list only shrinks.
    private static let shared: Set<String> = [
        "ASCII", "Arguments", "Base64", "Connection", "Conversations", "Envelope", "GroupMembers", "Groups",
        "MessageFields",
        "Method", "OnlineStatus", "Output", "Program", "Query", "Registration", "Users", "Work",
    ]

    @Test func `a name means one type in all modules`() {
        var homes: [String: Set<String>] = [:]
        let declaration =
            #/^(?:public |package |final |indirect |@\w+ )*(?:enum|struct|class|protocol|actor) (\w+)/#
        for file in SourceTree.sources {
            for (_, line) in file.code {
                guard let name = line.prefixMatch(of: declaration) else { continue }
                homes[String(name.1), default: []].insert(file.module)
            }
        }
        #expect(homes.count > 500)
        let doubled = Set(homes.filter { $0.value.count > 1 }.keys)
        #expect(doubled.subtracting(Self.shared).sorted() == [], "One name, two types.")
        #expect(Self.shared.subtracting(doubled).sorted() == [], "Take these off the list.")
    }
}
