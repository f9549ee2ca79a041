// Webhooks in replies.

import Crypto
import Domain
import Routing

/// A page of endpoints or deliveries.
enum WebhookPage: EnvelopeFamily {
    static let keys: [EnvelopeKey] = WrittenOutcome.keys + [.cursor]
}

/// An endpoint as its owner sees it.
struct WebhookFace: ReplyObject {
    let webhook: Webhook
    /// Whether its key is shown: only in the reply that makes or replaces it.
    var showsSecret = false

    static let schemaName: String? = "Webhook"
    static let fields: [ReplyField<WebhookFace>] = [
        .field("id") { $0.webhook.id.text },
        .field("name") { $0.webhook.name },
        .field("url") { $0.webhook.url },
        .field("events") { $0.webhook.selectors },
        .field("format") { $0.webhook.format.rawValue },
        .field("active") { $0.webhook.isActive },
        .field("timeout_ms") { $0.webhook.timeoutMilliseconds },
        .optional("before") { $0.webhook.inquiry?.rawValue },
        .optional("on_failure") { $0.webhook.inquiry == nil ? nil : $0.webhook.failurePolicy.rawValue },
        .field("created") { $0.webhook.created },
        .field("modified") { $0.webhook.modified },
        .optional("failing_since") { $0.webhook.failingSince },
        .optional("disabled_reason") { $0.webhook.disabledReason },
        .optional("secret") {
            $0.showsSecret ? StandardWebhook.text(of: $0.webhook.secrets.current) : nil
        },
    ]
}

/// A delivery in a list.
struct DeliveryFace: ReplyObject {
    let delivery: WebhookDelivery

    static let schemaName: String? = "WebhookDelivery"
    static let fields: [ReplyField<DeliveryFace>] = [
        .field("id") { $0.delivery.id.text },
        .field("event") { $0.delivery.event.text },
        .field("type") { $0.delivery.name.rawValue },
        .field("state") { $0.delivery.state.word },
        .field("attempts") { $0.delivery.attempts },
        .field("created") { $0.delivery.created },
        .optional("attempted") { $0.delivery.attempted },
        .optional("status") { $0.delivery.status },
        .optional("error") { $0.delivery.error },
        .optional("next_attempt") { $0.delivery.due.flatMap { $0.milliseconds > 0 ? $0 : nil } },
        .optional("duration_ms") { $0.delivery.durationMilliseconds },
    ]
}

/// A delivery with what went over the wire last.
struct TranscriptFace: ReplyObject {
    let transcript: DeliveryTranscript

    struct Request: ReplyObject {
        let headers: ReplyMap<String>
        let body: String

        static let schemaName: String? = "WebhookRequest"
        static let fields: [ReplyField<Request>] = [
            .field("headers") { $0.headers }, .field("body") { $0.body },
        ]
    }

    struct Response: ReplyObject {
        let status: Int?
        let headers: ReplyMap<String>
        let body: String

        static let schemaName: String? = "WebhookResponse"
        static let fields: [ReplyField<Response>] = [
            .optional("status") { $0.status }, .field("headers") { $0.headers }, .field("body") { $0.body },
        ]
    }

    private static func own<Value: ReplyValue>(
        _ name: StaticString,
        _ value: @escaping @Sendable (WebhookDelivery) -> Value?
    ) -> ReplyField<TranscriptFace> {
        .optional(name) { value($0.transcript.delivery) }
    }

    static let schemaName: String? = "WebhookDeliveryDetails"
    static let fields: [ReplyField<TranscriptFace>] = [
        .field("id") { $0.transcript.delivery.id.text },
        .field("event") { $0.transcript.delivery.event.text },
        .field("type") { $0.transcript.delivery.name.rawValue },
        .field("state") { $0.transcript.delivery.state.word },
        .field("attempts") { $0.transcript.delivery.attempts },
        .field("created") { $0.transcript.delivery.created },
        own("attempted") { $0.attempted }, own("status") { $0.status }, own("error") { $0.error },
        own("next_attempt") { $0.due.flatMap { $0.milliseconds > 0 ? $0 : nil } },
        own("duration_ms") { $0.durationMilliseconds },
        .optional("request") { $0.request }, .optional("response") { $0.response },
    ]

    private var request: Request? {
        if let exchange = transcript.exchange {
            return Request(
                headers: Self.headers(exchange.requestFields),
                // The event's own body stands with the event.
                body: exchange.requestBody.isEmpty ? storedBody : exchange.requestBody
            )
        }
        return transcript.body == nil ? nil : Request(headers: ReplyMap([]), body: storedBody)
    }

    private var storedBody: String {
        String(decoding: (transcript.body ?? []).prefix(RecordedExchange.maximumBodyBytes), as: UTF8.self)
    }

    private var response: Response? {
        guard let exchange = transcript.exchange, let status = transcript.delivery.status else { return nil }
        return Response(
            status: status,
            headers: Self.headers(exchange.responseFields),
            body: exchange.responseBody
        )
    }

    /// Fields by name; the values of one that came more than once stand together (RFC 9110 §5.3).
    private static func headers(_ lines: String) -> ReplyMap<String> {
        var members: [(key: String, value: String)] = []
        for line in lines.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if let index = members.firstIndex(where: { $0.key == name }) {
                members[index].value += ", \(value)"
            } else {
                members.append((name, String(value)))
            }
        }
        return ReplyMap(members)
    }
}

/// The answer of an endpoint to a ping.
struct PingFace: ReplyObject {
    let answer: PingAnswer

    static let schemaName: String? = "WebhookPing"
    static let fields: [ReplyField<PingFace>] = [
        .optional("status") { $0.answer.status }, .field("body") { $0.answer.body },
        .optional("error") { $0.answer.error }, .field("duration_ms") { $0.answer.durationMilliseconds },
    ]
}
