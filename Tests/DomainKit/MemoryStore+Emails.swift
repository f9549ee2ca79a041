// The repository of e-mail addresses, in memory.

import Domain

extension MemoryStore {
    func user(withEmail address: EmailAddress) -> User? {
        tables.emails.first { $0.value == address && user($0.key) != nil }.flatMap { user($0.key) }
    }

    func email(of id: UserID) -> EmailAddress? { user(id) == nil ? nil : tables.emails[id] }

    func isEmailVerified(of id: UserID) -> Bool? {
        email(of: id).map { _ in tables.verifiedEmails.contains(id) }
    }

    func verification(of id: UserID) -> EmailVerification? {
        user(id) == nil ? nil : tables.verifications[id]
    }

    func setVerification(_ verification: EmailVerification) {
        guard email(of: verification.user) != nil else { return }
        database.tables.verifications[verification.user] = verification
    }

    func deleteVerification(of id: UserID) {
        if email(of: id) != nil { database.tables.verifications[id] = nil }
    }

    func confirmEmail(of id: UserID) {
        guard email(of: id) != nil else { return }
        database.tables.verifiedEmails.insert(id)
        database.tables.verifications[id] = nil
    }

    func setEmail(_ address: EmailAddress, of id: UserID, isVerified: Bool) throws(Failure) {
        if let holder = user(withEmail: address), holder.id != id {
            throw .conflict(.email, id: address.text)
        }
        guard user(id) != nil else { return }
        database.tables.emails[id] = address
        database.tables.verifications[id] = nil
        if isVerified {
            database.tables.verifiedEmails.insert(id)
        } else {
            database.tables.verifiedEmails.remove(id)
        }
    }
}
