// The endpoints of webhooks as the writer's connection remembers them, and the recorder of their events.

import Domain

/// How an event becomes the bytes that are stored, and when it was.
struct EventRecorder: Sendable {
    let now: @Sendable () -> Timestamp
    let body: @Sendable (RecordedEvent) -> [UInt8]
}

/// The active endpoints of one application, as the writer remembers them.
struct EventWatch {
    struct Endpoint {
        let id: WebhookID
        let events: EventSet
        let format: WebhookFormat
        let inquiry: InquiryScope?
        let messages: MessageFilter?
    }

    /// `org#app`.
    let application: String
    /// The events that any of them is informed of afterwards.
    var informed = EventSet()
    /// The events that any of them is asked about before.
    var asked = EventSet()
    var endpoints: [Endpoint] = []

    mutating func add(_ endpoint: Endpoint) {
        endpoints.append(endpoint)
        if endpoint.inquiry == nil {
            informed.formUnion(endpoint.events)
        } else {
            asked.formUnion(endpoint.events)
        }
    }
}
