// The repository of tenants on SQLite: administrators.

import Domain

/// The columns that `Statement.administrator()` reads, in its order.
private let administratorColumns: StaticString = """
    id, organization, name, name_key, token_generation, created, role, applications, operator
    """

private enum AdministratorQueries {
    static let all = Query("SELECT", administratorColumns, "FROM administrators ORDER BY id")
    static let byName = Query("SELECT", administratorColumns, "FROM administrators WHERE name_key = ?1")
    static let passwordHash = Query("SELECT password_hash FROM administrators WHERE id = ?1")

    static let insert = Query(
        """
        INSERT INTO administrators (organization, name, name_key, password_hash, created, role, applications, operator)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (name_key) DO NOTHING
        """
    )
    static let setFacts = Query(
        "UPDATE administrators SET role = ?2, applications = ?3, operator = ?4 WHERE id = ?1"
    )
    static let delete = Query("DELETE FROM administrators WHERE id = ?1")
    static let setPasswordHash = Query(
        "UPDATE administrators SET password_hash = ?2, token_generation = token_generation + 1 WHERE id = ?1"
    )
}

extension DirectoryStore {
    func administrators() throws(Failure) -> [Administrator] {
        try prepare(AdministratorQueries.all).rows { $0.administrator() }
    }

    func administrator(named name: Username) throws(Failure) -> Administrator? {
        try prepare(AdministratorQueries.byName, name.key).first { $0.administrator() }
    }

    func passwordHash(of id: AdministratorID) throws(Failure) -> String? {
        try prepare(AdministratorQueries.passwordHash, id).first { $0.text(0) }
    }
}

extension SQLiteAdministrationWriter {
    func insertAdministrator(
        named name: Username,
        _ facts: AdministratorFacts,
        passwordHash: String,
        of organization: OrganizationID,
        at now: Timestamp
    ) throws(Failure) -> Administrator {
        let query = AdministratorQueries.insert
        let id: AdministratorID = try prepare(
            query,
            organization,
            name.text,
            name.key,
            passwordHash,
            now,
            facts.role.rawValue,
            facts.applications.joined(separator: " "),
            facts.isOperator
        )
        .insert(
            duplicate: .conflict(.administrator, id: name.text),
            orphan: .notFound(.organization, id: "")
        )
        announce(.directoryChanged)
        return Administrator(
            id: id,
            organization: organization,
            name: name,
            facts: facts,
            tokenGeneration: 0,
            created: now
        )
    }

    func setFacts(of id: AdministratorID, to facts: AdministratorFacts) throws(Failure) {
        let isThere = try prepare(
            AdministratorQueries.setFacts,
            id,
            facts.role.rawValue,
            facts.applications.joined(separator: " "),
            facts.isOperator
        ).run()
        if isThere > 0 { announce(.directoryChanged) }
    }

    func deleteAdministrator(_ id: AdministratorID) throws(Failure) {
        if try prepare(AdministratorQueries.delete, id).run() > 0 { announce(.directoryChanged) }
    }

    func setPasswordHash(of id: AdministratorID, to hash: String) throws(Failure) {
        if try prepare(AdministratorQueries.setPasswordHash, id, hash).run() > 0 {
            announce(.directoryChanged)
        }
    }
}

extension Statement {
    fileprivate func administrator() -> Administrator {
        Administrator(
            id: id(0),
            organization: id(1),
            name: Username(stored: text(2), key: text(3)),
            facts: AdministratorFacts(
                role: AdministratorRole(rawValue: text(6)) ?? .auditor,
                applications: text(7).split(separator: " ").map(String.init),
                isOperator: bool(8)
            ),
            tokenGeneration: int(4),
            created: timestamp(5)
        )
    }
}
