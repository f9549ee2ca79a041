// The repository of e-mail addresses on SQLite.

import Domain

private enum EmailQueries {
    static let user = Query("SELECT user FROM emails WHERE application = ?1 AND key = ?2")
    static let address = Query("SELECT address FROM emails WHERE application = ?1 AND user = ?2")
    static let delete = Query("DELETE FROM emails WHERE application = ?1 AND user = ?2")
    static let insert = Query(
        "INSERT INTO emails (application, key, address, user, verified) VALUES (?1, ?2, ?3, ?4, ?5)"
    )
    static let isVerified = Query("SELECT verified FROM emails WHERE application = ?1 AND user = ?2")
    static let verify = Query("UPDATE emails SET verified = 1 WHERE application = ?1 AND user = ?2")
    static let verification = Query(
        "SELECT secret_hash, sent FROM email_verifications WHERE application = ?1 AND user = ?2"
    )
    static let setVerification = Query(
        """
        INSERT INTO email_verifications (application, user, secret_hash, sent)
        SELECT application, user, ?3, ?4 FROM emails WHERE application = ?1 AND user = ?2
        ON CONFLICT (application, user) DO UPDATE SET secret_hash = excluded.secret_hash, sent = excluded.sent
        """
    )
    static let deleteVerification = Query(
        "DELETE FROM email_verifications WHERE application = ?1 AND user = ?2"
    )
}

extension TenantStore {
    func user(withEmail address: EmailAddress) throws(Failure) -> User? {
        guard let id = try holder(of: address) else { return nil }
        return try user(id)
    }

    func email(of id: UserID) throws(Failure) -> EmailAddress? {
        var statement = try connection.prepare(EmailQueries.address)
        statement.bind(1, application)
        statement.bind(2, id)
        return try statement.step() ? EmailAddress(statement.text(0)) : nil
    }

    func isEmailVerified(of id: UserID) throws(Failure) -> Bool? {
        var statement = try connection.prepare(EmailQueries.isVerified)
        statement.bind(1, application)
        statement.bind(2, id)
        return try statement.step() ? statement.bool(0) : nil
    }

    func verification(of id: UserID) throws(Failure) -> EmailVerification? {
        var statement = try connection.prepare(EmailQueries.verification)
        statement.bind(1, application)
        statement.bind(2, id)
        guard try statement.step() else { return nil }
        return EmailVerification(user: id, secretHash: statement.bytes(0), sent: statement.timestamp(1))
    }

    fileprivate func holder(of address: EmailAddress) throws(Failure) -> UserID? {
        var statement = try connection.prepare(EmailQueries.user)
        statement.bind(1, application)
        statement.bind(2, address.key)
        return try statement.step() ? UserID(rawValue: statement.int64(0)) : nil
    }
}

extension SQLiteWriter {
    func setEmail(_ address: EmailAddress, of id: UserID, isVerified: Bool) throws(Failure) {
        if let holder = try holder(of: address), holder != id {
            throw .conflict(.email, id: address.text)
        }
        var delete = try connection.prepare(EmailQueries.delete)
        delete.bind(1, application)
        delete.bind(2, id)
        try delete.run()
        var insert = try connection.prepare(EmailQueries.insert)
        insert.bind(1, application)
        insert.bind(2, address.key)
        insert.bind(3, address.text)
        insert.bind(4, id)
        insert.bind(5, isVerified)
        _ = try insert.insert()
    }

    func setVerification(_ verification: EmailVerification) throws(Failure) {
        var statement = try connection.prepare(EmailQueries.setVerification)
        statement.bind(1, application)
        statement.bind(2, verification.user)
        statement.bind(3, verification.secretHash)
        statement.bind(4, verification.sent)
        try statement.run()
    }

    func deleteVerification(of id: UserID) throws(Failure) {
        try run(EmailQueries.deleteVerification, of: id)
    }

    func confirmEmail(of id: UserID) throws(Failure) {
        try run(EmailQueries.verify, of: id)
        try deleteVerification(of: id)
    }

    private func run(_ query: Query, of id: UserID) throws(Failure) {
        var statement = try connection.prepare(query)
        statement.bind(1, application)
        statement.bind(2, id)
        try statement.run()
    }
}
