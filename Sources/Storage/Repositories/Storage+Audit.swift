// The audit on SQLite: rows are added with the change that they are about, and read from the newest on.

import Domain

private enum AuditQueries {
    static let columns: StaticString = """
        id, time, caller, name, address, request, route, target, outcome, reason, count
        """
    static let page = Query(
        "SELECT",
        columns,
        """
        FROM audit WHERE application = ?1 AND id < ?2 AND (?3 IS NULL OR caller = ?3 OR name = ?3)
            AND (?4 IS NULL OR route = ?4) AND (?5 IS NULL OR instr(',' || target || ',', ',' || ?5 || ',') > 0)
            AND (?6 IS NULL OR time >= ?6) AND (?7 IS NULL OR time < ?7)
        ORDER BY application DESC, id DESC LIMIT ?8
        """
    )
    static let newest = Query(
        "SELECT id FROM audit WHERE application = ?1 ORDER BY application DESC, id DESC LIMIT 1"
    )
    static let insert = Query(
        """
        INSERT INTO audit (application, id, time, caller, name, address, request, route, target, outcome, reason, count)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """
    )
    static let applications = Query(
        """
        WITH RECURSIVE found (application) AS (
            SELECT min(application) FROM audit
            UNION ALL
            SELECT (SELECT min(application) FROM audit WHERE application > found.application) FROM found
            WHERE found.application IS NOT NULL)
        SELECT application FROM found WHERE application IS NOT NULL
        """
    )
    static let oldest = Query(
        "SELECT id, time FROM audit WHERE application = ?1 ORDER BY application, id LIMIT ?2"
    )
    static let delete = Query("DELETE FROM audit WHERE application = ?1 AND id <= ?2")
}

/// The application of rows about the server as a whole.
private let wholeServer = ApplicationID(rawValue: 0)

extension Connection {
    fileprivate func audit(
        of application: ApplicationID,
        _ filter: AuditFilter,
        before id: Int64?,
        limit: Int
    ) throws(Failure) -> [AuditRecord] {
        var statement = try prepare(AuditQueries.page)
        statement.bind(application)
        (id ?? .max).bind(to: &statement)
        filter.caller.bind(to: &statement)
        filter.route.bind(to: &statement)
        filter.target.bind(to: &statement)
        filter.after.bind(to: &statement)
        filter.before.bind(to: &statement)
        limit.bind(to: &statement)
        return try statement.rows { $0.auditRecord() }
    }
}

extension Connection {
    /// The key of an application's newest row; one that no row has where the last were rolled back.
    fileprivate func newestAudit(of application: ApplicationID) throws(Failure) -> Int64 {
        if let known = auditIDs[application] { return known }
        let found = try prepare(AuditQueries.newest, application).first { $0.int64(0) } ?? 0
        auditIDs[application] = found
        return found
    }
}

extension TenantStore {
    func audit(_ filter: AuditFilter, before id: Int64?, limit: Int) throws(Failure) -> [AuditRecord] {
        try connection.audit(of: application, filter, before: id, limit: limit)
    }
}

extension DirectoryStore {
    func audit(_ filter: AuditFilter, before id: Int64?, limit: Int) throws(Failure) -> [AuditRecord] {
        try connection.audit(of: wholeServer, filter, before: id, limit: limit)
    }
}

extension SQLiteWriter {
    var isAudited: Bool { session.isAudited }

    func note(subject: String) { session.subjects?.add(subject) }

    func noteReading(of count: Int, in place: String) { session.subjects?.addReading(of: count, in: place) }
}

extension SQLiteAdministrationWriter {
    var isAudited: Bool { session.isAudited }

    func note(subject: String) { session.subjects?.add(subject) }

    func noteReading(of count: Int, in place: String) { session.subjects?.addReading(of: count, in: place) }

    func removeAudit(before: Timestamp, limit: Int) throws(Failure) -> Bool {
        var mayBeMore = false
        let applications: [ApplicationID] = try prepare(AuditQueries.applications).rows { $0.id(0) }
        for application in applications {
            // Rows are in the order of their times, or nearly: a clock that was set back lets some stay longer.
            let rows = try prepare(AuditQueries.oldest, application, limit).rows {
                (id: $0.int64(0), time: $0.timestamp(1))
            }
            let over = rows.prefix { $0.time < before }
            guard let last = over.last else { continue }
            try prepare(AuditQueries.delete, application, last.id).run()
            mayBeMore = mayBeMore || over.count == limit
        }
        return mayBeMore
    }
}

extension WriteSession {
    /// Adds the current job's row to the audit, where it leaves one.
    func writeAudit(of origin: Origin, _ application: ApplicationID?) throws(Failure) {
        guard let subjects else { return }
        let application = application ?? wholeServer
        let newest = try connection.newestAudit(of: application)
        guard let row = AuditRules.row(newest + 1, of: origin, subjects) else { return }
        try insert(row, of: application)
        // A row that is rolled back leaves a gap, and that is all.
        connection.auditIDs[application] = row.id
    }

    /// Adds a row to the audit.
    func insert(_ row: AuditRecord, of application: ApplicationID) throws(Failure) {
        try connection.prepare(
            AuditQueries.insert,
            application,
            row.id,
            row.time,
            row.actor.label,
            row.actor.name,
            row.address,
            row.requestID,
            row.route,
            row.target,
            row.outcome == .ok ? 0 : 1,
            row.reason,
            row.count
        ).run()
    }
}

extension Statement {
    fileprivate func auditRecord() -> AuditRecord {
        AuditRecord(
            id: int64(0),
            time: timestamp(1),
            actor: Actor(label: text(2), name: text(3)),
            address: text(4),
            requestID: text(5),
            route: text(6),
            target: text(7),
            outcome: int(8) == 0 ? .ok : .refused,
            reason: optionalText(9),
            count: optionalInt(10)
        )
    }
}
