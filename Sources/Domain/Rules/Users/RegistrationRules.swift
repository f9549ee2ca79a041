// Registering users, one or many.

/// The data of a registration, read but not yet hashed.
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

/// The outcome for each user of a batch.
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
    /// - Parameter isVouchedFor: whether the application's secret was shown in the request itself.
    /// - Throws: `.conflict(.user, …)` with the name as it was sent, for one that is reserved for the application too.
    public static func register(
        _ user: NewUser,
        isVouchedFor: Bool = false,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> User {
        if !isVouchedFor { try check([user.username], of: application, by: store.origin.caller) }
        guard try !store.isKept(user.username, from: nil, at: now) else {
            throw .conflict(.user, id: user.username.text)
        }
        return try insert(user, at: now, in: store)
    }

    private static func insert(_ user: NewUser, at now: Timestamp, in store: any Writer) throws(Failure)
        -> User
    {
        try InquiryRules.require(.userRegistered, store) { .user(user) }
        let user = try store.insert(user, at: now)
        try store.record(.userRegistered) { .user(user) }
        return user
    }

    /// Refuses names that only the application may give, from whoever doesn't act for it.
    ///
    /// - Throws: `.conflict(.user, …)`: a reserved name is answered like a taken one.
    private static func check(
        _ names: [Username],
        of application: Application,
        by caller: Caller
    ) throws(Failure) {
        switch caller {
        case .application, .manager, .administrator, .operator: return
        case .anonymous, .user: break
        }
        for name in names where ManagerRules.isReserved(name, of: application) {
            throw .conflict(.user, id: name.text)
        }
    }

    /// Registers what can be registered of a batch; a taken name harms no other, one that is reserved harms all.
    ///
    /// - Throws: `.conflict(.user, …)` for a reserved name.
    public static func registerEach(
        _ users: [NewUser],
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> BatchRegistration {
        try check(users.map(\.username), of: application, by: store.origin.caller)
        var outcome = BatchRegistration()
        for user in users {
            if try store.user(named: user.username) == nil,
                try !store.isKept(user.username, from: nil, at: now)
            {
                outcome.registered.append(try insert(user, at: now, in: store))
            } else {
                outcome.taken.append(user.username.text)
            }
        }
        return outcome
    }

    /// Holds a batch to its bounds before anything is hashed: its size, no name twice, none that is reserved.
    public static func check(
        _ batch: [Registration],
        of application: Application,
        by caller: Caller
    ) throws(Failure) {
        let names = batch.map(\.username)
        try check(names, of: application)
        try check(names, of: application, by: caller)
    }

    /// The bounds of a batch alone, for users without a password.
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
