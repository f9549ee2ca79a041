// The store as the delivery needs it: the delivery is a client of the store like any other.

public import Domain

/// A reader of the delivering thread's own.
public protocol QueueReader: AnyObject {
    /// Reads one application in one snapshot.
    func read<T>(_ application: ApplicationID, _ body: (any Reader) throws(Failure) -> T) throws(Failure) -> T
    /// Reads the tenants in one snapshot.
    func administer<T>(_ body: (any AdministrationReader) throws(Failure) -> T) throws(Failure) -> T
    /// Closes it; it isn't used afterwards.
    func close()
}

/// The delivering thread's way to storage.
public protocol QueueStore: Sendable {
    /// Opens a reader, on the thread that uses it.
    func makeReader() throws -> any QueueReader
    /// Queues a change of one application, in the server's own name.
    ///
    /// - Returns: false where there is no room; then neither closure is called.
    func write(
        _ application: ApplicationID,
        _ work: @escaping @Sendable (any Writer) throws(Failure) -> Bool,
        completion: @escaping @Sendable (Result<Bool, Failure>) -> Void
    ) -> Bool
}

/// The operator's settings of the delivery, and its reports.
public struct DeliveryOptions: Sendable {
    /// The networks that may be reached.
    public var networks = WebhookNetworks()
    /// How long events and deliveries are stored, in days.
    public var days: Int64 = 7
    /// Whether what is queued is delivered; else only requests by hand are sent.
    public var delivers = true
    /// The product that requests name.
    public var agent = "parley"
    /// The wall clock.
    public var now: @Sendable () -> Timestamp
    /// Monotonic nanoseconds.
    public var monotonicNanoseconds: @Sendable () -> UInt64
    /// A number of 0 to 40 by chance, for jitter.
    public var jitter: @Sendable () -> Int64
    /// Writes a line to the log: an event's name, and texts and numbers by name.
    public var log: @Sendable (DeliveryIncident) -> Void

    /// The defaults.
    public init(
        now: @escaping @Sendable () -> Timestamp,
        monotonicNanoseconds: @escaping @Sendable () -> UInt64,
        jitter: @escaping @Sendable () -> Int64 = { Int64.random(in: 0...40) },
        log: @escaping @Sendable (DeliveryIncident) -> Void = { _ in }
    ) {
        self.now = now
        self.monotonicNanoseconds = monotonicNanoseconds
        self.jitter = jitter
        self.log = log
    }
}

/// Something that an operator may want to read.
public enum DeliveryIncident: Equatable, Sendable {
    /// An attempt has failed.
    case failed(WebhookID, event: EventID, status: Int?, error: String)
    /// An endpoint was disabled.
    case disabled(WebhookID, reason: String)
    /// Deliveries can't be made, or what became of them can't be written.
    case obstacle(String)
}

/// The numbers of the delivery on the metrics page.
public struct DeliveryStatistics: Equatable, Sendable {
    /// An endpoint and how its attempts ended.
    public struct Attempts: Hashable, Sendable {
        /// The endpoint's id; `other` beyond a bound.
        public let endpoint: String
        /// `delivered` or `failed`.
        public let result: String
    }

    /// Deliveries that are pending.
    public var pending = 0
    /// When the oldest of them was queued.
    public var oldest: Timestamp?
    /// Attempts since the start.
    public var attempts: [Attempts: Int] = [:]
    /// Endpoints that were disabled since the start.
    public var disabled = 0

    /// Nothing yet.
    public init() {}

    /// Endpoints that have a line of their own.
    static let maximumEndpoints = 200

    mutating func count(_ webhook: WebhookID, isSuccess: Bool) {
        let result = isSuccess ? "delivered" : "failed"
        let own = Attempts(endpoint: webhook.text, result: result)
        let isKnown = attempts[own] != nil || attempts.count < 2 * Self.maximumEndpoints
        attempts[isKnown ? own : Attempts(endpoint: "other", result: result), default: 0] += 1
    }
}
