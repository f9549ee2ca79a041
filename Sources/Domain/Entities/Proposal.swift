// A proposal that waits for another's consent: friend requests, group applications and invitations are one
// thing of three kinds.

/// The three kinds of proposals.
public enum ProposalKind: Int, Sendable, CaseIterable {
    /// A friend request: its sender wants to be the recipient's contact.
    case contact = 0
    /// A group application: its sender wants to come into the group.
    case application = 1
    /// A group invitation: its sender wants the recipient to come into the group.
    case invitation = 2
}

/// The kind of a proposal, with its receiver.
public enum ProposalSubject: Hashable, Sendable {
    /// To become this user's contact; the user decides.
    case contact(UserID)
    /// To come into this group; its owner and administrators decide.
    case application(GroupID)
    /// That this user comes into this group; the user decides.
    case invitation(UserID, GroupID)

    /// Which of the three.
    public var kind: ProposalKind {
        switch self {
        case .contact: .contact
        case .application: .application
        case .invitation: .invitation
        }
    }

    /// The user who decides; nil where a group's owner and administrators do.
    public var recipient: UserID? {
        switch self {
        case .contact(let user), .invitation(let user, _): user
        case .application: nil
        }
    }

    /// The group that somebody would come into.
    public var group: GroupID? {
        switch self {
        case .application(let group), .invitation(_, let group): group
        case .contact: nil
        }
    }
}

/// A friend request, group application or invitation, with what became of it.
///
/// There is one for each sender and subject: who proposes the same again replaces what was before.
public struct Proposal: Equatable, Sendable {
    /// Row key; rises with time.
    public let id: ProposalID
    /// The subject of the proposal.
    public let subject: ProposalSubject
    /// The sender.
    public let sender: UserID
    /// The sender's name as registered.
    public let senderName: String
    /// The name of the user who decides; nil where a group's owner and administrators do.
    public let recipientName: String?
    /// The sender's words; empty where there are none.
    public let message: String
    /// The sender's remark on the future contact.
    public let remark: String?
    /// When it was made.
    public let created: Timestamp
    /// From when on it can't be accepted or refused any more; nil for never.
    public let expires: Timestamp?
    /// The decision; nil while nobody has decided.
    public var decision: ProposalDecision?

    /// Memberwise.
    public init(
        id: ProposalID,
        subject: ProposalSubject,
        sender: UserID,
        senderName: String,
        recipientName: String?,
        message: String,
        remark: String?,
        created: Timestamp,
        expires: Timestamp?,
        decision: ProposalDecision?
    ) {
        self.id = id
        self.subject = subject
        self.sender = sender
        self.senderName = senderName
        self.recipientName = recipientName
        self.message = message
        self.remark = remark
        self.created = created
        self.expires = expires
        self.decision = decision
    }

    /// The state at a moment.
    ///
    /// Nothing has to be written for a proposal to expire.
    public func state(at now: Timestamp) -> ProposalState {
        if let decision { return decision.isAccepted ? .accepted : .refused }
        return expires.map { $0 <= now } ?? false ? .expired : .pending
    }
}

/// The state of a proposal.
public enum ProposalState: Sendable {
    /// It can be accepted or refused.
    case pending
    /// The proposal was accepted and carried out.
    case accepted
    /// It was not.
    case refused
    /// Nobody decided in time.
    case expired
}

/// The answer to a proposal.
public struct ProposalDecision: Equatable, Sendable {
    /// Accepted, or refused.
    public let isAccepted: Bool
    /// Words for the sender; empty where there are none.
    public let reply: String
    /// When it was decided.
    public let moment: Timestamp
    /// The user who decided; nil for the application, and for a user who is gone.
    public let handler: UserID?
    /// The handler's name as registered.
    public let handlerName: String?

    /// Memberwise.
    public init(isAccepted: Bool, reply: String, moment: Timestamp, handler: UserID?, handlerName: String?) {
        self.isAccepted = isAccepted
        self.reply = reply
        self.moment = moment
        self.handler = handler
        self.handlerName = handlerName
    }
}
