// A chat user: the entity, and what a new one is made of.

/// A chat user of one application.
public struct User: Equatable, Sendable {
    /// Row key; rises with registration.
    public let id: UserID
    /// The identifier that clients see.
    public let uuid: UUID
    /// The name as registered.
    public let username: Username
    /// When registered.
    public let created: Timestamp
    /// When last changed.
    public var modified: Timestamp
    /// False while the account is disabled.
    public var isActivated: Bool
    /// Rises when the user's tokens have to end: password change, deactivation, forced log-out.
    public var tokenGeneration: Int
    /// Name shown in push notifications, at most 100 characters.
    public var nickname: String?
    /// How and when to notify.
    @Seldom public var push: PushSettings
    /// The public profile, beside the names.
    @Seldom public var profile: UserProfile

    /// Memberwise.
    public init(
        id: UserID,
        uuid: UUID,
        username: Username,
        created: Timestamp,
        modified: Timestamp,
        isActivated: Bool,
        tokenGeneration: Int,
        nickname: String?,
        push: PushSettings,
        profile: UserProfile = UserProfile()
    ) {
        self.id = id
        self.uuid = uuid
        self.username = username
        self.created = created
        self.modified = modified
        self.isActivated = isActivated
        self.tokenGeneration = tokenGeneration
        self.nickname = nickname
        self.push = push
        self.profile = profile
    }
}

/// A user's notification settings; nil where never set.
public struct PushSettings: Defaulted {
    /// 0 shows only that something came, 1 shows the text.
    public var displayStyle: Int?
    /// Whether do-not-disturb is on.
    public var noDisturbing: Bool?
    /// Hour of the day at which do-not-disturb begins, 0–24.
    public var noDisturbingStart: Int?
    /// Hour of the day at which it ends, 0–24.
    public var noDisturbingEnd: Int?
    /// Name of the push certificate, at most 256 bytes.
    public var notifierName: String?
    /// The device's push token, at most 1024 bytes.
    public var deviceToken: String?

    /// Nothing set.
    public init() {}
}

/// A user about to be registered; every field checked.
public struct NewUser: Equatable, Sendable {
    /// The name, unique in its application without regard to case.
    public let username: Username
    /// The password as the C library's modular crypt string; nil for a user who can't log in with one.
    public let passwordHash: String?
    /// Name shown in push notifications.
    public let nickname: String?
    /// Public identifier.
    public let uuid: UUID
    /// The public profile, beside the names.
    public let profile: UserProfile

    /// Memberwise.
    public init(
        username: Username,
        passwordHash: String?,
        nickname: String?,
        uuid: UUID,
        profile: UserProfile = UserProfile()
    ) {
        self.username = username
        self.passwordHash = passwordHash
        self.nickname = nickname
        self.uuid = uuid
        self.profile = profile
    }
}
