// The chores of webhooks on many rows, on SQLite: in slices, so that nobody waits for all of it.

import Domain

private enum ChoreQueries {
    static let all = Query(
        """
        SELECT id, webhook, kind, first_event, row_end, after_time, before_time, selectors FROM webhook_chores
        WHERE application = ?1 ORDER BY id LIMIT 100
        """
    )
    static let insert = Query(
        """
        INSERT INTO webhook_chores (application, id, webhook, kind, first_event, row_end, after_time, before_time, selectors)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """
    )
    static let advance = Query(
        "UPDATE webhook_chores SET first_event = ?3 WHERE id = ?2 AND application = ?1"
    )
    static let delete = Query("DELETE FROM webhook_chores WHERE id = ?2 AND application = ?1")
    static let remove = Query(
        """
        DELETE FROM webhook_deliveries WHERE id IN
            (SELECT id FROM webhook_deliveries WHERE application = ?1 AND webhook = ?2 LIMIT ?3)
        """
    )
    static let giveUp = Query(
        """
        UPDATE webhook_deliveries SET state = 3, due = NULL, error = ?6 WHERE id IN
            (SELECT id FROM webhook_deliveries
            WHERE application = ?1 AND webhook = ?2 AND state = ?3 AND id < ?4 LIMIT ?5)
        """
    )
    static let events = Query(
        """
        SELECT id, name, lane, created FROM webhook_events
        WHERE application = ?1 AND id >= ?2 AND id < ?3 ORDER BY id LIMIT ?4
        """
    )
    static let oldDeliveries = Query(
        """
        DELETE FROM webhook_deliveries WHERE created < ?4 AND id IN
            (SELECT id FROM webhook_deliveries
            WHERE application = ?1 AND webhook = ?2 AND state = ?3 ORDER BY id LIMIT ?5)
        """
    )
    static let oldEvents = Query(
        """
        DELETE FROM webhook_events WHERE created < ?2 AND id IN
            (SELECT id FROM webhook_events WHERE application = ?1 ORDER BY id LIMIT ?3)
        """
    )
}

extension TenantStore {
    func webhookChores() throws(Failure) -> [WebhookChore] {
        try prepare(ChoreQueries.all).rows { row in
            WebhookChore(
                id: row.int64(0),
                webhook: row.id(1),
                kind: WebhookChore.Kind(rawValue: row.int(2)) ?? .remove,
                first: row.id(3),
                end: row.int64(4),
                after: row.timestamp(5),
                before: row.timestamp(6),
                selectors: row.text(7).split(separator: " ").map(String.init)
            )
        }
    }
}

extension SQLiteWriter {
    func insert(_ chore: WebhookChore) throws(Failure) {
        try prepare(
            ChoreQueries.insert,
            chore.id,
            chore.webhook,
            chore.kind.rawValue,
            chore.first,
            chore.end,
            chore.after,
            chore.before,
            chore.selectors.joined(separator: " ")
        ).run()
        session.webhooksHaveChanged(in: application)
    }

    func perform(_ chore: WebhookChore, rows: Int) throws(Failure) -> Bool {
        let hasMore =
            switch chore.kind {
            case .remove: try prepare(ChoreQueries.remove, chore.webhook, rows).run() == rows
            case .giveUp: try giveUp(chore, rows: rows)
            case .replay: try replay(chore, rows: rows)
            }
        if !hasMore { try prepare(ChoreQueries.delete, chore.id).run() }
        return hasMore
    }

    private func giveUp(_ chore: WebhookChore, rows: Int) throws(Failure) -> Bool {
        for state in [DeliveryState.fresh, .waiting] {
            let changed = try prepare(
                ChoreQueries.giveUp,
                chore.webhook,
                state.rawValue,
                chore.end,
                rows,
                WebhookRules.givenUp
            ).run()
            if changed == rows { return true }
        }
        return false
    }

    private func replay(_ chore: WebhookChore, rows: Int) throws(Failure) -> Bool {
        guard try webhook(chore.webhook)?.isActive == true, let recorder = connection.recorder else {
            return false
        }
        let wanted = chore.selectors.isEmpty ? nil : EventSet(selectors: chore.selectors)
        let events = try prepare(ChoreQueries.events, chore.first, chore.end, rows).rows { row in
            (
                id: row.id(0) as EventID, name: EventName(rawValue: row.text(1)), lane: row.int64(2),
                time: row.timestamp(3)
            )
        }
        let now = recorder.now()
        for event in events {
            guard let name = event.name, wanted?.contains(name) ?? true, event.time >= chore.after,
                event.time < chore.before
            else { continue }
            try queue(event.id, name, EventLane(rawValue: event.lane), to: chore.webhook, at: now)
        }
        guard events.count == rows, let last = events.last else { return false }
        try prepare(ChoreQueries.advance, chore.id, last.id.rawValue + 1).run()
        return true
    }

    func forgetEvents(before moment: Timestamp, rows: Int) throws(Failure) -> Bool {
        // Rows are numbered in the order of their times, so the old ones are the first.
        var hasMore = try prepare(ChoreQueries.oldEvents, moment, rows).run() == rows
        for webhook in try webhooks(after: nil, limit: 1000) {
            for state in DeliveryState.allCases {
                let count = try prepare(ChoreQueries.oldDeliveries, webhook.id, state.rawValue, moment, rows)
                    .run()
                if count == rows { hasMore = true }
            }
        }
        return hasMore
    }
}
