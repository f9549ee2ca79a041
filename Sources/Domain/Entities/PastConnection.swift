// A connection of a user in the past or now: from when until when, from where, and why it ended.

/// The row key of a connection.
///
/// Keys rise with the order in which connections were written down.
public struct ConnectionID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Earlier ones come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Why a connection ended.
public enum ConnectionEnd: String, Sendable, CaseIterable {
    /// The client closed it, or was gone.
    case closed
    /// The user's tokens were ended.
    case signedOut = "signed_out"
    /// The token that opened it was past its time.
    case expired
    /// Another user logged in on it, or its own logged out.
    case loggedOut = "logged_out"
    /// The application was suspended or deleted.
    case application
    /// The server stopped.
    case stopped = "server_stopped"
    /// The server ended without a word: the moment is that of its next start.
    case lost = "server_lost"
}

/// A connection of a user.
public struct PastConnection: Equatable, Sendable {
    /// Row key.
    public let id: ConnectionID
    /// When it began.
    public let opened: Timestamp
    /// When and why it ended; nil for one that is live.
    public let end: End?
    /// The client's address without its port.
    public let address: String
    /// The platform, as sessions number them.
    public let platform: Int

    /// The end of a connection.
    public struct End: Equatable, Sendable {
        /// When.
        public let at: Timestamp
        /// Why.
        public let reason: ConnectionEnd

        /// Memberwise.
        public init(at: Timestamp, reason: ConnectionEnd) {
            self.at = at
            self.reason = reason
        }
    }

    /// Memberwise.
    public init(id: ConnectionID, opened: Timestamp, end: End?, address: String, platform: Int) {
        self.id = id
        self.opened = opened
        self.end = end
        self.address = address
        self.platform = platform
    }
}

/// A connection that begins.
public struct NewConnection: Equatable, Sendable {
    /// The user of the connection.
    public let user: UserID
    /// The number that the process gives it: its end is written under the same.
    public let number: Int64
    /// When it began.
    public let opened: Timestamp
    /// The client's address without its port.
    public let address: String
    /// The platform, as sessions number them.
    public let platform: Int

    /// Memberwise.
    public init(user: UserID, number: Int64, opened: Timestamp, address: String, platform: Int) {
        self.user = user
        self.number = number
        self.opened = opened
        self.address = address
        self.platform = platform
    }
}
