// The pattern of a JSON body: exact keys in exact order, literal values, and typed wildcards.

import Foundation

/// A pattern for one JSON value.
///
/// Written as JSON, where a string may be a wildcard:
///
/// | text | matches |
/// |---|---|
/// | `$uuid`, `$uuid:NAME` | a lower-case uuid; that user's uuid |
/// | `$app`, `$org`, `$appname` | the application's uuid; the organisation's name; the application's name |
/// | `$ms` | Unix milliseconds between the start of the replay and now |
/// | `$int` | an integer of at least 0 |
/// | `$bool`, `$string`, `$any` | any boolean; any string that isn't empty; anything |
/// | `$token`, `$jwt` | an access token (`YWMt…`); a JSON Web Token |
/// | `$cursor` | base64url text |
/// | `$number`, `$time` | decimal digits as text; a moment as RFC 3339 has it, in UTC |
/// | `$uri:PATH` | scheme, Host header, `/{org}/{app}` and that path |
/// | `$base64:TEXT` | the text in base64 |
/// | `$regex:…` | a string that the whole expression matches |
///
/// A string that must begin with a dollar sign is written with two. Every string may hold placeholders (`{org}`,
/// `{app-uuid}`, `{uuid:NAME}`, `{capture:NAME}` …). `{"$contains": {…}}` is an object with at least those members
/// in any order, for shapes that no document fixes. `{"$capture": NAME, "as": PATTERN}` keeps the value for later.
public indirect enum BodyPattern: Sendable {
    /// A value without strings inside.
    case literal(TestJSON)
    /// A string, placeholders replaced first.
    case text(String)
    /// A wildcard.
    case wildcard(Wildcard)
    /// An array of as many elements.
    case array([BodyPattern])
    /// An object with exactly these members in this order.
    case object([Member])
    /// An object with at least these members.
    case contains([Member])
    /// A pattern whose value is kept under a name.
    case capture(String, as: BodyPattern)

    /// A member of an object pattern.
    public struct Member: Sendable {
        /// The name, placeholders allowed.
        public let name: String
        /// The pattern of its value.
        public let value: BodyPattern
    }

    /// The typed wildcards.
    public enum Wildcard: Sendable, Equatable {
        // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
        case uuid, userID(String), application, organization, applicationName, milliseconds, integer, bool,
            string,
            any, token, webToken, cursor, number, time, uri(String), base64(String), regex(String)
    }

    /// A pattern that means nothing.
    public struct Malformed: Error, CustomStringConvertible {
        /// The reason.
        public let description: String
    }

    /// Reads a pattern from its JSON form.
    ///
    /// - Throws: `Malformed` for an unknown wildcard, so that a typing error can't pass for a literal.
    public init(_ json: TestJSON) throws(Malformed) {
        switch json {
        case .null, .bool, .integer, .double:
            self = .literal(json)
        case .string(let text):
            self = try Self.pattern(for: text)
        case .array(let elements):
            var patterns: [BodyPattern] = []
            for element in elements { patterns.append(try BodyPattern(element)) }
            self = .array(patterns)
        case .object(let members):
            self = try Self.pattern(for: members)
        }
    }

    private static func pattern(for members: [TestJSON.Member]) throws(Malformed) -> BodyPattern {
        guard let first = members.first, first.name.hasPrefix("$") else {
            return .object(try patterns(members))
        }
        switch (first.name, first.value, members.count) {
        case ("$contains", .object(let inner), 1):
            return .contains(try patterns(inner))
        case ("$capture", .string(let name), 1):
            return .capture(name, as: .wildcard(.any))
        case ("$capture", .string(let name), 2) where members[1].name == "as":
            return .capture(name, as: try BodyPattern(members[1].value))
        default:
            throw Malformed(description: "no such pattern: \(TestJSON.object(members))")
        }
    }

    private static func patterns(_ members: [TestJSON.Member]) throws(Malformed) -> [Member] {
        var result: [Member] = []
        for member in members {
            result.append(Member(name: member.name, value: try BodyPattern(member.value)))
        }
        return result
    }

    private static func pattern(for text: String) throws(Malformed) -> BodyPattern {
        guard text.hasPrefix("$") else { return .text(text) }
        if text.hasPrefix("$$") { return .text(String(text.dropFirst())) }
        let parts = text.dropFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        switch (parts[0], parts.count > 1 ? parts[1] : nil) {
        case ("uuid", nil): return .wildcard(.uuid)
        case ("uuid", let name?): return .wildcard(.userID(name))
        case ("app", nil): return .wildcard(.application)
        case ("org", nil): return .wildcard(.organization)
        case ("appname", nil): return .wildcard(.applicationName)
        case ("ms", nil): return .wildcard(.milliseconds)
        case ("int", nil): return .wildcard(.integer)
        case ("bool", nil): return .wildcard(.bool)
        case ("string", nil): return .wildcard(.string)
        case ("any", nil): return .wildcard(.any)
        case ("token", nil): return .wildcard(.token)
        case ("jwt", nil): return .wildcard(.webToken)
        case ("number", nil): return .wildcard(.number)
        case ("time", nil): return .wildcard(.time)
        case ("cursor", nil): return .wildcard(.cursor)
        case ("base64", let text?): return .wildcard(.base64(text))
        case ("uri", let path?): return .wildcard(.uri(path))
        case ("regex", let expression?):
            // Placeholders stand for names and uuids, which mean themselves in an expression.
            let example = expression.replacing(#/\{[a-z-]+(:[^}]*)?\}/#, with: "x")
            guard (try? NSRegularExpression(pattern: example)) != nil else {
                throw Malformed(description: "no regular expression: \(expression)")
            }
            return .wildcard(.regex(expression))
        default: throw Malformed(description: "no such wildcard: \(text)")
        }
    }
}
