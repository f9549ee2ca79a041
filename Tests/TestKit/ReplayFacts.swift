// The facts of a replay that a fixture file can't have: names, uuids, credentials, and values seen in earlier
// replies.

import Foundation

/// The values that placeholders and wildcards stand for during one replay.
public struct ReplayFacts: Sendable {
    /// The organisation's name.
    public var organization: String
    /// The application's name.
    public var applicationName: String
    /// The application's uuid.
    public var application: String
    /// The value of the Host header.
    public var authority: String
    /// When the replay began, Unix milliseconds.
    public var startedAtMs: Int64
    /// Other placeholders by name, such as `client-id`.
    public var values: [String: String]
    /// The uuids of users by username.
    public var userIDs: [String: String]
    /// The captures from earlier replies, by name.
    public var captures: [String: String]

    /// Takes what is known before the first request.
    public init(
        organization: String,
        applicationName: String,
        application: String,
        authority: String,
        values: [String: String] = [:],
        userIDs: [String: String] = [:],
        startedAtMs: Int64 = ReplayFacts.nowMs()
    ) {
        self.organization = organization
        self.applicationName = applicationName
        self.application = application
        self.authority = authority
        self.startedAtMs = startedAtMs
        self.values = values
        self.userIDs = userIDs
        captures = [:]
    }

    /// The wall clock in Unix milliseconds.
    public static func nowMs() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1000)
    }

    /// A placeholder that stands for nothing known.
    public struct UnknownPlaceholder: Error, CustomStringConvertible {
        /// The text with the placeholder.
        public let description: String
    }

    /// Replaces `{org}`, `{app}`, `{app-uuid}`, `{uuid:NAME}`, `{capture:NAME}` and the names in `values`.
    ///
    /// Braces around anything that doesn't look like a placeholder stay as they are.
    ///
    /// - Throws: `UnknownPlaceholder`, so that a typing error in a fixture can't pass for a literal.
    public func expand(_ text: String) throws -> String {
        guard text.contains("{") else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let inside = rest[rest.index(after: open)...]
            if let close = inside.firstIndex(of: "}"), Self.looksLikePlaceholder(inside[..<close]) {
                guard let value = value(of: String(inside[..<close])) else {
                    throw UnknownPlaceholder(
                        description: "nothing is known for {\(inside[..<close])} in \(text)"
                    )
                }
                result += value
                rest = inside[inside.index(after: close)...]
            } else {
                result += "{"
                rest = inside
            }
        }
        return result + rest
    }

    private func value(of name: String) -> String? {
        switch name {
        case "org": organization
        case "app": applicationName
        case "app-uuid": application
        case _ where name.hasPrefix("uuid:"): userIDs[String(name.dropFirst(5))]
        case _ where name.hasPrefix("capture:"): captures[String(name.dropFirst(8))]
        default: values[name]
        }
    }

    private static func looksLikePlaceholder(_ text: Substring) -> Bool {
        guard let first = text.first, first.isLetter else { return false }
        return text.prefix { $0 != ":" }.allSatisfy { $0.isLowercase || $0 == "-" }
    }
}
