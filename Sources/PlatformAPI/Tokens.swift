// The token route: an application's credentials, or a user's password, for a signed token.

import Domain
import JSON
import HTTP
import HTTP
import Routing

enum Tokens {
    /// Life of a token that asks for none, in seconds: 60 days.
    static let defaultLifeSeconds = 5_184_000
    /// The longest life a request may ask for: ten years.
    static let maximumLifeSeconds = 315_360_000

    struct TokenRequest: LoginInput {
        enum Grant: Sendable {
            case clientCredentials(id: String, secret: String)
            case password(username: String, password: String)
            case other(String)
        }
        let grant: Grant
        let lifeSeconds: Int

        var account: String? {
            switch grant {
            case .clientCredentials(let id, _): "client:\(id)"
            case .password(let username, _): "user:\(username.lowercased())"
            case .other: ""
            }
        }

        init(_ reader: inout InputReader) throws(FieldProblem) { self = try reader.body(Self.value) }

        private init(grant: Grant, lifeSeconds: Int) {
            self.grant = grant
            self.lifeSeconds = lifeSeconds
        }

        private static let value = Value<TokenRequest>.object(named: "TokenRequest") { object throws(FieldProblem) in
            let type = try object.required("grant_type", .text(1...64))
            let id = try object.optional("client_id", .text(0...256))
            let secret = try object.optional("client_secret", .text(0...256))
            let username = try object.optional("username", .text(0...256))
            let password = try object.optional("password", .text(0...512))
            let life = try object.optional("ttl", .lifeSeconds)
            let grant: Grant
            switch type {
            case "client_credentials":
                guard let id, let secret else { throw FieldProblem(.missing, at: id == nil ? "client_id" : "client_secret") }
                grant = .clientCredentials(id: id, secret: secret)
            case "password":
                guard let username, let password else {
                    throw FieldProblem(.missing, at: username == nil ? "username" : "password")
                }
                grant = .password(username: username, password: password)
            default:
                grant = .other(type)
            }
            return TokenRequest(grant: grant, lifeSeconds: life ?? defaultLifeSeconds)
        }
    }

    /// Both forms of the answer.
    struct Issued: Reply, ReplyObject {
        let token: String
        let lifeSeconds: Int
        var application: UUID?
        var user: User?

        static let schemaName: String? = "Token"
        static let fields: [ReplyField<Issued>] = [
            .field("access_token") { $0.token },
            .field("expires_in") { $0.lifeSeconds },
            .optional("application") { $0.application },
            .optional("user") { $0.user.map(UserEntity.init) },
        ]
    }

    /// A password that was right a moment ago.
    struct Checked: Sendable {
        let attempt: LoginAttempt
        let renewedHash: String?
    }

    static func check(
        _ call: Call, _ input: TokenRequest, _ store: any Reader
    ) throws(Failure) -> Preparation<Checked, Issued> {
        switch input.grant {
        case .clientCredentials(let id, let secret):
            let credential = try CredentialRules.check(id, secret, of: call.application, with: call.services.secrets)
            let token = token(for: .credential(call.application.id, credential.id), input, call)
            return .reply(Issued(token: token, lifeSeconds: input.lifeSeconds, application: call.application.uuid))
        case .password(let username, let password):
            let attempt = try LoginRules.attempt(username, in: store)
            return .compute(Computation { hashing throws(Failure) in
                Checked(attempt: attempt, renewedHash: try attempt.check(password, with: hashing))
            })
        case .other(let type):
            throw .wrongCredentials(.unsupportedGrant(String(type.prefix(64))))
        }
    }

    static func letIn(
        _ call: Call, _ input: TokenRequest, _ checked: Checked, _ store: any Writer
    ) throws(Failure) -> Issued {
        let user = try LoginRules.finish(checked.attempt, renewedHash: checked.renewedHash, in: store)
        let subject = Grant.Subject.user(call.application.id, user.id, generation: user.tokenGeneration)
        return Issued(token: token(for: subject, input, call), lifeSeconds: input.lifeSeconds, user: user)
    }

    private static func token(for subject: Grant.Subject, _ input: TokenRequest, _ call: Call) -> String {
        let expires = input.lifeSeconds == 0 ? nil : call.now.adding(seconds: Int64(input.lifeSeconds))
        return call.services.secrets.token(for: Grant(subject: subject, issued: call.now, expires: expires))
    }
}

extension Value<Int> {
    /// A token's life: seconds as a number or a text, 0 for ever, the empty text for the default.
    static var lifeSeconds: Value {
        let number = Value.integer(0...Tokens.maximumLifeSeconds)
        return Value(
            .anyOf([number.shape, .string()]), placeholder: Tokens.defaultLifeSeconds,
            read: { view throws(FieldProblem) in
                view.string == "" ? Tokens.defaultLifeSeconds : try number.value(of: view)
            },
            readText: { text throws(FieldProblem) in try number.value(of: text) })
    }
}
