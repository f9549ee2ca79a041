// Waiting messages that don't count, on SQLite.

import Domain

private enum WaitingCountQueries {
    static let waitingDirectedCount = Query(
        """
        SELECT count(*) FROM message_recipients
            CROSS JOIN messages ON messages.application = ?1 AND messages.id = message_recipients.message
        WHERE message_recipients.application = ?1 AND message_recipients.user = ?2
            AND message_recipients.delivered = 0 AND messages.flags & 9 = 0
            AND NOT EXISTS (SELECT 1 FROM message_removals
                WHERE application = ?1 AND user = ?2 AND message = message_recipients.message)
        """
    )
    // The condition on the flags is the index's own.
    static let uncountedCount = Query(
        """
        SELECT count(*) FROM messages INDEXED BY messages_uncounted
        WHERE conversation = ?2 AND id > ?4 AND flags & 9 <> 0 AND application = ?1
            AND sequence IS NOT NULL AND (sender <> ?3 OR flags & 2 <> 0)
        """
    )
    static let removedCounts = Query(
        """
        SELECT messages.conversation FROM message_removals
            CROSS JOIN messages ON messages.application = ?1 AND messages.id = message_removals.message
            CROSS JOIN positions ON positions.application = ?1 AND positions.user = ?2
                AND positions.conversation = messages.conversation
        WHERE message_removals.application = ?1 AND message_removals.user = ?2 AND message_removals.message > ?4
            AND messages.id > positions.delivered AND messages.sequence IS NOT NULL AND messages.flags & 9 = 0
            AND (messages.sender <> ?3 OR messages.flags & 2 <> 0)
        """
    )
}

extension TenantStore {
    func uncountedCount(
        besides sender: String,
        in conversation: ConversationID,
        after: MessageID
    ) throws(Failure) -> Int64 {
        try prepare(WaitingCountQueries.uncountedCount, conversation, stored(sender), after).first {
            $0.int64(0)
        }
            ?? 0
    }

    func removedCounts(of user: User, after: MessageID) throws(Failure) -> [ConversationID: Int64] {
        let statement = try prepare(
            WaitingCountQueries.removedCounts,
            user.id,
            stored(user.username.text),
            after
        )
        var counts: [ConversationID: Int64] = [:]
        while try statement.step() {
            counts[statement.id(0), default: 0] += 1
        }
        return counts
    }

    func waitingDirectedCount(to user: UserID) throws(Failure) -> Int {
        try prepare(WaitingCountQueries.waitingDirectedCount, user).first { $0.int(0) } ?? 0
    }
}
