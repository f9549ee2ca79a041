// The repository of e-mail addresses on SQLite.

import Domain

private enum EmailQueries {
    static let user = Query("SELECT user FROM emails WHERE application = ?1 AND key = ?2")
    static let address = Query("SELECT address FROM emails WHERE application = ?1 AND user = ?2")
    static let delete = Query("DELETE FROM emails WHERE application = ?1 AND user = ?2")
    static let insert = Query("INSERT INTO emails (application, key, address, user) VALUES (?1, ?2, ?3, ?4)")
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

    fileprivate func holder(of address: EmailAddress) throws(Failure) -> UserID? {
        var statement = try connection.prepare(EmailQueries.user)
        statement.bind(1, application)
        statement.bind(2, address.key)
        return try statement.step() ? UserID(rawValue: statement.int64(0)) : nil
    }
}

extension SQLiteWriter {
    func setEmail(_ address: EmailAddress, of id: UserID) throws(Failure) {
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
        _ = try insert.insert()
    }
}
