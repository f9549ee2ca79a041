// The repository of threads, in memory.

import Domain

extension Tables {
    /// A thread with its members, by user: their places.
    struct ThreadRow {
        var application: ApplicationID
        var thread: ChatThread
        var members: [UserID: Int64] = [:]
    }

    /// The cascades of the schema: threads go with their group, members with their membership of it.
    mutating func followGroupsInThreads() {
        guard !threads.isEmpty else { return }
        let known = groups
        var left: [ThreadID: ThreadRow] = [:]
        for (id, row) in threads {
            guard let group = known[row.thread.group] else { continue }
            var row = row
            row.members = row.members.filter { group.members[$0.key] != nil }
            left[id] = row
        }
        threads = left
    }

    /// The triggers of the schema: every thread has a conversation, every member a position in it.
    mutating func followThreads() {
        for (id, row) in threads {
            let address = ConversationAddress.of(id)
            let known = conversations.values.first {
                $0.application == row.application && $0.conversation.address == address
            }
            let conversation = known?.conversation ?? addConversation(address, row.application)
            for user in row.members.keys {
                let key = PositionKey(user: user, conversation: conversation.id)
                if positions[key] == nil { positions[key] = Position(atEndOf: conversation) }
            }
        }
        followMemberships()
    }
}

extension MemoryStore {
    private func row(_ id: ThreadID) -> Tables.ThreadRow? {
        guard let row = tables.threads[id], row.application == application else { return nil }
        return row
    }

    func thread(_ id: ThreadID) -> ChatThread? {
        row(id).map { row in
            ChatThread(
                id: id,
                group: row.thread.group,
                message: row.thread.message,
                name: row.thread.name,
                ownerName: row.thread.ownerName,
                created: row.thread.created,
                memberCount: row.members.count
            )
        }
    }

    private var own: [ChatThread] {
        tables.threads.keys.sorted().compactMap { thread($0) }
    }

    func thread(below message: MessageID) -> ChatThread? { own.first { $0.message == message } }

    func threads(_ list: ThreadList, _ range: ThreadRange) -> [ChatThread] {
        let (after, before) = range.bounds
        let found = own.filter { thread in
            guard thread.id > after, thread.id < before else { return false }
            switch list {
            case .all: return true
            case .joined(let user, let group):
                return isMember(user, of: thread.id) && (group == nil || group == thread.group)
            }
        }
        return Array((range.isDescending ? found.reversed() : found).prefix(range.limit))
    }

    func threadCount() -> Int { own.count }

    func isMember(_ user: UserID, of thread: ThreadID) -> Bool { row(thread)?.members[user] != nil }

    func members(of thread: ThreadID, after place: Int64?, limit: Int) -> [ThreadMember] {
        let members = (row(thread)?.members ?? [:]).filter { $0.value > place ?? 0 }
        return members.sorted { $0.value < $1.value }.prefix(limit).map { user, place in
            ThreadMember(user: user, name: self.user(user)?.username.text ?? "", place: place)
        }
    }

    func insert(_ thread: ChatThread) throws(Failure) {
        guard group(thread.group) != nil else { throw .notFound(.group, id: thread.group.text) }
        guard self.thread(below: thread.message) == nil else {
            throw .conflict(.thread, id: thread.id.text)
        }
        database.tables.threads[thread.id] = Tables.ThreadRow(application: application, thread: thread)
    }

    func setName(_ name: String, of thread: ThreadID) {
        if let known = row(thread)?.thread { change(known, name: name, ownerName: known.ownerName) }
    }

    /// Gives an owner's thread the owner's new name.
    func replaceOwner(of thread: ThreadID, _ old: Username, with new: Username) {
        guard let known = row(thread)?.thread, Username(stored: known.ownerName) == old else { return }
        change(known, name: known.name, ownerName: new.text)
    }

    private func change(_ known: ChatThread, name: String, ownerName: String) {
        database.tables.threads[known.id]?.thread = ChatThread(
            id: known.id,
            group: known.group,
            message: known.message,
            name: name,
            ownerName: ownerName,
            created: known.created,
            memberCount: 0
        )
    }

    func delete(_ thread: ThreadID) {
        if row(thread) != nil { database.tables.threads[thread] = nil }
    }

    func insertMember(_ user: UserID, into thread: ThreadID, at now: Timestamp) -> Bool {
        let place = nextID(at: now)
        guard let row = row(thread), row.members[user] == nil,
            membership(of: user, in: row.thread.group) != nil
        else { return false }
        database.tables.threads[thread]?.members[user] = place
        return true
    }

    func deleteMember(_ user: UserID, from thread: ThreadID) -> Bool {
        guard row(thread)?.members[user] != nil else { return false }
        database.tables.threads[thread]?.members[user] = nil
        return true
    }
}
