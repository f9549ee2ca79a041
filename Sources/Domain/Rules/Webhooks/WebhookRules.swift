// Endpoints of webhooks: which there may be, and how their owner changes them.

/// The rules of endpoints.
public enum WebhookRules {
    /// Endpoints that an application may have.
    public static let maximumEndpoints = 100
    /// The longest accepted name, in characters.
    public static let maximumNameCharacters = 64
    /// How long an answer may take, in milliseconds.
    public static let timeouts = 1000...30_000
    /// How long an answer may take unless an endpoint says otherwise, in milliseconds.
    public static let defaultTimeout = 15_000
    /// How long an answer may take where something waits for it, in milliseconds.
    public static let inquiryTimeouts = 50...5000
    /// How long it may take there unless an endpoint says otherwise, in milliseconds.
    public static let defaultInquiryTimeout = 200
    /// How long the key before signs beside a new one, in seconds.
    public static let overlapSeconds: Int64 = 86_400

    /// The settings of an endpoint that an owner may give; nil where it gives none.
    public struct Draft: Sendable {
        /// The name, and the address that requests go to.
        public var name, url: String?
        /// Names of events, families as `message.*`, or `*`.
        public var selectors: [String]?
        /// The form of requests.
        public var format: WebhookFormat?
        /// Whether events are delivered.
        public var isActive: Bool?
        /// The time for one request, in milliseconds.
        public var timeoutMilliseconds: Int?
        /// Nil inside of what was said: it is informed afterwards.
        public var inquiry: InquiryScope??
        /// The decision where an endpoint that is asked gives no answer.
        public var failurePolicy: FailurePolicy?
        /// The messages that events are about; nil inside for all.
        public var messages: MessageFilter??
        /// The key that signs, 24 to 64 bytes.
        public var secret: [UInt8]?
        /// The rule of callbacks that the endpoint stands for, as JSON.
        public var rule: [UInt8]?

        /// Nothing said.
        public init() {}
    }

    /// Makes an endpoint.
    ///
    /// - Throws: `.invalid` for what can't be, `.limitReached(.webhooks, …)`.
    public static func create(
        _ draft: Draft,
        secret: [UInt8],
        networks: WebhookNetworks,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Webhook {
        guard let url = draft.url else { throw .invalid(field: "url", .missing) }
        guard let selectors = draft.selectors else { throw .invalid(field: "events", .missing) }
        guard try store.webhookCount() < maximumEndpoints else {
            throw .limitReached(.webhooks, maximum: maximumEndpoints)
        }
        var webhook = Webhook(
            id: WebhookID(rawValue: try store.nextID(at: now)),
            name: "",
            url: url,
            selectors: selectors,
            secrets: WebhookSecrets(current: draft.secret ?? secret),
            created: now,
            modified: now
        )
        try apply(draft, to: &webhook, networks: networks)
        try store.insert(webhook)
        return webhook
    }

    /// The endpoint that a path names.
    ///
    /// - Throws: `.notFound(.webhook, …)`.
    public static func find(_ text: String, in store: any Reader) throws(Failure) -> Webhook {
        guard let id = WebhookID(text), let webhook = try store.webhook(id) else {
            throw .notFound(.webhook, id: text)
        }
        return webhook
    }

    /// Changes an endpoint; one that the server has disabled begins anew when it is made active.
    public static func update(
        _ webhook: Webhook,
        _ draft: Draft,
        networks: WebhookNetworks,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Webhook {
        var changed = webhook
        try apply(draft, to: &changed, networks: networks)
        if let secret = draft.secret { changed.secrets = rotated(webhook.secrets, to: secret, at: now) }
        changed.modified = now
        if changed.isActive, !webhook.isActive { (changed.failingSince, changed.disabledReason) = (nil, nil) }
        if !changed.isActive, webhook.isActive { try giveUp(on: webhook, at: now, in: store) }
        try store.update(changed)
        return changed
    }

    /// Replaces an endpoint's key; the one before signs too for a day, and the one before that no longer.
    public static func rotate(
        _ webhook: Webhook,
        to secret: [UInt8],
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Webhook {
        var changed = webhook
        changed.secrets = rotated(webhook.secrets, to: secret, at: now)
        changed.modified = now
        try store.update(changed)
        return changed
    }

    /// Removes an endpoint; what waits for it goes in slices.
    public static func delete(_ webhook: Webhook, at now: Timestamp, in store: any Writer) throws(Failure) {
        try store.deleteWebhook(webhook.id)
        try addChore(.remove, of: webhook, at: now, in: store)
    }

    /// One page of an application's endpoints, by key.
    public static func page(
        _ limit: Int,
        after cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Webhook> {
        let rows = try store.webhooks(after: cursor.map { WebhookID(rawValue: $0.key) }, limit: limit + 1)
        return Page(rows: rows, limit: limit) { webhook in
            Cursor(collection: .webhooks, owner: application.id.rawValue, key: webhook.id.rawValue)
        }
    }

    private static func rotated(_ secrets: WebhookSecrets, to secret: [UInt8], at now: Timestamp)
        -> WebhookSecrets
    {
        WebhookSecrets(
            current: secret,
            previous: secrets.current,
            previousUntil: now.adding(seconds: overlapSeconds)
        )
    }

    private static func apply(_ draft: Draft, to webhook: inout Webhook, networks: WebhookNetworks)
        throws(Failure)
    {
        if let name = draft.name { webhook.name = name }
        if let format = draft.format { webhook.format = format }
        if let isActive = draft.isActive { webhook.isActive = isActive }
        if let policy = draft.failurePolicy { webhook.failurePolicy = policy }
        if let messages = draft.messages { webhook.messages = messages }
        if let rule = draft.rule { webhook.rule = rule }
        if let url = draft.url { webhook.url = try WebhookAddress(url, networks: networks).text }
        if let selectors = draft.selectors { webhook.selectors = selectors }
        if let inquiry = draft.inquiry {
            let isOther = (inquiry == nil) != (webhook.inquiry == nil)
            webhook.inquiry = inquiry
            if isOther {
                webhook.timeoutMilliseconds = inquiry == nil ? defaultTimeout : defaultInquiryTimeout
            }
        }
        if let timeout = draft.timeoutMilliseconds { webhook.timeoutMilliseconds = timeout }
        try check(webhook)
    }

    private static func check(_ webhook: Webhook) throws(Failure) {
        guard !webhook.selectors.isEmpty else { throw .invalid(field: "events", .empty) }
        for (index, selector) in webhook.selectors.enumerated() {
            let names = EventSet(selectors: [selector])
            let isAskable =
                webhook.inquiry == nil
                || webhook.format.inquiries.contains { $0.rawValue == selector }
            guard names != nil, isAskable else {
                throw .invalid(field: "events[\(index)]", .illegal(value: String(selector.prefix(64))))
            }
        }
        let range = webhook.inquiry == nil ? timeouts : inquiryTimeouts
        guard range.contains(webhook.timeoutMilliseconds) else {
            throw .invalid(
                field: "timeout_ms",
                .outOfRange(minimum: Int64(range.lowerBound), maximum: Int64(range.upperBound))
            )
        }
    }

    static func giveUp(on webhook: Webhook, at now: Timestamp, in store: any Writer) throws(Failure) {
        try addChore(.giveUp, of: webhook, at: now, in: store)
    }

    private static func addChore(
        _ kind: WebhookChore.Kind,
        of webhook: Webhook,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        let id = try store.nextID(at: now)
        // Deliveries that were queued until now are numbered below the chore.
        try store.insert(WebhookChore(id: id, webhook: webhook.id, kind: kind, end: id))
    }
}

extension WebhookFormat {
    /// The events that an endpoint of this form can be asked about before they happen.
    public var inquiries: [EventName] {
        switch self {
        case .standard, .easemob: [.messageSent]
        case .openim:
            [
                .messageSent, .contactRequested, .contactAccepted, .blockAdded, .groupCreated, .groupUpdated,
                .groupMemberAdded, .userUpdated, .userRegistered,
            ]
        }
    }

    /// Whether an event has a body in this form; one without isn't sent to such an endpoint.
    public func has(_ name: EventName) -> Bool {
        switch self {
        case .standard: true
        case .easemob: Self.easemobEvents.contains(name)
        case .openim: Self.openimEvents.contains(name)
        }
    }

    private static let easemobEvents: Set<EventName> = {
        let others: [EventName] = [
            .groupRoleChanged, .groupDisabled, .groupEnabled, .endpointDisabled, .fileUploaded,
            .userRegistered, .userUpdated, .userDeleted, .userActivated, .userPasswordChanged, .userMuted,
            .userUnmuted, .userMetadataUpdated,
        ]
        return Set(EventName.allCases).subtracting(others)
    }()

    private static let openimEvents: Set<EventName> = [
        .messageSent, .messageRecalled, .messageRead, .userOnline, .userOffline, .userRegistered,
        .userUpdated,
        .contactRequested, .contactAccepted, .contactRemoved, .blockRemoved, .groupCreated,
        .groupUpdated, .groupDeleted, .groupMemberAdded, .groupMemberRemoved, .groupMemberLeft,
        .groupOwnerChanged, .ping,
    ]
}
