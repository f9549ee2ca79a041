// Organisations and their applications: the tenants, with their settings and credentials.

/// A tenant: owner of applications and administrators.
public struct Organization: Equatable, Sendable {
    /// Row key.
    public let id: OrganizationID
    /// The first path segment: `[a-z0-9-]`, 1–32 bytes.
    public let name: String
    /// When it was made.
    public let created: Timestamp

    /// Memberwise.
    public init(id: OrganizationID, name: String, created: Timestamp) {
        self.id = id
        self.name = name
        self.created = created
    }
}

/// One isolated set of users, groups and messages: `org#app`.
///
/// A class of constants, since every request passes it from hand to hand.
public final class Application: Equatable, Sendable {
    /// Row key.
    public let id: ApplicationID
    /// The identifier that clients see.
    public let uuid: UUID
    /// Its tenant.
    public let organization: Organization
    /// The second path segment: `[a-z0-9-]`, 1–32 bytes.
    public let name: String
    /// When it was made.
    public let created: Timestamp
    /// The settings that its owner may change.
    public let settings: ApplicationSettings
    /// Live credentials, oldest first.
    public let credentials: [Credential]

    /// Memberwise.
    public init(
        id: ApplicationID,
        uuid: UUID,
        organization: Organization,
        name: String,
        created: Timestamp,
        settings: ApplicationSettings,
        credentials: [Credential]
    ) {
        self.id = id
        self.uuid = uuid
        self.organization = organization
        self.name = name
        self.created = created
        self.settings = settings
        self.credentials = credentials
    }

    /// Whether all facts are the same.
    public static func == (one: Application, other: Application) -> Bool {
        one === other
            || one.id == other.id && one.uuid == other.uuid && one.organization == other.organization
                && one.name == other.name && one.created == other.created && one.settings == other.settings
                && one.credentials == other.credentials
    }
}

/// An application's settings, with the defaults of a new one.
public struct ApplicationSettings: Equatable, Sendable {
    /// Whether anybody may register a user without a token.
    public var openRegistration = false
    /// Whether an account that people make for themselves is open only once its e-mail address is proven.
    public var requiresEmailVerification = false
    /// Whether sending says which of a message's targets aren't there; else every target is answered alike.
    public var checksRecipients = false
    /// The name that its owner shows for it, at most 128 characters; empty for its own name.
    public var productName = ""
    /// The owner's description, at most 512 characters.
    public var about = ""
    /// How its owner marks it, at most 32 characters; nothing depends on it.
    public var status = "online"
    /// Contacts one user may have.
    public var maximumContacts = 1000
    /// Users one user may block.
    public var maximumBlocks = 500
    /// Names one call may ask about.
    public var maximumNames = 100
    /// Users one call may register.
    public var maximumRegistrations = 60
    /// Members one group may have, its owner included.
    public var maximumGroupMembers = 5000
    /// Members one room may have, its owner included.
    public var maximumRoomMembers = 10_000
    /// Groups one user may be in, and as many rooms.
    public var maximumJoinedGroups = 500
    /// Groups the application may have, and as many rooms.
    public var maximumGroups = 100_000
    /// Bytes of a message with its extension; beyond it the request is too large.
    public var maximumMessageBytes = 5120
    /// Bytes of a message's text with its extension.
    public var maximumTextBytes = 4096
    /// How long after its sending a message can be recalled, in seconds; 0 for never.
    public var recallSeconds = 120
    /// Bytes of all files, one that was sent twice counted twice.
    public var maximumFileBytes = 10 << 30
    /// How long a friend request, group application or invitation can be answered, in seconds; 0 for ever.
    public var proposalSeconds = 7 * 86_400
    /// Whether every call of the application is refused; what it has stays.
    public var isSuspended = false
    /// How long tokens of the application and its users live, in seconds, and at most may; 0 where that isn't set.
    public var tokenSeconds = 0
    /// How many calls may be made, by group.
    public var rates = Rates()
    /// The users who may act for the application in dialects that know managers, at most 20.
    public var managers = ["openIM123456", "openIM654321", "openIMAdmin", "imAdmin"].compactMap {
        Username($0)
    }

    /// How long a token lives, in seconds; 0 for ever.
    ///
    /// - Parameters:
    ///   - asked: what was asked for; nil where nothing was.
    ///   - standard: the life where neither a request nor the application says one.
    public func tokenLife(asked: Int? = nil, standard: Int) -> Int {
        guard tokenSeconds > 0 else { return asked ?? standard }
        guard let asked, asked > 0 else { return tokenSeconds }
        return min(asked, tokenSeconds)
    }

    /// Managers an application may have.
    public static let maximumManagers = 20

    /// The defaults.
    public init() {}

    /// A setting that is on or off: its name on the command line and in JSON, its place, and what it does.
    public struct Switch: Sendable {
        /// The name, as `open_registration`.
        public let name: String
        /// The field.
        public let field: any WritableKeyPath<ApplicationSettings, Bool> & Sendable
        /// The effect of the setting when it is on, as a phrase.
        public let summary: String
    }

    /// Every setting that is on or off.
    public static let switches: [Switch] = [
        Switch(
            name: "open_registration",
            field: \.openRegistration,
            summary: "let anybody register users without a token"
        ),
        Switch(
            name: "require_email_verification",
            field: \.requiresEmailVerification,
            summary: "refuse log-ins of accounts whose e-mail address isn't proven"
        ),
        Switch(
            name: "suspended",
            field: \.isSuspended,
            summary: "refuse every call, and keep what there is"
        ),
        Switch(
            name: "check_recipients",
            field: \.checksRecipients,
            summary: "answer a message to a missing user, group or room with the reason instead of success"
        ),
    ]

    /// A setting that is a number: its name on the command line and in JSON, its place, and what it may be.
    public struct Bound: Sendable {
        /// The name, as `max_contacts`.
        public let name: String
        /// The field.
        public let field: any WritableKeyPath<ApplicationSettings, Int> & Sendable
        /// The accepted values.
        public let range: ClosedRange<Int>
        /// The bounded quantity, as a phrase.
        public let summary: String
    }

    /// Every setting that is a number.
    public static let bounds: [Bound] = [
        Bound(
            name: "max_contacts",
            field: \.maximumContacts,
            range: 1...100_000,
            summary: "most contacts of a user"
        ),
        Bound(
            name: "max_blocks",
            field: \.maximumBlocks,
            range: 1...100_000,
            summary: "most users that a user blocks"
        ),
        Bound(
            name: "max_names",
            field: \.maximumNames,
            range: 1...1000,
            summary: "most names in one call"
        ),
        Bound(
            name: "max_registrations",
            field: \.maximumRegistrations,
            range: 1...1000,
            summary: "most users registered by one call"
        ),
        Bound(
            name: "max_group_members",
            field: \.maximumGroupMembers,
            range: 1...100_000,
            summary: "most members of a group"
        ),
        Bound(
            name: "max_room_members",
            field: \.maximumRoomMembers,
            range: 1...1_000_000,
            summary: "most members of a room"
        ),
        Bound(
            name: "max_joined_groups",
            field: \.maximumJoinedGroups,
            range: 1...10_000,
            summary: "most groups that a user is in"
        ),
        Bound(
            name: "max_groups",
            field: \.maximumGroups,
            range: 1...10_000_000,
            summary: "most groups"
        ),
        Bound(
            name: "max_message_bytes",
            field: \.maximumMessageBytes,
            range: 1...65_536,
            summary: "most bytes of a message"
        ),
        Bound(
            name: "max_text_bytes",
            field: \.maximumTextBytes,
            range: 1...65_536,
            summary: "most bytes of a message's text and its sender's own fields"
        ),
        Bound(
            name: "recall_seconds",
            field: \.recallSeconds,
            range: 0...604_800,
            summary: "seconds in which a message can be recalled, 0 for never"
        ),
        Bound(
            name: "max_file_bytes",
            field: \.maximumFileBytes,
            range: 0...1 << 50,
            summary: "most bytes of all files, one sent twice counted twice"
        ),
        Bound(
            name: "proposal_seconds",
            field: \.proposalSeconds,
            range: 0...31_536_000,
            summary: "seconds in which requests and invitations can be answered, 0 for ever"
        ),
        Bound(
            name: "token_ttl",
            field: \.tokenSeconds,
            range: 0...315_360_000,
            summary: "seconds that tokens live, and may at most; 0 for each dialect's own"
        ),
    ]
}

/// A person who administers an organisation's applications over HTTP.
public struct Administrator: Equatable, Sendable {
    /// Row key, part of each token.
    public let id: AdministratorID
    /// The organisation of the applications.
    public let organization: OrganizationID
    /// Log-in name: as a `Username`.
    public let name: Username
    /// Its role, the applications it is bound to, and whether it is an operator.
    public let facts: AdministratorFacts
    /// Rises when tokens have to end.
    public let tokenGeneration: Int
    /// When it was made.
    public let created: Timestamp

    /// Memberwise.
    public init(
        id: AdministratorID,
        organization: OrganizationID,
        name: Username,
        facts: AdministratorFacts = AdministratorFacts(),
        tokenGeneration: Int,
        created: Timestamp
    ) {
        self.id = id
        self.organization = organization
        self.name = name
        self.facts = facts
        self.tokenGeneration = tokenGeneration
        self.created = created
    }
}

/// The size of an application, in numbers.
public struct ApplicationTotals: Equatable, Sendable {
    /// Registered users.
    public let users: Int
    /// Messages that its conversations' queues have had.
    public let messages: Int
    /// Bytes of all files, one that was sent twice counted twice.
    public let fileBytes: Int

    /// Memberwise.
    public init(users: Int, messages: Int, fileBytes: Int) {
        self.users = users
        self.messages = messages
        self.fileBytes = fileBytes
    }
}
