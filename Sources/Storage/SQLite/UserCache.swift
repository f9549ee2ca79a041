// Rows of users that one connection has read, for as long as nothing has changed them.

import Domain

/// The users that a connection has found by name.
///
/// A reader's row is good while no later commit than those its snapshot had seen changed it (`UserChanges`): that is
/// decided at each look-up, so there is nothing to expire and nothing to send to the readers. The connection's
/// snapshot is open when the cache is asked; a row that is good then is the row that the snapshot has. The writer's
/// row is good until the writer itself changes it, and every row is dropped when a transaction is rolled back.
struct UserCache {
    private struct Key: Hashable {
        let application: ApplicationID
        let name: String
    }

    private struct Entry {
        let user: User
        /// The number that the row was good for when it was read (`Connection.rowVersion`).
        let seen: Int
    }

    /// Entries of one generation.
    ///
    /// There are two: what wasn't asked for during a whole generation goes.
    private let maximum: Int
    private let changes: UserChanges
    private var recent: [Key: Entry] = [:]
    private var former: [Key: Entry] = [:]

    /// An empty one; it grows to twice as many users.
    init(_ changes: UserChanges, maximum: Int = 16384) {
        self.changes = changes
        self.maximum = maximum
    }

    /// Look-ups that needed no read.
    private(set) var hits = 0

    /// How many there are, good or not.
    var count: Int { recent.count + former.count }

    /// The user of that name, where it is known and unchanged.
    ///
    /// - Parameter name: the form that names are compared in.
    mutating func user(_ application: ApplicationID, named name: String) -> User? {
        let key = Key(application: application, name: name)
        guard let entry = recent[key] ?? revived(key), isGood(entry) else { return nil }
        hits += 1
        return entry.user
    }

    /// Stores the row that was read under that name at this version.
    ///
    /// Users with long texts aren't kept, so that what is kept is bounded in bytes too.
    mutating func keep(_ user: User, _ application: ApplicationID, named name: String, seen: Int) {
        guard user.textBytes <= Self.maximumTextBytes else { return }
        keep(Entry(user: user, seen: seen), as: Key(application: application, name: name))
    }

    /// Moves an entry of the former generation into this one.
    private mutating func revived(_ key: Key) -> Entry? {
        guard let entry = former.removeValue(forKey: key) else { return nil }
        keep(entry, as: key)
        return entry
    }

    /// Of one user: enough for names and a token of a device.
    private static let maximumTextBytes = 512

    private mutating func keep(_ entry: Entry, as key: Key) {
        if recent.count >= maximum, recent[key] == nil {
            former = recent
            recent = [:]
        }
        recent[key] = entry
    }

    private func isGood(_ entry: Entry) -> Bool { changes.last(of: entry.user.id) <= entry.seen }
}

extension Connection {
    /// The user of that name, from the file only where it wasn't read before, or was changed since.
    func user(
        _ application: ApplicationID,
        named name: String,
        _ read: () throws(Failure) -> User?
    ) throws(Failure) -> User? {
        guard let rowVersion else { return try read() }
        if let user = users.user(application, named: name) { return user }
        guard let user = try read() else { return nil }
        users.keep(user, application, named: name, seen: rowVersion)
        return user
    }
}

extension User {
    /// Bytes of the texts whose length the user decides.
    fileprivate var textBytes: Int {
        let texts = [
            nickname, push.notifierName, push.deviceToken, profile.icon, profile.mobile, profile.birth,
        ]
        return texts.reduce(profile.email.utf8.count + profile.extra.utf8.count) {
            $0 + ($1?.utf8.count ?? 0)
        }
    }
}
