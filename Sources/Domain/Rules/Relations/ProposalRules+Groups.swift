// Coming into a group the way that its settings ask for: at once, or by a proposal that somebody decides.

extension ProposalRules {
    /// Invites users in the owner's name; into a group that asks for no consent they come at once.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once; not done for whoever is a member, is blocked, or
    ///   blocks the owner.
    /// - Throws: `.forbidden(.insufficientScope)`; `.notFound(.user, …)`, and nobody is invited.
    public static func inviteEach(
        _ users: [UserReference],
        into group: Group,
        by caller: Caller,
        _ words: Words = Words(),
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        try GroupAuthority(caller, group, store).requireAdmission()
        for reference in users { _ = try UserRules.find(reference, in: store) }
        guard group.settings.needsInviteConsent else {
            return try GroupMemberRules.addEach(
                users,
                to: group,
                by: caller,
                of: application,
                at: now,
                in: store
            )
        }
        guard let owner = try store.user(group.owner) else { throw .notFound(.user, id: group.ownerName) }
        var outcomes: [GroupMemberRules.Outcome] = []
        for (name, user) in try GroupMemberRules.users(users, in: store) {
            guard let user else { continue }
            var isDone = true
            do throws(Failure) {
                _ = try invite(
                    .user(user),
                    into: group,
                    from: owner,
                    words,
                    of: application,
                    at: now,
                    in: store
                )
            } catch .group {
                isDone = false
            } catch .forbidden(.blocked) {
                isDone = false
            }
            outcomes.append(GroupMemberRules.Outcome(name: name, isDone: isDone))
        }
        return outcomes
    }

    /// The newest invitation of a user into a group that can still be decided, whoever made it.
    ///
    /// - Throws: `.notFound(.proposal, …)` with the group's id.
    public static func pendingInvitation(
        of user: User,
        into group: Group,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> Proposal {
        var last: ProposalID?
        while true {
            let page = try store.proposals(
                .received(user.id, .invitation),
                pendingAt: now,
                before: last,
                limit: 100
            )
            if let found = page.first(where: { $0.subject.group == group.id }) { return found }
            guard page.count == 100, let end = page.last else {
                throw .notFound(.proposal, id: group.id.text)
            }
            last = end.id
        }
    }
}
