// Events of webhooks, held to what the API document declares: every one that any test receives.

import JSON
import Testing
import Webhooks

enum EventConformance {
    /// The declared schema of each event's body, by name.
    private static let schemas = Dictionary(
        EventCatalog.schemas.compactMap { member in
            member.value["properties"]?["type"]?["const"]?.string.map { ($0, member.value) }
        },
        uniquingKeysWith: { first, _ in first }
    )

    /// Records an issue for an event in the standard form that isn't as declared; other forms and questions are left alone.
    static func check(_ request: ReceivedWebhook) {
        guard let body = try? JSONValue(parsing: request.body), let type = body["type"]?.string,
            body["timestamp"]?.string != nil, body["data"] != nil, !type.hasSuffix(".before")
        else { return }
        guard let schema = schemas[type] else {
            Issue.record("no event \(type) is declared")
            return
        }
        let found = violations(in: body, of: schema, at: type)
        guard !found.isEmpty else { return }
        let text = String(decoding: request.body.prefix(1000), as: UTF8.self)
        Issue.record("not as declared: \(found.joined(separator: "; ")) in \(text)")
    }

    private static func violations(in value: JSONValue, of schema: JSONValue, at place: String) -> [String] {
        let type = schema["type"]?.string ?? ""
        switch (type, value) {
        case ("object", .object(let members)):
            return violations(in: members, of: schema, at: place)
        case ("array", .array(let elements)):
            guard let items = schema["items"] else { return [] }
            return elements.enumerated().flatMap { violations(in: $1, of: items, at: "\(place)[\($0)]") }
        case ("string", .string), ("integer", .integer), ("boolean", .bool): return []
        default: return ["\(place) is no \(type)"]
        }
    }

    private static func violations(
        in members: [JSONValue.Member],
        of schema: JSONValue,
        at place: String
    ) -> [String] {
        guard case .object(let properties)? = schema["properties"] else { return [] }
        let names = Set(members.map(\.key))
        var found: [String] = []
        if case .array(let required)? = schema["required"] {
            found += required.compactMap(\.string).filter { !names.contains($0) }.map {
                "\(place) has no \($0)"
            }
        }
        for member in members {
            if let declared = properties.first(where: { $0.key == member.key })?.value {
                found += violations(in: member.value, of: declared, at: "\(place).\(member.key)")
            } else {
                found.append("\(place).\(member.key) isn't declared")
            }
        }
        return found
    }
}
