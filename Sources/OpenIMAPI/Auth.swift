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

    /// Registers a user. A manager is there before anybody registers it, so it isn't refused, but gets its profile.
    static func register(_ call: Call, _ input: Registration, _ store: any Writer) throws(Failure) -> Answer<
        Token
    > {
        let credential = try enter(call, input.secret, store)
        if call.application.settings.managers.contains(input.username) {
            _ = try UserRules.update(input.username.text, at: call.now, in: store) {
                input.profile.apply(to: &$0)
            }
        } else {
            var profile = UserProfile()
            input.profile.apply(to: &profile)
            let user = NewUser(
                username: input.username,
                passwordHash: nil,
                nickname: input.profile.nickname,
                uuid: call.services.secrets.uuid(at: call.now),
                profile: profile
            )
            _ = try RegistrationRules.register(user, at: call.now, in: store)
        }
        return try token(call, input.username, input.platform, credential, store)
    }

    static func token(_ call: Call, _ input: TokenRequest, _ store: any Writer) throws(Failure) -> Answer<
        Token
    > {
        let credential = try enter(call, input.secret, store)
        return try token(call, input.username, input.platform, credential, store)
    }

    /// Checks the secret; from then on the application's managers are there.
    static func enter(_ call: Call, _ secret: String?, _ store: any Writer) throws(Failure) -> Credential {
        let credential = try CredentialRules.check(
            secret: secret ?? "",
            of: call.application,
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
        _ store: any Writer
    ) throws(Failure) -> Answer<Token> {
        let generation = call.generation
        let session = try SessionRules.open(
            for: username.text,
            platform: platform,
            by: credential,
            of: call.application,
            at: call.now,
            in: store,
            with: call.services.secrets
        ) { user, platform in
            switch generation {
            case .first, .second:
                [.text("UID", user.username.text), .text("Platform", Platform.name(platform))]
            case .third: [.text("UserID", user.username.text), .number("PlatformID", Int64(platform))]
            }
        }
        return Answer(
            call,
            Token(
                user: session.user,
                token: session.token,
                expires: session.expires,
                lifeSeconds: SessionRules.lifeSeconds
            )
        )
    }
}

extension Value<String> {
    /// A client secret: ours are longer than the 32 characters of the original.
    static var secret: Value { .text(1...256) }
}
