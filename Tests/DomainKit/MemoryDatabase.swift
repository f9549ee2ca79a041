// A database in plain dictionaries: the second implementation that keeps the repository protocols honest.

public import Domain

/// A `Store` in memory, for one thread.
public final class MemoryDatabase: Store {
    var tables = Tables()
    /// The events that the open transaction has announced so far.
    var pending: [Announcement] = []
    /// What the open transaction is done to; nil where it leaves no row in the audit.
    var subjects: AuditRules.Subjects?
    /// All that committed transactions have announced, in order.
    public private(set) var announced: [Announcement] = []

    /// The clock that events are recorded by.
    static let now = Contract.start

    /// An empty database.
    public init() {}

    /// Reads one application.
    public func read<T: Sendable>(
        _ application: ApplicationID,
        _ body: (any Reader) throws(Failure) -> T
    ) throws(Failure) -> T {
        try body(MemoryStore(database: self, application: application, origin: .test))
    }

    /// Changes one application; nothing of it stays when `body` throws.
    public func write<T: Sendable>(
        _ application: ApplicationID,
        by origin: Origin = .test,
        _ body: (any Writer) throws(Failure) -> T
    ) throws(Failure) -> T {
        try transaction { () throws(Failure) in
            begin(auditing: origin)
            let result = try body(MemoryStore(database: self, application: application, origin: origin))
            writeAudit(of: origin, application)
            return result
        }
    }

    /// Reads the tenants.
    public func administer<T: Sendable>(
        reading body: (any AdministrationReader) throws(Failure) -> T
    ) throws(Failure) -> T {
        try body(MemoryAdministrationStore(database: self, origin: .test))
    }

    /// Changes the tenants; nothing of it stays when `body` throws.
    public func administer<T: Sendable>(
        by origin: Origin,
        writing body: (any AdministrationWriter) throws(Failure) -> T
    ) throws(Failure) -> T {
        try transaction { () throws(Failure) in
            begin(auditing: origin)
            let result = try body(MemoryAdministrationStore(database: self, origin: origin))
            writeAudit(of: origin, origin.application)
            return result
        }
    }

    private func transaction<T>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
        let before = tables
        pending = []
        do throws(Failure) {
            let value = try body()
            if !tables.releasedFiles.isEmpty {
                pending.append(Announcement(application: nil, event: .filesReleased))
            }
            announced += pending
            return value
        } catch {
            tables = before
            throw error
        }
    }
}

/// The tables, by row key.
///
/// Keys are never used twice.
struct Tables {
    struct UserRow {
        var application: ApplicationID
        var user: User
        var passwordHash: String?
    }

    struct AdministratorRow {
        var administrator: Administrator
        var passwordHash: String
    }

    struct CredentialRow {
        var application: ApplicationID
        var credential: Credential
    }

    /// A directed relation between two users.
    struct Pair: Hashable {
        let owner: UserID
        let other: UserID
    }

    /// A user on a platform.
    struct Session: Hashable {
        let user: UserID
        let platform: Int
    }

    struct ContactRow {
        var created: Timestamp
        var remark: String?
        var isPinned = false
        var extra = ""
    }

    struct ReplyKey: Hashable {
        let application: ApplicationID
        let key: IdempotencyKey
    }

    struct MetadataKey: Hashable {
        let user: UserID
        /// Bytes, since Swift's strings are equal in spite of different normalisation.
        let key: [UInt8]
    }

    var lastKey: Int64 = 0
    var isUnderMaintenance = false
    var organizations: [OrganizationID: Organization] = [:]
    var applications: [ApplicationID: Application] = [:]
    var credentials: [CredentialID: CredentialRow] = [:]
    var administrators: [AdministratorID: AdministratorRow] = [:]
    var users: [UserID: UserRow] = [:]
    var contacts: [Pair: ContactRow] = [:]
    var blocks: [Pair: Timestamp] = [:]
    var mutes: [UserID: Mutes] = [:]
    var metadata: [MetadataKey: MetadataEntry] = [:]
    var groups: [GroupID: GroupRow] = [:] {
        didSet {
            followMemberships()
            followGroups()
            followGroupsInProposals()
            followGroupsInPush()
        }
    }
    var conversations: [ConversationID: ConversationRow] = [:]
    var messages: [MessageKey: Message] = [:]
    var positions: [PositionKey: Position] = [:]
    /// Whether it is queued, and whether it was delivered.
    var recipients: [RecipientKey: (isQueued: Bool, isDelivered: Bool)] = [:]
    var removals: Set<RecipientKey> = []
    var operations: [OperationKey: (message: MessageID, noted: Timestamp)] = [:]
    var keptNames: [KeptNameKey: KeptName] = [:]
    var clientNames: [NameKey: NameRow] = [:]
    var refusedStretches: [UserID: Set<RefusedStretch>] = [:]
    var messageOptions: [OptionKey: UserProfile.MessageOption] = [:]
    var sessionGenerations: [Session: Int] = [:]
    var emails: [UserID: EmailAddress] = [:]
    var verifiedEmails: Set<UserID> = []
    var verifications: [UserID: EmailVerification] = [:]
    var superAdministrators: Set<UserID> = []
    var files: [FileID: FileRow] = [:]
    var releasedFiles: Set<FileDigest> = []
    /// By user and id: about which proposal, and whether it is the answer.
    var notices: [UserID: [MessageID: (proposal: ProposalID, isAnswer: Bool)]] = [:]
    var webhooks: [WebhookID: WebhookRow] = [:]
    var webhookEvents: [EventID: EventRow] = [:]
    var deliveries: [DeliveryID: DeliveryRow] = [:]
    var chores: [ChoreRow] = []
    var audit: [ApplicationID: [AuditRecord]] = [:]
    var replies: [ReplyKey: StoredReply] = [:]
    var announcedOnline: Set<UserID> = []
    /// Of which message, and when.
    var recalls: [MessageKey: (message: MessageKey, made: Timestamp)] = [:]
    var proposals: [ProposalID: ProposalRow] = [:]
    var devices: [DeviceKey: DevicePresence] = [:]
    var subscriptions: [Pair: Timestamp] = [:]
    var pushPreferences: [PushKey: PushPreference] = [:]
    var pushLanguages: [UserID: String] = [:]
    var pushTemplates: [TemplateKey: PushTemplate] = [:]
    /// Not part of a transaction in SQLite either; here it is, which no promise forbids.
    var ids = TimeOrderedIDs()

    mutating func nextKey() -> Int64 {
        lastKey += 1
        return lastKey
    }

    /// Removes a user and all that refers to it.
    mutating func removeUser(_ id: UserID) {
        announcedOnline.remove(id)
        disownFiles(of: id)
        removeFromMessages(id)
        emails[id] = nil
        verifications[id] = nil
        users[id] = nil
        contacts = contacts.filter { $0.key.owner != id && $0.key.other != id }
        blocks = blocks.filter { $0.key.owner != id && $0.key.other != id }
        mutes[id] = nil
        sessionGenerations = sessionGenerations.filter { $0.key.user != id }
        removeFromProposals(id)
        removeFromPresence(id)
        metadata = metadata.filter { $0.key.user != id }
        removeFromGroups(id)
    }

    /// Removes an application and all that refers to it.
    mutating func removeApplication(_ id: ApplicationID) {
        webhooks = webhooks.filter { $0.value.application != id }
        webhookEvents = webhookEvents.filter { $0.value.application != id }
        deliveries = deliveries.filter { $0.value.application != id }
        chores.removeAll { $0.application == id }
        audit[id] = nil
        replies = replies.filter { $0.key.application != id }
        applications[id] = nil
        credentials = credentials.filter { $0.value.application != id }
        for (user, row) in users where row.application == id { removeUser(user) }
        pushTemplates = pushTemplates.filter { $0.key.application != id }
        removeMessages(of: id)
        removeFiles { $0.application == id }
    }
}
