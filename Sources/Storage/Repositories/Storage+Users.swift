// The repository of users on SQLite.

import CSQLite
import Domain

/// The columns that `Statement.user()` reads, in its order.
let userColumns: StaticString = """
    users.id, users.uuid, users.username, users.created, users.modified, users.activated,
    users.token_generation, users.nickname, users.display_style, users.no_disturbing, users.no_disturbing_start,
    users.no_disturbing_end, users.notifier_name, users.device_token, users.icon, users.gender, users.mobile,
    users.birth, users.email, users.extra, users.message_option, users.account_level
    """

/// How many they are: the next one's number.
let userColumnCount: Int32 = 22

private enum UserQueries {
    static let byName = Query(
        "SELECT",
        userColumns,
        "FROM users WHERE application = ?1 AND username_key = ?2"
    )
    static let byUUID = Query("SELECT", userColumns, "FROM users WHERE uuid = ?2 AND application = ?1")
    static let byKey = Query("SELECT", userColumns, "FROM users WHERE id = ?2 AND application = ?1")
    static let page = Query(
        "SELECT",
        userColumns,
        "FROM users WHERE application = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
    )
    static let numberedPage = Query(
        "SELECT",
        userColumns,
        "FROM users WHERE application = ?1 ORDER BY id LIMIT ?2 OFFSET ?3"
    )
    static let count = Query("SELECT user_count FROM applications WHERE id = ?1")
    static let notifying = Query(
        "SELECT",
        userColumns,
        "FROM users WHERE application = ?1 AND account_level > 1 ORDER BY id LIMIT ?2 OFFSET ?3"
    )
    static let notifyingCount = Query(
        "SELECT count(*) FROM users WHERE application = ?1 AND account_level > 1"
    )
    static let passwordHash = Query("SELECT password_hash FROM users WHERE id = ?2 AND application = ?1")

    static let insert = Query(
        """
        INSERT INTO users (application, uuid, username, username_key, created, modified, nickname, password_hash,
            icon, gender, mobile, birth, email, extra, message_option, account_level)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (application, username_key) DO NOTHING
        """
    )
    static let update = Query(
        """
        UPDATE users SET modified = ?3, activated = ?4, token_generation = ?5, nickname = ?6, display_style = ?7,
            no_disturbing = ?8, no_disturbing_start = ?9, no_disturbing_end = ?10, notifier_name = ?11,
            device_token = ?12, icon = ?13, gender = ?14, mobile = ?15, birth = ?16, email = ?17, extra = ?18,
            message_option = ?19, account_level = ?20
        WHERE id = ?2 AND application = ?1
        """
    )
    static let setPasswordHash = Query(
        "UPDATE users SET password_hash = ?3 WHERE id = ?2 AND application = ?1"
    )
    static let delete = Query("DELETE FROM users WHERE id = ?2 AND application = ?1")
}

extension TenantStore {
    func user(named name: Username) throws(Failure) -> User? {
        try connection.user(application, named: name.key) { () throws(Failure) in
            try prepare(UserQueries.byName, name.key).first { $0.user() }
        }
    }

    func user(_ uuid: UUID) throws(Failure) -> User? {
        try prepare(UserQueries.byUUID, uuid).first { $0.user() }
    }

    func user(_ id: UserID) throws(Failure) -> User? {
        try prepare(UserQueries.byKey, id).first { $0.user() }
    }

    func users(after id: UserID?, limit: Int) throws(Failure) -> [User] {
        try prepare(UserQueries.page, id?.rawValue ?? 0, limit).rows(expecting: limit) { $0.user() }
    }

    func users(skipping offset: Int, limit: Int) throws(Failure) -> [User] {
        try prepare(UserQueries.numberedPage, limit, offset).rows { $0.user() }
    }

    func userCount() throws(Failure) -> Int {
        try prepare(UserQueries.count).first { $0.int(0) } ?? 0
    }

    func notifyingUsers(skipping offset: Int, limit: Int) throws(Failure) -> [User] {
        try prepare(UserQueries.notifying, limit, offset).rows { $0.user() }
    }

    func notifyingUserCount() throws(Failure) -> Int {
        try prepare(UserQueries.notifyingCount).first { $0.int(0) } ?? 0
    }

    func passwordHash(of id: UserID) throws(Failure) -> String? {
        try prepare(UserQueries.passwordHash, id).first { $0.text(0) }?.unlessEmpty
    }
}

extension SQLiteWriter {
    func insert(_ user: NewUser, at now: Timestamp) throws(Failure) -> User {
        let id: UserID = try prepare(
            UserQueries.insert,
            user.uuid,
            user.username.text,
            user.username.key,
            now,
            user.nickname,
            // The column came first, so no password is the empty text.
            user.passwordHash ?? "",
            user.profile
        ).insert(
            duplicate: .conflict(.user, id: user.username.text),
            orphan: .notFound(.application, id: "")
        )
        try index(id, user.username.text, user.nickname)
        return User(
            id: id,
            uuid: user.uuid,
            username: user.username,
            created: now,
            modified: now,
            isActivated: true,
            tokenGeneration: 0,
            nickname: user.nickname,
            push: PushSettings(),
            profile: user.profile
        )
    }

    func update(_ user: User) throws(Failure) {
        try reindex(user)
        try prepare(
            UserQueries.update,
            user.id,
            user.modified,
            user.isActivated,
            user.tokenGeneration,
            user.nickname,
            user.push.displayStyle,
            user.push.noDisturbing,
            user.push.noDisturbingStart,
            user.push.noDisturbingEnd,
            user.push.notifierName,
            user.push.deviceToken,
            user.profile
        ).run()
    }

    func setPasswordHash(of id: UserID, to hash: String) throws(Failure) {
        try prepare(UserQueries.setPasswordHash, id, hash).run()
    }

    func delete(_ id: UserID) throws(Failure) {
        try unindex(id)
        try prepare(UserQueries.delete, id).run()
    }
}

/// Eight parameters.
extension UserProfile: Bindable {
    func bind(to statement: inout Statement) {
        statement.bind(icon.unlessEmpty)
        statement.bind(gender.rawValue)
        statement.bind(mobile.unlessEmpty)
        statement.bind(birth.unlessEmpty)
        statement.bind(email.unlessEmpty)
        statement.bind(extra.unlessEmpty)
        statement.bind(messageOption.rawValue)
        statement.bind(level.rawValue)
    }
}

extension Statement {
    /// The user in the row's first twenty-two columns, in the order of `userColumns`.
    func user() -> User {
        var push = PushSettings()
        push.displayStyle = optionalInt(8)
        push.noDisturbing = optionalBool(9)
        push.noDisturbingStart = optionalInt(10)
        push.noDisturbingEnd = optionalInt(11)
        push.notifierName = optionalText(12)
        push.deviceToken = optionalText(13)
        var profile = UserProfile()
        profile.icon = text(14)
        profile.gender = UserProfile.Gender(rawValue: int(15)) ?? .unknown
        profile.mobile = text(16)
        profile.birth = text(17)
        profile.email = text(18)
        profile.extra = text(19)
        profile.messageOption = UserProfile.MessageOption(rawValue: int(20)) ?? .told
        profile.level = UserProfile.Level(rawValue: int(21)) ?? .person
        return User(
            id: id(0),
            uuid: uuid(1),
            username: Username(stored: text(2)),
            created: timestamp(3),
            modified: timestamp(4),
            isActivated: bool(5),
            tokenGeneration: int(6),
            nickname: optionalText(7),
            push: push,
            profile: profile
        )
    }
}
