// The repository of counts on SQLite.

import Domain

private enum StatisticsQueries {
    static let usersBefore = Query("SELECT count(*) FROM users WHERE application = ?1 AND created < ?2")
    static let usersByDay = Query(
        """
        SELECT created / 86400000 AS day, count(*) FROM users
        WHERE application = ?1 AND created >= ?2 AND created < ?3 GROUP BY day ORDER BY day
        """
    )
    static let groupsBefore = Query(
        "SELECT count(*) FROM groups WHERE application = ?1 AND kind = 0 AND created < ?2"
    )
    static let groupsByDay = Query(
        """
        SELECT created / 86400000 AS day, count(*) FROM groups
        WHERE application = ?1 AND kind = 0 AND created >= ?2 AND created < ?3 GROUP BY day ORDER BY day
        """
    )
    // No id is behind the time of its message, and few are ahead of it.
    private static let messages: StaticString = """
        FROM messages CROSS JOIN conversations ON conversations.id = messages.conversation
        WHERE messages.application = ?1 AND messages.id >= ?2 AND messages.sent >= ?3 AND messages.sent < ?4
            AND (conversations.kind = ?5 OR conversations.kind = ?6)
        """
    static let messagesByDay = Query(
        "SELECT messages.sent / 86400000 AS day, count(*)",
        messages,
        "GROUP BY day ORDER BY day"
    )
    static let senderCount = Query("SELECT count(DISTINCT messages.sender)", messages)
    static let groupCount = Query("SELECT count(DISTINCT conversations.key)", messages)
    private static let most: StaticString = "ORDER BY number DESC, name LIMIT ?7 OFFSET ?8"
    private static let fewest: StaticString = "ORDER BY number, name LIMIT ?7 OFFSET ?8"
    private static let senders: StaticString = "SELECT messages.sender AS name, count(*) AS number"
    private static let groups: StaticString = "SELECT conversations.key AS name, count(*) AS number"
    static let busySenders = Query(senders, messages, "GROUP BY messages.sender", most)
    static let quietSenders = Query(senders, messages, "GROUP BY messages.sender", fewest)
    static let busyGroups = Query(groups, messages, "GROUP BY conversations.key", most)
    static let quietGroups = Query(groups, messages, "GROUP BY conversations.key", fewest)
}

extension TenantStore {
    func registrations(from start: Timestamp, before end: Timestamp) throws(Failure) -> Growth {
        Growth(
            total: try userCount(),
            before: try prepare(StatisticsQueries.usersBefore, start).first { $0.int(0) } ?? 0,
            days: try prepare(StatisticsQueries.usersByDay, start, end).rows { $0.dayCount() }
        )
    }

    func groupCreations(from start: Timestamp, before end: Timestamp) throws(Failure) -> Growth {
        Growth(
            total: try groupCount(.group),
            before: try prepare(StatisticsQueries.groupsBefore, start).first { $0.int(0) } ?? 0,
            days: try prepare(StatisticsQueries.groupsByDay, start, end).rows { $0.dayCount() }
        )
    }

    func traffic(
        of subject: TrafficSubject,
        from start: Timestamp,
        before end: Timestamp,
        isAscending: Bool,
        skipping offset: Int,
        limit: Int
    ) throws(Failure) -> Traffic {
        let (kinds, counting, listing) = subject.parts(isAscending: isAscending)
        let first = MessageID.first(at: start)
        let days = try prepare(StatisticsQueries.messagesByDay, first, start, end, kinds.0, kinds.1).rows {
            $0.dayCount()
        }
        let subjects = try prepare(counting, first, start, end, kinds.0, kinds.1).first { $0.int(0) } ?? 0
        let shares = try prepare(listing, first, start, end, kinds.0, kinds.1, limit, offset).rows {
            TrafficShare(name: $0.text(0), count: $0.int(1))
        }.map { share throws(Failure) in TrafficShare(name: try shown(share.name), count: share.count) }
        return Traffic(
            messages: days.reduce(0) { $0 + $1.count },
            subjects: subjects,
            days: days,
            shares: shares
        )
    }
}

extension TrafficSubject {
    /// The kinds of conversations that count, how many subjects there are in them, and which.
    fileprivate func parts(isAscending: Bool) -> (kinds: (Int, Int), counting: Query, listing: Query) {
        let (single, group) = (ConversationKind.single.rawValue, ConversationKind.group.rawValue)
        switch self {
        case .senders(let withGroups):
            let listing = isAscending ? StatisticsQueries.quietSenders : StatisticsQueries.busySenders
            return ((single, withGroups ? group : single), StatisticsQueries.senderCount, listing)
        case .groups:
            let listing = isAscending ? StatisticsQueries.quietGroups : StatisticsQueries.busyGroups
            return ((group, group), StatisticsQueries.groupCount, listing)
        }
    }
}

extension Statement {
    fileprivate func dayCount() -> DayCount { DayCount(day: int64(0), count: int(1)) }
}
