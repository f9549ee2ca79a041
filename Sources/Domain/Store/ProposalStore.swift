// The repository of friend requests, group applications and invitations.

/// The lists that proposals stand in, each with the newest first.
public enum ProposalList: Equatable, Sendable {
    /// Those of a kind that the user made.
    case sent(UserID, ProposalKind)
    /// Those of a kind that the user decides about; never applications.
    case received(UserID, ProposalKind)
    /// The applications to a group.
    case applications(GroupID)
    /// The applications to all groups of which the user is the owner, an administrator, or a member whose role
    /// of the group's own has the permission to accept.
    case managed(UserID)
}

/// A proposal about to be stored; every field checked.
public struct NewProposal: Equatable, Sendable {
    /// The subject of the proposal.
    public let subject: ProposalSubject
    /// The sender.
    public let sender: UserID
    /// The sender's words.
    public let message: String
    /// The sender's remark on the future contact.
    public let remark: String?
    /// From when on it can't be decided; nil for never.
    public let expires: Timestamp?
    /// From when on its row may be removed; nil for never.
    public let keptUntil: Timestamp?

    /// Memberwise.
    public init(
        subject: ProposalSubject,
        sender: UserID,
        message: String,
        remark: String?,
        expires: Timestamp?,
        keptUntil: Timestamp?
    ) {
        self.subject = subject
        self.sender = sender
        self.message = message
        self.remark = remark
        self.expires = expires
        self.keptUntil = keptUntil
    }
}

/// Reads proposals.
public protocol ProposalReader {
    /// The sender's proposal on this subject, decided or not. One index look-up.
    func proposal(_ subject: ProposalSubject, from sender: UserID) throws(Failure) -> Proposal?
    /// Proposals of a list older than the one with this key, newest first, at most `limit`.
    ///
    /// Costs the rows it passes, which are those it returns unless `moment` is given. The list `managed` costs a row
    /// for each application to those groups.
    ///
    /// - Parameter moment: leaves out what was decided, and what had expired at this moment; nil takes everything.
    func proposals(
        _ list: ProposalList,
        pendingAt moment: Timestamp?,
        before id: ProposalID?,
        limit: Int
    ) throws(Failure) -> [Proposal]
}

/// Changes proposals.
public protocol ProposalWriter: ProposalReader {
    /// Adds a proposal in place of the one that its sender made on the same subject before.
    ///
    /// - Throws: `.notFound(.user, …)` when a user or the group doesn't exist.
    func insert(_ proposal: NewProposal, at now: Timestamp) throws(Failure) -> Proposal
    /// Stores what became of a proposal that nobody has decided yet.
    ///
    /// - Parameter keptUntil: from when on its row may be removed.
    /// - Returns: whether there was one.
    func decide(_ id: ProposalID, _ decision: ProposalDecision, keptUntil: Timestamp) throws(Failure) -> Bool
    /// Removes rows that needn't be kept any more, those whose time ended first, at most `limit`. Costs the
    /// rows it removes.
    func deleteProposals(keptUntil now: Timestamp, limit: Int) throws(Failure)
}
