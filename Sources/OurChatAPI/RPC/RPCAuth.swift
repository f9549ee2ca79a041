// AuthService: making an account, and logging in.

import Domain
import Routing

enum RPCAuth {
    /// The platform under which sessions of this dialect are counted: none of those that other dialects number.
    static let platform = 0
    /// How long a token lives, in seconds: five days.
    static let lifeSeconds: Int64 = 5 * 86_400

    static func token(for user: User, _ call: Call, _ store: any Reader) throws(Failure) -> String {
        try SessionRules.open(
            for: user,
            platform: platform,
            by: nil,
            lifeSeconds: lifeSeconds,
            of: call.application,
            at: call.now,
            in: store,
            with: call.services.secrets
        ) { user, _ in [.number("id", user.id.rawValue)] }.token
    }

    // MARK: Register

    static func hash(
        _ call: Call,
        _ input: RegisterRequest,
        _ store: any Reader
    ) throws(Failure) -> Preparation<NewAccount, RegisterResponse> {
        guard PasswordStrength.suffices(input.password) else {
            throw .invalid(field: "password", .illegal(value: ""))
        }
        guard let email = EmailAddress(input.email) else {
            throw .invalid(field: "email", .illegal(value: String(input.email.prefix(64))))
        }
        let name = try RPCAccounts.name(input.name, "name")
        guard input.publicKey.isEmpty || PublicKey.isLegal(input.publicKey) else {
            throw .invalid(field: "public_key", .illegal(value: ""))
        }
        try AccountRules.check(email, of: call.application, in: store)
        return .compute(
            Computation { hashing throws(Failure) in
                NewAccount(email: email, name: name, passwordHash: try hashing.hash(input.password))
            }
        )
    }

    static func register(
        _ call: Call,
        _: RegisterRequest,
        _ account: NewAccount,
        _ store: any Writer
    ) throws(Failure) -> RegisterResponse {
        let user = try AccountRules.register(
            account,
            of: call.application,
            at: call.now,
            in: store,
            with: call.services.secrets
        )
        return RegisterResponse(
            ocid: user.username.text,
            id: UInt64(user.id),
            token: try token(for: user, call, store)
        )
    }

    // MARK: Auth

    /// A password that was right a moment ago.
    struct Checked: Sendable {
        let attempt: LoginAttempt
        let renewedHash: String?
    }

    /// Unlike other log-ins this one tells whether there is such an account: the interface says so.
    static func check(
        _ call: Call,
        _ input: AuthRequest,
        _ store: any Reader
    ) throws(Failure) -> Preparation<Checked, AuthResponse> {
        let user: User?
        switch input.account {
        case nil: throw .invalid(field: "account", .missing)
        case .email(let text):
            user = try EmailAddress(text).flatMap { email throws(Failure) in try store.user(withEmail: email)
            }
        case .ocid(let text):
            user = try Username(text).flatMap { name throws(Failure) in try store.user(named: name) }
        }
        guard let user else { throw .notFound(.user, id: "") }
        if try VerificationRules.isLacking(user, of: call.application, in: store) {
            throw .wrongCredentials(.unverified)
        }
        let attempt = try LoginRules.attempt(user.username.text, in: store)
        return .compute(
            Computation(checking: attempt.account) { hashing throws(Failure) in
                Checked(attempt: attempt, renewedHash: try attempt.check(input.password, with: hashing))
            }
        )
    }

    static func letIn(
        _ call: Call,
        _: AuthRequest,
        _ checked: Checked,
        _ store: any Writer
    ) throws(Failure) -> AuthResponse {
        let user = try LoginRules.finish(
            checked.attempt,
            renewedHash: checked.renewedHash,
            of: call.application,
            in: store
        )
        return AuthResponse(
            token: try token(for: user, call, store),
            id: UInt64(user.id),
            ocid: user.username.text
        )
    }
}

extension AuthRequest: LoginMessage {
    /// The account that failures are counted against.
    var accountName: String? {
        switch account {
        case .email(let text): "email:\(text.lowercased())"
        case .ocid(let text): "user:\(text.lowercased())"
        case nil: nil
        }
    }
}
