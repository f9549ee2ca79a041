// Deliveries: one event on its way to one endpoint, and what became of its attempts.

/// The row key of a delivery.
public struct DeliveryID: RawRepresentable, Hashable, Comparable, Sendable {
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
    /// Older deliveries come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The key of a recorded event: rises with time.
public struct EventID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// The smallest key that an event of a moment can have.
    public static func first(at moment: Timestamp) -> EventID {
        EventID(rawValue: TimeOrderedIDs.first(at: moment))
    }
    /// The id that receivers see, the same in every attempt: `evt_` and the decimal form.
    public var text: String { "evt_\(rawValue)" }
    /// Earlier events come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How far a delivery is.
public enum DeliveryState: Int, Sendable, CaseIterable {
    /// Never tried.
    case fresh = 0
    /// Tried in vain, to be tried again.
    case waiting = 1
    /// The endpoint has taken it.
    case delivered = 2
    /// Given up.
    case failed = 3

    /// The word for it: one never tried and one to be tried again are both `pending`.
    public var word: String {
        switch self {
        case .fresh, .waiting: "pending"
        case .delivered: "delivered"
        case .failed: "failed"
        }
    }

    /// The states of a word; none for another one.
    public static func named(_ word: String) -> [DeliveryState] { allCases.filter { $0.word == word } }
}

/// A delivery as it stands.
public struct WebhookDelivery: Equatable, Sendable {
    /// Row key.
    public let id: DeliveryID
    /// To which endpoint.
    public let webhook: WebhookID
    /// Of which event.
    public let event: EventID
    /// The event's name.
    public let name: EventName
    /// The lane: events of one lane are delivered in order.
    public let lane: EventLane
    /// When it was queued.
    public let created: Timestamp
    /// How far it is.
    public var state: DeliveryState
    /// How often it was tried.
    public var attempts: Int
    /// When it is tried again, where it waits for that.
    public var due: Timestamp?
    /// When it was tried last.
    public var attempted: Timestamp?
    /// The status of the last answer; nil where there was none.
    public var status: Int?
    /// Why the last attempt failed.
    public var error: String?
    /// How long the last attempt took.
    public var durationMilliseconds: Int?

    /// Memberwise.
    public init(
        id: DeliveryID,
        webhook: WebhookID,
        event: EventID,
        name: EventName,
        lane: EventLane,
        created: Timestamp,
        state: DeliveryState = .fresh,
        attempts: Int = 0,
        due: Timestamp? = nil,
        attempted: Timestamp? = nil,
        status: Int? = nil,
        error: String? = nil,
        durationMilliseconds: Int? = nil
    ) {
        self.id = id
        self.webhook = webhook
        self.event = event
        self.name = name
        self.lane = lane
        self.created = created
        self.state = state
        self.attempts = attempts
        self.due = due
        self.attempted = attempted
        self.status = status
        self.error = error
        self.durationMilliseconds = durationMilliseconds
    }
}

/// A delivery with what was sent and answered last.
public struct DeliveryTranscript: Equatable, Sendable {
    /// The delivery.
    public let delivery: WebhookDelivery
    /// The event's body in the standard form; nil where the event is no longer stored.
    public let body: [UInt8]?
    /// The last exchange; nil before the first attempt.
    public let exchange: RecordedExchange?

    /// Memberwise.
    public init(delivery: WebhookDelivery, body: [UInt8]?, exchange: RecordedExchange?) {
        self.delivery = delivery
        self.body = body
        self.exchange = exchange
    }
}

/// The request and the response of an attempt, as text: lines of fields, and bodies cut to 4 KiB.
public struct RecordedExchange: Equatable, Sendable {
    /// The fields sent, one a line.
    public var requestFields: String
    /// The body sent.
    public var requestBody: String
    /// The fields of the answer, one a line.
    public var responseFields: String
    /// The body of the answer, its beginning.
    public var responseBody: String

    /// Memberwise.
    public init(requestFields: String, requestBody: String, responseFields: String, responseBody: String) {
        self.requestFields = requestFields
        self.requestBody = requestBody
        self.responseFields = responseFields
        self.responseBody = responseBody
    }

    /// Bytes of a body that are stored.
    public static let maximumBodyBytes = 4096
}

/// A delivery that waits, with the body to send.
public struct QueuedDelivery: Equatable, Sendable {
    /// Row key.
    public let id: DeliveryID
    /// Of which event.
    public let event: EventID
    /// The event's name.
    public let name: EventName
    /// The lane: events of one lane are delivered in order.
    public let lane: EventLane
    /// How often it was tried.
    public let attempts: Int
    /// The body in the standard form; nil where the event is no longer stored.
    public let body: [UInt8]?

    /// Memberwise.
    public init(
        id: DeliveryID,
        event: EventID,
        name: EventName,
        lane: EventLane,
        attempts: Int,
        body: [UInt8]?
    ) {
        self.id = id
        self.event = event
        self.name = name
        self.lane = lane
        self.attempts = attempts
        self.body = body
    }
}
