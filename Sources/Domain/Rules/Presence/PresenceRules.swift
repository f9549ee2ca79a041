// Publishing one's presence, following that of others.

/// The rules of presence.
public enum PresenceRules {
    /// Devices of one user that are remembered; beyond it the one that was silent longest is forgotten.
    public static let maximumDevices = 20
    /// Users whom one user may follow.
    public static let maximumSubscriptions = 3000
    /// The longest time one may follow without saying so again: thirty days.
    public static let maximumSubscriptionSeconds = 2_592_000
    /// The longest accepted name of a device, in characters.
    public static let maximumResourceCharacters = 128
    /// The longest accepted status, in characters.
    public static let maximumStatusCharacters = 64
    /// The longest accepted note, in bytes.
    public static let maximumNoteBytes = 64

    /// The presence of a user.
    public struct Summary: Equatable, Sendable {
        /// The name as registered, or as sent where there is no such user.
        public let name: String
        /// The published presence, by device; empty for who never did, and for who doesn't exist.
        public let devices: [DevicePresence]

        /// The presence that was published last.
        public var newest: DevicePresence? { devices.max { $0.published < $1.published } }
    }

    /// Publishes what a user says of itself on one device.
    ///
    /// - Throws: `.notFound(.user, …)`, `.invalid("resource" or "status" or "ext", …)`.
    public static func publish(
        _ presence: DevicePresence,
        of name: String,
        in store: any Writer
    ) throws(Failure) {
        try check("resource", presence.resource, maximumResourceCharacters)
        try check("status", presence.status, maximumStatusCharacters)
        guard presence.note.utf8.count <= maximumNoteBytes else {
            throw .invalid(field: "ext", .tooLong(maximum: maximumNoteBytes, unit: "bytes"))
        }
        let user = try UserRules.find(name, in: store)
        let known = try store.devicePresences(of: user.id).filter { $0.resource != presence.resource }
        if known.count >= maximumDevices, let oldest = known.min(by: { $0.published < $1.published }) {
            try store.deleteDevicePresence(oldest.resource, of: user.id)
        }
        try store.setDevicePresence(presence, of: user.id)
        store.announce(.presencePublished(user.id))
    }

    private static func check(_ field: String, _ text: String, _ maximum: Int) throws(Failure) {
        guard text.unicodeScalars.count <= maximum else {
            throw .invalid(field: field, .tooLong(maximum: maximum, unit: "characters"))
        }
    }

    /// The presence of these users; one who doesn't exist is like one who never published anything.
    public static func summaries(of names: [String], in store: any Reader) throws(Failure) -> [Summary] {
        var summaries: [Summary] = []
        for (name, user) in try GroupMemberRules.users(names.map(UserReference.name), in: store) {
            let devices: [DevicePresence] = if let user { try store.devicePresences(of: user.id) } else { [] }
            summaries.append(Summary(name: name, devices: devices))
        }
        return summaries
    }

    /// Follows users for a time, or for another time from now on; who doesn't exist is left out.
    ///
    /// - Returns: what is known of those followed, in the order given.
    /// - Throws: `.notFound(.user, …)` for the follower, `.invalid("expiry", …)`,
    ///   `.limitReached(.presenceSubscriptions, …)`.
    public static func subscribe(
        to names: [String],
        seconds: Int?,
        of follower: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> (followed: [Summary], expires: Timestamp) {
        guard let seconds, (1...maximumSubscriptionSeconds).contains(seconds) else {
            throw .invalid(
                field: "expiry",
                .outOfRange(minimum: 1, maximum: Int64(maximumSubscriptionSeconds))
            )
        }
        let owner = try UserRules.find(follower, in: store)
        let expires = now.adding(seconds: Int64(seconds))
        try store.deletePresenceSubscriptions(of: owner.id, endedAt: now)
        var followed: [Summary] = []
        for (name, user) in try GroupMemberRules.users(names.map(UserReference.name), in: store) {
            guard let user else { continue }
            try store.setPresenceSubscription(until: expires, to: user.id, of: owner.id)
            followed.append(Summary(name: name, devices: try store.devicePresences(of: user.id)))
        }
        try checkCount(of: owner, at: now, in: store)
        return (followed, expires)
    }

    /// Follows users without an end.
    ///
    /// Those who aren't there are passed over, and a follower who isn't there follows nobody.
    ///
    /// - Returns: those of the names who are there, in the order given.
    /// - Throws: `.limitReached(.presenceSubscriptions, …)`.
    public static func subscribe(
        to names: [Username],
        of follower: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [User] {
        var followed: [User] = []
        for name in names { if let user = try store.user(named: name) { followed.append(user) } }
        guard let owner = try UserRules.known(.name(follower), in: store) else { return followed }
        try store.deletePresenceSubscriptions(of: owner.id, endedAt: now)
        for user in followed {
            try store.setPresenceSubscription(until: endless, to: user.id, of: owner.id)
        }
        try checkCount(of: owner, at: now, in: store)
        return followed
    }

    /// Stands for no end: the last second of the year 9999.
    private static let endless = Timestamp(milliseconds: 253_402_300_799_000)

    private static func checkCount(of owner: User, at now: Timestamp, in store: any Reader) throws(Failure) {
        guard try store.presenceSubscriptionCount(of: owner.id, at: now) <= maximumSubscriptions else {
            throw .limitReached(.presenceSubscriptions, maximum: maximumSubscriptions)
        }
    }

    /// Those whom a user follows, oldest user first.
    ///
    /// - Throws: `.notFound(.user, …)`.
    public static func followed(by name: String, at now: Timestamp, in store: any Reader) throws(Failure)
        -> [User]
    {
        let owner = try UserRules.find(name, in: store)
        var users: [User] = []
        for subscription in try store.presenceSubscriptions(
            of: owner.id,
            at: now,
            offset: 0,
            limit: maximumSubscriptions
        ) {
            users.append(try UserRules.find(subscription.name, in: store))
        }
        return users
    }

    /// Follows users no longer; nothing changes for who wasn't followed, or doesn't exist.
    ///
    /// - Throws: `.notFound(.user, …)` for the follower.
    public static func unsubscribe(
        from names: [String],
        of follower: String,
        in store: any Writer
    ) throws(Failure) {
        let owner = try UserRules.find(follower, in: store)
        for (_, user) in try GroupMemberRules.users(names.map(UserReference.name), in: store) {
            if let user { try store.setPresenceSubscription(until: nil, to: user.id, of: owner.id) }
        }
    }
}
