// The connected users, and their platforms.

/// One live, authenticated connection of a user.
public struct LiveConnection: Equatable, Sendable {
    /// Names it as long as the server runs.
    public let id: Int64
    /// The platform that it is from, as sessions number them.
    public let platform: Int

    /// The platform of a connection that no session with one opened: 5, which is the number of browsers.
    public static let unnamedPlatform = 5

    /// Memberwise.
    public init(id: Int64, platform: Int) {
        self.id = id
        self.platform = platform
    }
}

/// Knows which users have a live, authenticated connection.
public protocol Presence: Sendable {
    /// Whether the user has at least one.
    func isOnline(_ id: UserID) -> Bool
    /// The user's connections, oldest first.
    func connections(of id: UserID) -> [LiveConnection]
}

extension Presence {
    /// The platforms that the user is connected from, each once, by number.
    public func platforms(of id: UserID) -> [Int] { Set(connections(of: id).map(\.platform)).sorted() }
}
