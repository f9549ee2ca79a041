// Notices of proposals for the users that they concern: that one was made, and what became of it.

/// Something that a user is told of a friend request, a group application or an invitation.
///
/// It is kept as long as the proposal is, so whoever is away is told later.
public struct Notice: Equatable, Sendable {
    /// Its place among the user's messages: of the same numbers, rising with time.
    public let id: MessageID
    /// The proposal, as it is now.
    public let proposal: Proposal
    /// Whether it tells what became of the proposal; else that it was made.
    public let isAnswer: Bool

    /// When there was something to tell: the proposal's time, or that of its answer.
    public var time: Timestamp { isAnswer ? proposal.decision?.moment ?? proposal.created : proposal.created }

    /// Memberwise.
    public init(id: MessageID, proposal: Proposal, isAnswer: Bool) {
        self.id = id
        self.proposal = proposal
        self.isAnswer = isAnswer
    }
}
