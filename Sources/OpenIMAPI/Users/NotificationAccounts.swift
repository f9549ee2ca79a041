// Accounts by which the application notifies: no person's, and without a password.

import Domain
import Routing

enum NotificationAccounts {
    struct Addition: Fields {
        let username: Username?
        let nickname: String
        let icon: String
        let level: UserProfile.Level

        static let schemaName = "NotificationAccountAddition"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.optional(.user, .username)
            nickname = try fields.optional(NotificationAccounts.nickname, ProfileChange.nicknameText) ?? ""
            icon = try fields.optional(.icon, .text(0...1024)) ?? ""
            let number = try fields.optional(NotificationAccounts.level, .integer(3...4)) ?? 3
            level = UserProfile.Level(rawValue: number) ?? .notification
        }
    }

    private static let nickname = Spelling("nickName")
    private static let level = Spelling("appMangerLevel")

    /// One account.
    struct Account: SpelledObject, AnswerContent {
        let user: User

        static let schemaName: String? = "NotificationAccount"
        static let fields: [SpelledField<Account>] = [
            .field(Spelling("userID")) { $0.user.username.text },
            .field(NotificationAccounts.nickname) { $0.user.nickname ?? "" },
            .field(Spelling("faceURL")) { $0.user.profile.icon },
            .field(NotificationAccounts.level) { $0.user.profile.level.rawValue },
        ]
    }

    /// Makes one, under a name of ten digits where the request has none.
    static func add(_ call: Call, _ input: Addition, _ store: any Writer) throws(Failure) -> Answer<Account> {
        var profile = UserProfile()
        profile.icon = input.icon
        profile.level = input.level
        let user = NewUser(
            username: try name(input, call, store),
            passwordHash: nil,
            nickname: input.nickname,
            uuid: call.services.secrets.uuid(at: call.now),
            profile: profile
        )
        return Answer(
            call,
            Account(
                user: try RegistrationRules.register(
                    user,
                    of: call.application,
                    at: call.now,
                    in: store
                )
            )
        )
    }

    /// The name given, else one that nobody has.
    private static func name(
        _ input: Addition,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> Username {
        if let given = input.username { return given }
        while true {
            let digits = String(call.services.secrets.uuid(at: call.now).low % 10_000_000_000)
            let text = String(repeating: "1", count: 10 - digits.count) + digits
            if let name = Username(text), try store.user(named: name) == nil { return name }
        }
    }

    struct Update: Fields {
        let username: Username
        let nickname: String
        let icon: String

        static let schemaName = "NotificationAccountUpdate"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.required(.user, .username)
            nickname = try fields.optional(NotificationAccounts.nickname, ProfileChange.nicknameText) ?? ""
            icon = try fields.optional(.icon, .text(0...1024)) ?? ""
        }
    }

    /// An empty member leaves its value unchanged.
    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        _ = try UserRules.update(input.username.text, at: call.now, in: store) { user in
            if !input.nickname.isEmpty { user.nickname = input.nickname }
            if !input.icon.isEmpty { user.profile.icon = input.icon }
        }
        return Answer(call)
    }

    struct Search: Fields {
        let keyword: String
        let page: PageRequest

        static let schemaName = "NotificationAccountSearch"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            keyword = try fields.optional(Spelling("keyword"), .text(0...100)) ?? ""
            page = try PageRequest(&fields)
        }
    }

    struct Found: SpelledObject, AnswerContent {
        let accounts: [Account]
        let total: Int

        static let fields: [SpelledField<Found>] = [
            .field(Spelling("total")) { $0.total },
            .field(Spelling("notificationAccounts")) { $0.accounts },
        ]
    }

    /// All, oldest first; by a keyword those of that name, else of that nickname.
    static func search(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure) -> Answer<Found> {
        let page = input.page
        guard !input.keyword.isEmpty else {
            let users = try store.notifyingUsers(skipping: page.offset, limit: page.size)
            return Answer(
                call,
                Found(accounts: users.map(Account.init), total: try store.notifyingUserCount())
            )
        }
        var found: [User] = []
        let all = try store.notifyingUsers(skipping: 0, limit: try store.notifyingUserCount())
        if let name = Username(input.keyword) { found = all.filter { $0.username == name } }
        if found.isEmpty { found = all.filter { $0.nickname == input.keyword } }
        let shown = found.dropFirst(page.offset).prefix(page.size)
        return Answer(call, Found(accounts: shown.map(Account.init), total: found.count))
    }
}
