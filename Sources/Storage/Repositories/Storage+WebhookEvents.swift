// Recording events: one row in the transaction that made it, and one for each endpoint that asks for it.

import Domain
import Glibc

private enum EventQueries {
    static let watched = Query(
        """
        SELECT webhooks.application, webhooks.id, webhooks.events, webhooks.format, webhooks.inquiry, webhooks.messages,
            organizations.name || '#' || applications.name
        FROM webhooks
        CROSS JOIN applications ON applications.id = webhooks.application
        CROSS JOIN organizations ON organizations.id = applications.organization
        WHERE webhooks.active = 1 ORDER BY webhooks.id
        """
    )
    static let applications = Query(
        """
        SELECT id FROM applications WHERE removed = 0 AND (
            EXISTS (SELECT 1 FROM webhooks WHERE application = applications.id)
            OR EXISTS (SELECT 1 FROM webhook_chores WHERE application = applications.id)
            OR EXISTS (SELECT 1 FROM webhook_events WHERE application = applications.id))
        """
    )
    static let backlog = Query("SELECT count(*), min(created) FROM webhook_deliveries WHERE state IN (0, 1)")
    static let client = Query("SELECT client_id FROM credentials WHERE id = ?1")
    static let administrator = Query("SELECT name FROM administrators WHERE id = ?1")
    static let insert = Query(
        "INSERT INTO webhook_events (application, id, name, lane, created, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    )
    static let queue = Query(
        """
        INSERT INTO webhook_deliveries (application, id, webhook, event, name, lane, created, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)
        """
    )
    static let online = Query(
        """
        INSERT INTO announced_online (application, user)
        SELECT application, id FROM users WHERE id = ?2 AND application = ?1
        ON CONFLICT DO NOTHING
        """
    )
    static let offline = Query("DELETE FROM announced_online WHERE application = ?1 AND user = ?2")
    static let announced = Query(
        "SELECT user FROM announced_online WHERE application = ?1 AND user > ?2 ORDER BY user LIMIT ?3"
    )
}

extension DirectoryStore {
    func webhookApplications() throws(Failure) -> [ApplicationID] {
        try prepare(EventQueries.applications).rows { $0.id(0) }
    }

    func webhookBacklog() throws(Failure) -> WebhookBacklog {
        let found = try prepare(EventQueries.backlog).first { row in
            WebhookBacklog(
                pending: Int(row.int64(0)),
                oldest: row.isNull(1) ? nil : Timestamp(milliseconds: row.int64(1))
            )
        }
        return found ?? WebhookBacklog(pending: 0, oldest: nil)
    }
}

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

extension Connection {
    /// The endpoints of an application; nil where it has none that is active.
    ///
    /// All endpoints are read when the first event is recorded, and again once one was changed.
    func watch(of application: ApplicationID) throws(Failure) -> EventWatch? {
        if let watches { return watches[application] }
        var read: [ApplicationID: EventWatch] = [:]
        let rows = try prepare(EventQueries.watched).rows { row in
            (application: row.id(0) as ApplicationID, name: row.text(6), endpoint: row.watchedEndpoint())
        }
        for row in rows {
            read[row.application, default: EventWatch(application: row.name)].add(row.endpoint)
        }
        watches = read
        return read[application]
    }
}

extension SQLiteWriter {
    func isWatched(_ name: EventName) throws(Failure) -> Bool {
        try connection.watch(of: application)?.informed.contains(name) ?? false
    }

    func record(_ name: EventName, _ details: () throws(Failure) -> EventDetails) throws(Failure) {
        let watch = try connection.watch(of: application)
        guard session.isAudited || watch?.informed.contains(name) == true else { return }
        let details = try details()
        if session.isAudited { details.subjects.forEach(note(subject:)) }
        guard let watch, watch.informed.contains(name), let recorder = connection.recorder else { return }
        let wanting = watch.endpoints.filter { $0.wants(name, details, isFromBackend: isFromBackend) }
        guard !wanting.isEmpty else { return }
        let now = recorder.now()
        let event = RecordedEvent(
            name: name,
            time: now,
            application: watch.application,
            author: try author(),
            details: details
        )
        let id = EventID(rawValue: try nextID(at: now))
        try prepare(EventQueries.insert, id, name.rawValue, details.lane.rawValue, now, recorder.body(event))
            .run()
        for endpoint in wanting { try queue(id, name, details.lane, to: endpoint.id, at: now) }
    }

    func inquire(_ name: EventName, _ details: () throws(Failure) -> EventDetails) throws(Failure)
        -> InquiryAnswer
    {
        guard session.mayAsk, let watch = try connection.watch(of: application), watch.asked.contains(name),
            let recorder = connection.recorder
        else { return .allow }
        let details = try details()
        let asked = watch.endpoints.filter { $0.asks(name, details, isFromBackend: isFromBackend) }
        guard !asked.isEmpty else { return .allow }
        let event = RecordedEvent(
            name: name,
            time: recorder.now(),
            application: watch.application,
            author: try author(),
            details: details
        )
        var webhooks: [Webhook] = []
        for endpoint in asked {
            if let webhook = try webhook(endpoint.id) { webhooks.append(webhook) }
        }
        return try session.answer(to: Inquiry(webhooks: webhooks, event: event))
    }

    /// Queues an event for an endpoint.
    func queue(_ event: EventID, _ name: EventName, _ lane: EventLane, to id: WebhookID, at now: Timestamp)
        throws(Failure)
    {
        let delivery = DeliveryID(rawValue: try nextID(at: now))
        try prepare(EventQueries.queue, delivery, id, event, name.rawValue, lane.rawValue, now).run()
        session.deliveriesAreQueued(in: application)
    }

    /// Whether the transaction is of a backend, not of a user's client.
    var isFromBackend: Bool { if case .user = origin.caller { false } else { true } }

    private func author() throws(Failure) -> EventAuthor? {
        switch origin.caller {
        case .anonymous: nil
        case .user(let user), .manager(let user, _): .user(user.username.text)
        case .application(let id):
            try connection.prepare(EventQueries.client, id).first { $0.text(0) }.map(EventAuthor.client)
        case .administrator(let id):
            try connection.prepare(EventQueries.administrator, id).first { $0.text(0) }
                .map(EventAuthor.administrator)
        case .operator: origin.requestID == nil ? nil : .operator(Int(getuid()))
        }
    }

    func noteOnline(_ isOnline: Bool, _ user: UserID) throws(Failure) -> Bool {
        try prepare(isOnline ? EventQueries.online : EventQueries.offline, user).run() > 0
    }

    func announcedOnline(after id: UserID?, limit: Int) throws(Failure) -> [User] {
        let ids: [UserID] = try prepare(EventQueries.announced, id?.rawValue ?? 0, limit).rows { $0.id(0) }
        var users: [User] = []
        for id in ids {
            if let user = try user(id) { users.append(user) }
        }
        return users
    }
}

extension Statement {
    fileprivate func watchedEndpoint() -> EventWatch.Endpoint {
        EventWatch.Endpoint(
            id: id(1),
            events: EventSet(selectors: text(2).split(separator: " ").map(String.init)) ?? EventSet(),
            format: WebhookFormat(rawValue: text(3)) ?? .standard,
            inquiry: optionalText(4).flatMap(InquiryScope.init),
            messages: isNull(5) ? nil : MessageFilter(rawValue: int64(5))
        )
    }
}

extension EventWatch.Endpoint {
    fileprivate func wants(_ name: EventName, _ details: EventDetails, isFromBackend: Bool) -> Bool {
        guard inquiry == nil, events.contains(name), format.has(name) else { return false }
        return takes(details, isFromBackend: isFromBackend)
    }

    fileprivate func asks(_ name: EventName, _ details: EventDetails, isFromBackend: Bool) -> Bool {
        guard let inquiry, events.contains(name), inquiry == .all || !isFromBackend else { return false }
        return takes(details, isFromBackend: isFromBackend)
    }

    private func takes(_ details: EventDetails, isFromBackend: Bool) -> Bool {
        guard let messages, let message = details.message else { return true }
        return messages.contains(message, byBackend: isFromBackend)
    }
}
