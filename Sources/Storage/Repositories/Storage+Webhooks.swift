// The repository of webhooks' endpoints on SQLite.

import Domain

private let webhookColumns: StaticString = """
    id, name, url, events, format, active, timeout_ms, inquiry, failure_policy, messages, secret, previous_secret,
    previous_until, created, modified, failing_since, disabled_reason, rule
    """

private enum WebhookQueries {
    static let page = Query(
        "SELECT",
        webhookColumns,
        "FROM webhooks WHERE application = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
    )
    static let one = Query("SELECT", webhookColumns, "FROM webhooks WHERE id = ?2 AND application = ?1")
    static let count = Query("SELECT count(*) FROM webhooks WHERE application = ?1")
    static let insert = Query(
        """
        INSERT INTO webhooks (application, id, name, url, events, format, active, timeout_ms, inquiry, failure_policy,
            messages, secret, created, modified, rule)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """
    )
    static let update = Query(
        """
        UPDATE webhooks SET name = ?3, url = ?4, events = ?5, format = ?6, active = ?7, timeout_ms = ?8, inquiry = ?9,
            failure_policy = ?10, messages = ?11, modified = ?12, failing_since = ?13, disabled_reason = ?14, rule = ?15
        WHERE id = ?2 AND application = ?1
        """
    )
    static let setSecrets = Query(
        """
        UPDATE webhooks SET secret = ?3, previous_secret = ?4, previous_until = ?5
        WHERE id = ?2 AND application = ?1
        """
    )
    static let delete = Query("DELETE FROM webhooks WHERE id = ?2 AND application = ?1")
}

extension TenantStore {
    func webhooks(after id: WebhookID?, limit: Int) throws(Failure) -> [Webhook] {
        try prepare(WebhookQueries.page, id?.rawValue ?? 0, limit).rows { $0.webhook() }
    }

    func webhook(_ id: WebhookID) throws(Failure) -> Webhook? {
        try prepare(WebhookQueries.one, id).first { $0.webhook() }
    }

    func webhookCount() throws(Failure) -> Int { try prepare(WebhookQueries.count).first { $0.int(0) } ?? 0 }
}

extension SQLiteWriter {
    func insert(_ webhook: Webhook) throws(Failure) {
        try prepare(
            WebhookQueries.insert,
            webhook.id,
            webhook.name,
            webhook.url,
            webhook.selectors.joined(separator: " "),
            webhook.format.rawValue,
            webhook.isActive,
            webhook.timeoutMilliseconds,
            webhook.inquiry?.rawValue,
            webhook.failurePolicy.rawValue,
            webhook.messages?.rawValue,
            webhook.secrets.current,
            webhook.created,
            webhook.modified,
            webhook.rule
        ).run()
        session.webhooksHaveChanged(in: application)
    }

    func update(_ webhook: Webhook) throws(Failure) {
        try prepare(
            WebhookQueries.update,
            webhook.id,
            webhook.name,
            webhook.url,
            webhook.selectors.joined(separator: " "),
            webhook.format.rawValue,
            webhook.isActive,
            webhook.timeoutMilliseconds,
            webhook.inquiry?.rawValue,
            webhook.failurePolicy.rawValue,
            webhook.messages?.rawValue,
            webhook.modified,
            webhook.failingSince,
            webhook.disabledReason,
            webhook.rule
        ).run()
        let secrets = webhook.secrets
        try prepare(
            WebhookQueries.setSecrets,
            webhook.id,
            secrets.current,
            secrets.previous,
            secrets.previousUntil
        ).run()
        session.webhooksHaveChanged(in: application)
    }

    func deleteWebhook(_ id: WebhookID) throws(Failure) {
        try prepare(WebhookQueries.delete, id).run()
        session.webhooksHaveChanged(in: application)
    }
}

extension Statement {
    fileprivate func webhook() -> Webhook {
        Webhook(
            id: id(0),
            name: text(1),
            url: text(2),
            selectors: text(3).split(separator: " ").map(String.init),
            format: WebhookFormat(rawValue: text(4)) ?? .standard,
            isActive: bool(5),
            timeoutMilliseconds: int(6),
            inquiry: optionalText(7).flatMap(InquiryScope.init),
            failurePolicy: FailurePolicy(rawValue: text(8)) ?? .allow,
            messages: isNull(9) ? nil : MessageFilter(rawValue: int64(9)),
            secrets: WebhookSecrets(
                current: bytes(10),
                previous: isNull(11) ? nil : bytes(11),
                previousUntil: optionalTimestamp(12)
            ),
            created: timestamp(13),
            modified: timestamp(14),
            failingSince: optionalTimestamp(15),
            disabledReason: optionalText(16),
            rule: isNull(17) ? nil : bytes(17)
        )
    }
}
