// The query language of users: `select * where created > 1 and nickname contains 'ann*' order by username`.

import Domain
import Routing

/// Reads `select * where P order by F`, each part of which may be left out.
///
/// Keywords and field names in any case; P of comparisons, `contains`, `and`, `or`, `not` and parentheses.
struct UserQueryParser {
    private var tokens: ArraySlice<QueryToken>
    /// How deep parentheses and negations may lie in each other.
    private static let maximumDepth = 32
    private var depth = 0

    /// Reads a query.
    ///
    /// - Throws: `.illegal` with the word that isn't understood.
    static func query(_ text: String) throws(FieldProblem) -> UserQuery {
        var parser = UserQueryParser(tokens: try QueryToken.all(in: text)[...])
        return try parser.query()
    }

    private mutating func query() throws(FieldProblem) -> UserQuery {
        var query = UserQuery()
        var isAny = false
        if take(word: "select") {
            guard take(sign: "*") else { throw problem() }
            isAny = true
        }
        if take(word: "where") {
            query.condition = try alternatives()
            isAny = true
        }
        if take(word: "order") {
            guard take(word: "by") else { throw problem() }
            query.field = try field()
            if take(word: "desc") { query.isDescending = true } else { _ = take(word: "asc") }
            isAny = true
        }
        guard isAny, tokens.isEmpty else { throw problem() }
        return query
    }

    // MARK: Conditions

    private mutating func alternatives() throws(FieldProblem) -> UserCondition {
        var condition = try all()
        while take(word: "or") { condition = .either(condition, try all()) }
        return condition
    }

    private mutating func all() throws(FieldProblem) -> UserCondition {
        var condition = try one()
        while take(word: "and") { condition = .both(condition, try one()) }
        return condition
    }

    private mutating func one() throws(FieldProblem) -> UserCondition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw problem() }
        if take(word: "not") { return .not(try one()) }
        if take(sign: "(") {
            let condition = try alternatives()
            guard take(sign: ")") else { throw problem() }
            return condition
        }
        let field = try field()
        if take(word: "contains") { return .contains(field, try pattern(of: field)) }
        return .compares(field, try comparison(), try value(of: field))
    }

    private mutating func field() throws(FieldProblem) -> UserField {
        guard case .word(let name)? = tokens.first,
            let field = UserField.allCases.first(where: { "\($0)" == name.lowercased() })
        else { throw problem() }
        tokens.removeFirst()
        return field
    }

    private mutating func comparison() throws(FieldProblem) -> UserComparison {
        let comparison: UserComparison
        switch tokens.first {
        case .sign("<")?: comparison = .less
        case .sign("<=")?: comparison = .lessOrEqual
        case .sign("=")?: comparison = .equal
        case .sign(">=")?: comparison = .greaterOrEqual
        case .sign(">")?: comparison = .greater
        default: throw problem()
        }
        tokens.removeFirst()
        return comparison
    }

    private mutating func pattern(of field: UserField) throws(FieldProblem) -> WordSearch {
        guard field == .username || field == .nickname, case .text(let text)? = tokens.first,
            let search = WordSearch(text)
        else { throw problem() }
        tokens.removeFirst()
        return search
    }

    /// A literal of the kind that the field has.
    private mutating func value(of field: UserField) throws(FieldProblem) -> UserValue {
        let value: UserValue
        switch (field, tokens.first) {
        case (.username, .text(let text)?), (.nickname, .text(let text)?):
            value = .text(text.lowercased())
        case (.uuid, .text(let text)?), (.uuid, .word(let text)?):
            guard let uuid = UUID(text) else { throw problem() }
            value = .text(uuid.text)
        case (.created, .word(let digits)?), (.modified, .word(let digits)?):
            guard let number = Int64(digits), number >= 0 else { throw problem() }
            value = .number(number)
        case (.activated, .word(let word)?):
            guard let flag = ["true": 1, "false": 0][word.lowercased()] else { throw problem() }
            value = .number(Int64(flag))
        default: throw problem()
        }
        tokens.removeFirst()
        return value
    }

    // MARK: Tokens

    private mutating func take(word: String) -> Bool {
        guard case .word(let found)? = tokens.first, found.lowercased() == word else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard tokens.first == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    private func problem() -> FieldProblem {
        let found = tokens.first.map { String($0.text.prefix(64)) } ?? "the end"
        return FieldProblem(.illegal(value: found))
    }
}

/// A piece of a query.
private enum QueryToken: Equatable {
    /// A keyword, a field, a number, an identifier.
    case word(String)
    /// A text in quotation marks.
    case text(String)
    /// A comparison, a parenthesis or `*`.
    case sign(String)

    var text: String {
        switch self {
        case .word(let text), .text(let text), .sign(let text): text
        }
    }

    static func all(in text: String) throws(FieldProblem) -> [QueryToken] {
        var tokens: [QueryToken] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            switch first {
            case " ", "\t", "\n", "\r": rest.removeFirst()
            case "'": tokens.append(.text(try quotation(&rest)))
            case "(", ")", "*", "=":
                tokens.append(.sign(String(first)))
                rest.removeFirst()
            case "<", ">":
                rest.removeFirst()
                let isOrEqual = rest.first == "="
                if isOrEqual { rest.removeFirst() }
                tokens.append(.sign(String(first) + (isOrEqual ? "=" : "")))
            default:
                let word = rest.prefix { isWord($0) }
                guard !word.isEmpty else { throw FieldProblem(.illegal(value: String(first))) }
                tokens.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": true
        default: false
        }
    }

    /// The text between two `'`; `\'` is one of the text's own, and `\\` a backslash.
    private static func quotation(_ rest: inout Substring.UnicodeScalarView) throws(FieldProblem) -> String {
        var text = String.UnicodeScalarView()
        rest.removeFirst()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "'": return String(text)
            case "\\" where rest.first == "'" || rest.first == "\\":
                if let escaped = rest.popFirst() { text.append(escaped) }
            default: text.append(scalar)
            }
        }
        throw FieldProblem(.illegal(value: "an open quotation mark"))
    }
}

/// The users that a request is about, as it wrote them in `ql`.
struct UserFilter {
    let query: UserQuery
    let text: String

    /// The parameter as replies echo it.
    var params: [(key: String, value: [String])] { [(key: "ql", value: [text])] }
}

extension Value<UserFilter> {
    /// A query of users, at most 2048 bytes long.
    static var userFilter: Value {
        textual(.string(length: 1...2048), placeholder: UserFilter(query: UserQuery(), text: "")) {
            text throws(FieldProblem) in
            guard text.utf8.count <= 2048 else {
                throw FieldProblem(.tooLong(maximum: 2048, unit: "characters"))
            }
            return UserFilter(query: try UserQueryParser.query(text), text: text)
        }
        .meaning(
            "A query, as `select * where nickname contains 'ann*' and created > 1790000000000 order by username desc`: "
                + "comparisons of `username`, `nickname`, `uuid`, `created` and `modified` (milliseconds) and `activated` by "
                + "`= < <= > >=`, words of names by `contains`, `and`, `or`, `not` and parentheses; each part may be left out."
        )
    }
}
