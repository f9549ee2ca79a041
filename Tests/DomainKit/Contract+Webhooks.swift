// The contract of webhooks: endpoints, recorded events, and the queue of their deliveries.

public import Domain

extension Contract {
    static let webhooks: [ContractCase] = [
        ContractCase(
            promise:
                "Endpoints are an application's own, in the order of making, and change as they are written"
        ) { store in
            let app = try store.makeApplication().id
            let other = try store.makeApplication("other").id
            let made = try (0..<3).map { try store.makeWebhook("hook \($0)", in: app) }
            var changed = made[1]
            (changed.name, changed.isActive, changed.selectors) = ("renamed", false, ["*"])
            changed.secrets = WebhookSecrets(current: [9], previous: [8], previousUntil: later(1))
            (changed.failingSince, changed.disabledReason) = (later(2), "gone")
            changed.rule = Array("{}".utf8)
            let found = try store.write(app) { [changed] (writer) throws(Failure) in
                try writer.update(changed)
                try writer.deleteWebhook(made[2].id)
                return (
                    try writer.webhooks(after: nil, limit: 9),
                    try writer.webhooks(after: made[0].id, limit: 1),
                    try writer.webhook(made[2].id), try writer.webhookCount()
                )
            }
            try expect(found.0, is: [made[0], changed])
            try expect(found.1, is: [changed])
            try expect(found.2, is: nil)
            try expect(found.3, is: 2)
            try store.write(other) { (writer) throws(Failure) in
                var foreign = made[0]
                foreign.name = "taken"
                try writer.update(foreign)
                try writer.deleteWebhook(made[0].id)
            }
            let kept = try store.read(app) { (reader) throws(Failure) in try reader.webhook(made[0].id) }
            try expect(kept, is: made[0])
            let seen = try store.read(other) { (reader) throws(Failure) in try reader.webhook(made[0].id) }
            try expect(seen, is: nil)
        },
        ContractCase(
            promise:
                "An event is queued for the active endpoints that ask for it, and its facts are made for them only"
        ) { store in
            let app = try store.makeApplication().id
            let ann = try store.register(["ann"], in: app)[0]
            let wanting = try store.makeWebhook("wanting", ["user.*"], in: app)
            _ = try store.makeWebhook("other events", ["message.sent"], in: app)
            var inactive = try store.makeWebhook("inactive", ["*"], in: app)
            inactive.isActive = false
            var asked = try store.makeWebhook("asked", ["message.sent"], in: app)
            asked.inquiry = .all
            let hooks = [inactive, asked]
            let watched = try store.write(app) { (writer) throws(Failure) in
                for hook in hooks { try writer.update(hook) }
                try writer.record(.userUpdated) { .user(ann) }
                try writer.record(.contactAdded) { () throws(Failure) in
                    throw .storage(reference: "facts that nobody asks for")
                }
                return [
                    try writer.isWatched(.userUpdated), try writer.isWatched(.contactAdded),
                    try writer.isWatched(.messageSent),
                ]
            }
            try expect(watched, is: [true, false, true])
            let queued = try store.fresh(to: wanting, in: app)
            try expect(queued.map(\.name), is: [.userUpdated])
            try expect(queued.map(\.lane), is: [.user(ann.username)])
            try expect(queued[0].body != nil, "a body")
            for hook in hooks { try expect(try store.fresh(to: hook, in: app), is: []) }
            try expect(store.announced.last?.event, is: .deliveriesQueued)
        },
        ContractCase(
            promise: "What is rolled back is never queued, and an endpoint made with it is forgotten"
        ) {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register(["ann"], in: app)[0]
            let hook = try store.makeWebhook("hook", ["user.updated"], in: app)
            do {
                try store.write(app) { (writer) throws(Failure) in
                    try writer.insert(Webhook.sample(WebhookID(rawValue: 1), "late", ["*"]))
                    try writer.record(.userUpdated) { .user(ann) }
                    throw .noSuchRoute
                }
            } catch Failure.noSuchRoute {}
            try expect(try store.fresh(to: hook, in: app), is: [])
            try store.write(app) { (writer) throws(Failure) in
                try writer.record(.contactAdded) { .user(ann) }
                try writer.record(.userUpdated) { .user(ann) }
            }
            try expect(try store.fresh(to: hook, in: app).map(\.name), is: [.userUpdated])
        },
        ContractCase(
            promise: "Messages are filtered by kind and by whose act they are"
        ) { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            var hook = try store.makeWebhook("texts of clients", ["message.sent"], in: app)
            hook.messages = MessageFilter([(.single, .text)], takesBackends: false)
            let message = Message(
                id: MessageID(rawValue: 1),
                sent: start,
                conversation: ConversationID(rawValue: 1),
                address: .between(users[0].username, users[1].username),
                sequence: 1,
                sender: "ann",
                content: MessageContent(kind: .text, text: "hi")
            )
            var image = message
            image.content = MessageContent(kind: .image, text: nil)
            let (changed, picture) = (hook, image)
            let client = Origin(server: "test", for: .user(users[0]))
            try store.write(app, by: client) { (writer) throws(Failure) in
                try writer.update(changed)
                try writer.record(.messageSent) { .message(picture) }
                try writer.record(.messageSent) { .message(message) }
            }
            try store.write(app) { (writer) throws(Failure) in
                try writer.record(.messageSent) { .message(message) }
            }
            try expect(try store.fresh(to: hook, in: app).count, is: 1)
        },
        ContractCase(
            promise: "The queue is read in order, from a place, and deliveries show their last attempt"
        ) {
            store in
            let app = try store.makeApplication().id
            let (hook, queued) = try store.makeDeliveries(3, in: app)
            let later = try store.read(app) { (reader) throws(Failure) in
                try reader.freshDeliveries(to: hook.id, after: queued[0].id, limit: 1)
            }
            try expect(later, is: [queued[1]])
            let exchange = RecordedExchange(
                requestFields: "a: b",
                requestBody: "{}",
                responseFields: "c: d",
                responseBody: "no"
            )
            _ = try store.write(app) { (writer) throws(Failure) in
                try WebhookRules.settle(
                    [.sample(queued[0], status: 200), .sample(queued[1], status: 500, exchange)],
                    to: hook.id,
                    at: start,
                    clock: start,
                    in: writer
                )
            }
            let found = try store.read(app) { (reader) throws(Failure) in
                (
                    try reader.deliveries(to: hook.id, in: DeliveryState.allCases, before: nil, limit: 9),
                    try reader.deliveries(
                        to: hook.id,
                        in: [.fresh, .waiting],
                        before: queued[2].id,
                        limit: 9
                    ),
                    try reader.transcript(of: queued[1].id, to: hook.id), try reader.backlog(of: hook.id),
                    try reader.transcript(of: queued[1].id, to: WebhookID(rawValue: 1))
                )
            }
            try expect(found.0.map(\.id), is: queued.map(\.id).reversed())
            try expect(found.0.map(\.state), is: [.fresh, .waiting, .delivered])
            try expect(found.1.map(\.id), is: [queued[1].id])
            try expect(found.2?.exchange, is: exchange)
            try expect(found.2?.delivery.status, is: 500)
            try expect(found.3.pending, is: 2)
            try expect(found.4, is: nil)
        },
    ]
}

extension Store {
    /// An endpoint that is informed of these events.
    public func makeWebhook(_ name: String, _ selectors: [String] = ["user.*"], in app: ApplicationID) throws
        -> Webhook
    {
        try write(app) { (writer) throws(Failure) in
            let id = WebhookID(rawValue: try writer.nextID(at: Contract.start))
            let webhook = Webhook.sample(id, name, selectors)
            try writer.insert(webhook)
            return webhook
        }
    }

    /// What waits for an endpoint's first attempt.
    func fresh(to webhook: Webhook, in app: ApplicationID) throws -> [QueuedDelivery] {
        try read(app) { (reader) throws(Failure) in
            try reader.freshDeliveries(to: webhook.id, after: nil, limit: 100)
        }
    }

    /// An endpoint for which so many deliveries wait.
    func makeDeliveries(_ count: Int, in app: ApplicationID) throws -> (Webhook, [QueuedDelivery]) {
        let webhook = try makeWebhook("hook", in: app)
        let ann = try register(["ann"], in: app)[0]
        try write(app) { (writer) throws(Failure) in
            for _ in 0..<count { try writer.record(.userUpdated) { .user(ann) } }
        }
        return (webhook, try fresh(to: webhook, in: app))
    }
}

extension Webhook {
    static func sample(_ id: WebhookID, _ name: String, _ selectors: [String]) -> Webhook {
        Webhook(
            id: id,
            name: name,
            url: "https://example.com/hook",
            selectors: selectors,
            secrets: WebhookSecrets(current: [1, 2, 3]),
            created: Contract.start,
            modified: Contract.start
        )
    }
}

extension WebhookAttempt {
    static func sample(
        _ delivery: QueuedDelivery,
        status: Int?,
        _ exchange: RecordedExchange? = nil,
        retryAfter: Int64? = nil,
        at moment: Timestamp = Contract.start,
        jitter: Int64 = 0
    ) -> WebhookAttempt {
        WebhookAttempt(
            delivery: delivery,
            status: status,
            error: status == 200 ? nil : "no",
            retryAfterSeconds: retryAfter,
            attempted: moment,
            durationMilliseconds: 7,
            jitterPercent: jitter,
            exchange: exchange
        )
    }
}
