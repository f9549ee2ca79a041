// The query language of the oldest message route: `select * where timestamp > 1 order by timestamp desc`.

import Domain
import Routing

/// The messages that a text of the language asks for.
struct MessageLanguage: Equatable, Sendable {
    var from: String?
    var to: String?
    var kind: ConversationKind?
    /// The first moment, in milliseconds.
    var after: Int64?
    /// The moment behind the last, in milliseconds.
    var before: Int64?
    var isDescending = true

    /// Everything, newest first.
    init() {}

    /// Reads a text; keywords in any case.
    ///
    /// - Throws: `.illegal` with the word that isn't understood.
    init(_ text: String) throws(FieldProblem) {
        var words = try Words(text)
        try words.expect("select")
        try words.expect("*")
        if words.take("where") {
            repeat { try readCondition(&words) } while words.take("and")
        }
        if words.take("order") {
            try words.expect("by")
            try words.expect("timestamp")
            if words.take("asc") { isDescending = false } else { _ = words.take("desc") }
        }
        guard words.isEmpty else { throw words.problem }
    }

    private mutating func readCondition(_ words: inout Words) throws(FieldProblem) {
        if words.take("timestamp") {
            let sign = try words.sign()
            try bound(sign, try words.number())
        } else if words.take("from") {
            try words.expect("=")
            from = try Self.one(from, try words.text())
        } else if words.take("to") {
            try words.expect("=")
            to = try Self.one(to, try words.text())
        } else if words.take("chat_type") {
            try words.expect("=")
            let name = try words.text()
            guard let named = MessageChanges.chatTypes[name] else {
                throw FieldProblem(.illegal(value: String(name.prefix(64))))
            }
            kind = named
        } else {
            throw words.problem
        }
    }

    private static func one(_ known: String?, _ next: String) throws(FieldProblem) -> String {
        guard known == nil || known == next else { throw FieldProblem(.repeated) }
        return next
    }

    private mutating func bound(_ sign: String, _ moment: Int64) throws(FieldProblem) {
        guard (0..<Int64.max >> 16).contains(moment) else {
            throw FieldProblem(.outOfRange(minimum: 0, maximum: Int64.max >> 16))
        }
        if sign == "=" || sign == ">=" { after = max(after ?? 0, moment) }
        if sign == ">" { after = max(after ?? 0, moment + 1) }
        if sign == "=" || sign == "<=" { before = min(before ?? .max, moment + 1) }
        if sign == "<" { before = min(before ?? .max, moment) }
    }
}

extension MessageLanguage {
    /// The words of a text, signs and quoted texts among them.
    private struct Words {
        private var words: ArraySlice<Word>

        enum Word {
            case plain(String)
            case quoted(String)
        }

        /// - Throws: `.illegal` for a text in quotes without an end.
        init(_ text: String) throws(FieldProblem) {
            var found: [Word] = []
            var rest = Substring(text)
            while let character = rest.first {
                if character.isWhitespace {
                    rest.removeFirst()
                } else if character == "'" {
                    found.append(.quoted(try Self.quoted(&rest)))
                } else if "=<>*".contains(character) {
                    let isLong = (character == "<" || character == ">") && rest.dropFirst().first == "="
                    found.append(.plain(String(rest.prefix(isLong ? 2 : 1))))
                    rest = rest.dropFirst(isLong ? 2 : 1)
                } else {
                    let word = rest.prefix { !$0.isWhitespace && !"=<>*'".contains($0) }
                    found.append(.plain(String(word)))
                    rest = rest[word.endIndex...]
                }
            }
            words = found[...]
        }

        private static func quoted(_ rest: inout Substring) throws(FieldProblem) -> String {
            let sent = String(rest.prefix(64))
            rest.removeFirst()
            var text = ""
            while let character = rest.popFirst() {
                if character == "'" { return text }
                if character == "\\", let next = rest.first, next == "'" || next == "\\" {
                    text.append(next)
                    rest.removeFirst()
                } else {
                    text.append(character)
                }
            }
            throw FieldProblem(.illegal(value: sent))
        }

        var isEmpty: Bool { words.isEmpty }

        /// That the next word isn't understood, or is missing.
        var problem: FieldProblem {
            switch words.first {
            case .plain(let word), .quoted(let word): FieldProblem(.illegal(value: String(word.prefix(64))))
            case nil: FieldProblem(.illegal(value: ""))
            }
        }

        mutating func take(_ word: String) -> Bool {
            guard case .plain(let next) = words.first, next.lowercased() == word else { return false }
            words.removeFirst()
            return true
        }

        mutating func expect(_ word: String) throws(FieldProblem) {
            guard take(word) else { throw problem }
        }

        mutating func sign() throws(FieldProblem) -> String {
            for sign in ["=", "<", "<=", ">", ">="] where take(sign) { return sign }
            throw problem
        }

        mutating func number() throws(FieldProblem) -> Int64 {
            guard case .plain(let word) = words.first, let number = Int64(word) else { throw problem }
            words.removeFirst()
            return number
        }

        mutating func text() throws(FieldProblem) -> String {
            guard case .quoted(let text) = words.first else { throw problem }
            words.removeFirst()
            return text
        }
    }
}
