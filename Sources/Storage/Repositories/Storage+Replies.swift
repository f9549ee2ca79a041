// Stored replies on SQLite.

import Domain

private enum ReplyQueries {
    static let find = Query(
        """
        SELECT fingerprint, created, status, content_type, body FROM replies
        WHERE application = ?1 AND owner = ?2 AND key = ?3 AND created >= ?4
        """
    )
    static let insert = Query(
        """
        INSERT OR REPLACE INTO replies (application, owner, key, fingerprint, created, status, content_type, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """
    )
    /// Two for each one that is added, so that they never gather.
    static let sweep = Query(
        """
        DELETE FROM replies WHERE (application, owner, key) IN
            (SELECT application, owner, key FROM replies WHERE created < ?1 ORDER BY created LIMIT 2)
        """
    )
}

/// The application of calls on the tenants.
private let wholeServer = ApplicationID(rawValue: 0)

extension Connection {
    fileprivate func reply(
        to key: IdempotencyKey,
        of application: ApplicationID,
        since: Timestamp
    ) throws(Failure) -> StoredReply? {
        try prepare(ReplyQueries.find, application, key.owner, key.text, since).first { row in
            StoredReply(
                fingerprint: row.bytes(0),
                created: row.timestamp(1),
                status: row.int(2),
                contentType: row.optionalText(3),
                body: row.isNull(4) ? nil : row.bytes(4)
            )
        }
    }

    fileprivate func store(
        _ reply: StoredReply,
        under key: IdempotencyKey,
        of application: ApplicationID,
        keepingSince: Timestamp
    ) throws(Failure) {
        try prepare(
            ReplyQueries.insert,
            application,
            key.owner,
            key.text,
            reply.fingerprint,
            reply.created,
            reply.status,
            reply.contentType,
            reply.body
        ).run()
        try prepare(ReplyQueries.sweep, keepingSince).run()
    }
}

extension TenantStore {
    func reply(to key: IdempotencyKey, since: Timestamp) throws(Failure) -> StoredReply? {
        try connection.reply(to: key, of: application, since: since)
    }
}

extension DirectoryStore {
    func reply(to key: IdempotencyKey, since: Timestamp) throws(Failure) -> StoredReply? {
        try connection.reply(to: key, of: wholeServer, since: since)
    }
}

extension SQLiteWriter {
    func store(_ reply: StoredReply, under key: IdempotencyKey, keepingSince: Timestamp) throws(Failure) {
        try connection.store(reply, under: key, of: application, keepingSince: keepingSince)
    }
}

extension SQLiteAdministrationWriter {
    func store(_ reply: StoredReply, under key: IdempotencyKey, keepingSince: Timestamp) throws(Failure) {
        try connection.store(
            reply,
            under: key,
            of: origin.application ?? wholeServer,
            keepingSince: keepingSince
        )
    }
}
