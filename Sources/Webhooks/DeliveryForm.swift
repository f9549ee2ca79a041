// The request of a delivery: body and address in the endpoint's form, and what signs it.

import Crypto
public import CurlLibrary
public import Domain
import JSON

/// Makes requests from deliveries.
public enum DeliveryForm {
    /// The request of a delivery; nil where its event is no longer stored.
    public static func request(for delivery: QueuedDelivery, to webhook: Webhook, at now: Timestamp)
        -> OutgoingRequest?
    {
        guard let body = delivery.body else { return nil }
        return request(delivery.name, body, id: delivery.event.text, to: webhook, at: now)
    }

    /// The request of a ping: an event that isn't stored.
    public static func ping(_ webhook: Webhook, of application: String, id: String, at now: Timestamp)
        -> OutgoingRequest
    {
        let event = RecordedEvent(
            name: .ping,
            time: now,
            application: application,
            author: nil,
            details: .endpoint(webhook)
        )
        let body = EventBody.bytes(of: event)
        return request(.ping, body, id: id, to: webhook, at: now)
            ?? signed(body, url: webhook.url, id: id, webhook, at: now)
    }

    private static func request(
        _ name: EventName,
        _ body: [UInt8],
        id: String,
        to webhook: Webhook,
        at now: Timestamp
    ) -> OutgoingRequest? {
        switch webhook.format {
        case .standard:
            return signed(body, url: webhook.url, id: id, webhook, at: now)
        case .easemob:
            guard let event = StandardEvent(name, body, id: id) else { return nil }
            let secret = VendorRule(webhook).secret
            let converted = EasemobForm.body(of: event, secret: secret)
            return signed(converted, url: webhook.url, id: id, webhook, at: now)
        case .openim:
            guard let event = StandardEvent(name, body, id: id) else { return nil }
            let (command, converted) = OpenIMForm.body(of: event)
            let url = OpenIMForm.address(webhook.url, of: command)
            return signed(converted, url: url, id: id, webhook, at: now)
        }
    }

    /// A request with the fields of Standard Webhooks.
    static func signed(
        _ body: [UInt8],
        url: String,
        id: String,
        _ webhook: Webhook,
        at now: Timestamp,
        keptBytes: Int = RecordedExchange.maximumBodyBytes
    ) -> OutgoingRequest {
        OutgoingRequest(
            url: url,
            fields: [
                ("Content-Type", "application/json"), ("webhook-id", id),
                ("webhook-timestamp", String(now.seconds)),
                (
                    "webhook-signature",
                    StandardWebhook.signatures(
                        body,
                        id: id,
                        timestamp: now.seconds,
                        secrets: webhook.secrets.signing(at: now)
                    )
                ),
            ],
            body: body,
            timeoutMilliseconds: webhook.timeoutMilliseconds,
            keptBytes: keptBytes
        )
    }
}

/// The parts of a vendor's rule that its requests need.
struct VendorRule {
    /// The secret of the vendor's signature: the rule's own secret, or the endpoint's as it is shown.
    let secret: String

    init(_ webhook: Webhook) {
        let own = webhook.rule.flatMap { try? JSONDocument($0).root["secret"]?.string }
        secret = own ?? StandardWebhook.text(of: webhook.secrets.current)
    }
}

/// An event in the standard form, read again to be written in another one.
struct StandardEvent {
    let name: EventName
    let id: String
    /// `data`.
    let data: JSONView
    /// `org#app`.
    let application: String
    /// When it was, in milliseconds since 1970.
    let time: Int64
    private let document: JSONDocument

    init?(_ name: EventName, _ body: [UInt8], id: String) {
        guard let document = try? JSONDocument(body), let data = document.root["data"] else { return nil }
        self.document = document
        self.name = name
        self.id = id
        self.data = data
        application = data["application"]?.string ?? ""
        time =
            data["message"]?["timestamp"]?.int64
            ?? document.root["timestamp"]?.string.flatMap(InternetTime.milliseconds) ?? 0
    }

    /// A text of `data`; empty where there is none.
    func text(_ key: StaticString) -> String { data[key.description]?.string ?? "" }

    /// The message of `data`.
    var message: JSONView? { data["message"].flatMap { $0.kind == .object ? $0 : nil } }

    /// The name of the user who did it; the application's own name for those who are none.
    var author: String { data["by"]?["user"]?.string ?? "admin" }

    /// Whether it is of a room.
    var isRoom: Bool { name.family == "room" }
}
