// The repository of kept counts on SQLite, and how messages come into them: once a batch.

import Domain

private enum CountQueries {
    static let sizes = Query(
        "SELECT user_count, group_count, room_count, file_bytes FROM applications WHERE id = ?1"
    )
    static let messages = Query(
        """
        SELECT start, messages FROM message_counts WHERE application = ?1 AND span = ?2 AND start >= ?3
        ORDER BY start
        """
    )
    static let groupNames = Query(
        """
        SELECT id, name FROM groups INDEXED BY groups_by_kind
        WHERE application = ?1 AND kind = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4
        """
    )
    static let add = Query(
        """
        UPDATE message_counts SET messages = messages + ?4 WHERE application = ?1 AND span = ?2 AND start = ?3
        """
    )
    /// The application may have gone in the same batch.
    static let insert = Query(
        """
        INSERT INTO message_counts (application, span, start, messages)
        SELECT id, ?2, ?3, ?4 FROM applications WHERE id = ?1
        """
    )
    static let forget = Query(
        "DELETE FROM message_counts WHERE application = ?1 AND span = ?2 AND start < ?3"
    )
}

extension TenantStore {
    func counts() throws(Failure) -> ApplicationCounts {
        try prepare(CountQueries.sizes).first { row in
            ApplicationCounts(
                users: row.int(0),
                groups: row.int(1),
                rooms: row.int(2),
                fileBytes: row.int(3)
            )
        } ?? ApplicationCounts(users: 0, groups: 0, rooms: 0, fileBytes: 0)
    }

    func messageCounts(by span: CountedSpan, from start: Timestamp) throws(Failure) -> [SpanCount] {
        try prepare(CountQueries.messages, span.rawValue, span.start(of: start)).rows {
            SpanCount(start: $0.timestamp(0), count: $0.int(1))
        }
    }

    func groupNames(_ kind: GroupKind, before id: GroupID?, limit: Int) throws(Failure) -> [(
        id: GroupID, name: String
    )] {
        try prepare(CountQueries.groupNames, kind.rawValue, id?.rawValue ?? .max, limit).rows {
            ($0.id(0), $0.text(1))
        }
    }
}

/// A message that is still to be counted.
struct UncountedMessage {
    let application: ApplicationID
    let sent: Timestamp
}

/// A row of counts.
private struct CountKey: Hashable {
    let application: ApplicationID
    let span: CountedSpan
    let start: Timestamp
}

extension WriteSession {
    /// Counts the messages that the batch has stored.
    func flushCounts() throws(Failure) {
        var counts: [CountKey: Int] = [:]
        for message in takeUncounted() {
            for span in CountedSpan.allCases {
                let key = CountKey(
                    application: message.application,
                    span: span,
                    start: span.start(of: message.sent)
                )
                counts[key, default: 0] += 1
            }
        }
        for (key, count) in counts { try add(count, to: key) }
    }

    private func add(_ count: Int, to key: CountKey) throws(Failure) {
        let (span, start) = (key.span.rawValue, key.start)
        guard try connection.prepare(CountQueries.add, key.application, span, start, count).run() == 0 else {
            return
        }
        try connection.prepare(CountQueries.insert, key.application, span, start, count).run()
        guard key.span == .minute else { return }
        // A new minute: those of two hours ago aren't asked for any more.
        let old = start.adding(seconds: -7200)
        try connection.prepare(CountQueries.forget, key.application, span, old).run()
    }
}
