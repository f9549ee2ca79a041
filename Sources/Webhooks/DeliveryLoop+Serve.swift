// Sending what waits, and having written what became of it.

import CurlLibrary
import Domain
import Threads

extension DeliveryLoop {
    /// Reads what there is to do for an application, and begins as much of it as may be.
    func serve(_ desk: ApplicationDesk, _ id: ApplicationID) {
        guard now >= desk.pausedUntil, let reader else { return }
        do throws(Failure) {
            let clock = clock
            try reader.read(id) { store throws(Failure) in
                if desk.hasChanged {
                    desk.replace(with: try store.webhooks(after: nil, limit: 1000), try store.webhookChores())
                    let isWatching = desk.watchesPresence
                    board.presence.withLock { set in
                        if isWatching { set.insert(id) } else { set.remove(id) }
                    }
                }
                for queue in desk.queues.values
                where queue.webhook.isActive && queue.webhook.inquiry == nil
                    && queue.wantsRefill(clock: clock)
                {
                    try queue.refill(from: store, clock: clock)
                }
            }
        } catch {
            desk.pausedUntil = now + Self.storagePause
            return
        }
        begin(desk, id)
        doChore(desk, id)
        if desk.queues.isEmpty, desk.chores.isEmpty, !desk.wantsSweep, !desk.isBusy, desk.results.isEmpty {
            desks[id] = nil
        }
    }

    private func begin(_ desk: ApplicationDesk, _ id: ApplicationID) {
        // Without a library what waits goes on waiting.
        guard desk.hasWaiting, let client = openClient() else { return }
        while client.count < Self.maximumInFlight, let (queue, delivery) = desk.take(at: now) {
            let moment = options.now()
            guard let request = DeliveryForm.request(for: delivery, to: queue.webhook, at: moment) else {
                let answer = IncomingAnswer(error: "The event is no longer stored.")
                end(delivery, of: queue, on: desk, nil, answer, begun: moment)
                continue
            }
            client.begin(request) { [unowned self] answer in
                end(delivery, of: queue, on: desk, request, answer, begun: moment)
            }
        }
    }

    /// Notes how an attempt has ended.
    private func end(
        _ delivery: QueuedDelivery,
        of queue: EndpointQueue,
        on desk: ApplicationDesk,
        _ request: OutgoingRequest?,
        _ answer: IncomingAnswer,
        begun: Timestamp
    ) {
        let webhook = queue.webhook
        let error: String? =
            if let status = answer.status {
                (200..<300).contains(status) ? nil : "The receiver has answered \(status)."
            } else {
                answer.error ?? "The receiver hasn't answered."
            }
        queue.end(delivery, isSuccess: error == nil, at: now)
        board.statistics.withLock { $0.count(webhook.id, isSuccess: error == nil) }
        if let error {
            options.log(.failed(webhook.id, event: delivery.event, status: answer.status, error: error))
        }
        let attempt = WebhookAttempt(
            delivery: delivery,
            status: answer.status,
            error: error,
            retryAfterSeconds: RetryAfter.seconds(answer.field("retry-after"), at: options.now()),
            attempted: begun,
            durationMilliseconds: answer.durationMilliseconds,
            jitterPercent: options.jitter() - WebhookRules.maximumJitterPercent,
            exchange: request.map { RecordedExchange($0, answer, isStored: $0.body == delivery.body) }
        )
        desk.results[webhook.id, default: []].append(attempt)
    }

    /// Has written how attempts have ended, all that have since the last time.
    func settle(_ desk: ApplicationDesk, of id: ApplicationID) {
        guard !desk.results.isEmpty, !desk.isSettling, now >= desk.pausedUntil else { return }
        let attempts = desk.results
        let (moment, clock, mailbox) = (options.now(), clock, mailbox)
        let disabled = Guarded<[WebhookID: String]>([:])
        let isQueued = store.write(
            id,
            { writer throws(Failure) in
                let found = try Self.settle(attempts, at: moment, clock: clock, in: writer)
                // A transaction may run twice.
                disabled.withLock { $0 = found }
                return true
            },
            completion: { result in
                let failure: Failure? = if case .failure(let failure) = result { failure } else { nil }
                let settlement = DeliveryMailbox.Settlement(
                    application: id,
                    attempts: attempts,
                    disabled: disabled.withLock { $0 },
                    failure: failure
                )
                mailbox.post { $0.settled.append(settlement) }
            }
        )
        if isQueued {
            desk.results = [:]
            desk.isSettling = true
        } else {
            desk.pausedUntil = now + Self.storagePause
        }
    }

    /// - Returns: the endpoints that are disabled by that, and why.
    private static func settle(
        _ attempts: [WebhookID: [WebhookAttempt]],
        at moment: Timestamp,
        clock: Timestamp,
        in writer: any Writer
    ) throws(Failure) -> [WebhookID: String] {
        var disabled: [WebhookID: String] = [:]
        for (webhook, attempts) in attempts {
            disabled[webhook] = try WebhookRules.settle(
                attempts,
                to: webhook,
                at: moment,
                clock: clock,
                in: writer
            )
        }
        return disabled
    }

    /// Where it couldn't be written, it is tried again: what was delivered isn't delivered twice for that.
    func take(_ settlement: DeliveryMailbox.Settlement) {
        guard let desk = desks[settlement.application] else { return }
        desk.isSettling = false
        switch settlement.failure {
        case nil, .notFound:
            for (webhook, attempts) in settlement.attempts {
                desk.queues[webhook]?.written(attempts.map(\.delivery.id))
            }
            for (webhook, reason) in settlement.disabled {
                board.statistics.withLock { $0.disabled += 1 }
                options.log(.disabled(webhook, reason: reason))
            }
        case let failure?:
            for (webhook, attempts) in settlement.attempts {
                desk.results[webhook] = attempts + (desk.results[webhook] ?? [])
            }
            desk.pausedUntil = now + Self.storagePause
            options.log(.obstacle("What became of deliveries can't be written: \(failure)"))
        }
    }

    /// Has a slice of a chore done, or of what is to be forgotten; one at a time.
    private func doChore(_ desk: ApplicationDesk, _ id: ApplicationID) {
        guard !desk.isBusy, !desk.chores.isEmpty || desk.wantsSweep else { return }
        let mailbox = mailbox
        // A clock that was set forward forgets nothing that is younger by the time that has really passed.
        let end = min(options.now(), clock).adding(seconds: -options.days * 86_400)
        let chore = desk.chores.first
        if chore == nil { desk.wantsSweep = false }
        let isQueued = store.write(
            id,
            { writer throws(Failure) in
                if let chore { return try writer.perform(chore, rows: Self.sliceRows) }
                return try writer.forgetEvents(before: end, rows: Self.sliceRows)
            },
            completion: { result in
                let isFirst = chore == nil
                mailbox.post { $0.chores.append((id, result, isSweep: isFirst)) }
            }
        )
        if isQueued { desk.isBusy = true } else { desk.pausedUntil = now + Self.storagePause }
    }

    /// Rows of one slice.
    private static let sliceRows = 500
}

extension RecordedExchange {
    /// - Parameter isStored: whether the body sent is the event's own, which is stored with the event.
    init(_ request: OutgoingRequest, _ answer: IncomingAnswer, isStored: Bool) {
        self.init(
            requestFields: request.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n"),
            requestBody: isStored ? "" : Self.cut(request.body),
            responseFields: answer.fields,
            responseBody: Self.cut(answer.body)
        )
    }

    /// The beginning of a body as text; what isn't UTF-8 is replaced.
    private static func cut(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(maximumBodyBytes), as: UTF8.self)
        return text.contains("\0") ? String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) : text
    }
}
