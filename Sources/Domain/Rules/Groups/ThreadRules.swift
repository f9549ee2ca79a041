// Threads: made below a group's message, named, entered and left by the group's members.

/// What may be done with threads.
public enum ThreadRules {
    /// The longest accepted name, in characters.
    public static let maximumNameCharacters = 64
    /// Users that one call may add or remove.
    public static let maximumNames = 10
    /// Threads that an application may have.
    public static let maximumThreads = 100_000

    /// The thread that a text names.
    ///
    /// - Throws: `.notFound(.thread, …)`, for a text that can't be an id too.
    public static func find(_ id: String, in store: any Reader) throws(Failure) -> ChatThread {
        guard let thread = try known(id, in: store) else { throw .notFound(.thread, id: id) }
        return thread
    }

    /// The same; nil where there is none.
    public static func known(_ id: String, in store: any Reader) throws(Failure) -> ChatThread? {
        try ThreadID(id).flatMap { id throws(Failure) in try store.thread(id) }
    }

    /// Makes a thread below a message of a group, with the member who makes it as the only one in it.
    ///
    /// - Throws: `.notFound` of group or message; `.group` with `.notMembers`, `.messageElsewhere` or `.nestedThread`;
    ///   `.conflict(.thread, …)` with the id of the message's thread, `.limitReached(.threads, …)`.
    public static func create(
        _ name: String,
        below message: String,
        in group: String,
        by owner: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> ChatThread {
        let group = try GroupRules.find(group, .group, in: store)
        let owner = try GroupMemberRules.member(.name(owner), of: group, in: store).user
        let parent = try parent(message, in: group, store)
        if let known = try store.thread(below: parent.id) { throw .conflict(.thread, id: known.id.text) }
        guard try store.threadCount() < maximumThreads else {
            throw .limitReached(.threads, maximum: maximumThreads)
        }
        let thread = ChatThread(
            id: ThreadID(rawValue: try store.nextID(at: now)),
            group: group.id,
            message: parent.id,
            name: name,
            ownerName: owner.username.text,
            created: now,
            memberCount: 0
        )
        try store.insert(thread)
        _ = try store.insertMember(owner.id, into: thread.id, at: now)
        return thread
    }

    private static func parent(
        _ text: String,
        in group: Group,
        _ store: any Reader
    ) throws(Failure) -> Message {
        guard let id = MessageID(text), let message = try store.message(id) else {
            throw .notFound(.message, id: text)
        }
        if message.address == .of(group.id, .group) { return message }
        if let thread = ThreadID(message.address.key), try store.thread(thread) != nil {
            throw .group(.nestedThread)
        }
        throw .group(.messageElsewhere(isInGroup: message.address.kind == .group))
    }

    /// Adds users to a thread, all or none; whoever is in stays in.
    ///
    /// - Throws: `.group(.notMembers)` naming those who aren't in the group.
    public static func add(
        _ names: [String],
        to thread: ChatThread,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        var strangers: [String] = []
        for (name, user) in try GroupMemberRules.users(names.map(UserReference.name), in: store) {
            guard let user, try store.membership(of: user.id, in: thread.group) != nil else {
                strangers.append(name)
                continue
            }
            _ = try store.insertMember(user.id, into: thread.id, at: now)
        }
        guard strangers.isEmpty else { throw .group(.notMembers(strangers, thread.group)) }
    }

    /// Removes users from a thread; names that are none of its members' harm no other.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once.
    public static func remove(
        _ names: [String],
        from thread: ChatThread,
        in store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        var outcomes: [GroupMemberRules.Outcome] = []
        for (name, user) in try GroupMemberRules.users(names.map(UserReference.name), in: store) {
            let isDone = try user.map { user throws(Failure) in
                try store.deleteMember(user.id, from: thread.id)
            }
            outcomes.append(GroupMemberRules.Outcome(name: name, isDone: isDone ?? false))
        }
        return outcomes
    }

    /// One page of a list of threads, by the moment they were made.
    public static func page(
        _ list: ThreadList,
        _ limit: Int,
        after cursor: Cursor?,
        isDescending: Bool,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<ChatThread> {
        let last = cursor.map { ThreadID(rawValue: $0.key) }
        let rows = try store.threads(
            list,
            ThreadRange(after: last, isDescending: isDescending, limit: limit + 1)
        )
        let (collection, owner) = list.place(of: application)
        return Page(rows: rows, limit: limit) {
            Cursor(collection: collection, owner: owner, key: $0.id.rawValue)
        }
    }

    /// One page of a thread's members in the order of joining.
    public static func members(
        of thread: ChatThread,
        _ limit: Int,
        after cursor: Cursor?,
        in store: any Reader
    ) throws(Failure) -> Page<ThreadMember> {
        let rows = try store.members(of: thread.id, after: cursor?.key, limit: limit + 1)
        return Page(rows: rows, limit: limit) { member in
            Cursor(collection: .threadMembers, owner: thread.id.rawValue, key: member.place)
        }
    }
}

extension ThreadList {
    /// What a cursor of this list is held to: the collection, and whose it is.
    public func place(of application: Application) -> (collection: PagedCollection, owner: Int64) {
        switch self {
        case .all: (.threads, application.id.rawValue)
        case .joined(let user, nil): (.joinedThreads, user.rawValue)
        // Of both: another user's position in the same group isn't one here.
        case .joined(let user, let group?): (.joinedThreads, user.rawValue ^ group.rawValue)
        }
    }
}
