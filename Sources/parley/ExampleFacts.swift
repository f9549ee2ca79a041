// The values of placeholders and wildcards in examples: always the same.

import JSON

/// The world of the examples.
enum ExampleFacts {
    private static let organization = "chat-demo"
    private static let application = "testapp"
    private static let applicationID = "019b7681-c400-7a1c-8d5f-2e9460b3c7f1"
    private static let origin = "http://127.0.0.1:8080"

    private static let values = [
        "org": organization, "app": application, "app-uuid": applicationID,
        "client-id": "YXA6ZXhhbXBsZS1jbGllbnQ",
        "client-secret": "YXA6ZXhhbXBsZS1zZWNyZXQ", "admin": "admin1", "admin-password": "correct-horse",
    ]

    /// A value with everything replaced; nil where a part of it isn't fixed.
    static func literal(_ pattern: JSONValue) -> JSONValue? {
        switch pattern {
        case .null, .bool, .integer, .unsigned, .double:
            return pattern
        case .string(let text):
            return text.hasPrefix("$") ? wildcard(text) : expanded(text).map { .string($0) }
        case .array(let elements):
            let literals = elements.compactMap(literal)
            return literals.count == elements.count ? .array(literals) : nil
        case .object(let members):
            let literals = members.compactMap { member -> JSONValue.Member? in
                guard !member.key.hasPrefix("$"), let key = expanded(member.key),
                    let value = literal(member.value)
                else { return nil }
                return JSONValue.Member(key, value)
            }
            return literals.count == members.count ? .object(literals) : nil
        }
    }

    private static func wildcard(_ text: String) -> JSONValue? {
        if text.hasPrefix("$$") { return .string(String(text.dropFirst())) }
        let parts = text.dropFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let argument = parts.count > 1 ? String(parts[1]) : ""
        switch parts[0] {
        case "uuid": return .string(uuid(of: argument))
        case "app": return .string(applicationID)
        case "org": return .string(organization)
        case "appname": return .string(application)
        case "ms": return 1_767_225_600_000
        case "int": return 0
        case "bool": return true
        case "string": return "text"
        case "token": return "YWMtZXhhbXBsZQ"
        case "jwt": return "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.ZXhhbXBsZQ"
        case "number": return .string(id(of: "number"))
        case "time": return "2026-01-01T00:00:00Z"
        case "cursor": return "AQFleGFtcGxl"
        case "uri": return expanded("\(origin)/\(organization)/\(application)\(argument)").map { .string($0) }
        default: return nil
        }
    }

    /// A user's identifier: the same for the same name.
    private static func uuid(of name: String) -> String {
        var number: UInt64 = 0
        for byte in name.utf8 { number = number &* 31 &+ UInt64(byte) }
        let digits = String(number & 0xFFFF_FFFF_FFFF, radix: 16)
        return "019b7681-c400-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// The id of a group, room or message: the same for the same name.
    private static func id(of name: String) -> String {
        var number: UInt64 = 0
        for byte in name.utf8 { number = number &* 31 &+ UInt64(byte) }
        return String(880_000_000_000_000 + number % 10_000_000_000_000)
    }

    /// A text with its placeholders replaced; nil where one isn't known.
    ///
    /// Other braces stay as they are.
    private static func expanded(_ text: String) -> String? {
        guard text.contains("{") else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}"), let first = rest.first, first.isLetter else {
                result += "{"
                continue
            }
            let name = String(rest[..<close])
            if name.hasPrefix("uuid:") {
                result += uuid(of: String(name.dropFirst("uuid:".count)))
            } else if name.hasPrefix("capture:") {
                result += id(of: String(name.dropFirst("capture:".count)))
            } else if let value = values[name] {
                result += value
            } else {
                return nil
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
