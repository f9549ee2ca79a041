// Contacts are mutual: both rows come and go together.

/// The rules of contacts.
public enum ContactRules {
    /// The longest accepted remark, in characters.
    public static let maximumRemarkCharacters = 100

    /// Makes two users each other's contacts; nothing changes when they are.
    ///
    /// - Returns: the owner and the contact.
    /// - Throws: `.notFound(.user, …)`, `.invalid` for oneself, `.limitReached(.contacts, …)` of either side.
    public static func add(
        _ other: String,
        to owner: String,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> (owner: User, contact: User) {
        let owner = try UserRules.find(owner, in: store)
        let other = try UserRules.find(other, in: store)
        try add(other, to: owner, of: application, at: now, in: store)
        return (owner, other)
    }

    /// As above, with both users at hand.
    public static func add(
        _ other: User,
        to owner: User,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        guard owner.id != other.id else { throw .invalid(field: "contact_username", .selfReference) }
        guard try !store.isContact(other.id, of: owner.id) else { return }
        let maximum = application.settings.maximumContacts
        for side in [owner, other] where try store.contactCount(of: side.id) >= maximum {
            throw .limitReached(.contacts, maximum: maximum)
        }
        _ = try store.insertContact(other.id, of: owner.id, at: now)
        _ = try store.insertContact(owner.id, of: other.id, at: now)
        try store.record(.contactAdded) { .users(owner.username, "contact", other.username) }
    }

    /// The outcome for one name of an import.
    public enum ImportOutcome: Equatable, Sendable {
        /// They are contacts now, or were before.
        case added
        /// There is no such user.
        case absent
        /// One side has as many contacts as it may.
        case limitReached
        /// The name is the owner's own.
        case refused
    }

    /// Adds one contact of an import; what can't be added harms no other.
    public static func importOne(
        _ name: String,
        to owner: User,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> ImportOutcome {
        do throws(Failure) {
            let other = try UserRules.find(name, in: store)
            try add(other, to: owner, of: application, at: now, in: store)
            return .added
        } catch .notFound {
            return .absent
        } catch .limitReached {
            return .limitReached
        } catch .invalid {
            return .refused
        }
    }

    /// Ends a contact on both sides; nothing changes when they aren't contacts.
    ///
    /// - Returns: the owner and the former contact.
    public static func remove(
        _ other: String,
        from owner: String,
        in store: any Writer
    ) throws(Failure) -> (owner: User, contact: User) {
        let owner = try UserRules.find(owner, in: store)
        let other = try UserRules.find(other, in: store)
        try remove(other, from: owner, in: store)
        return (owner, other)
    }

    /// Ends every contact of a user, on both sides; blocks stay.
    ///
    /// - Returns: the user.
    /// - Throws: `.notFound(.user, …)`.
    public static func removeAll(of owner: String, in store: any Writer) throws(Failure) -> User {
        let owner = try UserRules.find(owner, in: store)
        while true {
            let contacts = try store.contacts(of: owner.id, after: nil, limit: 100)
            for contact in contacts { try remove(contact.user, from: owner, in: store) }
            if contacts.count < 100 { return owner }
        }
    }

    private static func remove(_ other: User, from owner: User, in store: any Writer) throws(Failure) {
        let wasThere = try store.deleteContact(other.id, of: owner.id)
        _ = try store.deleteContact(owner.id, of: other.id)
        guard wasThere else { return }
        try store.record(.contactRemoved) { .users(owner.username, "contact", other.username) }
    }

    /// Sets or removes the owner's private remark on a contact.
    ///
    /// - Throws: `.notFound(.contact, …)` when they aren't contacts.
    public static func setRemark(
        _ remark: String?,
        on other: String,
        of owner: String,
        in store: any Writer
    ) throws(Failure) {
        let owner = try UserRules.find(owner, in: store)
        let other = try UserRules.find(other, in: store)
        guard try store.setRemark(remark, on: other.id, of: owner.id) else {
            throw .notFound(.contact, id: other.username.text)
        }
    }

    /// The longest text that clients may keep with a contact, in characters.
    public static let maximumExtraCharacters = 1024

    /// Sets how the owner sees a contact; nil leaves a part as it is.
    ///
    /// - Throws: `.notFound(.contact, …)` when they aren't contacts.
    public static func setMarks(
        isPinned: Bool?,
        extra: String?,
        on other: String,
        of owner: User,
        in store: any Writer
    ) throws(Failure) {
        let other = try UserRules.find(other, in: store)
        guard try store.setMarks(isPinned: isPinned, extra: extra, on: other.id, of: owner.id) else {
            throw .notFound(.contact, id: other.username.text)
        }
    }

    /// One page of a user's contacts, by key.
    public static func page(
        _ limit: Int,
        after cursor: Cursor?,
        of owner: User,
        in store: any Reader
    ) throws(Failure) -> Page<Contact> {
        let after = cursor.map { UserID(rawValue: $0.key) }
        let rows = try store.contacts(of: owner.id, after: after, limit: limit + 1)
        return Page(rows: rows, limit: limit) { contact in
            Cursor(collection: .contacts, owner: owner.id.rawValue, key: contact.user.id.rawValue)
        }
    }
}
