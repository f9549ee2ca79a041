// Registering with the secret, and tokens.

import Domain
import Routing

enum Auth {
    struct Registration: SecretFields {
        let secret: String?
        let platform: Int
        let username: Username
        let profile: ProfileChange

        static let schemaName = "UserRegistration"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            secret = try fields.required(.secret, .secret)
            platform = try fields.platform()
            username = try fields.required(.user, .username)
            // The key must be there, the name may be empty.
            let nickname = try fields.required(.nickname, ProfileChange.nicknameText)
            profile = try ProfileChange(&fields, nickname: nickname)
        }
    }

    struct TokenRequest: SecretFields {
        let secret: String?
        let platform: Int
        let username: Username

        static let schemaName = "TokenRequest"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            secret = try fields.required(.secret, .secret)
            platform = try fields.platform()
            username = try fields.required(.user, .username)
        }
    }

    /// A token with its end: a moment in Unix seconds, in the third generation the seconds until then.
    struct Token: SpelledObject, AnswerContent {
        let user: User
        let token: String
        let expires: Timestamp
        let lifeSeconds: Int64

        static let schemaName: String? = "Token"
        static let fields: [SpelledField<Token>] = [
            .field(Spelling("uid", "userID", nil)) { $0.user.username.text },
            .field(Spelling("token")) { $0.token },
            .field(
                Spelling("expiredTime", "expiredTime", "expireTimeSeconds"),
                byGeneration: { token, generation in
                    generation == .third ? token.lifeSeconds : token.expires.seconds
                }
            ),
        ]
    }

    /// Registers a user.
    ///
    /// A manager is there before anybody registers it, so it isn't refused, but gets its profile.
    static func register(_ call: Call, _ input: Registration, _ store: any Writer) throws(Failure) -> Answer<
        Token
    > {
        let credential = try enter(call, input.secret, store)
        if call.application.settings.managers.contains(input.username) {
            _ = try UserRules.update(input.username.text, at: call.now, in: store) {
                input.profile.apply(to: &$0)
            }
        } else {
            try Users.register(input.username, input.profile, call, store)
        }
        return try token(call, input.username, input.platform, credential, store)
    }

    static func token(_ call: Call, _ input: TokenRequest, _ store: any Writer) throws(Failure) -> Answer<
        Token
    > {
        let credential = try enter(call, input.secret, store)
        return try token(call, input.username, input.platform, credential, store)
    }

    // MARK: Managers

    struct ManagerTokenRequest: SecretFields {
        let secret: String?
        let username: Username

        static let schemaName = "ManagerTokenRequest"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            secret = try fields.required(.secret, .secret)
            username = try fields.required(.user, .username)
        }
    }

    static func managerToken(
        _ call: Call,
        _ input: ManagerTokenRequest,
        _ store: any Writer
    ) throws(Failure) -> Answer<Token> {
        let credential = try enter(call, input.secret, store)
        guard call.application.settings.managers.contains(input.username) else {
            throw .forbidden(.notManager(input.username.text))
        }
        return try token(call, input.username, Platform.manager, credential, store)
    }

    struct Device: Fields {
        let platform: Int
        let username: Username

        static let schemaName = "Device"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            platform = try fields.platform()
            username = try fields.required(Spelling("uid", "fromUserID", "userID"), .username)
        }
    }

    /// A manager gets a token for somebody: no secret is needed any more.
    static func userToken(_ call: Call, _ input: Device, _ store: any Writer) throws(Failure) -> Answer<Token>
    {
        try token(call, input.username, input.platform, call.credential(), within: call.scopes, store)
    }

    /// Ends the sessions of one platform; those of others live on, and a user who isn't there has none.
    static func forceLogout(_ call: Call, _ input: Device, _ store: any Writer) throws(Failure) -> Answer<
        NoData
    > {
        if try store.user(named: input.username) != nil {
            _ = try SessionRules.end(of: input.username.text, platform: input.platform, in: store)
        }
        return Answer(call)
    }

    // MARK: Looking at a token

    private static let maximumTokenCharacters = 4096

    /// A token in the body, else that in the head.
    struct Inspection: Input {
        let token: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            let operation = try Operation<Content>(&reader)
            let head = try reader.field("token", .text(0...maximumTokenCharacters))
            token = operation.content.token ?? head
        }

        private struct Content: Fields {
            let token: String?

            static let schemaName = "TokenInspection"

            init(_ fields: inout FieldReader) throws(FieldProblem) {
                token = try fields.optional(Spelling(nil, nil, "token"), .text(1...maximumTokenCharacters))
            }
        }
    }

    /// The claims of a valid token: its end in Unix seconds, in the second generation the seconds until then.
    struct Inspected: SpelledObject, AnswerContent {
        let user: User
        let platform: Int
        let expires: Timestamp
        let now: Timestamp

        static let schemaName: String? = "TokenContent"
        static let fields: [SpelledField<Inspected>] = [
            .field(Spelling("uid", nil, "userID")) { $0.user.username.text },
            .field(Spelling("platform", nil, "platformID")) { $0.platform },
            .field(
                Spelling("expireTimeSeconds"),
                byGeneration: { token, generation in
                    generation == .second ? token.expires.seconds - token.now.seconds : token.expires.seconds
                }
            ),
        ]
    }

    static func parse(_ call: Call, _ input: Inspection, _ store: any Reader) throws(Failure) -> Answer<
        Inspected
    > {
        guard let token = input.token, !token.isEmpty else { throw .unauthenticated(.missing) }
        guard let session = call.services.secrets.session(ofToken: token) else {
            throw .unauthenticated(.corrupt)
        }
        guard call.now < session.expires else { throw .unauthenticated(.expired) }
        let user = try SessionRules.holder(of: session, of: call.application, in: store)
        return Answer(
            call,
            Inspected(user: user, platform: session.platform, expires: session.expires, now: call.now)
        )
    }

    // MARK: Parts

    /// Checks the secret; from then on the application's managers are there.
    static func enter(_ call: Call, _ secret: String?, _ store: any Writer) throws(Failure) -> Credential {
        let credential = try CredentialRules.check(
            secret: secret ?? "",
            of: call.application,
            at: call.now,
            with: call.services.secrets
        )
        try ManagerRules.ensure(of: call.application, at: call.now, in: store, with: call.services.secrets)
        return credential
    }

    static func token(
        _ call: Call,
        _ username: Username,
        _ platform: Int,
        _ credential: Credential,
        within scopes: Scopes = .all,
        _ store: any Writer
    ) throws(Failure) -> Answer<Token> {
        let generation = call.generation
        let session = try SessionRules.open(
            for: username.text,
            platform: platform,
            by: credential,
            within: scopes,
            of: call.application,
            at: call.now,
            in: store,
            with: call.services.secrets
        ) { user, platform in
            switch generation {
            case .first, .second:
                [
                    .text("UID", user.username.text), .text("Platform", Platform.name(platform)),
                    generation.claim,
                ]
            case .third:
                [
                    .text("UserID", user.username.text), .number("PlatformID", Int64(platform)),
                    generation.claim,
                ]
            }
        }
        return Answer(
            call,
            Token(
                user: session.user,
                token: session.token,
                expires: session.expires,
                lifeSeconds: SessionRules.life(SessionRules.lifeSeconds, in: call.application)
            )
        )
    }
}

extension Value<String> {
    /// A client secret: ours are longer than the 32 characters of the original.
    static var secret: Value { .text(1...256) }
}
