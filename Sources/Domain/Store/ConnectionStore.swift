// The repository of connections: which devices of a user were connected, and why they are no longer.

/// Reads the connections of the caller's application.
public protocol ConnectionReader {
    /// The user's connections that began at a moment or later, newest first, before one, at most `limit`. Costs a row each.
    func connections(of user: UserID, since start: Timestamp, before id: ConnectionID?, limit: Int)
        throws(Failure) -> [PastConnection]
}

/// Writes connections down.
public protocol ConnectionWriter: ConnectionReader {
    /// Writes down that a connection began; nothing happens for a user who is gone.
    func insert(_ connection: NewConnection) throws(Failure)
    /// Writes down that a live connection ended; nothing happens where none of this number is live.
    func end(_ number: Int64, of user: UserID, _ end: PastConnection.End) throws(Failure)
    /// Removes connections that began before a moment, the oldest first, at most `limit`.
    ///
    /// - Returns: how many went.
    func forgetConnections(before moment: Timestamp, limit: Int) throws(Failure) -> Int
}
