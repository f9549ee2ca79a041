// The repository of notices on SQLite.

import Domain

private enum NoticeQueries {
    static let page = Query(
        "SELECT",
        proposalColumns,
        ", notices.id, notices.is_answer FROM notices CROSS JOIN proposals ON proposals.id = notices.proposal",
        proposalNames,
        """
        WHERE notices.application = ?1 AND notices.user = ?2 AND notices.id > ?3
        ORDER BY notices.id LIMIT ?4
        """
    )
    static let insert = Query(
        """
        INSERT INTO notices (application, user, id, proposal, is_answer)
        SELECT application, ?2, ?3, id, ?5 FROM proposals WHERE id = ?4 AND application = ?1
        """
    )
}

extension TenantStore {
    func notices(for user: UserID, after id: MessageID, limit: Int) throws(Failure) -> [Notice] {
        try prepare(NoticeQueries.page, user, id, limit).rows {
            Notice(
                id: $0.id(16),
                proposal: $0.proposal(),
                isAnswer: $0.bool(17)
            )
        }
    }

    func notice(_ id: MessageID, for user: UserID) throws(Failure) -> Notice? {
        try notices(for: user, after: MessageID(rawValue: id.rawValue - 1), limit: 1).first { $0.id == id }
    }
}

extension SQLiteWriter {
    func insertNotice(
        _ id: MessageID,
        for user: UserID,
        about proposal: ProposalID,
        isAnswer: Bool
    ) throws(Failure) {
        try prepare(NoticeQueries.insert, user, id, proposal, isAnswer).run()
    }
}
