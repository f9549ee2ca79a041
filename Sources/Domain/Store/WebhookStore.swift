// The repository of webhooks: endpoints, recorded events, their deliveries, and the chores that they leave.

/// Reads endpoints and deliveries of the caller's application.
public protocol WebhookReader {
    /// Endpoints by key, after one, at most `limit`.
    func webhooks(after id: WebhookID?, limit: Int) throws(Failure) -> [Webhook]
    /// The endpoint of this key. One look-up.
    func webhook(_ id: WebhookID) throws(Failure) -> Webhook?
    /// How many endpoints there are. Costs a row each.
    func webhookCount() throws(Failure) -> Int
    /// An endpoint's deliveries in these states, newest first, before one, at most `limit`. Costs a row each.
    func deliveries(
        to id: WebhookID,
        in states: [DeliveryState],
        before: DeliveryID?,
        limit: Int
    ) throws(Failure) -> [WebhookDelivery]
    /// One delivery of an endpoint, with what went over the wire last. Two look-ups.
    func transcript(of id: DeliveryID, to webhook: WebhookID) throws(Failure) -> DeliveryTranscript?
    /// Deliveries to an endpoint that were never tried, oldest first, after one, at most `limit`. Costs two rows each.
    func freshDeliveries(to id: WebhookID, after: DeliveryID?, limit: Int) throws(Failure) -> [QueuedDelivery]
    /// Deliveries to an endpoint that are to be tried again by now, the longest due first, at most `limit`.
    func dueDeliveries(to id: WebhookID, at now: Timestamp, limit: Int) throws(Failure) -> [QueuedDelivery]
    /// When the next delivery to an endpoint is to be tried again; nil where none waits for that. One look-up.
    func nextDue(to id: WebhookID) throws(Failure) -> Timestamp?
    /// How many deliveries to an endpoint are pending, and since when the oldest is. Costs an index entry each.
    func backlog(of id: WebhookID) throws(Failure) -> WebhookBacklog
    /// The work that is left to do in slices, oldest first. Few rows.
    func webhookChores() throws(Failure) -> [WebhookChore]
}

/// Changes endpoints and deliveries of the caller's application.
public protocol WebhookWriter: WebhookReader {
    /// Whether an active endpoint asks for this event. Costs no query.
    func isWatched(_ name: EventName) throws(Failure) -> Bool
    /// Records an event for every active endpoint that asks for it, to be delivered after the commit.
    ///
    /// In a transaction that leaves a row in the audit, what the event is about is noted for that, too.
    ///
    /// - Parameter details: made only where there is such an endpoint, or such a row.
    func record(_ name: EventName, _ details: () throws(Failure) -> EventDetails) throws(Failure)
    /// The answer of the active endpoints that want to be asked about this.
    ///
    /// Where they haven't been asked, the answer is to allow it, and the transaction won't be kept (see ``Inquiry``). Costs no
    /// query where there is no such endpoint.
    ///
    /// - Parameter details: made only where there is one.
    func inquire(_ name: EventName, _ details: () throws(Failure) -> EventDetails) throws(Failure)
        -> InquiryAnswer
    /// Adds an endpoint.
    func insert(_ webhook: Webhook) throws(Failure)
    /// Writes what may change of an endpoint.
    func update(_ webhook: Webhook) throws(Failure)
    /// Removes an endpoint; its deliveries go by a chore.
    func deleteWebhook(_ id: WebhookID) throws(Failure)
    /// Writes what became of an attempt.
    func settle(_ delivery: WebhookDelivery, _ exchange: RecordedExchange?) throws(Failure)
    /// Adds a chore.
    func insert(_ chore: WebhookChore) throws(Failure)
    /// Does a slice of a chore, of at most so many rows.
    ///
    /// - Returns: whether there is more to do; where there isn't, the chore is gone.
    func perform(_ chore: WebhookChore, rows: Int) throws(Failure) -> Bool
    /// Removes deliveries and events of before a moment, the oldest first, at most so many of each.
    ///
    /// - Returns: whether there may be more.
    func forgetEvents(before moment: Timestamp, rows: Int) throws(Failure) -> Bool
    /// Notes that a user was announced as online, or no longer is.
    ///
    /// - Returns: whether that is another thing than was noted before.
    @discardableResult
    func noteOnline(_ isOnline: Bool, _ user: UserID) throws(Failure) -> Bool
    /// Users that were announced as online, by key, at most `limit`.
    func announcedOnline(after id: UserID?, limit: Int) throws(Failure) -> [User]
}

/// How much waits for an endpoint.
public struct WebhookBacklog: Equatable, Sendable {
    /// Deliveries that are pending.
    public let pending: Int
    /// When the oldest of their events was recorded.
    public let oldest: Timestamp?

    /// Memberwise.
    public init(pending: Int, oldest: Timestamp?) {
        self.pending = pending
        self.oldest = oldest
    }
}

/// Work on many rows that is done in slices, beside the transactions of others.
public struct WebhookChore: Equatable, Sendable {
    /// The kind of work.
    public enum Kind: Int, Sendable {
        /// Remove the deliveries of an endpoint that is gone.
        case remove = 0
        /// Give up the pending deliveries of an endpoint that was disabled.
        case giveUp = 1
        /// Queue events of a time anew.
        case replay = 2
    }

    /// Row key.
    public let id: Int64
    /// The endpoint.
    public let webhook: WebhookID
    /// The kind of work.
    public let kind: Kind
    /// Of a replay: the first event.
    public let first: EventID
    /// Events, or deliveries, from here on aren't touched.
    public let end: Int64
    /// Of a replay: when the first event was.
    public let after: Timestamp
    /// Of a replay: events from then on aren't touched.
    public let before: Timestamp
    /// Of a replay: the selectors of the events; empty for all.
    public let selectors: [String]

    /// Memberwise.
    public init(
        id: Int64,
        webhook: WebhookID,
        kind: Kind,
        first: EventID = EventID(rawValue: 0),
        end: Int64,
        after: Timestamp = Timestamp(milliseconds: 0),
        before: Timestamp = Timestamp(milliseconds: 0),
        selectors: [String] = []
    ) {
        self.after = after
        self.before = before
        self.id = id
        self.webhook = webhook
        self.kind = kind
        self.first = first
        self.end = end
        self.selectors = selectors
    }
}
