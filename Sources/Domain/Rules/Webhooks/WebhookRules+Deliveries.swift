// Deliveries: when they are tried again, when an endpoint is given up, and how an owner asks for them again.

/// The result of one attempt.
public struct WebhookAttempt: Sendable {
    /// The delivery as it was taken from the queue.
    public let delivery: QueuedDelivery
    /// The status of the answer; nil where there was none.
    public let status: Int?
    /// Why there was none, or what was wrong with it; nil after a success.
    public let error: String?
    /// How long the receiver asks to be left alone, in seconds.
    public let retryAfterSeconds: Int64?
    /// When it was tried.
    public let attempted: Timestamp
    /// How long it took.
    public let durationMilliseconds: Int
    /// How much longer the wait is than the table says, in percent: -20 to 20, by chance.
    public let jitterPercent: Int64
    /// The request and the response.
    public let exchange: RecordedExchange?

    /// Memberwise.
    public init(
        delivery: QueuedDelivery,
        status: Int?,
        error: String?,
        retryAfterSeconds: Int64?,
        attempted: Timestamp,
        durationMilliseconds: Int,
        jitterPercent: Int64,
        exchange: RecordedExchange?
    ) {
        self.delivery = delivery
        self.status = status
        self.error = error
        self.retryAfterSeconds = retryAfterSeconds
        self.attempted = attempted
        self.durationMilliseconds = durationMilliseconds
        self.jitterPercent = jitterPercent
        self.exchange = exchange
    }

    /// Whether the receiver has taken it.
    public var isSuccess: Bool { error == nil }
}

extension WebhookRules {
    /// How long a delivery waits after its first failure, its second…, in seconds; after the last it is given up.
    public static let retrySeconds: [Int64] = [
        5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ]
    /// The longest wait that a receiver can ask for, in seconds.
    public static let maximumRetryAfterSeconds: Int64 = 86_400
    /// How much longer or shorter than planned a wait may be, in percent.
    public static let maximumJitterPercent: Int64 = 20
    /// The longest wait that there is, in seconds.
    public static let longestWaitSeconds = (retrySeconds.max() ?? 0) * (100 + maximumJitterPercent) / 100
    /// How long an endpoint may fail without a success before it is disabled, in seconds.
    public static let failingSeconds: Int64 = 72 * 3600
    /// The error of a delivery that was given up because its endpoint was disabled.
    public static let givenUp = "The endpoint is not active."

    /// Writes what came of attempts, and disables an endpoint that has failed for too long or doesn't want to be asked.
    ///
    /// - Parameters:
    ///   - now: the wall clock, which a failing endpoint's time goes by.
    ///   - clock: the clock that due times go by: it never goes back while the process lives.
    /// - Returns: why the endpoint was disabled by that; nil where it wasn't, or is gone.
    @discardableResult
    public static func settle(
        _ attempts: [WebhookAttempt],
        to id: WebhookID,
        at now: Timestamp,
        clock: Timestamp,
        in store: any Writer
    ) throws(Failure) -> String? {
        guard let known = try store.webhook(id) else { return nil }
        var webhook = known
        for attempt in attempts {
            try store.settle(settled(attempt, of: webhook, clock: clock), attempt.exchange)
            if attempt.isSuccess {
                webhook.failingSince = nil
            } else if webhook.isActive {
                // A clock that was set back makes no failure one of the future.
                let since = min(webhook.failingSince ?? attempt.attempted, now)
                webhook.failingSince = since
                if attempt.status == 410 {
                    webhook.disabledReason = "The receiver has answered 410 Gone."
                } else if now >= since.adding(seconds: failingSeconds) {
                    webhook.disabledReason = "Every attempt has failed for 72 hours."
                }
                if webhook.disabledReason != nil { webhook.isActive = false }
            }
        }
        guard webhook != known else { return nil }
        try store.update(webhook)
        guard known.isActive, !webhook.isActive else { return nil }
        try giveUp(on: webhook, at: now, in: store)
        try store.record(.endpointDisabled) { .endpoint(webhook) }
        return webhook.disabledReason
    }

    private static func settled(_ attempt: WebhookAttempt, of webhook: Webhook, clock: Timestamp)
        -> WebhookDelivery
    {
        let queued = attempt.delivery
        var delivery = WebhookDelivery(
            id: queued.id,
            webhook: webhook.id,
            event: queued.event,
            name: queued.name,
            lane: queued.lane,
            created: clock,
            state: .delivered,
            attempts: queued.attempts + 1,
            attempted: attempt.attempted,
            status: attempt.status,
            error: attempt.error,
            durationMilliseconds: attempt.durationMilliseconds
        )
        guard !attempt.isSuccess else { return delivery }
        guard webhook.isActive, attempt.status != 410, queued.attempts < retrySeconds.count,
            queued.body != nil
        else {
            delivery.state = .failed
            return delivery
        }
        delivery.state = .waiting
        let planned = retrySeconds[queued.attempts] * 10 * (100 + attempt.jitterPercent)
        let asked = min(attempt.retryAfterSeconds ?? 0, maximumRetryAfterSeconds) * 1000
        delivery.due = Timestamp(milliseconds: clock.milliseconds + max(planned, asked))
        return delivery
    }

    /// One page of an endpoint's deliveries, newest first.
    public static func deliveries(
        to webhook: Webhook,
        in states: [DeliveryState],
        _ limit: Int,
        after cursor: Cursor?,
        in store: any Reader
    ) throws(Failure) -> Page<WebhookDelivery> {
        let rows = try store.deliveries(
            to: webhook.id,
            in: states,
            before: cursor.map { DeliveryID(rawValue: $0.key) },
            limit: limit + 1
        )
        return Page(rows: rows, limit: limit) { delivery in
            Cursor(collection: .deliveries, owner: webhook.id.rawValue, key: delivery.id.rawValue)
        }
    }

    /// The delivery that a path names.
    ///
    /// - Throws: `.notFound(.delivery, …)`.
    public static func transcript(_ text: String, to webhook: Webhook, in store: any Reader) throws(Failure)
        -> DeliveryTranscript
    {
        guard let id = DeliveryID(text), let found = try store.transcript(of: id, to: webhook.id) else {
            throw .notFound(.delivery, id: text)
        }
        return found
    }

    /// Tries a delivery again at once, whatever has become of it.
    ///
    /// - Throws: `.invalid("active", …)` for an endpoint that isn't active.
    public static func retry(_ delivery: WebhookDelivery, to webhook: Webhook, in store: any Writer)
        throws(Failure) -> WebhookDelivery
    {
        try requireActive(webhook)
        var delivery = delivery
        if delivery.state == .fresh { return delivery }
        delivery.state = .waiting
        delivery.due = Timestamp(milliseconds: 0)
        try store.settle(delivery, nil)
        return delivery
    }

    /// Queues the events of a time again, in slices.
    ///
    /// - Parameter selectors: as an endpoint's; empty for all that it asks for.
    /// - Throws: `.invalid("active", …)`, `.invalid("types[…]", …)`, `.invalid("before", …)` where it isn't after the first.
    public static func replay(
        to webhook: Webhook,
        after: Timestamp,
        before: Timestamp,
        selectors: [String],
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try requireActive(webhook)
        for (index, selector) in selectors.enumerated() where EventSet(selectors: [selector]) == nil {
            throw .invalid(field: "types[\(index)]", .illegal(value: String(selector.prefix(64))))
        }
        guard after < before else { throw .invalid(field: "before", .refused("must be later than after")) }
        let id = try store.nextID(at: now)
        try store.insert(
            WebhookChore(
                id: id,
                webhook: webhook.id,
                kind: .replay,
                first: .first(at: after),
                // Not what is recorded from now on, that is sent anyway.
                end: id,
                after: after,
                before: before,
                selectors: selectors.isEmpty ? webhook.selectors : selectors
            )
        )
    }

    private static func requireActive(_ webhook: Webhook) throws(Failure) {
        guard webhook.isActive else {
            throw .invalid(field: "active", .refused("must be true: nothing is sent to an inactive endpoint"))
        }
    }
}
