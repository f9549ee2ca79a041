// The repository of contacts on SQLite.

import Domain

private enum ContactQueries {
    // CROSS JOIN fixes the order: the owner's contacts first, then each one's row by its key.
    static let page = Query(
        "SELECT",
        userColumns,
        """
        , contacts.remark, contacts.created, contacts.is_pinned, contacts.extra FROM contacts CROSS JOIN users ON users.id = contacts.contact
        WHERE contacts.application = ?1 AND contacts.owner = ?2 AND contacts.contact > ?3
        ORDER BY contacts.contact LIMIT ?4
        """
    )

    static let setMarks = Query(
        """
        UPDATE contacts SET is_pinned = coalesce(?4, is_pinned), extra = coalesce(?5, extra)
        WHERE application = ?1 AND owner = ?2 AND contact = ?3
        """
    )
    static let setRemark = Query(
        "UPDATE contacts SET remark = ?4 WHERE application = ?1 AND owner = ?2 AND contact = ?3"
    )
}

extension TenantStore {
    func isContact(_ other: UserID, of owner: UserID) throws(Failure) -> Bool {
        try has(other, in: .contacts, of: owner)
    }

    func contactCount(of owner: UserID) throws(Failure) -> Int { try count(of: .contacts, of: owner) }

    func contactNames(of owner: UserID) throws(Failure) -> [String] { try names(in: .contacts, of: owner) }

    func contacts(of owner: UserID, after id: UserID?, limit: Int) throws(Failure) -> [Contact] {
        try prepare(ContactQueries.page, owner, id?.rawValue ?? 0, limit).rows {
            Contact(
                user: $0.user(),
                remark: $0.optionalText(userColumnCount),
                created: $0.timestamp(userColumnCount + 1),
                isPinned: $0.bool(userColumnCount + 2),
                extra: $0.text(userColumnCount + 3)
            )
        }
    }
}

extension SQLiteWriter {
    func insertContact(_ other: UserID, of owner: UserID, at now: Timestamp) throws(Failure) -> Bool {
        try insert(other, into: .contacts, of: owner, at: now)
    }

    func deleteContact(_ other: UserID, of owner: UserID) throws(Failure) -> Bool {
        try delete(other, from: .contacts, of: owner)
    }

    func setRemark(_ remark: String?, on other: UserID, of owner: UserID) throws(Failure) -> Bool {
        try prepare(ContactQueries.setRemark, owner, other, remark).run() > 0
    }

    func setMarks(isPinned: Bool?, extra: String?, on other: UserID, of owner: UserID) throws(Failure) -> Bool
    {
        try prepare(ContactQueries.setMarks, owner, other, isPinned, extra).run() > 0
    }
}
