// The repository of contacts: directed rows, of which a rule always writes or removes both.

/// Reads contacts.
public protocol ContactReader {
    /// Whether `other` stands in the contacts of `owner`. One index look-up.
    func isContact(_ other: UserID, of owner: UserID) throws(Failure) -> Bool
    /// How many contacts the user has. Costs one index entry each, bounded by the application's maximum.
    func contactCount(of owner: UserID) throws(Failure) -> Int
    /// The names of all contacts, newest first. Bounded by the application's maximum.
    func contactNames(of owner: UserID) throws(Failure) -> [String]
    /// Contacts with a key after this one, by key, at most `limit`.
    func contacts(of owner: UserID, after id: UserID?, limit: Int) throws(Failure) -> [Contact]
}

/// Changes contacts.
public protocol ContactWriter: ContactReader {
    /// Adds one directed row; nothing happens when it is there.
    ///
    /// - Returns: whether a row was added.
    func insertContact(_ other: UserID, of owner: UserID, at now: Timestamp) throws(Failure) -> Bool
    /// Removes one directed row.
    ///
    /// - Returns: whether there was one.
    func deleteContact(_ other: UserID, of owner: UserID) throws(Failure) -> Bool
    /// Sets or, with nil, removes the owner's remark.
    ///
    /// - Returns: whether `other` is a contact of `owner`.
    func setRemark(_ remark: String?, on other: UserID, of owner: UserID) throws(Failure) -> Bool
    /// Sets whether the contact is pinned, and what clients keep with it; nil leaves either as it is.
    ///
    /// - Returns: whether `other` is a contact of `owner`.
    func setMarks(isPinned: Bool?, extra: String?, on other: UserID, of owner: UserID) throws(Failure) -> Bool
}
