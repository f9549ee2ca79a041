// The queue of one endpoint in memory: a window on what waits in the store, and what is on its way.

import Domain

/// The deliveries that wait for an endpoint, and how many may be on their way at once.
///
/// An endpoint begins with little and gets more with each success; after a failure it gets one at a time, with pauses that
/// grow. So one that never answers holds one place, not all.
final class EndpointQueue {
    var webhook: Webhook
    /// Deliveries never tried, in their order.
    private var fresh: [QueuedDelivery] = []
    /// The last of them that was read.
    private var lastFresh: DeliveryID?
    /// Whether there may be more behind it.
    private var mayHaveFresh = true
    /// Deliveries whose time has come again.
    private var retries: [QueuedDelivery] = []
    /// When the next one's time comes; nil where none waits.
    private var nextDue: Timestamp?
    private var knowsDue = false
    /// The deliveries on their way, by lane.
    private var lanes: Set<EventLane> = []
    /// The deliveries on their way, or ended and not written yet.
    private var taken: Set<DeliveryID> = []
    private(set) var inFlight = 0
    private var allowance = 2
    private var failures = 0
    /// Monotonic nanoseconds before which nothing is begun.
    private var pausedUntil: UInt64 = 0

    /// Requests to one endpoint at a time.
    static let maximumInFlight = 8
    private static let window = 256
    private static let longestPause: UInt64 = 2_000_000_000

    init(_ webhook: Webhook) { self.webhook = webhook }

    /// Notes that the store may have more.
    func ring() {
        mayHaveFresh = true
        knowsDue = false
    }

    /// Begins anew: what was given up may have been queued again.
    func restart(_ webhook: Webhook) {
        if webhook.isActive, !self.webhook.isActive { (allowance, failures, pausedUntil) = (2, 0, 0) }
        if webhook.url != self.webhook.url { (failures, pausedUntil) = (0, 0) }
        self.webhook = webhook
        if !webhook.isActive { (fresh, retries, lastFresh) = ([], [], nil) }
        ring()
    }

    /// Reads what there is room for.
    func refill(from store: any Reader, clock: Timestamp) throws(Failure) {
        if mayHaveFresh, fresh.count < Self.window / 2 {
            let rows = try store.freshDeliveries(to: webhook.id, after: lastFresh, limit: Self.window)
            fresh += rows.filter { !taken.contains($0.id) }
            lastFresh = rows.last?.id ?? lastFresh
            mayHaveFresh = rows.count == Self.window
        }
        if !knowsDue {
            nextDue = try store.nextDue(to: webhook.id)
            knowsDue = true
        }
        if retries.isEmpty, let due = nextDue, isDue(due, at: clock) {
            retries = try store.dueDeliveries(to: webhook.id, at: max(clock, due), limit: Self.window)
                .filter { !taken.contains($0.id) }
            // Until what is taken is written, it goes on being due.
            nextDue = nil
        }
    }

    /// Whether the store has to be asked before anything else can be begun.
    func wantsRefill(clock: Timestamp) -> Bool {
        mayHaveFresh && fresh.count < Self.window / 2 || !knowsDue
            || retries.isEmpty && nextDue.map { isDue($0, at: clock) } ?? false
    }

    /// Whether a time has come.
    ///
    /// One that is farther away than any wait is of a clock that was set back while no process ran.
    private func isDue(_ due: Timestamp, at clock: Timestamp) -> Bool {
        due <= clock || due > clock.adding(seconds: WebhookRules.longestWaitSeconds)
    }

    /// Takes the next delivery that may be begun: of each conversation or user one at a time.
    func take(at now: UInt64) -> QueuedDelivery? {
        guard webhook.isActive, inFlight < min(allowance, Self.maximumInFlight), now >= pausedUntil else {
            return nil
        }
        let taken: QueuedDelivery
        if let index = retries.firstIndex(where: { !lanes.contains($0.lane) }) {
            taken = retries.remove(at: index)
        } else if let index = fresh.firstIndex(where: { !lanes.contains($0.lane) }) {
            taken = fresh.remove(at: index)
        } else {
            return nil
        }
        lanes.insert(taken.lane)
        self.taken.insert(taken.id)
        inFlight += 1
        return taken
    }

    /// Notes how a delivery has ended.
    func end(_ delivery: QueuedDelivery, isSuccess: Bool, at now: UInt64) {
        lanes.remove(delivery.lane)
        inFlight -= 1
        if isSuccess {
            allowance = min(allowance + 1, Self.maximumInFlight)
            (failures, pausedUntil) = (0, 0)
        } else {
            allowance = 1
            failures += 1
            pausedUntil = now + min(Self.longestPause, 20_000_000 << UInt64(min(failures, 10)))
        }
    }

    /// Notes that what has become of deliveries is written.
    func written(_ deliveries: [DeliveryID]) {
        taken.subtract(deliveries)
        knowsDue = false
    }

    /// Whether anything waits in memory.
    var hasWaiting: Bool { !fresh.isEmpty || !retries.isEmpty }

    /// When a pause ends that something waits for, in monotonic nanoseconds.
    func pauseEnd(after now: UInt64) -> UInt64? { hasWaiting && pausedUntil > now ? pausedUntil : nil }

    /// When there will be something to read that is due.
    var nextDueToRead: Timestamp? { retries.isEmpty ? nextDue : nil }

    /// Whether there is nothing of it in memory that would be lost.
    var isIdle: Bool { inFlight == 0 && taken.isEmpty }
}
