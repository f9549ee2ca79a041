// The repository of deliveries on SQLite: the queue of each endpoint, and what became of it.

import Domain

private let deliveryColumns: StaticString = """
    id, webhook, event, name, lane, state, attempts, due, attempted, status, error, duration_ms, created
    """

private let queuedColumns: StaticString = """
    SELECT deliveries.id, deliveries.event, deliveries.name, deliveries.lane, deliveries.attempts, webhook_events.body
    FROM webhook_deliveries AS deliveries LEFT JOIN webhook_events ON webhook_events.id = deliveries.event
    """

private enum DeliveryQueries {
    static let page = Query(
        "SELECT",
        deliveryColumns,
        """
        FROM webhook_deliveries WHERE application = ?1 AND webhook = ?2 AND state = ?3 AND id < ?4
        ORDER BY id DESC LIMIT ?5
        """
    )
    static let transcript = Query(
        "SELECT",
        deliveryColumns,
        """
        , request_fields, request_body, response_fields, response_body,
            (SELECT body FROM webhook_events WHERE webhook_events.id = webhook_deliveries.event)
        FROM webhook_deliveries WHERE id = ?3 AND application = ?1 AND webhook = ?2
        """
    )
    static let fresh = Query(
        queuedColumns,
        """
        WHERE deliveries.application = ?1 AND deliveries.webhook = ?2 AND deliveries.state = 0 AND deliveries.id > ?3
        ORDER BY deliveries.id LIMIT ?4
        """
    )
    static let due = Query(
        queuedColumns,
        """
        WHERE deliveries.application = ?1 AND deliveries.webhook = ?2 AND deliveries.state = 1 AND deliveries.due <= ?3
        ORDER BY deliveries.due LIMIT ?4
        """
    )
    static let nextDue = Query(
        "SELECT min(due) FROM webhook_deliveries WHERE application = ?1 AND webhook = ?2 AND state = 1"
    )
    static let pending = Query(
        """
        SELECT count(*),
            (SELECT created FROM webhook_deliveries WHERE id = (SELECT min(id) FROM webhook_deliveries
            WHERE application = ?1 AND webhook = ?2 AND state IN (0, 1)))
        FROM webhook_deliveries WHERE application = ?1 AND webhook = ?2 AND state IN (0, 1)
        """
    )
    static let settle = Query(
        """
        UPDATE webhook_deliveries SET state = ?4, attempts = ?5, due = ?6, attempted = ?7, status = ?8, error = ?9,
            duration_ms = ?10
        WHERE id = ?2 AND application = ?1 AND webhook = ?3
        """
    )
    static let settleWithExchange = Query(
        """
        UPDATE webhook_deliveries SET state = ?4, attempts = ?5, due = ?6, attempted = ?7, status = ?8, error = ?9,
            duration_ms = ?10, request_fields = ?11, request_body = ?12, response_fields = ?13, response_body = ?14
        WHERE id = ?2 AND application = ?1 AND webhook = ?3
        """
    )
}

extension TenantStore {
    func deliveries(
        to id: WebhookID,
        in states: [DeliveryState],
        before: DeliveryID?,
        limit: Int
    ) throws(Failure) -> [WebhookDelivery] {
        var rows: [WebhookDelivery] = []
        for state in states {
            let end = before ?? DeliveryID(rawValue: .max)
            rows += try prepare(DeliveryQueries.page, id, state.rawValue, end, limit).rows { $0.delivery() }
        }
        return Array(rows.sorted { $0.id > $1.id }.prefix(limit))
    }

    func transcript(of id: DeliveryID, to webhook: WebhookID) throws(Failure) -> DeliveryTranscript? {
        try prepare(DeliveryQueries.transcript, webhook, id).first { row in
            DeliveryTranscript(
                delivery: row.delivery(),
                body: row.isNull(17) ? nil : row.bytes(17),
                exchange: row.isNull(13)
                    ? nil
                    : RecordedExchange(
                        requestFields: row.text(13),
                        requestBody: row.text(14),
                        responseFields: row.text(15),
                        responseBody: row.text(16)
                    )
            )
        }
    }

    func freshDeliveries(to id: WebhookID, after: DeliveryID?, limit: Int) throws(Failure) -> [QueuedDelivery]
    {
        try prepare(DeliveryQueries.fresh, id, after?.rawValue ?? 0, limit).rows { $0.queuedDelivery() }
    }

    func dueDeliveries(to id: WebhookID, at now: Timestamp, limit: Int) throws(Failure) -> [QueuedDelivery] {
        try prepare(DeliveryQueries.due, id, now, limit).rows { $0.queuedDelivery() }
    }

    func nextDue(to id: WebhookID) throws(Failure) -> Timestamp? {
        try prepare(DeliveryQueries.nextDue, id).first { $0.optionalTimestamp(0) } ?? nil
    }

    func backlog(of id: WebhookID) throws(Failure) -> WebhookBacklog {
        try prepare(DeliveryQueries.pending, id).first { row in
            WebhookBacklog(pending: row.int(0), oldest: row.optionalTimestamp(1))
        } ?? WebhookBacklog(pending: 0, oldest: nil)
    }
}

extension SQLiteWriter {
    func settle(_ delivery: WebhookDelivery, _ exchange: RecordedExchange?) throws(Failure) {
        let id = delivery.id
        if let exchange {
            try prepare(
                DeliveryQueries.settleWithExchange,
                id,
                delivery.webhook,
                delivery.state.rawValue,
                delivery.attempts,
                delivery.due,
                delivery.attempted,
                delivery.status,
                delivery.error,
                delivery.durationMilliseconds,
                exchange.requestFields,
                exchange.requestBody,
                exchange.responseFields,
                exchange.responseBody
            ).run()
        } else {
            try prepare(
                DeliveryQueries.settle,
                id,
                delivery.webhook,
                delivery.state.rawValue,
                delivery.attempts,
                delivery.due,
                delivery.attempted,
                delivery.status,
                delivery.error,
                delivery.durationMilliseconds
            ).run()
        }
        if delivery.state == .waiting || delivery.state == .fresh {
            session.deliveriesAreQueued(in: application)
        }
    }
}

extension Statement {
    fileprivate func delivery() -> WebhookDelivery {
        WebhookDelivery(
            id: id(0),
            webhook: id(1),
            event: id(2),
            name: EventName(rawValue: text(3)) ?? .ping,
            lane: EventLane(rawValue: int64(4)),
            created: timestamp(12),
            state: DeliveryState(rawValue: int(5)) ?? .failed,
            attempts: int(6),
            due: optionalTimestamp(7),
            attempted: optionalTimestamp(8),
            status: optionalInt(9),
            error: optionalText(10),
            durationMilliseconds: optionalInt(11)
        )
    }

    fileprivate func queuedDelivery() -> QueuedDelivery {
        QueuedDelivery(
            id: id(0),
            event: id(1),
            name: EventName(rawValue: text(2)) ?? .ping,
            lane: EventLane(rawValue: int64(3)),
            attempts: int(4),
            body: isNull(5) ? nil : bytes(5)
        )
    }
}
