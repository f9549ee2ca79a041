// The repository of friend requests, group applications and invitations on SQLite.

import Domain

let proposalColumns: StaticString = """
    proposals.id, proposals.kind, proposals.sender, senders.username, proposals.recipient, recipients.username,
    proposals.group_id, proposals.message, proposals.remark, proposals.created, proposals.expires, proposals.accepted,
    proposals.decided, proposals.reply, proposals.handler, handlers.username
    """

let proposalNames: StaticString = """
    CROSS JOIN users AS senders ON senders.id = proposals.sender
    LEFT JOIN users AS recipients ON recipients.id = proposals.recipient
    LEFT JOIN users AS handlers ON handlers.id = proposals.handler
    """

private let proposalPage: StaticString = """
    AND proposals.id < ?4
    AND (?6 IS NULL OR proposals.accepted IS NULL AND (proposals.expires IS NULL OR proposals.expires > ?6))
    ORDER BY proposals.id DESC LIMIT ?5
    """

private enum ProposalQueries {
    static let one = Query(
        "SELECT",
        proposalColumns,
        "FROM proposals",
        proposalNames,
        """
        WHERE proposals.application = ?1 AND proposals.sender = ?2 AND proposals.kind = ?3
            AND ifnull(proposals.recipient, 0) = ?4 AND ifnull(proposals.group_id, 0) = ?5
        """
    )
    static let sent = Query(
        "SELECT",
        proposalColumns,
        "FROM proposals INDEXED BY proposals_by_sender",
        proposalNames,
        "WHERE proposals.application = ?1 AND proposals.sender = ?2 AND proposals.kind = ?3",
        proposalPage
    )
    static let received = Query(
        "SELECT",
        proposalColumns,
        "FROM proposals INDEXED BY proposals_by_recipient",
        proposalNames,
        "WHERE proposals.application = ?1 AND proposals.recipient = ?2 AND proposals.kind = ?3",
        proposalPage
    )
    static let ofGroup = Query(
        "SELECT",
        proposalColumns,
        "FROM proposals INDEXED BY proposals_by_group",
        proposalNames,
        "WHERE proposals.application = ?1 AND proposals.group_id = ?2 AND proposals.kind = ?3",
        proposalPage
    )
    // The user's groups first, then each one's applications: sorted, since they come from several groups. Bit 4096 is the
    // permission to accept, number 13.
    static let managed = Query(
        "SELECT",
        proposalColumns,
        """
        FROM group_members CROSS JOIN proposals INDEXED BY proposals_by_group
            ON proposals.application = group_members.application AND proposals.group_id = group_members.group_id
            AND proposals.kind = ?3
        """,
        proposalNames,
        """
        WHERE group_members.application = ?1 AND group_members.user = ?2 AND group_members.kind = 0
            AND (group_members.role > 0 OR EXISTS (
                SELECT 1 FROM group_member_roles
                CROSS JOIN group_roles ON group_roles.id = group_member_roles.role
                WHERE group_member_roles.application = ?1
                    AND group_member_roles.group_id = group_members.group_id
                    AND group_member_roles.user = ?2 AND group_roles.permissions & 4096
            ))
        """,
        proposalPage
    )

    static let delete = Query(
        """
        DELETE FROM proposals WHERE application = ?1 AND sender = ?2 AND kind = ?3
            AND ifnull(recipient, 0) = ?4 AND ifnull(group_id, 0) = ?5
        """
    )
    static let insert = Query(
        """
        INSERT INTO proposals (application, sender, kind, recipient, group_id, message, remark, created, expires,
            kept_until)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """
    )
    static let decide = Query(
        """
        UPDATE proposals SET accepted = ?3, decided = ?4, reply = ?5, kept_until = ?6,
            handler = (SELECT id FROM users WHERE id = ?7 AND application = ?1)
        WHERE id = ?2 AND application = ?1 AND accepted IS NULL
        """
    )
    static let purge = Query(
        """
        DELETE FROM proposals WHERE id IN (
            SELECT id FROM proposals WHERE application = ?1 AND kept_until <= ?2 ORDER BY kept_until LIMIT ?3
        )
        """
    )
}

extension TenantStore {
    func proposal(_ subject: ProposalSubject, from sender: UserID) throws(Failure) -> Proposal? {
        try prepare(ProposalQueries.one, sender, subject).first { $0.proposal() }
    }

    func proposals(
        _ list: ProposalList,
        pendingAt moment: Timestamp?,
        before id: ProposalID?,
        limit: Int
    ) throws(Failure) -> [Proposal] {
        let (query, key, kind) = Self.query(of: list)
        return try prepare(query, key, kind.rawValue, id?.rawValue ?? .max, limit, moment).rows {
            $0.proposal()
        }
    }

    private static func query(of list: ProposalList) -> (Query, key: Int64, ProposalKind) {
        switch list {
        case .sent(let user, let kind): (ProposalQueries.sent, user.rawValue, kind)
        case .received(let user, let kind): (ProposalQueries.received, user.rawValue, kind)
        case .applications(let group): (ProposalQueries.ofGroup, group.rawValue, .application)
        case .managed(let user): (ProposalQueries.managed, user.rawValue, .application)
        }
    }
}

extension SQLiteWriter {
    func insert(_ proposal: NewProposal, at now: Timestamp) throws(Failure) -> Proposal {
        try prepare(ProposalQueries.delete, proposal.sender, proposal.subject).run()
        let statement = try prepare(
            ProposalQueries.insert,
            proposal.sender,
            proposal.subject.kind.rawValue,
            proposal.subject.recipient,
            proposal.subject.group,
            proposal.message,
            proposal.remark,
            now,
            proposal.expires,
            proposal.keptUntil
        )
        guard try statement.insert() == .added,
            let inserted = try self.proposal(proposal.subject, from: proposal.sender)
        else { throw .notFound(.user, id: "") }
        return inserted
    }

    func decide(_ id: ProposalID, _ decision: ProposalDecision, keptUntil: Timestamp) throws(Failure) -> Bool
    {
        try prepare(
            ProposalQueries.decide,
            id,
            decision.isAccepted,
            decision.moment,
            decision.reply,
            keptUntil,
            decision.handler
        ).run() > 0
    }

    func deleteProposals(keptUntil now: Timestamp, limit: Int) throws(Failure) {
        try prepare(ProposalQueries.purge, now, limit).run()
    }
}

/// Three parameters: the columns of the unique index, 0 where there is none.
extension ProposalSubject: Bindable {
    func bind(to statement: inout Statement) {
        statement.bind(kind.rawValue)
        statement.bind(recipient?.rawValue ?? 0)
        statement.bind(group?.rawValue ?? 0)
    }
}

extension Statement {
    /// The proposal in the columns of `proposalColumns`.
    func proposal() -> Proposal {
        Proposal(
            id: id(0),
            subject: subject(),
            sender: id(2),
            senderName: text(3),
            recipientName: optionalText(5),
            message: text(7),
            remark: optionalText(8),
            created: timestamp(9),
            expires: optionalTimestamp(10),
            decision: optionalBool(11).map { isAccepted in
                ProposalDecision(
                    isAccepted: isAccepted,
                    reply: text(13),
                    moment: timestamp(12),
                    handler: optionalID(14),
                    handlerName: optionalText(15)
                )
            }
        )
    }

    private func subject() -> ProposalSubject {
        let (recipient, group): (UserID, GroupID) = (id(4), id(6))
        // The schema's CHECK keeps other kinds out.
        return switch ProposalKind(rawValue: int(1)) {
        case .application: .application(group)
        case .invitation: .invitation(recipient, group)
        case .contact, nil: .contact(recipient)
        }
    }
}
