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
        try prepare(EmailQueries.address, id).first { $0.text(0) }.flatMap { EmailAddress($0) }
    }

    func isEmailVerified(of id: UserID) throws(Failure) -> Bool? {
        try prepare(EmailQueries.isVerified, id).first { $0.bool(0) }
    }

    func verification(of id: UserID) throws(Failure) -> EmailVerification? {
        try prepare(EmailQueries.verification, id).first {
            EmailVerification(user: id, secretHash: $0.bytes(0), sent: $0.timestamp(1))
        }
    }

    fileprivate func holder(of address: EmailAddress) throws(Failure) -> UserID? {
        try prepare(EmailQueries.user, address.key).first { $0.id(0) }
    }
}

extension SQLiteWriter {
    func setEmail(_ address: EmailAddress, of id: UserID, isVerified: Bool) throws(Failure) {
        if let holder = try holder(of: address), holder != id {
            throw .conflict(.email, id: address.text)
        }
        try prepare(EmailQueries.delete, id).run()
        try prepare(EmailQueries.insert, address.key, address.text, id, isVerified).insert()
    }

    func setVerification(_ verification: EmailVerification) throws(Failure) {
        try prepare(
            EmailQueries.setVerification,
            verification.user,
            verification.secretHash,
            verification.sent
        ).run()
    }

    func deleteVerification(of id: UserID) throws(Failure) {
        try run(EmailQueries.deleteVerification, of: id)
    }

    func confirmEmail(of id: UserID) throws(Failure) {
        try run(EmailQueries.verify, of: id)
        try deleteVerification(of: id)
    }

    private func run(_ query: Query, of id: UserID) throws(Failure) {
        try prepare(query, id).run()
    }
}
