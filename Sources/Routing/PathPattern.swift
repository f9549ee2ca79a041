// The pattern of a path: literal segments and {parameters}.

/// A path pattern such as `/{org}/{app}/users/{username}`.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible {
    /// One segment.
    public enum Segment: Sendable, Hashable {
        /// Exactly this text.
        case literal(String)
        /// Any one segment.
        case parameter(String)
    }

    /// As declared.
    public let description: String
    /// The segments in order.
    public let segments: [Segment]
    /// The parameters in order.
    public let parameterNames: [String]
    /// Whether the path lies in an application.
    public let isTenant: Bool

    /// Reads a pattern; a malformed one is a programmer's error.
    public init(_ text: String) {
        precondition(text.first == "/", "A path pattern starts with a slash: \(text)")
        description = text
        segments = text.split(separator: "/").map { part in
            part.first == "{" && part.last == "}" ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
        // Kept, not computed: every request asks for them.
        parameterNames = segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
        isTenant = segments.starts(with: [.parameter("org"), .parameter("app")])
        precondition(Set(parameterNames).count == parameterNames.count, "A parameter stands twice in \(text)")
    }
}
