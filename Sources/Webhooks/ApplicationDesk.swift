// The delivering thread's share of one application: its endpoints' queues, and the results that are to be written.

import Domain

/// One application's share of the delivery.
final class ApplicationDesk {
    var queues: [WebhookID: EndpointQueue] = [:]
    var chores: [WebhookChore] = []
    /// Whether endpoints or chores have to be read again.
    var hasChanged = true
    /// Whether old events are to be forgotten.
    var wantsSweep = true
    /// Whether a transaction of chores or of attempts is under way.
    var isBusy = false
    var isSettling = false
    /// How attempts have ended that aren't written yet.
    var results: [WebhookID: [WebhookAttempt]] = [:]
    /// Monotonic nanoseconds before which storage is left alone.
    var pausedUntil: UInt64 = 0

    /// Requests of an application at a time.
    static let maximumInFlight = 16
    /// Attempts that may wait to be written before no more are made.
    static let maximumUnwritten = 2048

    /// Notes that there may be more in the store.
    func ring() {
        for queue in queues.values { queue.ring() }
    }

    /// Takes over the endpoints as they are now; a queue whose endpoint is gone ends with what is on its way.
    func replace(with webhooks: [Webhook], _ chores: [WebhookChore]) {
        self.chores = chores
        var left = queues
        for webhook in webhooks {
            if let queue = left.removeValue(forKey: webhook.id) {
                if queue.webhook != webhook { queue.restart(webhook) }
            } else {
                queues[webhook.id] = EndpointQueue(webhook)
            }
        }
        for (id, queue) in left {
            queue.webhook.isActive = false
            if queue.isIdle { queues[id] = nil }
        }
        hasChanged = false
    }

    /// Whether an endpoint asks for who comes and goes.
    var watchesPresence: Bool {
        queues.values.contains { queue in
            let webhook = queue.webhook
            return webhook.isActive && webhook.inquiry == nil
                && (webhook.events.contains(.userOnline) || webhook.events.contains(.userOffline))
        }
    }

    /// Whether anything waits to be sent.
    var hasWaiting: Bool { queues.values.contains { $0.webhook.isActive && $0.hasWaiting } }

    var inFlight: Int { queues.values.reduce(0) { $0 + $1.inFlight } }

    /// Takes the next delivery that may be begun, of the endpoint with the fewest on their way.
    ///
    /// An endpoint gets a place only while more are free than it has: so those that hold theirs for long leave some to the
    /// others, however many they are.
    func take(at now: UInt64) -> (queue: EndpointQueue, delivery: QueuedDelivery)? {
        guard results.values.reduce(0, { $0 + $1.count }) < Self.maximumUnwritten else { return nil }
        let free = Self.maximumInFlight - inFlight
        guard free > 0 else { return nil }
        let order = queues.values.filter {
            $0.webhook.isActive && $0.webhook.inquiry == nil && $0.inFlight < free
        }
        .sorted { ($0.inFlight, $0.webhook.id) < ($1.inFlight, $1.webhook.id) }
        for queue in order {
            if let delivery = queue.take(at: now) { return (queue, delivery) }
        }
        return nil
    }

    /// When it wants to be looked at again, in monotonic nanoseconds, where nothing comes before.
    func nextWake(now: UInt64, clock: Timestamp) -> UInt64 {
        var wake = UInt64.max
        let mayWrite = !results.isEmpty && !isSettling || (wantsSweep || !chores.isEmpty) && !isBusy
        if hasChanged || mayWrite { wake = max(pausedUntil, now) }
        for queue in queues.values where queue.webhook.isActive {
            if let end = queue.pauseEnd(after: now) { wake = min(wake, end) }
            if let due = queue.nextDueToRead {
                let wait = UInt64(max(0, due.milliseconds - clock.milliseconds))
                wake = min(wake, now + wait * 1_000_000)
            }
        }
        return wake
    }
}
