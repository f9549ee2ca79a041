// Profiles, lists and the end of users.

import Domain
import Routing

enum Users {
    /// Users that one call may ask about.
    static let maximumNames = 1000

    struct Names: Fields {
        let names: [Username]

        static let schemaName = "UserNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(.users, .usernames)
            guard !names.isEmpty || fields.isTrial else {
                throw FieldProblem(.empty, at: fields.told(.users))
            }
        }
    }

    enum InfoNaming: ListNaming {
        static let name = Spelling(nil, nil, "usersInfo")
    }

    /// In the order asked for.
    static func get(
        _ call: Call,
        _ input: Names,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<InfoNaming, Profile>> {
        var profiles: [Profile] = []
        for name in input.names {
            if let user = try store.user(named: name) { profiles.append(Profile(user, of: call.application)) }
        }
        return Answer(call, NamedList(profiles))
    }

    /// The caller's own profile, or of whom is named.
    static func getOne(_ call: Call, _ input: One, _ store: any Reader) throws(Failure) -> Answer<Profile> {
        let user = try UserRules.find(call.actor(input.username, .user), in: store)
        return Answer(call, Profile(user, of: call.application))
    }

    struct One: Fields {
        let username: Username?

        static let schemaName = "UserName"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.optional(.user, .username)
        }
    }

    // MARK: Change

    /// Members of a profile beside the user's name, in the third generation in an object of their own.
    struct Update: Fields {
        let username: Username?
        let change: ProfileChange

        static let schemaName = "UserUpdate"
        private static let nested = Inner.value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            let nested = try fields.optional(Spelling(nil, nil, "userInfo"), Self.nested)
            let username = try fields.optional(Spelling("uid", "userID", nil), .username)
            let nickname = try fields.optional(Spelling("name", "nickname", nil), ProfileChange.nicknameText)
            let change = try ProfileChange(&fields, nickname: nickname)
            self.username = nested?.username ?? username
            self.change = nested?.change ?? change
        }

        private struct Inner: Fields {
            let username: Username
            let change: ProfileChange

            static let schemaName = "UserChange"

            init(_ fields: inout FieldReader) throws(FieldProblem) {
                username = try fields.required(.user, .username)
                let nickname = try fields.optional(.nickname, ProfileChange.nicknameText)
                change = try ProfileChange(&fields, nickname: nickname)
            }
        }
    }

    /// Empty members are left as they were, so that nothing can be cleared; the third generation can.
    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let name = try call.subject(input.username, .user)
        let change = call.generation == .third ? input.change : input.change.withoutEmpty
        _ = try UserRules.update(name, at: call.now, in: store) { change.apply(to: &$0) }
        return Answer(call)
    }

    struct MessageOption: Fields {
        let username: Username?
        let option: UserProfile.MessageOption

        static let schemaName = "MessageOption"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.optional(.user, .username)
            let number = try fields.required(.messageOption, .integer(0...2))
            option = UserProfile.MessageOption(rawValue: number) ?? .told
        }
    }

    static func setMessageOption(
        _ call: Call,
        _ input: MessageOption,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let name = try call.actor(input.username, .user)
        _ = try RefusalRules.set(input.option, of: name, at: call.now, in: store)
        return Answer(call)
    }

    // MARK: Registration of many

    struct Batch: SecretFields {
        let secret: String?
        let users: [Entry]

        static let schemaName = "UserBatch"
        static let isLong = true
        /// More than any application may set as its maximum, so that the rule gives the answer.
        private static let entries = Value.list(of: Entry.value, maximum: 10_000)

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            secret = try fields.optional(.secret, .secret)
            users = try fields.required(Spelling("users"), Self.entries)
        }

        struct Entry: Fields {
            let username: Username
            let change: ProfileChange

            static let schemaName = "UserBatchEntry"

            init(_ fields: inout FieldReader) throws(FieldProblem) {
                username = try fields.required(.user, .username)
                let nickname = try fields.optional(.nickname, ProfileChange.nicknameText)
                change = try ProfileChange(&fields, nickname: nickname)
            }
        }
    }

    /// All or none; by a client secret, or by a token.
    static func registerAll(_ call: Call, _ input: Batch, _ store: any Writer) throws(Failure) -> Answer<
        NoData
    > {
        if call.caller == .anonymous {
            guard let secret = input.secret else { throw .unauthenticated(.missing) }
            _ = try Auth.enter(call, secret, store)
        }
        try RegistrationRules.check(input.users.map(\.username), of: call.application)
        for user in input.users { try register(user.username, user.change, call, store) }
        return Answer(call)
    }

    /// Registers a user without a password.
    static func register(
        _ username: Username,
        _ change: ProfileChange,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) {
        var profile = UserProfile()
        change.apply(to: &profile)
        let user = NewUser(
            username: username,
            passwordHash: nil,
            nickname: change.nickname,
            uuid: call.services.secrets.uuid(at: call.now),
            profile: profile
        )
        // A caller whose token isn't the application's has shown the secret.
        _ = try RegistrationRules.register(
            user,
            isVouchedFor: true,
            of: call.application,
            at: call.now,
            in: store
        )
    }

    // MARK: For managers

    struct Deletion: Fields {
        let names: [Username]

        static let schemaName = "UserDeletion"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(.deletedUsers, .usernames)
        }
    }

    enum FailedNaming: ListNaming {
        static let name = Spelling("failedUidList", nil, nil)
    }

    typealias Failed = NamedList<FailedNaming, String>

    /// A user who isn't there needn't be deleted.
    ///
    /// Managers can't be: they are there from the start.
    static func delete(_ call: Call, _ input: Deletion, _ store: any Writer) throws(Failure) -> Answer<Failed>
    {
        var failed: [String] = []
        for name in input.names {
            if call.application.settings.managers.contains(name) {
                failed.append(name.text)
            } else if try store.user(named: name) != nil {
                _ = try UserRules.delete(name.text, in: store)
            }
        }
        var answer = Answer(call, Failed(failed))
        if !failed.isEmpty {
            answer.code = 201
            answer.text = "some uid deleted failed"
        }
        return answer
    }
}

extension Value<[Username]> {
    /// Names of users, not more than one call may carry.
    static let usernames = Value.list(of: .username, maximum: Users.maximumNames)
}
