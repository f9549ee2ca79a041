// The token route: an application's credentials, a user's password, or the application's word, for a signed token.

import Domain
import HTTP
import JSON
import Routing

enum Tokens {
    /// Life of a token that asks for none, in seconds: 60 days.
    static let defaultLifeSeconds = 5_184_000
    /// In place of a life that wasn't asked for.
    static let unsaid = -1
    /// The longest life a request may ask for: ten years.
    static let maximumLifeSeconds = 315_360_000

    struct TokenRequest: LoginInput, BodyInput {
        enum Grant: Sendable {
            case clientCredentials(id: String, secret: String)
            case password(username: String, password: String)
            /// The application, by its own token, asks for a user's.
            case inherit(username: Username, creates: Bool)
            case other(String)
        }
        let grant: Grant
        /// The life that was asked for; nil for the application's own.
        let askedSeconds: Int?
        /// The scopes that were asked for, with spaces between them; nil for all of the client's.
        let scope: String?

        func lifeSeconds(in application: Application) -> Int {
            application.settings.tokenLife(asked: askedSeconds, standard: Tokens.defaultLifeSeconds)
        }

        var account: String? {
            switch grant {
            case .clientCredentials(let id, _): "client:\(id)"
            case .password(let username, _): "user:\(username.lowercased())"
            // Proved by the token sent along: nothing to guess.
            case .inherit: nil
            case .other: ""
            }
        }

        static let value = Value<TokenRequest>.object(named: "TokenRequest") { object throws(FieldProblem) in
            let type = try object.required("grant_type", .text(1...64))
            let id = try object.optional("client_id", .text(0...256))
            let secret = try object.optional("client_secret", .text(0...256))
            let username = try object.optional("username", .text(0...256))
            let password = try object.optional("password", .text(0...512))
            let creates = try object.optional("autoCreateUser", .flag)
            let life = try object.optional("ttl", .lifeSeconds)
            let scope = try object.optional("scope", .text(0...512))
            let grant: Grant
            switch type {
            case "client_credentials":
                guard let id, let secret else {
                    throw FieldProblem(.missing, at: id == nil ? "client_id" : "client_secret")
                }
                grant = .clientCredentials(id: id, secret: secret)
            case "password":
                guard let username, let password else {
                    throw FieldProblem(.missing, at: username == nil ? "username" : "password")
                }
                grant = .password(username: username, password: password)
            case "inherit":
                guard let username else { throw FieldProblem(.missing, at: "username") }
                guard let name = Username(username) else {
                    throw FieldProblem(.illegal(value: String(username.prefix(128))), at: "username")
                }
                grant = .inherit(username: name, creates: creates ?? false)
            default:
                grant = .other(type)
            }
            return TokenRequest(grant: grant, askedSeconds: life == unsaid ? nil : life, scope: scope)
        }
    }

    /// Both forms of the answer.
    struct Issued: Reply, ReplyObject {
        let token: String
        let lifeSeconds: Int
        var application: UUID?
        /// What the token of a client may do.
        var scopes: Scopes?
        var user: User?

        static let schemaName: String? = "Token"
        static let fields: [ReplyField<Issued>] = [
            .field("access_token") { $0.token },
            .field("expires_in") { $0.lifeSeconds },
            .optional("application") { $0.application },
            .optional("scope") { $0.scopes?.text },
            .optional("user") { $0.user.map(UserEntity.init) },
        ]
    }

    /// The credentials of a log-in.
    enum Checked: Sendable {
        /// A password that was right a moment ago.
        case password(LoginAttempt, renewedHash: String?)
        /// The application's word, with whom to register where there is no such user.
        case word(Username, newcomer: NewUser?)
    }

    static func check(
        _ call: Call,
        _ input: TokenRequest,
        _ store: any Reader
    ) throws(Failure) -> Preparation<Checked, Issued> {
        switch input.grant {
        case .clientCredentials(let id, let secret):
            let credential = try CredentialRules.check(
                id,
                secret,
                of: call.application,
                at: call.now,
                with: call.services.secrets
            )
            return .reply(try issued(to: credential, input, call))
        case .password(let username, let password):
            let attempt = try LoginRules.attempt(username, in: store)
            return .compute(
                Computation { hashing throws(Failure) in
                    .password(attempt, renewedHash: try attempt.check(password, with: hashing))
                }
            )
        case .inherit(let name, let creates):
            guard call.caller != .anonymous else { throw .unauthenticated(.missing) }
            try call.require(Scopes(.usersWrite))
            return try vouch(call, input, for: name, creates: creates, store)
        case .other(let type):
            throw .wrongCredentials(.unsupportedGrant(String(type.prefix(64))))
        }
    }

    static func letIn(
        _ call: Call,
        _ input: TokenRequest,
        _ checked: Checked,
        _ store: any Writer
    ) throws(Failure) -> Issued {
        switch checked {
        case .password(let attempt, let renewedHash):
            issued(
                to: try LoginRules.finish(attempt, renewedHash: renewedHash, of: call.application, in: store),
                input,
                call
            )
        case .word(let name, let newcomer):
            issued(
                to: try LoginRules.vouch(
                    for: name,
                    newcomer: newcomer,
                    of: call.application,
                    at: call.now,
                    in: store
                ),
                input,
                call
            )
        }
    }

    /// Only who isn't there yet, and is to be, needs a password: one that nobody knows.
    private static func vouch(
        _ call: Call,
        _ input: TokenRequest,
        for name: Username,
        creates: Bool,
        _ store: any Reader
    ) throws(Failure) -> Preparation<Checked, Issued> {
        if let user = try store.user(named: name) {
            guard user.isActivated else { throw .forbidden(.deactivated) }
            return .reply(issued(to: user, input, call))
        }
        guard creates else { throw .notFound(.user, id: name.text) }
        let secret = call.services.secrets.shareSecret()
        let uuid = call.services.secrets.uuid(at: call.now)
        return .compute(
            Computation { hashing throws(Failure) in
                let hash = try hashing.hash(secret)
                return .word(
                    name,
                    newcomer: NewUser(username: name, passwordHash: hash, nickname: nil, uuid: uuid)
                )
            }
        )
    }

    /// It ends with its client at the latest.
    private static func issued(
        to credential: Credential,
        _ input: TokenRequest,
        _ call: Call
    ) throws(Failure) -> Issued {
        let scopes = try CredentialRules.scopes(asked: input.scope, of: credential.scopes)
        var life = input.lifeSeconds(in: call.application)
        if let end = credential.expires {
            // 0 is for ever, and a client of which less than a second is left has ended.
            let left = max(Int(end.seconds - call.now.seconds), 1)
            life = life == 0 ? left : min(life, left)
        }
        let grant = Grant(
            subject: .credential(call.application.id, credential.id),
            scopes: scopes == credential.scopes ? nil : scopes,
            issued: call.now,
            expires: life == 0 ? nil : call.now.adding(seconds: Int64(life))
        )
        return Issued(
            token: call.services.secrets.token(for: grant),
            lifeSeconds: life,
            application: call.application.uuid,
            scopes: scopes
        )
    }

    private static func issued(to user: User, _ input: TokenRequest, _ call: Call) -> Issued {
        let subject = Grant.Subject.user(call.application.id, user.id, generation: user.tokenGeneration)
        return Issued(
            token: token(for: subject, input, call),
            lifeSeconds: input.lifeSeconds(in: call.application),
            user: user
        )
    }

    private static func token(for subject: Grant.Subject, _ input: TokenRequest, _ call: Call) -> String {
        let life = input.lifeSeconds(in: call.application)
        let expires = life == 0 ? nil : call.now.adding(seconds: Int64(life))
        return call.services.secrets.token(for: Grant(subject: subject, issued: call.now, expires: expires))
    }
}

extension Value<Int> {
    /// A token's life: seconds as a number or a text, 0 for ever, the empty text for the default.
    static var lifeSeconds: Value {
        let number = Value.integer(0...Tokens.maximumLifeSeconds)
        return Value(
            number.shape.tolerating([.string()]),
            placeholder: 0,
            read: { view throws(FieldProblem) in
                view.string == "" ? Tokens.unsaid : try number.value(of: view)
            },
            readText: { text throws(FieldProblem) in try number.value(of: text) }
        )
    }
}
