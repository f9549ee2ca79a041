// The repository of contacts on SQLite.

import Domain

private enum ContactQueries {
    static let exists = Query("SELECT 1 FROM contacts WHERE application = ?1 AND owner = ?2 AND contact = ?3")
    static let count = Query("SELECT count(*) FROM contacts WHERE application = ?1 AND owner = ?2")
    // CROSS JOIN fixes the order: the owner's contacts first, then each one's row by its key.
    static let names = Query(
        """
        SELECT users.username FROM contacts CROSS JOIN users ON users.id = contacts.contact
        WHERE contacts.application = ?1 AND contacts.owner = ?2
        ORDER BY contacts.created DESC, contacts.contact DESC
        """
    )
    static let page = Query(
        "SELECT",
        userColumns,
        """
        , contacts.remark, contacts.created FROM contacts CROSS JOIN users ON users.id = contacts.contact
        WHERE contacts.application = ?1 AND contacts.owner = ?2 AND contacts.contact > ?3
        ORDER BY contacts.contact LIMIT ?4
        """
    )

    static let insert = Query(
        """
        INSERT INTO contacts (application, owner, contact, created) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, owner, contact) DO NOTHING
        """
    )
    static let delete = Query("DELETE FROM contacts WHERE application = ?1 AND owner = ?2 AND contact = ?3")
    static let setRemark = Query(
        "UPDATE contacts SET remark = ?4 WHERE application = ?1 AND owner = ?2 AND contact = ?3"
    )
}

extension TenantStore {
    func isContact(_ other: UserID, of owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(ContactQueries.exists)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        return try statement.step()
    }

    func contactCount(of owner: UserID) throws(Failure) -> Int {
        var statement = try connection.prepare(ContactQueries.count)
        statement.bind(1, application)
        statement.bind(2, owner)
        return try statement.step() ? statement.int(0) : 0
    }

    func contactNames(of owner: UserID) throws(Failure) -> [String] {
        var statement = try connection.prepare(ContactQueries.names)
        statement.bind(1, application)
        statement.bind(2, owner)
        return try statement.texts()
    }

    func contacts(of owner: UserID, after id: UserID?, limit: Int) throws(Failure) -> [Contact] {
        var statement = try connection.prepare(ContactQueries.page)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, id?.rawValue ?? 0)
        statement.bind(4, limit)
        var contacts: [Contact] = []
        while try statement.step() {
            contacts.append(
                Contact(
                    user: statement.user(),
                    remark: statement.optionalText(userColumnCount),
                    created: statement.timestamp(userColumnCount + 1)
                )
            )
        }
        return contacts
    }
}

extension SQLiteWriter {
    func insertContact(_ other: UserID, of owner: UserID, at now: Timestamp) throws(Failure) -> Bool {
        var statement = try connection.prepare(ContactQueries.insert)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        statement.bind(4, now)
        return try statement.insert() == .added
    }

    func deleteContact(_ other: UserID, of owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(ContactQueries.delete)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        return try statement.run() > 0
    }

    func setRemark(_ remark: String?, on other: UserID, of owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(ContactQueries.setRemark)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        statement.bind(4, remark)
        return try statement.run() > 0
    }
}
