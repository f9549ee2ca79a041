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
        var statement = try connection.prepare(NoticeQueries.page)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, id)
        statement.bind(4, limit)
        var notices: [Notice] = []
        while try statement.step() {
            notices.append(
                Notice(
                    id: MessageID(rawValue: statement.int64(16)),
                    proposal: statement.proposal(),
                    isAnswer: statement.bool(17)
                )
            )
        }
        return notices
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
        var statement = try connection.prepare(NoticeQueries.insert)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, id)
        statement.bind(4, proposal)
        statement.bind(5, isAnswer)
        try statement.run()
    }
}
