// Endpoints of webhooks and their deliveries, as a backend manages them.

import Crypto
import Domain
import Routing

enum Webhooks {
    typealias One = Envelope<WrittenOutcome, NoElement, WebhookFace>
    typealias List = Envelope<WebhookPage, NoElement, [WebhookFace]>
    typealias Done = Envelope<WrittenOutcome, NoElement, UserMutes.Okay>
    typealias OneDelivery = Envelope<WrittenOutcome, NoElement, DeliveryFace>
    typealias Transcript = Envelope<WrittenOutcome, NoElement, TranscriptFace>
    typealias Deliveries = Envelope<WebhookPage, NoElement, [DeliveryFace]>
    typealias Ping = Envelope<WrittenOutcome, NoElement, PingFace>

    private static let path = "/webhooks"

    /// Pages of endpoints and of deliveries.
    enum Rows: PageRows {
        static let standard: Int? = 20
        static let maximum = 100
    }

    /// The endpoint that the path names.
    static func find(_ call: Call, in store: any Reader) throws(Failure) -> Webhook {
        try WebhookRules.find(call["webhook_id"], in: store)
    }

    /// Holds the server to being able to deliver.
    static func requireDelivery(_ call: Call) throws(Failure) {
        guard let obstacle = call.services.webhooks.obstacle else { return }
        throw .invalid(field: "url", .refused("can't be delivered to: \(obstacle)"))
    }

    // MARK: Endpoints

    static func create(_ call: Call, _ input: WebhookInput, _ store: any Writer) throws(Failure) -> One {
        try requireDelivery(call)
        let webhook = try WebhookRules.create(
            input.draft,
            secret: StandardWebhook.secret(),
            networks: call.services.webhooks.networks,
            at: call.now,
            in: store
        )
        return One(call, "post", path: path, data: WebhookFace(webhook: webhook, showsSecret: true))
    }

    static func list(_ call: Call, _ input: PageInput<Rows>, _ store: any Reader) throws(Failure) -> List {
        let page = try WebhookRules.page(
            input.rows ?? Rows.maximum,
            after: try input.position(in: .webhooks, of: call.application.id.rawValue),
            of: call.application,
            in: store
        )
        var reply = List(call, "get", path: path, data: page.elements.map { WebhookFace(webhook: $0) })
        reply.cursor = page.next
        return reply
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> One {
        One(call, "get", path: path, data: WebhookFace(webhook: try find(call, in: store)))
    }

    static func update(_ call: Call, _ input: WebhookInput, _ store: any Writer) throws(Failure) -> One {
        let webhook = try WebhookRules.update(
            try find(call, in: store),
            input.draft,
            networks: call.services.webhooks.networks,
            at: call.now,
            in: store
        )
        let showsSecret = input.draft.secret != nil
        return One(call, "put", path: path, data: WebhookFace(webhook: webhook, showsSecret: showsSecret))
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> One {
        let webhook = try find(call, in: store)
        try WebhookRules.delete(webhook, at: call.now, in: store)
        return One(call, "delete", path: path, data: WebhookFace(webhook: webhook))
    }

    static func rotate(_ call: Call, _ input: WebhookSecretInput, _ store: any Writer) throws(Failure) -> One
    {
        let webhook = try WebhookRules.rotate(
            try find(call, in: store),
            to: input.secret ?? StandardWebhook.secret(),
            at: call.now,
            in: store
        )
        return One(call, "post", path: path, data: WebhookFace(webhook: webhook, showsSecret: true))
    }

    static func ping(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Outside<Ping> {
        let webhook = try find(call, in: store)
        let application = call.application
        let name = "\(application.organization.name)#\(application.name)"
        let id = "ping_\(call.services.secrets.uuid(at: call.now).text)"
        return Outside { completion in
            let isSent = call.services.webhooks.ping(webhook, of: name, id: id) { answer in
                completion(.success(Ping(call, "post", path: path, data: PingFace(answer: answer))))
            }
            if !isSent { completion(.failure(.overloaded(retryAfterSeconds: 1))) }
        }
    }

    // MARK: Deliveries

    static func deliveries(_ call: Call, _ input: DeliveryPageInput, _ store: any Reader) throws(Failure)
        -> Deliveries
    {
        let webhook = try find(call, in: store)
        let page = try WebhookRules.deliveries(
            to: webhook,
            in: input.states,
            input.page.rows ?? Rows.maximum,
            after: try input.page.position(in: .deliveries, of: webhook.id.rawValue),
            in: store
        )
        var reply = Deliveries(call, "get", path: path, data: page.elements.map(DeliveryFace.init))
        reply.cursor = page.next
        return reply
    }

    static func transcript(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Transcript {
        let webhook = try find(call, in: store)
        let found = try WebhookRules.transcript(call["delivery_id"], to: webhook, in: store)
        return Transcript(call, "get", path: path, data: TranscriptFace(transcript: found))
    }

    static func retry(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> OneDelivery {
        let webhook = try find(call, in: store)
        let found = try WebhookRules.transcript(call["delivery_id"], to: webhook, in: store)
        let delivery = try WebhookRules.retry(found.delivery, to: webhook, in: store)
        return OneDelivery(call, "post", path: path, data: DeliveryFace(delivery: delivery))
    }

    static func replay(_ call: Call, _ input: ReplayInput, _ store: any Writer) throws(Failure) -> Done {
        try WebhookRules.replay(
            to: try find(call, in: store),
            after: input.after,
            before: input.before,
            selectors: input.types,
            at: call.now,
            in: store
        )
        return Done(call, "post", path: path, data: UserMutes.Okay())
    }
}
