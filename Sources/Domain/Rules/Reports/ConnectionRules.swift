// The history of connections: kept for thirty days, a page at a time.

/// Reads the connections of users, and forgets old ones.
public enum ConnectionRules {
    /// Days that a connection is kept from its beginning.
    public static let days: Int64 = 30

    /// Connections that began before this moment are forgotten.
    public static func start(at now: Timestamp) -> Timestamp { now.adding(seconds: -days * 86_400) }

    /// One page of a user's connections of the last thirty days, newest first.
    public static func page(
        _ limit: Int,
        before cursor: Cursor?,
        of user: User,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> Page<PastConnection> {
        let rows = try store.connections(
            of: user.id,
            since: start(at: now),
            before: cursor.map { ConnectionID(rawValue: $0.key) },
            limit: limit + 1
        )
        return Page(rows: rows, limit: limit) {
            Cursor(collection: .connections, owner: user.id.rawValue, key: $0.id.rawValue)
        }
    }

    /// Connections that began and ended, in the order in which they did.
    public enum Change: Sendable {
        /// One began.
        case began(NewConnection)
        /// The one of this number ended.
        case ended(Int64, of: UserID, PastConnection.End)
    }

    /// Writes changes down, and forgets some connections that are too old.
    public static func note(_ changes: [Change], at now: Timestamp, in store: any Writer) throws(Failure) {
        for change in changes {
            switch change {
            case .began(let connection): try store.insert(connection)
            case .ended(let number, let user, let end): try store.end(number, of: user, end)
            }
        }
        _ = try store.forgetConnections(before: start(at: now), limit: 200)
    }
}
