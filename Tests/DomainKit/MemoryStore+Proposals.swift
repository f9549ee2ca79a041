// The repository of friend requests, group applications and invitations, in memory.

import Domain

extension Tables {
    struct ProposalRow {
        var application: ApplicationID
        var proposal: Proposal
        var keptUntil: Timestamp?
    }

    /// Proposals go with either end; of who decided one only the name is forgotten.
    mutating func removeFromProposals(_ user: UserID) {
        proposals = proposals.filter {
            $0.value.proposal.sender != user && $0.value.proposal.subject.recipient != user
        }
        for (id, row) in proposals {
            guard let decision = row.proposal.decision, decision.handler == user else { continue }
            proposals[id]?.proposal.decision = ProposalDecision(
                isAccepted: decision.isAccepted,
                reply: decision.reply,
                moment: decision.moment,
                handler: nil,
                handlerName: nil
            )
        }
    }

    /// Nobody can come into a group that is gone.
    mutating func followGroupsInProposals() {
        let known = groups
        proposals = proposals.filter { row in
            row.value.proposal.subject.group.map { known[$0] != nil } ?? true
        }
    }
}

extension MemoryStore {
    /// Newest first.
    private var ownProposals: [Proposal] {
        tables.proposals.values.filter { $0.application == application }.map(\.proposal).sorted {
            $0.id > $1.id
        }
    }

    func proposal(_ subject: ProposalSubject, from sender: UserID) -> Proposal? {
        ownProposals.first { $0.subject == subject && $0.sender == sender }
    }

    func proposals(
        _ list: ProposalList,
        pendingAt moment: Timestamp?,
        before id: ProposalID?,
        limit: Int
    ) -> [Proposal] {
        let found = ownProposals.filter { proposal in
            proposal.id.rawValue < id?.rawValue ?? .max && isIn(list, proposal)
                && moment.map { proposal.state(at: $0) == .pending } ?? true
        }
        return Array(found.prefix(limit))
    }

    private func isIn(_ list: ProposalList, _ proposal: Proposal) -> Bool {
        switch list {
        case .sent(let user, let kind): proposal.sender == user && proposal.subject.kind == kind
        case .received(let user, let kind):
            proposal.subject.recipient == user && proposal.subject.kind == kind
        case .applications(let group): proposal.subject == .application(group)
        case .managed(let user):
            if case .application(let group) = proposal.subject, let member = membership(of: user, in: group) {
                member.role != .member || ownRole(of: user, in: group)?.permissions.allows(.accept) == true
            } else {
                false
            }
        }
    }

    func insert(_ proposal: NewProposal, at now: Timestamp) throws(Failure) -> Proposal {
        let recipient = proposal.subject.recipient
        guard let sender = user(proposal.sender), recipient.map({ user($0) != nil }) ?? true,
            proposal.subject.group.map({ group($0) != nil }) ?? true
        else { throw .notFound(.user, id: "") }
        if let old = self.proposal(proposal.subject, from: proposal.sender) {
            database.tables.proposals[old.id] = nil
        }
        let inserted = Proposal(
            id: ProposalID(rawValue: database.tables.nextKey()),
            subject: proposal.subject,
            sender: sender.id,
            senderName: sender.username.text,
            recipientName: recipient.flatMap { user($0)?.username.text },
            message: proposal.message,
            remark: proposal.remark,
            created: now,
            expires: proposal.expires,
            decision: nil
        )
        database.tables.proposals[inserted.id] = Tables.ProposalRow(
            application: application,
            proposal: inserted,
            keptUntil: proposal.keptUntil
        )
        return inserted
    }

    func decide(_ id: ProposalID, _ decision: ProposalDecision, keptUntil: Timestamp) -> Bool {
        guard let row = tables.proposals[id], row.application == application, row.proposal.decision == nil
        else {
            return false
        }
        let handler = decision.handler.flatMap { user($0) }
        database.tables.proposals[id]?.keptUntil = keptUntil
        database.tables.proposals[id]?.proposal.decision = ProposalDecision(
            isAccepted: decision.isAccepted,
            reply: decision.reply,
            moment: decision.moment,
            handler: handler?.id,
            handlerName: handler?.username.text
        )
        return true
    }

    func deleteProposals(keptUntil now: Timestamp, limit: Int) {
        let old = tables.proposals.compactMap { id, row -> (id: ProposalID, end: Timestamp)? in
            guard row.application == application, let end = row.keptUntil, end <= now else { return nil }
            return (id, end)
        }
        for row in old.sorted(by: { $0.end < $1.end }).prefix(limit) {
            database.tables.proposals[row.id] = nil
        }
    }
}
