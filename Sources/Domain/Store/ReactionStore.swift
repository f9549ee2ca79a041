// The repository of reactions to messages.

/// Reads reactions to messages of the caller's application.
public protocol ReactionReader {
    /// The reactions to a message, the earliest first. Costs a row each, bounded by how many a message may have.
    func reactions(to message: MessageID) throws(Failure) -> [Reaction]
    /// The reaction with this sign. One index look-up.
    func reaction(_ sign: String, to message: MessageID) throws(Failure) -> Reaction?
    /// The users who put it there, behind this place, the earliest first, at most `limit`.
    func users(of reaction: ReactionID, after place: Int64?, limit: Int) throws(Failure) -> [ReactionUser]
    /// Whether the user did. One index look-up.
    func hasReacted(_ user: UserID, with reaction: ReactionID) throws(Failure) -> Bool
}

/// Changes reactions to messages of the caller's application.
public protocol ReactionWriter: ReactionReader {
    /// Adds a user's reaction, and the reaction where it is the first; nothing happens where the user had put it there.
    ///
    /// - Throws: `.notFound(.message, …)`, `.notFound(.user, …)`.
    func react(_ user: UserID, with sign: String, to message: MessageID, at now: Timestamp) throws(Failure)
    /// Takes a user's reaction back, and the reaction itself with the last one.
    ///
    /// - Returns: whether there was one.
    func unreact(_ user: UserID, with sign: String, to message: MessageID) throws(Failure) -> Bool
}
