// Serving part of the table at the root too, for clients that know of no applications.

/// Paths that stand for longer ones: `/user/x` for `/acme/chat/openim/user/x`.
public struct PathAlias: Sendable {
    /// The first segments of the paths meant, the empty text for the root itself; none of them may be an
    /// organisation's name.
    public let firstSegments: Set<String>
    /// First segments below which there is nothing, and which are answered for in the words of the longer paths.
    public let nowhere: Set<String>
    /// The prefix that the longer paths have.
    public let prefix: [String]

    /// Memberwise.
    public init(firstSegments: Set<String>, nowhere: Set<String> = [], prefix: [String]) {
        self.firstSegments = firstSegments
        self.nowhere = nowhere.subtracting(firstSegments)
        self.prefix = prefix
    }
}
