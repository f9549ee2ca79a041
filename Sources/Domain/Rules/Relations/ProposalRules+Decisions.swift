// The answer to a proposal, and what is done when it is accepted.

extension ProposalRules {
    /// The last application of each of some users to a group, for a caller who may decide on them.
    ///
    /// - Throws: `.forbidden(.permission(.accept))`.
    public static func applications(
        of users: [User],
        to group: Group,
        by caller: Caller,
        in store: any Reader
    ) throws(Failure) -> [Proposal] {
        try GroupAuthority(caller, group, store).require(.accept)
        var found: [Proposal] = []
        for user in users {
            if let proposal = try store.proposal(.application(group.id), from: user.id) {
                found.append(proposal)
            }
        }
        return found
    }

    /// Accepts a pending proposal: the two become contacts, or the user comes into the group.
    ///
    /// A proposal in the other direction is accepted with it. Existing contacts and members stay.
    ///
    /// A user decides what it was asked itself, and with the permission the applications to a group; whoever
    /// acts for the application decides everything.
    ///
    /// - Throws: `.forbidden` with `.insufficientScope` or `.permission(.accept)` for a user who may not decide, `.notFound(.proposal, …)` where it was decided meanwhile; as `ContactRules.add` and `GroupMemberRules.add`
    ///   where the state doesn't allow it any more, and then it stays pending.
    public static func accept(
        _ proposal: Proposal,
        by caller: Caller,
        reply: String = "",
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        if case .contact(let other) = proposal.subject {
            try InquiryRules.require(.contactAccepted, store) { () throws(Failure) in
                let (sender, other) = (try user(proposal.sender, in: store), try user(other, in: store))
                return .users(sender.username, "contact", other.username).with("reason", text: reply)
            }
        }
        let decided = try decide(proposal, isAccepted: true, by: caller, reply, at: now, in: store)
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
        by caller: Caller,
        reply: String = "",
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        try decide(proposal, isAccepted: false, by: caller, reply, at: now, in: store)
    }

    /// Answers a user who has asked for a place in a group.
    ///
    /// - Throws: `.forbidden(.permission(.accept))` before anything is looked up; `.notFound` with `.user` or `.proposal`; as
    ///   `accept`.
    public static func answer(
        _ applicant: UserReference,
        askingInto group: Group,
        isAccepted: Bool,
        by caller: Caller,
        reply: String = "",
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.accept)
        let applicant = try UserRules.find(applicant, in: store)
        let proposal = try pending(.application(group.id), from: applicant, at: now, in: store)
        if isAccepted {
            _ = try accept(proposal, by: caller, reply: reply, of: application, at: now, in: store)
        } else {
            _ = try refuse(proposal, by: caller, reply: reply, at: now, in: store)
        }
    }

    private static func decide(
        _ proposal: Proposal,
        isAccepted: Bool,
        by caller: Caller,
        _ reply: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        try check(caller, mayDecide: proposal, in: store)
        // A question to one user is answered in its name, even where another caller acts for it.
        let asked = try proposal.subject.recipient.flatMap { id throws(Failure) in try store.user(id) }
        return try settle(proposal, isAccepted, handler: asked ?? caller.person, reply, at: now, in: store)
    }

    /// Stores a decision, whoever has made it.
    private static func settle(
        _ proposal: Proposal,
        _ isAccepted: Bool,
        handler: User?,
        _ reply: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        let decision = ProposalDecision(
            isAccepted: isAccepted,
            reply: reply,
            moment: now,
            handler: handler?.id,
            handlerName: handler?.username.text
        )
        guard proposal.state(at: now) == .pending,
            try store.decide(proposal.id, decision, keptUntil: now.adding(seconds: retentionSeconds))
        else { throw .notFound(.proposal, id: proposal.senderName) }
        var decided = proposal
        decided.decision = decision
        try NoticeRules.tell(of: decided, isAnswer: true, at: now, in: store)
        try record(decided, isAccepted: isAccepted, reply, in: store)
        return decided
    }

    private static func record(
        _ proposal: Proposal,
        isAccepted: Bool,
        _ reply: String,
        in store: any Writer
    ) throws(Failure) {
        let name: EventName =
            switch proposal.subject {
            case .contact: isAccepted ? .contactAccepted : .contactDeclined
            case .application: .groupJoinDecided
            case .invitation: .groupInviteDecided
            }
        guard try store.isWatched(name) else { return }
        let sender = try user(proposal.sender, in: store)
        switch proposal.subject {
        case .contact(let other):
            let other = try user(other, in: store)
            try store.record(name) {
                .users(sender.username, "contact", other.username).with("reason", text: reply)
            }
        case .application(let group), .invitation(_, let group):
            guard let group = try store.group(group) else { return }
            var subject = sender
            if case .invitation(let other, _) = proposal.subject { subject = try user(other, in: store) }
            let username = subject.username
            try store.record(name) {
                .group(group, user: username).with("accepted", .flag(isAccepted)).with("reason", text: reply)
            }
        }
    }

    private static func check(
        _ caller: Caller,
        mayDecide proposal: Proposal,
        in store: any Reader
    ) throws(Failure) {
        switch proposal.subject {
        case .contact(let recipient), .invitation(let recipient, _):
            guard case .user(let user) = caller else { return }
            guard recipient == user.id else { throw .forbidden(.insufficientScope) }
        case .application(let id):
            guard let group = try store.group(id) else { throw .notFound(.group, id: id.text) }
            try GroupAuthority(caller, group, store).require(.accept)
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
        _ = try settle(twin, true, handler: sender, "", at: now, in: store)
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
            _ = try GroupMemberRules.admit(
                [.user(user)],
                to: place,
                .accepted,
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
