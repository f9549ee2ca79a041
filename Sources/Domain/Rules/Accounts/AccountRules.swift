// Accounts that people make for themselves: found by e-mail, known by an id that the server gives.

/// The data of a registration, once the password is hashed.
public struct NewAccount: Equatable, Sendable {
    /// The address to log in with.
    public let email: EmailAddress
    /// The name others see.
    public let name: String
    /// The password as the C library's modular crypt string.
    public let passwordHash: String

    /// Memberwise.
    public init(email: EmailAddress, name: String, passwordHash: String) {
        self.email = email
        self.name = name
        self.passwordHash = passwordHash
    }
}

/// How an account is named at a log-in.
public enum AccountName: Equatable, Sendable {
    /// By its address.
    case email(String)
    /// By its id, the user name.
    case id(String)
}

/// The rules of accounts.
public enum AccountRules {
    /// The characters of an id that the server gives.
    public static let idCharacters = 10
    /// The longest accepted name, in bytes.
    public static let maximumNameBytes = 60

    /// Holds a registration to what can be told before a password is hashed; the insert decides.
    ///
    /// - Throws: `.forbidden(.registrationClosed)` where the application doesn't let anybody register, `.conflict(.email, …)`.
    public static func check(
        _ email: EmailAddress,
        of application: Application,
        in store: any Reader
    ) throws(Failure) {
        guard application.settings.openRegistration else { throw .forbidden(.registrationClosed) }
        guard try store.user(withEmail: email) == nil else { throw .conflict(.email, id: email.text) }
    }

    /// Registers an account under a random id of ten letters and digits.
    ///
    /// - Throws: as `check`.
    public static func register(
        _ account: NewAccount,
        of application: Application,
        at now: Timestamp,
        in store: any Writer,
        with secrets: any Secrets
    ) throws(Failure) -> User {
        try check(account.email, of: application, in: store)
        let user = try RegistrationRules.register(
            NewUser(
                username: try unusedID(in: store, with: secrets),
                passwordHash: account.passwordHash,
                nickname: account.name,
                uuid: secrets.uuid(at: now)
            ),
            of: application,
            at: now,
            in: store
        )
        let isVerified = !application.settings.requiresEmailVerification
        try store.setEmail(account.email, of: user.id, isVerified: isVerified)
        return user
    }

    private static func unusedID(in store: any Reader, with secrets: any Secrets) throws(Failure) -> Username
    {
        var text = ""
        while true {
            text += secrets.shareSecret().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            guard text.count >= idCharacters, let name = Username(String(text.prefix(idCharacters))) else {
                continue
            }
            if try store.user(named: name) == nil { return name }
            text = ""
        }
    }

    /// Looks an account up for a log-in.
    ///
    /// An address that nobody has leads to an attempt that takes as long and fails.
    public static func attempt(_ name: AccountName, in store: any Reader) throws(Failure) -> LoginAttempt {
        switch name {
        case .id(let text): return try LoginRules.attempt(text, in: store)
        case .email(let text):
            let user = try EmailAddress(text).flatMap { email throws(Failure) in
                try store.user(withEmail: email)
            }
            guard let user else { return LoginAttempt(name: text, hash: nil) }
            return try LoginRules.attempt(user.username.text, in: store)
        }
    }

    /// Removes an account at its own wish.
    ///
    /// A group or room that it owns goes on with who follows, as where the owner leaves.
    public static func unregister(_ user: User, at now: Timestamp, in store: any Writer) throws(Failure) {
        for kind in [GroupKind.group, .room] {
            for group in try UserRules.groups(ownedBy: user, kind, in: store) {
                try GroupMemberRules.leave(group, as: user, at: now, in: store)
            }
        }
        try UserRules.delete(user, in: store)
    }
}
