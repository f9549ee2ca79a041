// The index of message texts: filled once a batch, outside of the jobs' savepoints.

import Domain

private enum MessageIndexQueries {
    /// The row as it is at the end of the batch: whatever later jobs made of it, it is indexed once.
    static let text = Query(
        "SELECT conversation, text FROM messages WHERE application = ?1 AND id = ?2 AND length(text) > 2"
    )
    /// Of values, never of a SELECT: a statement that may write several rows has a savepoint of its own, at
    /// which the index writes out what it has in memory, for each message again.
    static let insert = Query("INSERT INTO message_index (rowid, scope, text) VALUES (?1, ?2, ?3)")
    static let delete = Query(
        """
        INSERT INTO message_index (message_index, rowid, scope, text)
        SELECT 'delete', id, char(983040 + (conversation >> 32 & 65535), 983040 + (conversation >> 16 & 65535),
            983040 + (conversation & 65535)), text
        FROM messages WHERE application = ?1 AND id = ?2 AND length(text) > 2
        """
    )
    static let deleteBefore = Query(
        """
        INSERT INTO message_index (message_index, rowid, scope, text)
        SELECT 'delete', id, char(983040 + (conversation >> 32 & 65535), 983040 + (conversation >> 16 & 65535),
            983040 + (conversation & 65535)), text
        FROM messages WHERE application = ?1 AND id < ?2 AND length(text) > 2
        """
    )
    static let candidates = Query(
        """
        SELECT message_index.rowid FROM message_index CROSS JOIN messages
            ON messages.application = ?1 AND messages.id = message_index.rowid
        WHERE message_index MATCH ?2 AND message_index.rowid > ?3 AND message_index.rowid < ?4
        ORDER BY message_index.rowid LIMIT ?5
        """
    )
    static let candidatesDescending = Query(
        """
        SELECT message_index.rowid FROM message_index CROSS JOIN messages
            ON messages.application = ?1 AND messages.id = message_index.rowid
        WHERE message_index MATCH ?2 AND message_index.rowid > ?3 AND message_index.rowid < ?4
        ORDER BY message_index.rowid DESC LIMIT ?5
        """
    )
}

/// A message whose text isn't in the index yet.
struct UnindexedMessage: Hashable {
    let application: ApplicationID
    let id: MessageID
}

extension WriteSession {
    /// Brings all texts that were noted into the index.
    ///
    /// Inside a job's savepoint each text would be a segment of the index of its own, written at once and
    /// merged later: twice the work for each message (measured). At the end of the batch they become one
    /// segment.
    func flushIndex() throws(Failure) {
        for message in takeUnindexed() {
            let row = try connection.prepare(MessageIndexQueries.text, message.application, message.id)
            guard try row.step() else { continue }
            try connection.prepare(
                MessageIndexQueries.insert,
                message.id,
                ConversationID(rawValue: row.int64(0)).scope,
                row.text(1)
            ).run()
        }
    }

    /// Takes a message's text out of the index, before the text changes.
    func unindex(_ id: MessageID, of application: ApplicationID) throws(Failure) {
        guard !isUnindexed(id, of: application) else { return }
        try connection.prepare(MessageIndexQueries.delete, application, id).run()
    }

    /// Takes the texts of an application's messages before this one out of the index, where they have to be, before the
    /// messages go.
    func unindexAll(of application: ApplicationID, before id: MessageID) throws(Failure) {
        try connection.prepare(MessageIndexQueries.deleteBefore, application, id).run()
    }
}

extension TenantStore {
    func candidateIDs(
        matching query: HistorySearch,
        in conversation: ConversationID?,
        _ range: MessageRange,
        limit: Int
    ) throws(Failure) -> [MessageID] {
        try connection.prepare(
            range.isDescending ? MessageIndexQueries.candidatesDescending : MessageIndexQueries.candidates,
            application,
            Self.match(query, in: conversation),
            range.after,
            range.before,
            limit
        ).rows { $0.id(0) }
    }

    /// The query in the index's language: each group of three characters as a term of its own.
    private static func match(_ query: HistorySearch, in conversation: ConversationID?) -> String {
        var terms = query.trigrams.prefix(32).map { trigram in
            var term = "\""
            for scalar in trigram.unicodeScalars {
                if scalar == "\"" { term += "\"" }
                term.unicodeScalars.append(scalar)
            }
            return term + "\""
        }
        if let conversation { terms.append("\"\(conversation.scope)\"") }
        return terms.joined(separator: " AND ")
    }
}

extension ConversationID {
    /// Three characters for private use, as `char()` makes them where SQL does it.
    fileprivate var scope: String { searchScope(rawValue) }
}
