// The repository of blocks.

/// Reads blocks.
public protocol BlockReader {
    /// Whether `owner` blocks `other`. One index look-up.
    func isBlocked(_ other: UserID, by owner: UserID) throws(Failure) -> Bool
    /// How many users `owner` blocks. Bounded by the application's maximum.
    func blockCount(by owner: UserID) throws(Failure) -> Int
    /// The names of all blocked users, newest first. Bounded by the application's maximum.
    func blockedNames(by owner: UserID) throws(Failure) -> [String]
}

/// Changes blocks.
public protocol BlockWriter: BlockReader {
    /// Adds a block; nothing happens when it is there.
    ///
    /// - Returns: whether a row was added.
    func insertBlock(_ other: UserID, by owner: UserID, at now: Timestamp) throws(Failure) -> Bool
    /// Removes a block.
    ///
    /// - Returns: whether there was one.
    func deleteBlock(_ other: UserID, by owner: UserID) throws(Failure) -> Bool
}
