// Proposals between users: their conditions, and the effects of their decisions.

/// The rules of friend requests, group applications and invitations.
public enum ProposalRules {
    /// The longest accepted message, reply or remark, in characters.
    public static let maximumMessageCharacters = 512
    /// How long a proposal stays listed after it was decided or has expired: thirty days.
    public static let retentionSeconds: Int64 = 30 * 86_400
    /// Old rows that go with each new one: more than come, so that they can't pile up.
    static let purgedRows = 4

    /// The sender's words beside the proposal itself.
    public struct Words: Equatable, Sendable {
        /// Words for whoever decides.
        public var message: String
        /// The sender's remark on the future contact; of use in friend requests only.
        public var remark: String?
        /// How long it can be decided, in seconds, 0 for ever; nil for what the application has set.
        public var lifetimeSeconds: Int?

        /// Memberwise.
        public init(message: String = "", remark: String? = nil, lifetimeSeconds: Int? = nil) {
            self.message = message
            self.remark = remark
            self.lifetimeSeconds = lifetimeSeconds
        }
    }

    /// Asks a user to become the sender's contact.
    ///
    /// - Throws: `.invalid("contact_username", .selfReference)`, `.conflict(.contact, …)` for who is one already,
    ///   `.forbidden(.blocked)`, `.limitReached(.contacts, …)` when the sender couldn't have another one.
    public static func requestContact(
        with other: User,
        from sender: User,
        _ words: Words = Words(),
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        guard sender.id != other.id else { throw .invalid(field: "contact_username", .selfReference) }
        guard try !store.isContact(other.id, of: sender.id) else {
            throw .conflict(.contact, id: other.username.text)
        }
        guard try !store.isBlocked(sender.id, by: other.id) else { throw .forbidden(.blocked) }
        let maximum = application.settings.maximumContacts
        guard try store.contactCount(of: sender.id) < maximum else {
            throw .limitReached(.contacts, maximum: maximum)
        }
        let details = EventDetails.users(sender.username, "contact", other.username)
            .with("reason", text: words.message)
        try InquiryRules.require(.contactRequested, store) { details }
        let proposal = try propose(
            .contact(other.id),
            from: sender,
            words,
            of: application,
            at: now,
            in: store
        )
        try store.record(.contactRequested) { details }
        return proposal
    }

    /// Asks for a place in a group.
    ///
    /// - Throws: `.notFound(.group, …)` for a room, `.group` with `.alreadyMembers` or `.blocked`.
    public static func apply(
        to group: Group,
        as sender: User,
        _ words: Words = Words(),
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        try check(sender, canEnter: group, at: now, in: store)
        try GroupAdmission.joined.requireProposal(of: sender, to: group, in: store)
        let proposal = try propose(
            .application(group.id),
            from: sender,
            words,
            of: application,
            at: now,
            in: store
        )
        try store.record(.groupJoinRequested) {
            .group(group, user: sender.username).with("reason", text: words.message)
        }
        return proposal
    }

    /// Comes into a group at once where it needs no approval, else asks for a place in it.
    ///
    /// - Throws: as `apply`, and as coming in does: `.group` with `.joinedTooMany` or `.full`.
    public static func join(
        _ group: Group,
        as sender: User,
        _ words: Words = Words(),
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        if group.settings.needsApproval {
            _ = try apply(to: group, as: sender, words, of: application, at: now, in: store)
        } else {
            _ = try GroupMemberRules.admit(
                [.user(sender)],
                to: group,
                .joined,
                of: application,
                at: now,
                in: store
            )
        }
    }

    /// Asks a user to come into a group, which every member may do.
    ///
    /// - Throws: `.forbidden(.insufficientScope)` for a sender who is no member, `.notFound(.user, …)`, `.notFound(.group, …)`
    ///   for a room, `.group` with `.alreadyMembers` or `.blocked` for the invited user; `.forbidden(.blocked)`.
    public static func invite(
        _ reference: UserReference,
        into group: Group,
        from sender: User,
        _ words: Words = Words(),
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        try GroupAuthority(.user(sender), group, store).requireMembership()
        let other = try UserRules.find(reference, in: store)
        try check(other, canEnter: group, at: now, in: store)
        guard try !store.isBlocked(sender.id, by: other.id) else { throw .forbidden(.blocked) }
        try GroupAdmission.invited.requireProposal(of: other, to: group, in: store)
        let proposal = try propose(
            .invitation(other.id, group.id),
            from: sender,
            words,
            of: application,
            at: now,
            in: store
        )
        try store.record(.groupInvited) {
            .group(group, user: other.username).with("inviter", .text(sender.username.text))
                .with("reason", text: words.message)
        }
        return proposal
    }

    /// Brings a willing user in at once where the member may, and asks it in every other case.
    ///
    /// - Parameter isWilling: whether the user needn't be asked, being the member's contact for example.
    /// - Throws: as `invite` and `GroupMemberRules.add`.
    public static func welcome(
        _ other: User,
        isWilling: Bool,
        into group: Group,
        from sender: User,
        _ words: Words = Words(),
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        if isWilling, try GroupAuthority(.user(sender), group, store).allowsAdmission {
            _ = try GroupMemberRules.admit(
                [.user(other)],
                to: group,
                .invited,
                of: application,
                at: now,
                in: store
            )
        } else {
            _ = try invite(
                .user(other),
                into: group,
                from: sender,
                words,
                of: application,
                at: now,
                in: store
            )
        }
    }

    /// Whether others come in only when they agree: where the group wants it, and an ordinary member brings them.
    public static func asksFirst(
        in group: Group,
        by caller: Caller,
        in store: any Reader
    ) throws(Failure) -> Bool {
        guard group.settings.needsInviteConsent, case .user(let user) = caller else { return false }
        return try store.membership(of: user.id, in: group.id).map { $0.role == .member } ?? true
    }

    private static func check(
        _ user: User,
        canEnter group: Group,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) {
        guard group.kind == .group else { throw .notFound(.group, id: group.id.text) }
        guard try store.membership(of: user.id, in: group.id) == nil else {
            throw .group(.alreadyMembers([user.username.text], group.id))
        }
        guard try !store.isListed(user.id, .blocked, of: group.id, at: now) else {
            throw .group(.blocked(user.username.text, group.id))
        }
    }

    private static func propose(
        _ subject: ProposalSubject,
        from sender: User,
        _ words: Words,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Proposal {
        try store.deleteProposals(keptUntil: now, limit: purgedRows)
        let lifetime = words.lifetimeSeconds ?? application.settings.proposalSeconds
        let expires = lifetime > 0 ? now.adding(seconds: Int64(lifetime)) : nil
        let proposal = try store.insert(
            NewProposal(
                subject: subject,
                sender: sender.id,
                message: words.message,
                remark: words.remark,
                expires: expires,
                keptUntil: expires?.adding(seconds: retentionSeconds)
            ),
            at: now
        )
        try NoticeRules.tell(of: proposal, isAnswer: false, at: now, in: store)
        return proposal
    }

    /// The proposal of this sender on this subject, while it can be decided.
    ///
    /// - Throws: `.notFound(.proposal, …)` with the sender's key where there is none, or where it was decided or has
    ///   expired: nothing can be decided twice.
    public static func pending(
        _ subject: ProposalSubject,
        from sender: User,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> Proposal {
        guard let proposal = try store.proposal(subject, from: sender.id), proposal.state(at: now) == .pending
        else {
            throw .notFound(.proposal, id: sender.username.text)
        }
        return proposal
    }

    /// One page of a list, newest first.
    ///
    /// - Parameter moment: leaves out what can't be decided any more at this moment; nil takes everything.
    public static func page(
        _ list: ProposalList,
        pendingAt moment: Timestamp? = nil,
        _ limit: Int,
        before cursor: Cursor?,
        in store: any Reader
    ) throws(Failure) -> Page<Proposal> {
        let rows = try store.proposals(
            list,
            pendingAt: moment,
            before: cursor.map { ProposalID(rawValue: $0.key) },
            limit: limit + 1
        )
        let (collection, owner) = list.place
        return Page(rows: rows, limit: limit) {
            Cursor(collection: collection, owner: owner, key: $0.id.rawValue)
        }
    }
}

extension ProposalList {
    /// The check of a cursor of this list: the collection, and whose it is.
    public var place: (collection: PagedCollection, owner: Int64) {
        switch self {
        case .sent(let user, _): (.sentProposals, user.rawValue)
        case .received(let user, _): (.receivedProposals, user.rawValue)
        case .applications(let group): (.groupApplications, group.rawValue)
        case .managed(let user): (.managedApplications, user.rawValue)
        }
    }
}
