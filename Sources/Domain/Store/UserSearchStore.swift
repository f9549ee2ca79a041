// The repository of users by other orders than that of registration, and by the words of their names.

/// An order of users that the store has an index for.
public enum UserOrder: Equatable, Sendable {
    /// By the moment of registration, and then by key.
    case created
    /// By name, without case.
    case username
}

/// Finds users of the caller's application.
public protocol UserSearchReader {
    /// Users behind a position in an order, in one of its two directions, at most `limit`. Costs the rows it returns.
    ///
    /// - Parameter position: its value is one of the order's; nil for the beginning.
    func users(
        by order: UserOrder,
        after position: UserPosition?,
        isDescending: Bool,
        limit: Int
    ) throws(Failure) -> [User]
    /// Users behind one by key whose name or nickname may have these words, by key, at most `limit`: all that have them, and maybe
    /// others.
    ///
    /// Costs a walk along the index entries of the rarest of the words.
    func users(
        withWordsOf search: WordSearch,
        after id: UserID?,
        limit: Int
    ) throws(Failure) -> [User]
}
