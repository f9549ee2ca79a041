// The repository of e-mail addresses, in memory.

import Domain

extension MemoryStore {
    func user(withEmail address: EmailAddress) -> User? {
        tables.emails.first { $0.value == address && user($0.key) != nil }.flatMap { user($0.key) }
    }

    func email(of id: UserID) -> EmailAddress? { user(id) == nil ? nil : tables.emails[id] }

    func setEmail(_ address: EmailAddress, of id: UserID) throws(Failure) {
        if let holder = user(withEmail: address), holder.id != id {
            throw .conflict(.email, id: address.text)
        }
        guard user(id) != nil else { return }
        database.tables.emails[id] = address
    }
}
