// The repository of replies that clients may ask for again.

/// Reads stored replies: of the application that the store is bound to, else of calls on the tenants.
public protocol ReplyReader {
    /// The reply that is stored under a key, and not older than it may be. One look-up.
    func reply(to key: IdempotencyKey, since: Timestamp) throws(Failure) -> StoredReply?
}

/// Stores replies.
public protocol ReplyWriter: ReplyReader {
    /// Stores a reply, in the place of one that is too old, and removes a few that are.
    func store(_ reply: StoredReply, under key: IdempotencyKey, keepingSince: Timestamp) throws(Failure)
}
