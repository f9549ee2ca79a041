// The contract of threads, of reactions, and of bound devices.

public import Domain

extension Store {
    /// Puts a row into every table of threads, reactions and bound devices: of both users, below the newest message of a group.
    public func furnishThreads(
        _ ann: UserID,
        _ bob: UserID,
        _ group: GroupID,
        in application: ApplicationID
    ) throws {
        try write(application) { (writer) throws(Failure) in
            guard let message = try writer.messages(called: "furnished", limit: 1).first else { return }
            let thread = ChatThread(
                id: ThreadID(rawValue: try writer.nextID(at: Contract.start)),
                group: group,
                message: message,
                name: "t",
                ownerName: "ann",
                created: Contract.start,
                memberCount: 0
            )
            try writer.insert(thread)
            for user in [ann, bob] {
                _ = try writer.insertMember(user, into: thread.id, at: Contract.start)
                try writer.react(user, with: "+1", to: message, at: Contract.start)
                try writer.setPushBinding(PushBinding(device: "d", token: "t", notifier: "n"), of: user)
            }
        }
    }
}

extension Contract.MessageWorld {
    /// Sends a message to the group and makes a thread below it.
    fileprivate func makeThread(_ name: String = "t", by owner: String = "u1") throws -> ChatThread {
        guard case .sent(let message) = try post("below \(name)", from: "u0") else {
            throw ContractViolation(description: "the message wasn't sent")
        }
        return try store.write(app) { (writer) throws(Failure) in
            try ThreadRules.create(
                name,
                below: message.text,
                in: group.text,
                of: owner,
                by: Contract.backend,
                at: Contract.later(2),
                in: writer
            )
        }
    }

    fileprivate func add(_ names: [String], to thread: ChatThread) throws {
        try store.write(app) { (writer) throws(Failure) in
            try ThreadRules.add(names, to: thread, by: Contract.backend, at: Contract.later(3), in: writer)
        }
    }

    fileprivate func names(of thread: ChatThread) throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            try reader.members(of: thread.id, after: nil, limit: 9).map(\.name)
        }
    }

    fileprivate func threads(
        _ list: ThreadList,
        after last: ThreadID? = nil,
        isDescending: Bool = true,
        limit: Int = 9
    ) throws -> [ThreadID] {
        try store.read(app) { (reader) throws(Failure) in
            try reader.threads(list, ThreadRange(after: last, isDescending: isDescending, limit: limit))
                .map(\.id)
        }
    }
}

extension Contract {
    static let threads: [ContractCase] = [
        ContractCase(promise: "A thread hangs below one message, and has its owner as its first member") {
            store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            let (found, below, count) = try store.read(world.app) { (reader) throws(Failure) in
                (
                    try reader.thread(thread.id), try reader.thread(below: thread.message),
                    try reader.threadCount()
                )
            }
            try expect(found?.name, is: "t")
            try expect(found?.ownerName, is: "u1")
            try expect(found?.memberCount, is: 1)
            try expect(below, is: found)
            try expect(count, is: 1)
            try expect(.conflict(.thread, id: thread.id.text)) {
                try store.write(world.app) { (writer) throws(Failure) in
                    try ThreadRules.create(
                        "again",
                        below: thread.message.text,
                        in: world.group.text,
                        of: "u0",
                        by: backend,
                        at: later(4),
                        in: writer
                    )
                }
            }
        },
        ContractCase(promise: "A thread is made below a message of its group, by one of the group's members")
        {
            store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            guard case .sent(let single) = try world.send("x", from: "u0", to: "u1"),
                case .sent(let nested) = try world.post(
                    "in it",
                    from: "u1",
                    to: GroupID(rawValue: thread.id.rawValue)
                )
            else { throw ContractViolation(description: "a message wasn't sent") }
            let refused = { (message: String, owner: String, failure: Failure) in
                try expect(failure) {
                    try store.write(world.app) { (writer) throws(Failure) in
                        try ThreadRules.create(
                            "n",
                            below: message,
                            in: world.group.text,
                            of: owner,
                            by: backend,
                            at: later(4),
                            in: writer
                        )
                    }
                }
            }
            try refused(single.text, "u0", .group(.messageElsewhere(isInGroup: false)))
            try refused(nested.text, "u0", .group(.nestedThread))
            try refused("4711", "u0", .notFound(.message, id: "4711"))
            try refused(single.text, "u4", .group(.notMembers(["u4"], world.group)))
            try expect(try world.threads(.all), is: [thread.id])
        },
        ContractCase(promise: "Members of the group come into a thread, all or none, and strangers never") {
            store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            try expect(.group(.notMembers(["u4", "nobody"], world.group))) {
                try world.add(["u0", "u4", "nobody"], to: thread)
            }
            try expect(try world.names(of: thread), is: ["u1"])
            try world.add(["u2", "u1"], to: thread)
            try expect(try world.names(of: thread), is: ["u1", "u2"])
            let outcomes = try store.write(world.app) { (writer) throws(Failure) in
                try ThreadRules.remove(["u2", "u0", "nobody"], from: thread, by: backend, in: writer)
            }
            try expect(outcomes.map(\.isDone), is: [true, false, false])
            try expect(try world.names(of: thread), is: ["u1"])
        },
        ContractCase(promise: "A message to a thread waits for its members only, from when they came in") {
            store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            let place = GroupID(rawValue: thread.id.rawValue)
            guard case .sent(let first) = try world.post("one", from: "u0", to: place) else {
                throw ContractViolation(description: "the message wasn't sent")
            }
            try world.add(["u2"], to: thread)
            guard case .sent(let second) = try world.post("two", from: "u1", to: place, at: later(5)) else {
                throw ContractViolation(description: "the message wasn't sent")
            }
            let seen = try world.users[0..<3].map { user in
                try store.read(world.app) { (reader) throws(Failure) in
                    try [first, second].map { id throws(Failure) in
                        try HistoryRules.message(id, for: user, in: reader) != nil
                    }
                }
            }
            try expect(seen, is: [[false, false], [true, true], [false, true]])
            let audience = try store.read(world.app) { (reader) throws(Failure) -> Audience? in
                try reader.message(second).map { message throws(Failure) in
                    try DeliveryRules.audience(of: message, in: reader)
                }
            }
            let conversation = try store.read(world.app) { (reader) throws(Failure) in
                try reader.conversation(thread.address)?.id
            }
            try expect(audience, is: .followers(of: try require(conversation), size: 2))
        },
        ContractCase(
            promise: "A user who leaves the group leaves its threads, and with the group its threads end"
        ) {
            store in
            let world = try MessageWorld(store)
            let (thread, other) = (try world.makeThread("a"), try world.makeThread("b"))
            try world.add(["u2"], to: thread)
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try writer.deleteMember(world.users[1].id, from: world.group)
            }
            try expect(try world.names(of: thread), is: ["u2"])
            try expect(try world.names(of: other), is: [])
            try store.write(world.app) { (writer) throws(Failure) in
                try writer.deleteGroup(world.group)
            }
            try expect(try world.threads(.all), is: [])
            let left = try store.read(world.app) { (reader) throws(Failure) in
                (try reader.threadCount(), try reader.conversation(thread.address) != nil)
            }
            try expect(left.0, is: 0)
            try expect(left.1, is: true)
        },
        ContractCase(promise: "Threads are listed by id in both directions, a user's alone, or of one group")
        {
            store in
            let world = try MessageWorld(store)
            let made = try ["a", "b", "c"].map { try world.makeThread($0).id }
            try world.add(
                ["u2"],
                to: try require(
                    store.read(world.app) { (reader) throws(Failure) in
                        try reader.thread(made[1])
                    }
                )
            )
            let (one, two) = (world.users[1].id, world.users[2].id)
            try expect(try world.threads(.all), is: made.reversed())
            try expect(try world.threads(.all, isDescending: false, limit: 2), is: [made[0], made[1]])
            try expect(try world.threads(.all, after: made[1]), is: [made[0]])
            try expect(try world.threads(.joined(two, nil)), is: [made[1]])
            try expect(
                try world.threads(.joined(one, world.group), after: made[0], isDescending: false),
                is: [made[1], made[2]]
            )
            try expect(try world.threads(.joined(one, world.group), limit: 1), is: [made[2]])
            try expect(try world.threads(.joined(one, nil), isDescending: false), is: made)
            try expect(try world.threads(.joined(one, GroupID(rawValue: 1))), is: [])
        },
        ContractCase(promise: "A thread is renamed and removed; its messages stay") { store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            let place = GroupID(rawValue: thread.id.rawValue)
            guard case .sent(let id) = try world.post("x", from: "u1", to: place) else {
                throw ContractViolation(description: "the message wasn't sent")
            }
            let (renamed, left, message) = try store.write(world.app) { (writer) throws(Failure) in
                try writer.setName("new", of: thread.id)
                let renamed = try writer.thread(thread.id)?.name
                try writer.delete(thread.id)
                return (renamed, try writer.thread(thread.id), try writer.message(id)?.content.text)
            }
            try expect(renamed, is: "new")
            try expect(left, is: nil)
            try expect(message, is: "x")
            try expect(try world.post("y", from: "u1", to: place), is: .refused(.absent))
        },
        ContractCase(
            promise:
                "The authority over the group decides about its threads, and a thread's owner about its own"
        ) { store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            let users = world.users
            try world.add(["u2"], to: thread)
            let acts: [(RolePermission?, @Sendable (any Writer, Caller) throws(Failure) -> Void)] = [
                (
                    .setName,
                    { (writer, caller) throws(Failure) in
                        try ThreadRules.rename(thread, to: "n", by: caller, in: writer)
                    }
                ),
                (
                    .remove,
                    { (writer, caller) throws(Failure) in
                        _ = try ThreadRules.remove(["nobody"], from: thread, by: caller, in: writer)
                    }
                ),
                (
                    nil,
                    { (writer, caller) throws(Failure) in
                        try ThreadRules.add(["u2"], to: thread, by: caller, at: start, in: writer)
                    }
                ),
                (
                    .remove,
                    { (writer, caller) throws(Failure) in
                        try ThreadRules.delete(thread, by: caller, in: writer)
                        throw .noSuchRoute
                    }
                ),
            ]
            for (index, (permission, act)) in acts.enumerated() {
                let allowed = { (caller: Caller) -> Failure? in
                    do throws(Failure) {
                        try store.write(world.app) { (writer) throws(Failure) in try act(writer, caller) }
                        return nil
                    } catch { return error }
                }
                let done: Failure? = index == 3 ? .noSuchRoute : nil
                // The group's owner, the thread's owner, a member, a stranger, the backend.
                let ordinary = permission.map { Failure.forbidden(.permission($0)) }
                try expect(allowed(.user(users[0])), is: done)
                try expect(allowed(.user(users[1])), is: done)
                try expect(allowed(.user(users[2])), is: ordinary)
                try expect(allowed(.user(users[4])), is: ordinary ?? .forbidden(.insufficientScope))
                try expect(allowed(backend), is: done)
            }
            try expect(.forbidden(.permission(.send))) {
                try store.write(world.app) { (writer) throws(Failure) in
                    try ThreadRules.create(
                        "n",
                        below: thread.message.text,
                        in: world.group.text,
                        of: "u4",
                        by: .user(users[4]),
                        at: later(4),
                        in: writer
                    )
                }
            }
        },
        ContractCase(promise: "A thread's owner who changes its name owns the thread under the new one") {
            store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            let owners = try store.write(world.app) { (writer) throws(Failure) -> [String?] in
                guard let name = Username("zoe") else { return [] }
                try writer.rename(world.users[1], to: name, keepingFormerUntil: later(9))
                let zoe = try UserRules.find(.name("zoe"), in: writer)
                let found = try ThreadRules.find(thread.id.text, in: writer)
                try ThreadRules.rename(found, to: "n", by: .user(zoe), in: writer)
                return [found.ownerName, try writer.thread(below: thread.message)?.ownerName]
            }
            try expect(owners, is: ["zoe", "zoe"])
        },
        ContractCase(
            promise: "No method reads or changes another application's threads, reactions and devices"
        ) {
            store in
            let world = try MessageWorld(store)
            let thread = try world.makeThread()
            let ann = world.users[1].id
            try store.write(world.app) { (writer) throws(Failure) in
                try writer.react(ann, with: "+1", to: thread.message, at: start)
                try writer.setPushBinding(PushBinding(device: "d", token: "t", notifier: "n"), of: ann)
            }
            let other = try store.makeApplication("other").id
            let seen = try store.write(other) { (writer) throws(Failure) -> [Bool] in
                try writer.setName("stolen", of: thread.id)
                try writer.delete(thread.id)
                try writer.deletePushBinding(of: "d", of: ann)
                try writer.setPushBinding(PushBinding(device: "d", token: "x", notifier: "x"), of: ann)
                return [
                    try writer.thread(thread.id) != nil, try writer.thread(below: thread.message) != nil,
                    try !writer.threads(.all, ThreadRange(after: nil, isDescending: true, limit: 9)).isEmpty,
                    try writer.isMember(ann, of: thread.id),
                    try writer.insertMember(ann, into: thread.id, at: start),
                    try writer.deleteMember(ann, from: thread.id),
                    try !writer.members(of: thread.id, after: nil, limit: 9).isEmpty,
                    try !writer.reactions(to: thread.message).isEmpty,
                    try writer.unreact(ann, with: "+1", to: thread.message),
                    try !writer.pushBindings(of: ann).isEmpty, try writer.threadCount() > 0,
                ]
            }
            try expect(seen, is: Array(repeating: false, count: 11))
            try expect(try world.names(of: thread), is: ["u1"])
            let kept = try store.read(world.app) { (reader) throws(Failure) in
                (try reader.thread(thread.id)?.name, try reader.pushBindings(of: ann).map(\.token))
            }
            try expect(kept.0, is: "t")
            try expect(kept.1, is: ["t"])
        },
    ]

    static let reactions: [ContractCase] = [
        ContractCase(promise: "A reaction has each user once, the earliest first, and goes with the last one")
        {
            store in
            let world = try MessageWorld(store)
            guard case .sent(let id) = try world.post("x", from: "u0") else {
                throw ContractViolation(description: "the message wasn't sent")
            }
            let (first, second) = try store.write(world.app) { (writer) throws(Failure) in
                for (user, sign, seconds) in [(1, "+1", 1), (2, "+1", 2), (1, "+1", 3), (1, "-1", 4)] {
                    let now = later(Int64(seconds))
                    try writer.react(world.users[user].id, with: sign, to: id, at: now)
                }
                let first = try writer.reactions(to: id)
                _ = try writer.unreact(world.users[1].id, with: "-1", to: id)
                _ = try writer.unreact(world.users[1].id, with: "+1", to: id)
                return (first, try writer.reactions(to: id))
            }
            try expect(first.map(\.sign), is: ["+1", "-1"])
            try expect(first.map(\.count), is: [2, 1])
            try expect(first[0].created, is: later(1))
            try expect(first[0].modified, is: later(2))
            try expect(second.map(\.sign), is: ["+1"])
            let (names, isOwn, page) = try store.read(world.app) { (reader) throws(Failure) in
                let users = try reader.users(of: second[0].id, after: nil, limit: 9)
                return (
                    users.map(\.name), try reader.hasReacted(world.users[1].id, with: second[0].id),
                    try reader.users(of: second[0].id, after: users[0].place, limit: 9).count
                )
            }
            try expect(names, is: ["u2"])
            try expect(isOwn, is: false)
            try expect(page, is: 0)
        },
        ContractCase(promise: "A user who is deleted takes its reactions along; unknown messages have none") {
            store in
            let world = try MessageWorld(store)
            guard case .sent(let id) = try world.post("x", from: "u0") else {
                throw ContractViolation(description: "the message wasn't sent")
            }
            let left = try store.write(world.app) { (writer) throws(Failure) in
                try writer.react(world.users[1].id, with: "+1", to: id, at: start)
                try writer.react(world.users[2].id, with: "+1", to: id, at: start)
                try writer.react(world.users[2].id, with: "-1", to: id, at: start)
                try writer.delete(world.users[2].id)
                return try writer.reactions(to: id)
            }
            try expect(left.map(\.sign), is: ["+1"])
            try expect(left.map(\.count), is: [1])
            try expect(.notFound(.message, id: "4711")) {
                try store.write(world.app) { (writer) throws(Failure) in
                    try writer.react(world.users[1].id, with: "+1", to: MessageID(rawValue: 4711), at: start)
                }
            }
        },
        ContractCase(promise: "Only a user who can see a message reacts to it") { store in
            let world = try MessageWorld(store)
            guard case .sent(let id) = try world.post("x", from: "u0") else {
                throw ContractViolation(description: "the message wasn't sent")
            }
            try expect(.notFound(.message, id: id.text)) {
                try store.write(world.app) { (writer) throws(Failure) in
                    try ReactionRules.react(world.users[4], with: "+1", to: id.text, at: start, in: writer)
                        .reaction.id
                }
            }
            let summaries = try store.write(world.app) { (writer) throws(Failure) in
                _ = try ReactionRules.react(world.users[1], with: "+1", to: id.text, at: start, in: writer)
                return try [1, 2, 4].map { user throws(Failure) in
                    try ReactionRules.summaries(
                        of: id,
                        .group,
                        in: world.group,
                        for: world.users[user],
                        in: writer
                    )
                }
            }
            try expect(summaries.map { $0?.map(\.isOwn) }, is: [[true], [false], nil])
        },
    ]

    static let pushBindings: [ContractCase] = [
        ContractCase(promise: "A device is bound once, to what it was bound to last, until it is unbound") {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let found = try store.write(app) { (writer) throws(Failure) in
                for (device, token) in [("b", "1"), ("a", "2"), ("b", "3"), ("c", "4"), ("c", "")] {
                    let binding = PushBinding(device: device, token: token, notifier: "n")
                    try PushRules.bind(binding, of: ann, in: writer)
                }
                return try writer.pushBindings(of: ann.id)
            }
            try expect(found.map(\.device), is: ["a", "b"])
            try expect(found.map(\.token), is: ["2", "3"])
        },
        ContractCase(promise: "A user has so many bound devices and no more") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            try store.write(app) { (writer) throws(Failure) in
                for index in 0..<PushRules.maximumBindings {
                    let binding = PushBinding(device: "\(index)", token: "t", notifier: "n")
                    try PushRules.bind(binding, of: ann, in: writer)
                }
                try PushRules.bind(PushBinding(device: "0", token: "u", notifier: "n"), of: ann, in: writer)
            }
            try expect(.limitReached(.pushBindings, maximum: PushRules.maximumBindings)) {
                try store.write(app) { (writer) throws(Failure) in
                    let binding = PushBinding(device: "more", token: "t", notifier: "n")
                    try PushRules.bind(binding, of: ann, in: writer)
                }
            }
        },
        ContractCase(promise: "The users who refuse a conversation are named, by their keys") { store in
            let world = try MessageWorld(store)
            let address = ConversationAddress.of(world.group, .group)
            let names = try store.write(world.app) { (writer) throws(Failure) -> [String] in
                for user in [2, 1, 0] {
                    try RefusalRules.set(.refused, of: world.users[user], in: address, at: start, in: writer)
                }
                try RefusalRules.set(.told, of: world.users[0], in: address, at: start, in: writer)
                guard let conversation = try writer.conversation(address) else { return [] }
                return try writer.refusingNames(in: conversation.id)
            }
            try expect(names, is: ["u1", "u2"])
        },
    ]
}
