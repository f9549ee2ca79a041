// Threads: made below a group's message, named, entered and left by the group's members.

/// The rules of threads, under the authority of their groups.
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

    /// The group or room whose rules hold at an address: a thread's is the group that it belongs to; nil for an address of users, and
    /// where nothing is left of it.
    static func group(at address: ConversationAddress, in store: any Reader) throws(Failure) -> Group? {
        guard address.kind == .group || address.kind == .room else { return nil }
        if let group = try GroupID(address.key).flatMap({ id throws(Failure) in try store.group(id) }) {
            return group
        }
        return try known(address.key, in: store).flatMap { thread throws(Failure) in
            try store.group(thread.group)
        }
    }

    /// Makes a thread below a message of a group, with the member who makes it as the only one in it.
    ///
    /// - Throws: `.notFound` of group or message; `.forbidden(.permission(.send))`; `.group` with `.notMembers`,
    ///   `.messageElsewhere` or `.nestedThread`; `.conflict(.thread, …)` with the id of the message's thread,
    ///   `.limitReached(.threads, …)`.
    public static func create(
        _ name: String,
        below message: String,
        in group: String,
        of owner: String,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> ChatThread {
        let group = try GroupRules.find(group, .group, in: store)
        try GroupAuthority(caller, group, store).require(.send)
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

    // MARK: Changes

    /// Gives a thread another name.
    ///
    /// - Throws: `.forbidden(.permission(.setName))` for a caller other than the thread's owner.
    public static func rename(
        _ thread: ChatThread,
        to name: String,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) {
        try require(.setName, in: thread, caller, store)
        try store.setName(name, of: thread.id)
    }

    /// Removes a thread; its messages stay as history.
    ///
    /// - Throws: `.forbidden(.permission(.remove))` for a caller other than the thread's owner.
    public static func delete(_ thread: ChatThread, by caller: Caller, in store: any Writer) throws(Failure) {
        try require(.remove, in: thread, caller, store)
        try store.delete(thread.id)
    }

    /// Holds a caller to a permission in the thread's group; the thread's owner needs none as long as it is a member of the
    /// thread.
    private static func require(
        _ permission: RolePermission,
        in thread: ChatThread,
        _ caller: Caller,
        _ store: any Reader
    ) throws(Failure) {
        if case .user(let user) = caller, user.username.key == thread.ownerName.lowercased(),
            try store.isMember(user.id, of: thread.id)
        {
            return
        }
        try authority(caller, over: thread, store).require(permission)
    }

    private static func authority(
        _ caller: Caller,
        over thread: ChatThread,
        _ store: any Reader
    ) throws(Failure) -> GroupAuthority {
        guard let group = try store.group(thread.group) else {
            throw .notFound(.thread, id: thread.id.text)
        }
        return try GroupAuthority(caller, group, store)
    }

    // MARK: Members

    /// Adds users to a thread, all or none; a user who is a member already stays one.
    ///
    /// - Throws: `.forbidden(.insufficientScope)` for a caller outside of the group; `.group(.notMembers)` with the names
    ///   that aren't in the group.
    public static func add(
        _ names: [String],
        to thread: ChatThread,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try authority(caller, over: thread, store).requireMembership()
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
    /// - Throws: `.forbidden(.permission(.remove))` for a caller other than the thread's owner.
    public static func remove(
        _ names: [String],
        from thread: ChatThread,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        try require(.remove, in: thread, caller, store)
        var outcomes: [GroupMemberRules.Outcome] = []
        for (name, user) in try GroupMemberRules.users(names.map(UserReference.name), in: store) {
            let isDone = try user.map { user throws(Failure) in
                try store.deleteMember(user.id, from: thread.id)
            }
            outcomes.append(GroupMemberRules.Outcome(name: name, isDone: isDone ?? false))
        }
        return outcomes
    }

    // MARK: Lists

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
