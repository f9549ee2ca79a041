// The repository of webhooks, in memory.

import Domain

extension Tables {
    struct WebhookRow {
        let application: ApplicationID
        var webhook: Webhook
    }

    struct EventRow {
        let application: ApplicationID
        let name: EventName
        let lane: EventLane
        let created: Timestamp
        let body: [UInt8]
    }

    struct DeliveryRow {
        let application: ApplicationID
        var delivery: WebhookDelivery
        var exchange: RecordedExchange?
    }

    struct ChoreRow {
        let application: ApplicationID
        var chore: WebhookChore
    }
}

extension MemoryStore {
    private var ownWebhooks: [Webhook] {
        tables.webhooks.values.filter { $0.application == application }.map(\.webhook)
            .sorted { $0.id < $1.id }
    }

    func webhooks(after id: WebhookID?, limit: Int) -> [Webhook] {
        Array(ownWebhooks.filter { $0.id.rawValue > id?.rawValue ?? 0 }.prefix(limit))
    }

    func webhook(_ id: WebhookID) -> Webhook? { ownWebhooks.first { $0.id == id } }

    func webhookCount() -> Int { ownWebhooks.count }

    func insert(_ webhook: Webhook) {
        database.tables.webhooks[webhook.id] = Tables.WebhookRow(application: application, webhook: webhook)
        announce(.webhooksChanged)
    }

    func update(_ webhook: Webhook) {
        if self.webhook(webhook.id) != nil { database.tables.webhooks[webhook.id]?.webhook = webhook }
        announce(.webhooksChanged)
    }

    func deleteWebhook(_ id: WebhookID) {
        if webhook(id) != nil { database.tables.webhooks[id] = nil }
        announce(.webhooksChanged)
    }

    // MARK: Events

    func isWatched(_ name: EventName) -> Bool { ownWebhooks.contains { $0.isInformed(of: name) } }

    func record(_ name: EventName, _ details: () throws(Failure) -> EventDetails) throws(Failure) {
        guard isAudited || isWatched(name) else { return }
        let details = try details()
        details.subjects.forEach(note(subject:))
        let isFromBackend = if case .user = origin.caller { false } else { true }
        let wanting = ownWebhooks.filter { webhook in
            guard webhook.isInformed(of: name), webhook.format.has(name) else { return false }
            guard let messages = webhook.messages, let message = details.message else { return true }
            return messages.contains(message, byBackend: isFromBackend)
        }
        guard !wanting.isEmpty else { return }
        let event = EventID(rawValue: nextID(at: MemoryDatabase.now))
        database.tables.webhookEvents[event] = Tables.EventRow(
            application: application,
            name: name,
            lane: details.lane,
            created: MemoryDatabase.now,
            body: Array(name.rawValue.utf8)
        )
        for webhook in wanting { try queue(event, name, details.lane, to: webhook.id) }
    }

    func inquire(_ name: EventName, _ details: () throws(Failure) -> EventDetails) throws(Failure)
        -> InquiryAnswer
    { .allow }

    private func queue(_ event: EventID, _ name: EventName, _ lane: EventLane, to webhook: WebhookID)
        throws(Failure)
    {
        let id = DeliveryID(rawValue: nextID(at: MemoryDatabase.now))
        let delivery = WebhookDelivery(
            id: id,
            webhook: webhook,
            event: event,
            name: name,
            lane: lane,
            created: MemoryDatabase.now
        )
        database.tables.deliveries[id] = Tables.DeliveryRow(application: application, delivery: delivery)
        announceOnce(.deliveriesQueued)
    }

    private func announceOnce(_ event: Event) {
        let announcement = Announcement(application: application, event: event)
        if database.pending.last != announcement { database.pending.append(announcement) }
    }

    // MARK: Deliveries

    private func rows(to id: WebhookID, _ states: [DeliveryState]) -> [Tables.DeliveryRow] {
        tables.deliveries.values.filter {
            $0.application == application && $0.delivery.webhook == id && states.contains($0.delivery.state)
        }.sorted { $0.delivery.id < $1.delivery.id }
    }

    func deliveries(to id: WebhookID, in states: [DeliveryState], before: DeliveryID?, limit: Int)
        -> [WebhookDelivery]
    {
        let rows = rows(to: id, states).map(\.delivery).filter { $0.id.rawValue < before?.rawValue ?? .max }
        return Array(rows.reversed().prefix(limit))
    }

    func transcript(of id: DeliveryID, to webhook: WebhookID) -> DeliveryTranscript? {
        guard let row = tables.deliveries[id], row.application == application, row.delivery.webhook == webhook
        else { return nil }
        return DeliveryTranscript(
            delivery: row.delivery,
            body: tables.webhookEvents[row.delivery.event]?.body,
            exchange: row.exchange
        )
    }

    private func queued(_ row: Tables.DeliveryRow) -> QueuedDelivery {
        let delivery = row.delivery
        return QueuedDelivery(
            id: delivery.id,
            event: delivery.event,
            name: delivery.name,
            lane: delivery.lane,
            attempts: delivery.attempts,
            body: tables.webhookEvents[delivery.event]?.body
        )
    }

    func freshDeliveries(to id: WebhookID, after: DeliveryID?, limit: Int) -> [QueuedDelivery] {
        let rows = rows(to: id, [.fresh]).filter { $0.delivery.id.rawValue > after?.rawValue ?? 0 }
        return rows.prefix(limit).map(queued)
    }

    private func waiting(_ id: WebhookID) -> [(due: Timestamp, row: Tables.DeliveryRow)] {
        rows(to: id, [.waiting]).compactMap { row in row.delivery.due.map { ($0, row) } }
            .sorted { $0.due < $1.due }
    }

    func dueDeliveries(to id: WebhookID, at now: Timestamp, limit: Int) -> [QueuedDelivery] {
        waiting(id).filter { $0.due <= now }.prefix(limit).map { queued($0.row) }
    }

    func nextDue(to id: WebhookID) -> Timestamp? { waiting(id).first?.due }

    func backlog(of id: WebhookID) -> WebhookBacklog {
        let rows = rows(to: id, [.fresh, .waiting])
        return WebhookBacklog(pending: rows.count, oldest: rows.first?.delivery.created)
    }

    func settle(_ delivery: WebhookDelivery, _ exchange: RecordedExchange?) {
        guard let row = tables.deliveries[delivery.id], row.application == application,
            row.delivery.webhook == delivery.webhook
        else { return }
        database.tables.deliveries[delivery.id]?.delivery = delivery
        if let exchange { database.tables.deliveries[delivery.id]?.exchange = exchange }
        if delivery.state.word == "pending" { announceOnce(.deliveriesQueued) }
    }

    // MARK: Chores

    func webhookChores() -> [WebhookChore] {
        tables.chores.filter { $0.application == application }.map(\.chore)
    }

    func insert(_ chore: WebhookChore) {
        database.tables.chores.append(Tables.ChoreRow(application: application, chore: chore))
        announce(.webhooksChanged)
    }

    func perform(_ chore: WebhookChore, rows: Int) throws(Failure) -> Bool {
        let hasMore =
            switch chore.kind {
            case .remove: remove(chore, rows)
            case .giveUp: giveUp(chore, rows)
            case .replay: try replay(chore, rows)
            }
        if !hasMore { database.tables.chores.removeAll { $0.chore.id == chore.id } }
        return hasMore
    }

    private func remove(_ chore: WebhookChore, _ limit: Int) -> Bool {
        let rows = rows(to: chore.webhook, DeliveryState.allCases).prefix(limit)
        for row in rows { database.tables.deliveries[row.delivery.id] = nil }
        return rows.count == limit
    }

    private func giveUp(_ chore: WebhookChore, _ limit: Int) -> Bool {
        let rows = rows(to: chore.webhook, [.fresh, .waiting]).filter { $0.delivery.id.rawValue < chore.end }
        for row in rows.prefix(limit) {
            var delivery = row.delivery
            (delivery.state, delivery.due, delivery.error) = (.failed, nil, WebhookRules.givenUp)
            database.tables.deliveries[delivery.id]?.delivery = delivery
        }
        return rows.count >= limit
    }

    private func replay(_ chore: WebhookChore, _ limit: Int) throws(Failure) -> Bool {
        guard webhook(chore.webhook)?.isActive == true else { return false }
        let wanted = chore.selectors.isEmpty ? nil : EventSet(selectors: chore.selectors)
        let events = tables.webhookEvents.filter {
            $0.value.application == application && $0.key >= chore.first && $0.key.rawValue < chore.end
        }.sorted { $0.key < $1.key }.prefix(limit)
        for (id, event) in events
        where wanted?.contains(event.name) ?? true && event.created >= chore.after
            && event.created < chore.before
        {
            try queue(id, event.name, event.lane, to: chore.webhook)
        }
        guard events.count == limit, let last = events.last else { return false }
        if let index = tables.chores.firstIndex(where: { $0.chore.id == chore.id }) {
            database.tables.chores[index].chore = WebhookChore(
                id: chore.id,
                webhook: chore.webhook,
                kind: .replay,
                first: EventID(rawValue: last.key.rawValue + 1),
                end: chore.end,
                after: chore.after,
                before: chore.before,
                selectors: chore.selectors
            )
        }
        return true
    }

    func forgetEvents(before moment: Timestamp, rows: Int) -> Bool {
        let deliveries = tables.deliveries.filter {
            $0.value.application == application && $0.value.delivery.created < moment
        }.keys.sorted().prefix(rows)
        let events = tables.webhookEvents.filter {
            $0.value.application == application && $0.value.created < moment
        }.keys.sorted().prefix(rows)
        for id in deliveries { database.tables.deliveries[id] = nil }
        for id in events { database.tables.webhookEvents[id] = nil }
        return deliveries.count == rows || events.count == rows
    }

    // MARK: Presence

    func noteOnline(_ isOnline: Bool, _ user: UserID) -> Bool {
        guard self.user(user) != nil else { return false }
        return isOnline
            ? database.tables.announcedOnline.insert(user).inserted
            : database.tables.announcedOnline.remove(user) != nil
    }

    func announcedOnline(after id: UserID?, limit: Int) -> [User] {
        let users = tables.announcedOnline.compactMap { self.user($0) }.sorted { $0.id < $1.id }
        return Array(users.filter { $0.id.rawValue > id?.rawValue ?? 0 }.prefix(limit))
    }
}

extension MemoryAdministrationStore {
    func webhookApplications() -> [ApplicationID] {
        let tables = database.tables
        let found =
            tables.webhooks.values.map(\.application) + tables.webhookEvents.values.map(\.application)
            + tables.chores.map(\.application)
        return Set(found).sorted { $0.rawValue < $1.rawValue }
    }

    func webhookBacklog() -> WebhookBacklog {
        let pending = database.tables.deliveries.values.map(\.delivery)
            .filter { $0.state == .fresh || $0.state == .waiting }
        return WebhookBacklog(pending: pending.count, oldest: pending.map(\.created).min())
    }
}

extension Webhook {
    fileprivate func isInformed(of name: EventName) -> Bool {
        isActive && inquiry == nil && events.contains(name)
    }
}
