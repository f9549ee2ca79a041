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
    /// Where they stand among the segments.
    public let parameterPositions: [Int]
    /// Whether the path lies in an application.
    public let isTenant: Bool
    /// Whether a parameter names a file.
    public let namesFile: Bool

    /// Reads a pattern; a malformed one is a programmer's error.
    public init(_ text: String) {
        precondition(text.first == "/", "A path pattern starts with a slash: \(text)")
        description = text
        segments = text.split(separator: "/").map { part in
            part.first == "{" && part.last == "}"
                ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
        // Kept, not computed: every request asks for them.
        parameterNames = segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
        parameterPositions = segments.enumerated().compactMap { if case .parameter = $1 { $0 } else { nil } }
        isTenant = segments.starts(with: [.parameter("org"), .parameter("app")])
        namesFile = parameterNames.contains { $0.hasPrefix("file_") }
        precondition(Set(parameterNames).count == parameterNames.count, "A parameter stands twice in \(text)")
    }
}
