// The repository of notices: proposals that a user has to hear of.

/// Reads notices.
public protocol NoticeReader {
    /// Notices for a user behind this id, oldest first, at most `limit`. Costs the rows it returns.
    func notices(for user: UserID, after id: MessageID, limit: Int) throws(Failure) -> [Notice]
    /// One of the user's notices. One look-up.
    func notice(_ id: MessageID, for user: UserID) throws(Failure) -> Notice?
}

/// Changes notices.
public protocol NoticeWriter: NoticeReader {
    /// Keeps a notice for a user; its id has to be new.
    func insertNotice(
        _ id: MessageID,
        for user: UserID,
        about proposal: ProposalID,
        isAnswer: Bool
    ) throws(Failure)
}
