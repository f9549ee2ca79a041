// Registering users, one or many.

/// What a user is registered with, read but not yet hashed.
public struct Registration: Equatable, Sendable {
    /// The name.
    public let username: Username
    /// The password in clear.
    public let password: String
    /// Name shown in push notifications.
    public let nickname: String?

    /// Memberwise.
    public init(username: Username, password: String, nickname: String?) {
        self.username = username
        self.password = password
        self.nickname = nickname
    }
}

/// What became of each user of a batch.
public struct BatchRegistration: Equatable, Sendable {
    /// Those registered, in the order given.
    public var registered: [User] = []
    /// The names that were taken, as spelled in the request, in the order given.
    public var taken: [String] = []
}

/// How users come into being.
public enum RegistrationRules {
    /// Registers one user.
    ///
    /// - Throws: `.conflict(.user, …)` with the name as it was sent.
    public static func register(_ user: NewUser, at now: Timestamp, in store: any Writer) throws(Failure)
        -> User
    {
        try InquiryRules.require(.userRegistered, store) { .user(user) }
        let user = try store.insert(user, at: now)
        try store.record(.userRegistered) { .user(user) }
        return user
    }

    /// Registers what can be registered of a batch; a taken name harms no other.
    public static func registerEach(
        _ users: [NewUser],
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> BatchRegistration {
        var outcome = BatchRegistration()
        for user in users {
            if try store.user(named: user.username) == nil {
                outcome.registered.append(try register(user, at: now, in: store))
            } else {
                outcome.taken.append(user.username.text)
            }
        }
        return outcome
    }

    /// Holds a batch to its bounds before anything is hashed: its size, and no name twice.
    public static func check(_ batch: [Registration], of application: Application) throws(Failure) {
        try check(batch.map(\.username), of: application)
    }

    /// As above, for users without a password.
    public static func check(_ names: [Username], of application: Application) throws(Failure) {
        let maximum = application.settings.maximumRegistrations
        guard names.count <= maximum else { throw .tooMany(field: "users", maximum: maximum) }
        guard !names.isEmpty else { throw .invalid(field: "users", .empty) }
        var seen: Set<Username> = []
        for name in names where !seen.insert(name).inserted {
            throw .invalid(field: "username", .duplicate(value: name.text))
        }
    }
}
