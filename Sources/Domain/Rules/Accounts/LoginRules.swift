// Proving who one is with a password, in the three steps of a route: look up, hash, let in.

/// An account as the first step found it: what the next two need.
public struct LoginAttempt: Sendable {
    /// The name given.
    public let name: String
    /// The stored hash; nil for an unknown account, which must take as long.
    public let hash: String?

    /// Memberwise.
    public init(name: String, hash: String?) {
        self.name = name
        self.hash = hash
    }

    /// The bounds that failures close: the account's name in the form that names are compared in, or the text
    /// given where there is no such account, which must not show.
    public var account: String { name.lowercased() }

    /// The second step: the slow one.
    ///
    /// - Returns: nil where nothing is to be renewed, else the new hash.
    /// - Throws: `.wrongCredentials(.wrongPassword)`.
    public func check(_ password: String, with hashing: any PasswordHashing) throws(Failure) -> String? {
        let check: PasswordCheck
        do throws(Failure) {
            check = try hashing.check(password, against: hash)
        } catch .invalid {
            // A text that can't be a password is a wrong one.
            throw .wrongCredentials(.wrongPassword)
        }
        switch check {
        case .wrong: throw .wrongCredentials(.wrongPassword)
        case .right: return nil
        case .rightButOutdated: return try hashing.hash(password)
        }
    }
}

/// Logging in.
public enum LoginRules {
    /// Looks a user up for a log-in.
    public static func attempt(_ name: String, in store: any Reader) throws(Failure) -> LoginAttempt {
        let user = try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
        return LoginAttempt(
            name: name,
            hash: try user.flatMap { user throws(Failure) in try store.passwordHash(of: user.id) }
        )
    }

    /// Lets a user in whose password was right a moment ago.
    ///
    /// - Throws: `.wrongCredentials` when the password or the account changed meanwhile, or where its address has to be
    ///   proven first; `.forbidden(.deactivated)`.
    public static func finish(
        _ attempt: LoginAttempt,
        renewedHash: String?,
        of application: Application,
        in store: any Writer
    ) throws(Failure) -> User {
        guard let name = Username(attempt.name), let user = try store.user(named: name),
            let hash = try store.passwordHash(of: user.id), hash == attempt.hash
        else { throw .wrongCredentials(.wrongPassword) }
        guard user.isActivated else { throw .forbidden(.deactivated) }
        if try VerificationRules.isLacking(user, of: application, in: store) {
            throw .wrongCredentials(.unverified)
        }
        if let renewedHash { try store.setPasswordHash(of: user.id, to: renewedHash) }
        return user
    }

    /// Logs in a user for whom the application vouches, and registers it where that is wanted.
    ///
    /// - Parameter newcomer: what to register where there is no such user; nil for nothing.
    /// - Throws: `.notFound(.user, …)`, `.forbidden(.deactivated)`.
    public static func vouch(
        for name: Username,
        newcomer: NewUser?,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> User {
        if try store.user(named: name) == nil, let newcomer {
            return try RegistrationRules.register(newcomer, of: application, at: now, in: store)
        }
        let user = try UserRules.find(name.text, in: store)
        guard user.isActivated else { throw .forbidden(.deactivated) }
        return user
    }

    /// Looks an organisation's administrator up for a log-in.
    public static func attempt(
        administrator name: String,
        in store: any AdministrationReader
    ) throws(Failure) -> LoginAttempt {
        let known = try Username(name).flatMap { name throws(Failure) in try store.administrator(named: name)
        }
        return LoginAttempt(
            name: name,
            hash: try known.flatMap { known throws(Failure) in try store.passwordHash(of: known.id) }
        )
    }

    /// Lets an administrator in whose password was right a moment ago.
    public static func finish(
        administrator attempt: LoginAttempt,
        in store: any AdministrationReader
    ) throws(Failure) -> (Administrator, Organization) {
        guard let name = Username(attempt.name), let known = try store.administrator(named: name),
            let hash = try store.passwordHash(of: known.id), hash == attempt.hash,
            let organization = try store.organizations().first(where: { $0.id == known.organization })
        else { throw .wrongCredentials(.wrongPassword) }
        return (known, organization)
    }
}
