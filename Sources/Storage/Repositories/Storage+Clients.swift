// The clients of applications on SQLite: credentials with their names, scopes and secrets.

import Domain

/// The columns that `Statement.credential()` reads, in its order.
private let credentialColumns: StaticString = """
    id, client_id, secret_hash, created, derivation, name, scopes, expires, last_used, former_hash, former_expires,
    rates
    """

private enum ClientQueries {
    static let all = Query(
        "SELECT",
        credentialColumns,
        "FROM credentials WHERE application = ?1 ORDER BY application, id"
    )
    static let insert = Query(
        """
        INSERT INTO credentials (application, client_id, secret_hash, created, derivation, name, scopes, expires, rates)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (client_id) DO NOTHING
        """
    )
    static let update = Query(
        """
        UPDATE credentials SET secret_hash = ?2, derivation = ?3, name = ?4, scopes = ?5, expires = ?6,
            former_hash = ?7, former_expires = ?8, rates = ?9
        WHERE id = ?1
        """
    )
    static let noteUse = Query("UPDATE credentials SET last_used = ?2 WHERE id = ?1")
    static let delete = Query("DELETE FROM credentials WHERE application = ?1 AND client_id = ?2")
}

extension DirectoryStore {
    func credentials(of id: ApplicationID) throws(Failure) -> [Credential] {
        try prepare(ClientQueries.all, id).rows { $0.credential() }
    }
}

extension SQLiteAdministrationWriter {
    func insertCredential(
        _ new: NewCredential,
        as facts: ClientFacts,
        of id: ApplicationID,
        at now: Timestamp
    ) throws(Failure) -> Credential {
        let key: CredentialID = try prepare(
            ClientQueries.insert,
            id,
            new.clientID,
            new.secretHash,
            now,
            new.derivation,
            facts.name,
            Int(facts.scopes.rawValue),
            facts.expires,
            facts.rates.text
        ).insert(
            duplicate: .conflict(.credential, id: new.clientID),
            orphan: .notFound(.application, id: "")
        )
        announce(.directoryChanged)
        return Credential(
            id: key,
            clientID: new.clientID,
            name: facts.name,
            scopes: facts.scopes,
            secretHash: new.secretHash,
            created: now,
            expires: facts.expires,
            derivation: new.derivation,
            rates: facts.rates
        )
    }

    func updateCredential(_ credential: Credential) throws(Failure) {
        let isThere = try prepare(
            ClientQueries.update,
            credential.id,
            credential.secretHash,
            credential.derivation,
            credential.name,
            Int(credential.scopes.rawValue),
            credential.expires,
            credential.formerSecret?.hash,
            credential.formerSecret?.expires,
            credential.rates.text
        ).run()
        if isThere > 0 { announce(.directoryChanged) }
    }

    func noteUse(of id: CredentialID, at hour: Timestamp) throws(Failure) {
        try prepare(ClientQueries.noteUse, id, hour).run()
    }

    func deleteCredential(clientID: String, of id: ApplicationID) throws(Failure) -> Bool {
        guard try prepare(ClientQueries.delete, id, clientID).run() > 0 else { return false }
        announce(.directoryChanged)
        return true
    }
}

extension Statement {
    fileprivate func credential() -> Credential {
        let former = optionalTimestamp(10).map { Credential.FormerSecret(hash: bytes(9), expires: $0) }
        return Credential(
            id: id(0),
            clientID: text(1),
            name: text(5),
            scopes: Scopes(rawValue: UInt16(truncatingIfNeeded: int(6))),
            secretHash: bytes(2),
            formerSecret: former,
            created: timestamp(3),
            expires: optionalTimestamp(7),
            lastUsed: optionalTimestamp(8),
            derivation: optionalInt(4),
            rates: Rates(text: text(11))
        )
    }
}
