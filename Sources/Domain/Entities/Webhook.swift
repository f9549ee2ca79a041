// Endpoints of webhooks: where a backend is informed of events, or asked before something happens.

/// The row key of an endpoint.
public struct WebhookID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Reads the decimal form; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard let id = TimeOrderedIDs.parse(text) else { return nil }
        self.init(rawValue: id)
    }
    /// The decimal form.
    public var text: String { String(rawValue) }
    /// Older endpoints come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// In what form an endpoint gets its events.
public enum WebhookFormat: String, CaseIterable, Sendable {
    /// Standard Webhooks 1.0.0.
    case standard
    /// The bodies of Easemob's callbacks, with the fields of Standard Webhooks beside them.
    case easemob
    /// The bodies and addresses of OpenIM's webhooks, with the fields of Standard Webhooks beside them.
    case openim
}

/// The callers whose acts an endpoint is asked about before they happen.
public enum InquiryScope: String, CaseIterable, Sendable {
    /// Those of clients: users with their own tokens.
    case clients
    /// Those of backends, too.
    case all
}

/// The decision where an endpoint that is asked doesn't answer.
public enum FailurePolicy: String, CaseIterable, Sendable {
    /// It goes on.
    case allow
    /// It is refused.
    case deny
}

/// The keys that an endpoint's requests are signed with.
public struct WebhookSecrets: Equatable, Sendable {
    /// The key of now, 24 to 64 bytes.
    public var current: [UInt8]
    /// The one before, which signs too for a while.
    public var previous: [UInt8]?
    /// Until when it does.
    public var previousUntil: Timestamp?

    /// Memberwise.
    public init(current: [UInt8], previous: [UInt8]? = nil, previousUntil: Timestamp? = nil) {
        self.current = current
        self.previous = previous
        self.previousUntil = previousUntil
    }

    /// The keys that sign at a moment, the newest first.
    public func signing(at now: Timestamp) -> [[UInt8]] {
        guard let previous, let previousUntil, previousUntil > now else { return [current] }
        return [current, previous]
    }
}

/// Which messages an endpoint asks for, by kind of conversation and of content, and by whose act they are.
public struct MessageFilter: Equatable, Sendable {
    /// A bit for each kind of conversation with each kind of content; above them one for backends' messages.
    public var rawValue: Int64

    /// Wraps what is stored.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The messages of these kinds.
    public init(_ kinds: some Sequence<(ConversationKind, MessageKind)>, takesBackends: Bool) {
        rawValue = takesBackends ? Self.backends : 0
        for (conversation, content) in kinds { rawValue |= Self.bit(conversation, content) }
    }

    /// Whether a message is among them.
    public func contains(_ message: Message, byBackend: Bool) -> Bool {
        rawValue & Self.bit(message.address.kind, message.content.kind) != 0
            && (!byBackend || rawValue & Self.backends != 0)
    }

    private static let backends: Int64 = 1 << 40

    private static func bit(_ conversation: ConversationKind, _ content: MessageKind) -> Int64 {
        1 << Int64(conversation.rawValue * 8 + content.rawValue)
    }
}

/// An address that a backend listens at, and what it wants to hear.
public struct Webhook: Equatable, Sendable {
    /// Row key.
    public let id: WebhookID
    /// The name that its owner gave it.
    public var name: String
    /// Where it listens: `http` or `https`.
    public var url: String
    /// The events that it asks for: names, `family.*` or `*`.
    public var selectors: [String]
    /// The form of its requests.
    public var format: WebhookFormat
    /// Whether it is used.
    public var isActive: Bool
    /// How long an answer may take.
    public var timeoutMilliseconds: Int
    /// The callers whose acts it is asked about; nil where it is informed afterwards.
    public var inquiry: InquiryScope?
    /// The decision where it is asked and doesn't answer.
    public var failurePolicy: FailurePolicy
    /// The messages that it asks for, where it doesn't want all.
    public var messages: MessageFilter?
    /// The keys that sign its requests.
    public var secrets: WebhookSecrets
    /// When it was made.
    public let created: Timestamp
    /// When its owner changed it last.
    public var modified: Timestamp
    /// The oldest failure without a success since.
    public var failingSince: Timestamp?
    /// Why the server has disabled it; nil where it hasn't.
    public var disabledReason: String?
    /// A vendor's rule that it was made as, one JSON object in that dialect's own words; nil for others.
    public var rule: [UInt8]?

    /// Memberwise.
    public init(
        id: WebhookID,
        name: String,
        url: String,
        selectors: [String],
        format: WebhookFormat = .standard,
        isActive: Bool = true,
        timeoutMilliseconds: Int = 15_000,
        inquiry: InquiryScope? = nil,
        failurePolicy: FailurePolicy = .allow,
        messages: MessageFilter? = nil,
        secrets: WebhookSecrets,
        created: Timestamp,
        modified: Timestamp,
        failingSince: Timestamp? = nil,
        disabledReason: String? = nil,
        rule: [UInt8]? = nil
    ) {
        self.id = id
        self.name = name
        self.url = url
        self.selectors = selectors
        self.format = format
        self.isActive = isActive
        self.timeoutMilliseconds = timeoutMilliseconds
        self.inquiry = inquiry
        self.failurePolicy = failurePolicy
        self.messages = messages
        self.secrets = secrets
        self.created = created
        self.modified = modified
        self.failingSince = failingSince
        self.disabledReason = disabledReason
        self.rule = rule
    }

    /// The events that it asks for.
    public var events: EventSet { EventSet(selectors: selectors) ?? EventSet() }
}
