// The repository of connections on SQLite.

import Domain

private enum ConnectionQueries {
    static let page = Query(
        """
        SELECT id, opened, closed, reason, address, platform FROM connections INDEXED BY connections_by_user
        WHERE application = ?1 AND user = ?2 AND id < ?3 AND opened >= ?4 ORDER BY id DESC LIMIT ?5
        """
    )
    static let insert = Query(
        """
        INSERT INTO connections (application, user, number, opened, address, platform)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6 FROM users WHERE id = ?2 AND application = ?1
        """
    )
    static let end = Query(
        """
        UPDATE connections SET closed = ?4, reason = ?5
        WHERE number = ?3 AND closed IS NULL AND application = ?1 AND user = ?2
        """
    )
    static let endLost = Query(
        "UPDATE connections SET closed = ?1, reason = ?2 WHERE number >= 0 AND closed IS NULL"
    )
    static let forget = Query(
        """
        DELETE FROM connections WHERE id IN
            (SELECT id FROM connections INDEXED BY connections_by_time
            WHERE application = ?1 AND opened < ?2 ORDER BY opened LIMIT ?3)
        """
    )
}

extension ConnectionID: RowKey {}

extension TenantStore {
    func connections(of user: UserID, since start: Timestamp, before id: ConnectionID?, limit: Int)
        throws(Failure) -> [PastConnection]
    {
        try prepare(ConnectionQueries.page, user, id?.rawValue ?? .max, start, limit).rows { row in
            let end = row.optionalTimestamp(2).map { closed in
                PastConnection.End(at: closed, reason: ConnectionEnd(rawValue: row.text(3)) ?? .closed)
            }
            return PastConnection(
                id: row.id(0),
                opened: row.timestamp(1),
                end: end,
                address: row.text(4),
                platform: row.int(5)
            )
        }
    }
}

extension SQLiteWriter {
    func insert(_ connection: NewConnection) throws(Failure) {
        try prepare(
            ConnectionQueries.insert,
            connection.user,
            connection.number,
            connection.opened,
            connection.address,
            connection.platform
        ).run()
    }

    func end(_ number: Int64, of user: UserID, _ end: PastConnection.End) throws(Failure) {
        try prepare(ConnectionQueries.end, user, number, end.at, end.reason.rawValue).run()
    }

    func forgetConnections(before moment: Timestamp, limit: Int) throws(Failure) -> Int {
        try prepare(ConnectionQueries.forget, moment, limit).run()
    }
}

extension SQLiteAdministrationWriter {
    func endLostConnections(at now: Timestamp) throws(Failure) {
        try prepare(ConnectionQueries.endLost, now, ConnectionEnd.lost.rawValue).run()
    }
}
