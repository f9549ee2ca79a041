// The repository of threads on SQLite.

import Domain

/// The columns that `Statement.thread()` reads, in its order.
private let threadColumns: StaticString = """
    threads.id, threads.group_id, threads.message, threads.name, threads.owner, threads.created,
    threads.member_count
    """

private enum ThreadQueries {
    static let byID = Query("SELECT", threadColumns, "FROM threads WHERE id = ?2 AND application = ?1")
    static let byMessage = Query(
        "SELECT",
        threadColumns,
        "FROM threads WHERE application = ?1 AND message = ?2"
    )
    static let all = Query(
        "SELECT",
        threadColumns,
        """
        FROM threads INDEXED BY threads_by_application
        WHERE application = ?1 AND id > ?2 AND id < ?3 ORDER BY id LIMIT ?4
        """
    )
    static let allDescending = Query(
        "SELECT",
        threadColumns,
        """
        FROM threads INDEXED BY threads_by_application
        WHERE application = ?1 AND id > ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4
        """
    )
    static let joined = Query(
        "SELECT",
        threadColumns,
        """
        FROM thread_members INDEXED BY thread_members_by_user
        CROSS JOIN threads ON threads.id = thread_members.thread
        WHERE thread_members.application = ?1 AND thread_members.user = ?5
            AND thread_members.thread > ?2 AND thread_members.thread < ?3
        ORDER BY thread_members.thread LIMIT ?4
        """
    )
    static let joinedDescending = Query(
        "SELECT",
        threadColumns,
        """
        FROM thread_members INDEXED BY thread_members_by_user
        CROSS JOIN threads ON threads.id = thread_members.thread
        WHERE thread_members.application = ?1 AND thread_members.user = ?5
            AND thread_members.thread > ?2 AND thread_members.thread < ?3
        ORDER BY thread_members.thread DESC LIMIT ?4
        """
    )
    static let joinedInGroup = Query(
        "SELECT",
        threadColumns,
        """
        FROM thread_members INDEXED BY thread_members_by_membership
        CROSS JOIN threads ON threads.id = thread_members.thread
        WHERE thread_members.application = ?1 AND thread_members.group_id = ?6 AND thread_members.user = ?5
            AND thread_members.thread > ?2 AND thread_members.thread < ?3
        ORDER BY thread_members.thread LIMIT ?4
        """
    )
    static let joinedInGroupDescending = Query(
        "SELECT",
        threadColumns,
        """
        FROM thread_members INDEXED BY thread_members_by_membership
        CROSS JOIN threads ON threads.id = thread_members.thread
        WHERE thread_members.application = ?1 AND thread_members.group_id = ?6 AND thread_members.user = ?5
            AND thread_members.thread > ?2 AND thread_members.thread < ?3
        ORDER BY thread_members.thread DESC LIMIT ?4
        """
    )
    static let count = Query("SELECT thread_count FROM applications WHERE id = ?1")
    static let isMember = Query(
        "SELECT 1 FROM thread_members WHERE application = ?1 AND thread = ?2 AND user = ?3"
    )
    static let members = Query(
        """
        SELECT thread_members.user, users.username, thread_members.place
        FROM thread_members INDEXED BY thread_members_by_place CROSS JOIN users ON users.id = thread_members.user
        WHERE thread_members.application = ?1 AND thread_members.thread = ?2 AND thread_members.place > ?3
        ORDER BY thread_members.place LIMIT ?4
        """
    )

    static let insert = Query(
        """
        INSERT INTO threads (id, application, group_id, message, name, owner, created)
        VALUES (?2, ?1, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (application, message) DO NOTHING
        """
    )
    static let setName = Query("UPDATE threads SET name = ?3 WHERE id = ?2 AND application = ?1")
    static let delete = Query("DELETE FROM threads WHERE id = ?2 AND application = ?1")
    static let insertMember = Query(
        """
        INSERT INTO thread_members (application, thread, user, group_id, place)
        SELECT threads.application, threads.id, group_members.user, threads.group_id, ?4
        FROM threads CROSS JOIN group_members ON group_members.application = threads.application
            AND group_members.group_id = threads.group_id AND group_members.user = ?3
        WHERE threads.id = ?2 AND threads.application = ?1
        ON CONFLICT (application, thread, user) DO NOTHING
        """
    )
    static let deleteMember = Query(
        "DELETE FROM thread_members WHERE application = ?1 AND thread = ?2 AND user = ?3"
    )
}

extension TenantStore {
    func thread(_ id: ThreadID) throws(Failure) -> ChatThread? {
        try shown(prepare(ThreadQueries.byID, id).first { $0.thread() })
    }

    func thread(below message: MessageID) throws(Failure) -> ChatThread? {
        try shown(prepare(ThreadQueries.byMessage, message).first { $0.thread() })
    }

    func threads(_ list: ThreadList, _ range: ThreadRange) throws(Failure) -> [ChatThread] {
        try rows(list, range).map { thread throws(Failure) in try shown(thread) }
    }

    /// Threads with the names of their owners as stored.
    private func rows(_ list: ThreadList, _ range: ThreadRange) throws(Failure) -> [ChatThread] {
        let (after, before) = range.bounds
        let isDescending = range.isDescending
        switch list {
        case .all:
            let query = isDescending ? ThreadQueries.allDescending : ThreadQueries.all
            return try prepare(query, after, before, range.limit).rows { $0.thread() }
        case .joined(let user, nil):
            let query = isDescending ? ThreadQueries.joinedDescending : ThreadQueries.joined
            return try prepare(query, after, before, range.limit, user).rows { $0.thread() }
        case .joined(let user, let group?):
            let query = isDescending ? ThreadQueries.joinedInGroupDescending : ThreadQueries.joinedInGroup
            return try prepare(query, after, before, range.limit, user, group).rows { $0.thread() }
        }
    }

    private func shown(_ thread: ChatThread?) throws(Failure) -> ChatThread? {
        try thread.map { thread throws(Failure) in try shown(thread) }
    }

    private func shown(_ thread: ChatThread) throws(Failure) -> ChatThread {
        guard connection.userChanges.mayHaveRenamings else { return thread }
        return ChatThread(
            id: thread.id,
            group: thread.group,
            message: thread.message,
            name: thread.name,
            ownerName: try shown(thread.ownerName),
            created: thread.created,
            memberCount: thread.memberCount
        )
    }

    func threadCount() throws(Failure) -> Int {
        try prepare(ThreadQueries.count).first { $0.int(0) } ?? 0
    }

    func isMember(_ user: UserID, of thread: ThreadID) throws(Failure) -> Bool {
        try prepare(ThreadQueries.isMember, thread, user).step()
    }

    func members(of thread: ThreadID, after place: Int64?, limit: Int) throws(Failure) -> [ThreadMember] {
        try prepare(ThreadQueries.members, thread, place ?? 0, limit).rows {
            ThreadMember(user: $0.id(0), name: $0.text(1), place: $0.int64(2))
        }
    }
}

extension SQLiteWriter {
    func insert(_ thread: ChatThread) throws(Failure) {
        let statement = try prepare(
            ThreadQueries.insert,
            thread.id,
            thread.group,
            thread.message,
            thread.name,
            stored(thread.ownerName),
            thread.created
        )
        switch try statement.insert() {
        case .added: return
        case .duplicate: throw .conflict(.thread, id: thread.id.text)
        case .orphan: throw .notFound(.group, id: thread.group.text)
        }
    }

    func setName(_ name: String, of thread: ThreadID) throws(Failure) {
        try prepare(ThreadQueries.setName, thread, name).run()
    }

    func delete(_ thread: ThreadID) throws(Failure) {
        try prepare(ThreadQueries.delete, thread).run()
    }

    func insertMember(_ user: UserID, into thread: ThreadID, at now: Timestamp) throws(Failure) -> Bool {
        let place = try nextID(at: now)
        return try prepare(ThreadQueries.insertMember, thread, user, place).run() > 0
    }

    func deleteMember(_ user: UserID, from thread: ThreadID) throws(Failure) -> Bool {
        try prepare(ThreadQueries.deleteMember, thread, user).run() > 0
    }
}

extension Statement {
    /// The thread in the columns of `threadColumns`.
    fileprivate func thread() -> ChatThread {
        ChatThread(
            id: id(0),
            group: id(1),
            message: id(2),
            name: text(3),
            ownerName: text(4),
            created: timestamp(5),
            memberCount: int(6)
        )
    }
}
