// The contract of what the rules of webhooks do on any store: retries, giving up, replays, forgetting.

import Domain

extension Contract {
    static let webhookRules: [ContractCase] = [
        ContractCase(
            promise:
                "A failed delivery is due again by the table, with jitter, and no sooner than the receiver asks"
        ) { store in
            let app = try store.makeApplication().id
            let (hook, queued) = try store.makeDeliveries(1, in: app)
            var delivery = queued[0]
            var clock = start
            for (place, seconds) in WebhookRules.retrySeconds.enumerated() {
                let asked: Int64? = place == 1 ? 1000 : place == 2 ? 10_000_000 : nil
                let wait = place == 0 ? 6 : place == 1 ? 1000 : place == 2 ? 86_400 : seconds
                let (attempt, now) = (
                    WebhookAttempt.sample(
                        delivery,
                        status: 503,
                        retryAfter: asked,
                        jitter: place == 0 ? 20 : 0
                    ), clock
                )
                let due = try store.write(app) { (writer) throws(Failure) in
                    try WebhookRules.settle([attempt], to: hook.id, at: start, clock: now, in: writer)
                    return try writer.nextDue(to: hook.id)
                }
                try expect(due, is: clock.adding(seconds: wait))
                clock = clock.adding(seconds: wait)
                let moment = clock
                let found = try store.read(app) { (reader) throws(Failure) in
                    (
                        try reader.dueDeliveries(to: hook.id, at: moment, limit: 9),
                        try reader.dueDeliveries(
                            to: hook.id,
                            at: Timestamp(milliseconds: moment.milliseconds - 1),
                            limit: 9
                        )
                    )
                }
                try expect(found.1, is: [])
                try expect(found.0.map(\.attempts), is: [place + 1])
                delivery = found.0[0]
            }
            try expect(try store.settle(.sample(delivery, status: nil), to: hook, in: app), is: .failed)
        },
        ContractCase(
            promise:
                "410 disables an endpoint at once, and 72 hours of failures without a success between them do"
        ) { store in
            let app = try store.makeApplication().id
            let (hook, queued) = try store.makeDeliveries(4, in: app)
            let watcher = try store.makeWebhook("watcher", ["endpoint.disabled"], in: app)
            func settle(_ delivery: QueuedDelivery, _ status: Int, hours: Int64) throws -> Webhook? {
                try store.write(app) { (writer) throws(Failure) in
                    let now = later(hours * 3600)
                    let reason = try WebhookRules.settle(
                        [.sample(delivery, status: status, at: now)],
                        to: hook.id,
                        at: now,
                        clock: now,
                        in: writer
                    )
                    let webhook = try writer.webhook(hook.id)
                    if reason != webhook?.disabledReason { throw .noSuchRoute }
                    return webhook
                }
            }
            try expect(try settle(queued[0], 500, hours: 0)?.failingSince, is: start)
            try expect(try settle(queued[1], 200, hours: 71)?.failingSince, is: nil)
            try expect(try settle(queued[2], 500, hours: 73)?.isActive, is: true)
            try expect(try settle(queued[2], 500, hours: 144)?.isActive, is: true)
            let disabled = try settle(queued[2], 500, hours: 145)
            try expect(disabled?.isActive, is: false)
            try expect(disabled?.disabledReason != nil, "a reason")
            try expect(try store.fresh(to: watcher, in: app).map(\.name), is: [.endpointDisabled])
            try store.finishChores(in: app)
            let left = try store.read(app) { (reader) throws(Failure) in
                try reader.deliveries(to: hook.id, in: DeliveryState.allCases, before: nil, limit: 9)
            }
            try expect(left.map(\.state), is: [.failed, .failed, .delivered, .failed])
            let revived = try store.write(app) { (writer) throws(Failure) in
                var draft = WebhookRules.Draft()
                draft.isActive = true
                let known = try WebhookRules.find(hook.id.text, in: writer)
                return try WebhookRules.update(known, draft, networks: .init(), at: start, in: writer)
            }
            try expect(revived.failingSince, is: nil)
            try expect(try settle(queued[3], 410, hours: 200)?.isActive, is: false)
        },
        ContractCase(promise: "Deliveries of a removed endpoint go in slices, and no others") { store in
            let app = try store.makeApplication().id
            let (hook, _) = try store.makeDeliveries(5, in: app)
            let other = try store.makeWebhook("other", in: app)
            try store.write(app) { (writer) throws(Failure) in
                let ann = try UserRules.find("ann", in: writer)
                try writer.record(.userUpdated) { .user(ann) }
                try WebhookRules.delete(hook, at: start, in: writer)
            }
            let chore = try require(
                try store.read(app) { (reader) throws(Failure) in try reader.webhookChores() }.first
            )
            let isUnfinished = try store.write(app) { (writer) throws(Failure) in
                try writer.perform(chore, rows: 4)
            }
            try expect(isUnfinished, is: true)
            try expect(try store.fresh(to: hook, in: app).count, is: 2)
            try store.finishChores(in: app)
            try expect(try store.fresh(to: hook, in: app).count, is: 0)
            try expect(try store.fresh(to: other, in: app).count, is: 1)
        },
        ContractCase(promise: "A replay queues the events of its time again under their own names, in slices")
        {
            store in
            let app = try store.makeApplication().id
            let (hook, queued) = try store.makeDeliveries(5, in: app)
            let now = later(60)
            try store.write(app) { (writer) throws(Failure) in
                try WebhookRules.replay(
                    to: hook,
                    after: Timestamp(milliseconds: start.milliseconds - 1),
                    before: now,
                    selectors: ["user.*"],
                    at: now,
                    in: writer
                )
                try WebhookRules.replay(
                    to: hook,
                    after: now,
                    before: later(90),
                    selectors: [],
                    at: now,
                    in: writer
                )
            }
            try store.finishChores(in: app, rows: 2)
            let all = try store.fresh(to: hook, in: app)
            try expect(all.map(\.event), is: queued.map(\.event) + queued.map(\.event))
            try expect(Set(all.map(\.id)).count, is: 10)
        },
        ContractCase(promise: "A delivery is tried again at once when its owner asks, whatever became of it")
        {
            store in
            let app = try store.makeApplication().id
            let (hook, queued) = try store.makeDeliveries(1, in: app)
            try expect(try store.settle(.sample(queued[0], status: 200), to: hook, in: app), is: .delivered)
            let due = try store.write(app) { (writer) throws(Failure) in
                let found = try WebhookRules.transcript(queued[0].id.text, to: hook, in: writer)
                _ = try WebhookRules.retry(found.delivery, to: hook, in: writer)
                return try writer.dueDeliveries(to: hook.id, at: start, limit: 9)
            }
            try expect(due.map(\.event), is: [queued[0].event])
            var inactive = hook
            inactive.isActive = false
            let (stopped, delivery) = (inactive, queued[0].id.text)
            let refusal = Failure.invalid(
                field: "active",
                .refused("must be true: nothing is sent to an inactive endpoint")
            )
            try expect(refusal) {
                try store.write(app) { (writer) throws(Failure) in
                    let found = try WebhookRules.transcript(delivery, to: stopped, in: writer)
                    _ = try WebhookRules.retry(found.delivery, to: stopped, in: writer)
                }
            }
        },
        ContractCase(
            promise: "Old events and deliveries are forgotten, the oldest first, and newer ones are not"
        ) {
            store in
            let app = try store.makeApplication().id
            let (hook, _) = try store.makeDeliveries(3, in: app)
            let results = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.forgetEvents(before: start, rows: 9),
                    try writer.forgetEvents(before: later(3600), rows: 2),
                    try writer.forgetEvents(before: later(3600), rows: 2),
                ]
            }
            try expect(results, is: [false, true, false])
            try expect(try store.fresh(to: hook, in: app).count, is: 0)
        },
        ContractCase(promise: "Who was announced online stays known until announced offline or gone") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app)
            let known = try store.write(app) { (writer) throws(Failure) in
                for user in users { try writer.noteOnline(true, user.id) }
                try writer.noteOnline(true, users[0].id)
                try writer.noteOnline(false, users[1].id)
                try writer.delete(users[2].id)
                return try writer.announcedOnline(after: nil, limit: 9)
            }
            try expect(known.map(\.id), is: [users[0].id])
        },
    ]
}

extension Store {
    /// What has become of a delivery after an attempt.
    func settle(_ attempt: WebhookAttempt, to hook: Webhook, in app: ApplicationID) throws -> DeliveryState? {
        try write(app) { (writer) throws(Failure) in
            try WebhookRules.settle(
                [attempt],
                to: hook.id,
                at: Contract.start,
                clock: Contract.start,
                in: writer
            )
            return try writer.transcript(of: attempt.delivery.id, to: hook.id)?.delivery.state
        }
    }

    /// Does every slice of every chore.
    func finishChores(in app: ApplicationID, rows: Int = 3) throws {
        try write(app) { (writer) throws(Failure) in
            while let chore = try writer.webhookChores().first { _ = try writer.perform(chore, rows: rows) }
        }
    }
}
