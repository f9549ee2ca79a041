// The audit, in memory.

import Domain

extension MemoryDatabase {
    func begin(auditing origin: Origin) { subjects = origin.actor == nil ? nil : AuditRules.Subjects() }

    /// Adds the open transaction's row, where it leaves one.
    func writeAudit(of origin: Origin, _ application: ApplicationID?) {
        let application = application ?? ApplicationID(rawValue: 0)
        let newest = tables.audit[application]?.last?.id ?? 0
        guard let subjects, let row = AuditRules.row(newest + 1, of: origin, subjects) else { return }
        tables.audit[application, default: []].append(row)
    }

    fileprivate func audit(
        of application: ApplicationID,
        _ filter: AuditFilter,
        before id: Int64?,
        limit: Int
    ) -> [AuditRecord] {
        let rows = (tables.audit[application] ?? []).reversed().filter { row in
            row.id < id ?? .max
                && filter.caller.map { $0 == row.actor.label || $0 == row.actor.name } ?? true
                && filter.route.map { $0 == row.route } ?? true
                && filter.target.map { row.target.split(separator: ",").map(String.init).contains($0) }
                    ?? true
                && filter.after.map { row.time >= $0 } ?? true && filter.before.map { row.time < $0 } ?? true
        }
        return Array(rows.prefix(limit))
    }
}

extension MemoryStore {
    var isAudited: Bool { database.subjects != nil }

    func note(subject: String) { database.subjects?.add(subject) }

    func noteReading(of count: Int, in place: String) { database.subjects?.addReading(of: count, in: place) }

    func audit(_ filter: AuditFilter, before id: Int64?, limit: Int) -> [AuditRecord] {
        database.audit(of: application, filter, before: id, limit: limit)
    }
}

extension MemoryAdministrationStore {
    var isAudited: Bool { database.subjects != nil }

    func note(subject: String) { database.subjects?.add(subject) }

    func noteReading(of count: Int, in place: String) { database.subjects?.addReading(of: count, in: place) }

    func audit(_ filter: AuditFilter, before id: Int64?, limit: Int) -> [AuditRecord] {
        database.audit(of: ApplicationID(rawValue: 0), filter, before: id, limit: limit)
    }

    func removeAudit(before: Timestamp, limit: Int) -> Bool {
        var mayBeMore = false
        for (application, rows) in tables.audit {
            let over = rows.prefix(limit).prefix { $0.time < before }
            database.tables.audit[application] = Array(rows.dropFirst(over.count))
            mayBeMore = mayBeMore || over.count == limit
        }
        return mayBeMore
    }
}
