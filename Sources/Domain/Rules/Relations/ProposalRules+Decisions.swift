// Yes and no: who may decide a proposal, and what is done when it is accepted.

/// Who decides a proposal.
public enum ProposalDecider: Equatable, Sendable {
    /// A user, who is held to be the one that was asked: the recipient, or the group's owner or an administrator.
    case user(User)
    /// Somebody whose right is proved otherwise: the application (nil), or a user by a dialect's own permissions.
    case entitled(User?)

    /// The user who decides, if it is one.
    var user: User? {
        switch self {
        case .user(let user): user
        case .entitled(let user): user
        }
    }
}

extension ProposalRules {
    /// Accepts a pending proposal: the two become contacts, or the user comes into the group.
    ///
    /// A proposal in the other direction is accepted with it. Who is a contact or a member already stays one.
    ///
    /// - Throws: `.forbidden(.insufficientScope)` or `.group(.notAdministrator)` for a user who may not decide,
    ///   `.notFound(.proposal, …)` where it was decided meanwhile; as `ContactRules.add` and `GroupMemberRules.add`
    ///   where the state doesn't allow it any more, and then it stays pending.
    public static func accept(
        _ proposal: Proposal,
        by decider: ProposalDecider,
        reply: String = "",
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        let decided = try decide(proposal, isAccepted: true, by: decider, reply, at: now, in: store)
        switch proposal.subject {
        case .contact(let other):
            try makeContacts(proposal, with: other, of: application, at: now, in: store)
        case .application(let group):
            try enter(proposal.sender, into: group, of: application, at: now, in: store)
        case .invitation(let user, let group):
            try enter(user, into: group, of: application, at: now, in: store)
        }
        return decided
    }

    /// Refuses a pending proposal; its sender may propose the same again.
    ///
    /// - Throws: as `accept`, as far as it is about who decides and whether there is something to decide.
    public static func refuse(
        _ proposal: Proposal,
        by decider: ProposalDecider,
        reply: String = "",
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        try decide(proposal, isAccepted: false, by: decider, reply, at: now, in: store)
    }

    private static func decide(
        _ proposal: Proposal,
        isAccepted: Bool,
        by decider: ProposalDecider,
        _ reply: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        if case .user(let user) = decider { try check(user, mayDecide: proposal, in: store) }
        let decision = ProposalDecision(
            isAccepted: isAccepted,
            reply: reply,
            moment: now,
            handler: decider.user?.id,
            handlerName: decider.user?.username.text
        )
        guard proposal.state(at: now) == .pending,
            try store.decide(proposal.id, decision, keptUntil: now.adding(seconds: retentionSeconds))
        else { throw .notFound(.proposal, id: proposal.senderName) }
        var decided = proposal
        decided.decision = decision
        try NoticeRules.tell(of: decided, isAnswer: true, at: now, in: store)
        return decided
    }

    private static func check(
        _ user: User,
        mayDecide proposal: Proposal,
        in store: any Reader
    ) throws(Failure) {
        switch proposal.subject {
        case .contact(let recipient), .invitation(let recipient, _):
            guard recipient == user.id else { throw .forbidden(.insufficientScope) }
        case .application(let group):
            switch try store.membership(of: user.id, in: group)?.role {
            case .owner, .administrator: break
            case .member, nil: throw .group(.notAdministrator(user.username.text, group))
            }
        }
    }

    private static func makeContacts(
        _ proposal: Proposal,
        with other: UserID,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        let sender = try user(proposal.sender, in: store)
        let recipient = try user(other, in: store)
        try ContactRules.add(recipient, to: sender, of: application, at: now, in: store)
        if let remark = proposal.remark { _ = try store.setRemark(remark, on: other, of: sender.id) }
        // Each had asked the other: one yes answers both.
        guard let twin = try store.proposal(.contact(sender.id), from: other), twin.state(at: now) == .pending
        else {
            return
        }
        if let remark = twin.remark { _ = try store.setRemark(remark, on: sender.id, of: other) }
        _ = try decide(twin, isAccepted: true, by: .entitled(sender), "", at: now, in: store)
    }

    private static func enter(
        _ id: UserID,
        into group: GroupID,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        guard let place = try store.group(group) else { throw .notFound(.group, id: group.text) }
        let user = try user(id, in: store)
        do throws(Failure) {
            _ = try GroupMemberRules.add(
                [user.username.text],
                to: place,
                of: application,
                at: now,
                in: store
            )
        } catch .group(.alreadyMembers) {
            // Came in another way meanwhile.
        }
    }

    private static func user(_ id: UserID, in store: any Reader) throws(Failure) -> User {
        guard let user = try store.user(id) else { throw .notFound(.user, id: "") }
        return user
    }
}
