// Notices of proposals: stored and announced for those whom a proposal or its answer concerns.

/// The users that a proposal concerns.
enum NoticeRules {
    /// Stores and announces a notice of a proposal or its answer, for the users that it concerns.
    ///
    /// Both sides are told of a friend request and of its answer; who may decide of an application, and who was invited of
    /// an invitation; and of those answers, who had asked.
    static func tell(
        of proposal: Proposal,
        isAnswer: Bool,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        for user in try listeners(to: proposal, isAnswer: isAnswer, in: store) {
            let id = MessageID(rawValue: try store.nextID(at: now))
            try store.insertNotice(id, for: user, about: proposal.id, isAnswer: isAnswer)
            store.announce(.noticeKept(id, for: user))
        }
    }

    private static func listeners(
        to proposal: Proposal,
        isAnswer: Bool,
        in store: any Reader
    ) throws(Failure) -> [UserID] {
        switch (proposal.subject, isAnswer) {
        case (.contact(let recipient), _): [proposal.sender, recipient]
        case (.application, true), (.invitation, true): [proposal.sender]
        case (.application(let group), false): try deciders(of: group, in: store)
        case (.invitation(let recipient, _), false): [recipient]
        }
    }

    /// Members whose role allows them to answer applications.
    private static func deciders(of id: GroupID, in store: any Reader) throws(Failure) -> [UserID] {
        guard let group = try store.group(id) else { return [] }
        guard try store.roleCount(of: id) > 0 else {
            return [group.owner] + (try store.administrators(of: id).map(\.user))
        }
        var found: [UserID] = []
        var last: Int64?
        while true {
            let page = try store.members(of: id, after: last, limit: 500)
            for member in page
            where try GroupRoleRules.role(of: member, in: group, store: store).permissions.allows(.accept) {
                found.append(member.user)
            }
            guard page.count == 500, let end = page.last else { return found }
            last = end.place
        }
    }
}
