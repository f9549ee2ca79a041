// The contract of messages: who may send where, what is stored, and what becomes of it afterwards.

public import Domain

extension Contract {
    /// A world of users and one group, and the verbs of the cases.
    struct MessageWorld: Sendable {
        /// Used by the case's own thread only.
        ///
        /// Not kept alive from here: transactions take the world along, and the thread that lets go of the
        /// last of them must not be the one that closes the store.
        nonisolated(unsafe) unowned let store: any Store
        let application: Application
        let users: [User]
        let group: GroupID

        var app: ApplicationID { application.id }

        /// Users `u0`, `u1`… and a group of the first three, owned by `u0`.
        init(_ store: any Store, users count: Int = 5, kind: GroupKind = .group) throws {
            self.store = store
            application = try store.makeApplication()
            let users = try store.register((0..<count).map { "u\($0)" }, in: application.id)
            self.users = users
            group = try store.write(application.id) { (writer) throws(Failure) in
                let id = GroupID(rawValue: try writer.nextID(at: start))
                let settings = GroupSettings(name: "g", description: "", isPublic: true, maximumMembers: 100)
                _ = try writer.insertGroup(id, kind, settings, owner: users[0].id, at: start)
                for user in users[1..<3] { _ = try writer.insertMember(user.id, into: id, at: start) }
                return id
            }
        }

        func send(
            _ text: String,
            from sender: String?,
            to receiver: String,
            at now: Timestamp = later(1),
            retention: MessageRetention = .queued,
            isCounted: Bool = true,
            isRefusable: Bool = true,
            returns: Bool = false,
            named name: String? = nil,
            isOneOfMany: Bool = false
        ) throws -> MessageOutcome {
            let draft = MessageDraft(
                MessageContent(kind: .text, text: text),
                retention: retention,
                isCounted: isCounted,
                isRefusable: isRefusable,
                returnsToSender: returns,
                clientName: name,
                isOneOfMany: isOneOfMany
            )
            return try store.write(app) { (writer) throws(Failure) in
                let from = try MessageRules.sender(sender, for: .single, at: now, in: writer)
                return try MessageRules.send(draft, from: from, toUser: receiver, at: now, in: writer)
            }
        }

        func post(
            _ text: String,
            from sender: String?,
            to group: GroupID? = nil,
            _ kind: GroupKind = .group,
            members: [String]? = nil,
            at now: Timestamp = later(1),
            retention: MessageRetention = .queued,
            isCounted: Bool = true,
            isRefusable: Bool = true,
            returns: Bool = false,
            named name: String? = nil
        ) throws -> MessageOutcome {
            let draft = MessageDraft(
                MessageContent(kind: .text, text: text),
                retention: retention,
                isCounted: isCounted,
                isRefusable: isRefusable,
                returnsToSender: returns,
                clientName: name
            )
            let target = (group ?? self.group).text
            return try store.write(app) { (writer) throws(Failure) in
                let from = try MessageRules.sender(
                    sender,
                    for: kind == .group ? .group : .room,
                    at: now,
                    in: writer
                )
                guard let group = try GroupRules.known(target, kind, in: writer) else {
                    guard let thread = try ThreadRules.known(target, in: writer) else {
                        return .refused(.absent)
                    }
                    return try MessageRules.send(
                        draft,
                        from: from,
                        to: thread,
                        by: backend,
                        at: now,
                        in: writer
                    )
                }
                if let members {
                    return try MessageRules.send(
                        draft,
                        from: from,
                        to: group,
                        members: members,
                        by: backend,
                        at: now,
                        in: writer
                    )
                }
                return try MessageRules.send(draft, from: from, to: group, by: backend, at: now, in: writer)
            }
        }

        func broadcast(
            _ text: String,
            from sender: String? = nil,
            at now: Timestamp = later(1),
            retention: MessageRetention = .queued,
            named name: String? = nil
        ) throws -> MessageID {
            let draft = MessageDraft(
                MessageContent(kind: .text, text: text),
                retention: retention,
                clientName: name
            )
            return try store.write(app) { (writer) throws(Failure) in
                let from = try MessageRules.sender(sender, for: .broadcast, at: now, in: writer)
                return try MessageRules.broadcast(draft, from: from, at: now, in: writer)
            }
        }

        func id(_ outcome: MessageOutcome) throws -> MessageID {
            guard case .sent(let id) = outcome else { throw ContractViolation(description: "\(outcome)") }
            return id
        }

        func message(_ id: MessageID) throws -> Message? {
            try store.read(app) { (reader) throws(Failure) in try reader.message(id) }
        }

        /// The queue of a user, read in pages of three.
        func waiting(_ index: Int) throws -> [MessageID] {
            let user = users[index]
            return try store.read(app) { (reader) throws(Failure) in
                var ids: [MessageID] = []
                var cursor: Cursor?
                repeat {
                    let page = try DeliveryRules.page(3, after: cursor, for: user, in: reader)
                    ids += page.elements.map(\.id)
                    cursor = page.next
                } while cursor != nil
                return ids
            }
        }

        func count(_ index: Int) throws -> Int64 {
            let user = users[index]
            return try store.read(app) { (reader) throws(Failure) in
                try DeliveryRules.waitingCount(for: user, in: reader)
            }
        }

        func acknowledge(_ id: MessageID, by index: Int) throws {
            let user = users[index]
            try store.write(app) { (writer) throws(Failure) in
                try DeliveryRules.acknowledge(through: id, by: user, in: writer)
            }
        }

        func recall(
            _ id: MessageID?,
            _ kind: ConversationKind? = nil,
            to receiver: String? = nil,
            force: Bool = false,
            at now: Timestamp = later(2)
        ) throws -> RecallOutcome {
            let application = application
            let request = RecallRequest(id: id, kind: kind, receiver: receiver, isForced: force)
            return try store.write(app) { (writer) throws(Failure) in
                try MessageChangeRules.recall(request, by: backend, of: application, at: now, in: writer)
            }
        }
    }

    static let messages: [ContractCase] = [
        ContractCase(promise: "A message is stored once with its sender, its receiver and what it says") {
            store in
            let world = try MessageWorld(store)
            let content = MessageContent(
                kind: .image,
                text: "cat.png",
                body: Array("{\"type\":\"img\"}".utf8),
                ext: Array("{\"a\":1}".utf8)
            )
            let outcome = try store.write(world.app) { (writer) throws(Failure) in
                try MessageRules.send(
                    MessageDraft(content),
                    from: .user(world.users[1]),
                    toUser: "U0",
                    at: later(1),
                    in: writer
                )
            }
            let message = try require(try world.message(try world.id(outcome)))
            try expect(message.content, is: content)
            try expect(message.sender, is: "u1")
            try expect(message.receiver, is: "u0")
            try expect(message.sent, is: later(1))
            try expect(message.sequence, is: 1)
            try expect(message.address.key, is: "u0:u1")
        },
        ContractCase(promise: "Ids rise with sending, also when the clock goes back") { store in
            let world = try MessageWorld(store)
            var ids: [MessageID] = []
            for seconds in [5, 5, 3, 6] as [Int64] {
                ids.append(try world.id(try world.send("x", from: nil, to: "u0", at: later(seconds))))
            }
            try expect(ids, is: ids.sorted())
            try expect(Set(ids).count, is: 4)
            try expect(ids.map(\.text).allSatisfy { (14...16).contains($0.count) }, "14 to 16 digits")
        },
        ContractCase(promise: "A missing target is told and harms nobody; a sender needs no account") {
            store in
            let world = try MessageWorld(store)
            try expect(try world.send("x", from: nil, to: "nobody"), is: .refused(.absent))
            try expect(try world.send("x", from: nil, to: "no name at all"), is: .refused(.absent))
            try expect(try world.post("x", from: nil, to: GroupID(rawValue: 4711)), is: .refused(.absent))
            try expect(try world.post("x", from: nil, .room), is: .refused(.absent))
            let id = try world.id(try world.send("x", from: "Robot", to: "u0"))
            try expect(try world.message(id)?.sender, is: "Robot")
            try expect(
                try world.message(try world.id(try world.send("x", from: nil, to: "u0")))?.sender,
                is: "admin"
            )
            try expect(try world.count(0), is: 2)
        },
        ContractCase(promise: "A block keeps the blocked user's messages away, and nobody else's") { store in
            let world = try MessageWorld(store)
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try writer.insertBlock(world.users[1].id, by: world.users[0].id, at: start)
            }
            try expect(try world.send("x", from: "u1", to: "u0"), is: .refused(.blocked))
            _ = try world.id(try world.send("x", from: "u2", to: "u0"))
            _ = try world.id(try world.send("x", from: "u0", to: "u1"))
            _ = try world.id(try world.send("x", from: nil, to: "u0"))
            try expect(try world.count(0), is: 2)
        },
        ContractCase(promise: "A deactivated sender, and a muted one while it is muted, can't send at all") {
            store in
            let world = try MessageWorld(store)
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try UserRules.deactivate("u4", at: start, in: writer)
                try writer.setMutes(Mutes(chat: later(60), chatroom: Mutes.forever), of: world.users[3].id)
            }
            try expect(.forbidden(.deactivated)) { try world.send("x", from: "u4", to: "u0") }
            try expect(.forbidden(.muted)) { try world.send("x", from: "u3", to: "u0") }
            _ = try world.id(try world.send("x", from: "u3", to: "u0", at: later(60)))
            // Muted for chats and rooms, not for groups.
            _ = try world.id(try world.post("x", from: "u3"))
            try expect(.forbidden(.muted)) { try world.post("x", from: "u3", .room) }
            // A deactivated user still receives.
            _ = try world.id(try world.send("x", from: nil, to: "u4"))
        },
        ContractCase(promise: "A group's mutes, all-mute, block list and disabling are honoured for users") {
            store in
            let world = try MessageWorld(store)
            func change(_ body: @escaping @Sendable (any Writer, Group) throws(Failure) -> Void) throws {
                try store.write(world.app) { (writer) throws(Failure) in
                    guard let group = try writer.group(world.group) else { throw .notFound(.group, id: "") }
                    try body(writer, group)
                }
            }
            try change { (writer, group) throws(Failure) in
                try writer.setGroupMute(until: later(60), of: world.users[1].id, in: group.id)
            }
            try expect(try world.post("x", from: "u1"), is: .refused(.muted))
            _ = try world.id(try world.post("x", from: "u1", at: later(60)))
            try change { (writer, group) throws(Failure) in
                var muted = group
                muted.muteExpiry = later(120)
                try writer.update(muted)
                _ = try writer.allow(world.users[2].id, in: group.id, at: start)
            }
            try expect(try world.post("x", from: "u1", at: later(60)), is: .refused(.groupMuted))
            for sender in ["u0", "u2", nil] { _ = try world.id(try world.post("x", from: sender)) }
            _ = try world.id(try world.post("x", from: "u1", at: later(120)))
            try change { (writer, group) throws(Failure) in
                _ = try writer.block(world.users[4].id, until: nil, in: group.id, at: start)
            }
            try expect(try world.post("x", from: "u4"), is: .refused(.blocked))
            try change { (writer, group) throws(Failure) in
                var disabled = group
                disabled.isDisabled = true
                try writer.update(disabled)
            }
            try expect(try world.post("x", from: nil), is: .refused(.disabled))
            try expect(try world.post("x", from: "u0"), is: .refused(.disabled))
        },
        ContractCase(promise: "A message of the longest size passes, and one byte more doesn't") { store in
            let world = try MessageWorld(store)
            let longest = MessageContent(kind: .text, text: String(repeating: "x", count: 4096))
            try MessageRules.check(longest, of: world.application)
            for (content, failure) in [
                (
                    MessageContent(kind: .text, text: String(repeating: "x", count: 4097)),
                    Failure.invalid(field: "msg", .tooLong(maximum: 4096, unit: "bytes"))
                ),
                (
                    MessageContent(kind: .text, text: String(repeating: "x", count: 5121)),
                    .bodyTooLarge(maximum: 5120)
                ),
                (
                    MessageContent(kind: .image, text: nil, body: Array(repeating: 0x20, count: 5121)),
                    .bodyTooLarge(maximum: 5120)
                ),
            ] {
                try expect(failure) { try MessageRules.check(content, of: world.application) }
            }
        },
        ContractCase(promise: "A deleted user leaves its messages with its name, and takes its queue along") {
            store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.send("x", from: "u3", to: "u0"))
            _ = try world.send("y", from: "u0", to: "u3")
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try UserRules.delete("u3", in: writer)
            }
            try expect(try world.message(id)?.sender, is: "u3")
            try expect(try world.waiting(0), is: [id])
            // A later owner of the name begins with nothing.
            let successor = try store.register("u3", in: world.app, at: later(9))
            let counts = try store.read(world.app) { (reader) throws(Failure) in
                [
                    try DeliveryRules.waitingCount(for: successor, in: reader),
                    Int64(
                        try HistoryRules.page(
                            10,
                            of: HistoryQuery(scope: .user(successor)),
                            after: nil,
                            application: world.app,
                            in: reader
                        ).elements.count
                    ),
                ]
            }
            try expect(counts, is: [0, 0])
            _ = try world.id(try world.send("z", from: "u0", to: "u3", at: later(10)))
            let later = try store.read(world.app) { (reader) throws(Failure) in
                try DeliveryRules.waitingCount(for: successor, in: reader)
            }
            try expect(later, is: 1)
        },
        ContractCase(promise: "A deleted group leaves its history, and nothing waits from it any more") {
            store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.post("x", from: "u0"))
            try store.write(world.app) { (writer) throws(Failure) in try writer.deleteGroup(world.group) }
            try expect(try world.count(1), is: 0)
            try expect(try world.message(id)?.content.text, is: "x")
        },
        ContractCase(promise: "A deleted application leaves no message, and its neighbour keeps its own") {
            store in
            let world = try MessageWorld(store)
            let other = try store.makeApplication("b").id
            _ = try store.register("u0", in: other)
            let kept = try store.write(other) { (writer) throws(Failure) in
                try MessageRules.send(
                    MessageDraft(MessageContent(kind: .text, text: "stays here")),
                    from: .application(.init(stored: "a", key: "a")),
                    toUser: "u0",
                    at: start,
                    in: writer
                )
            }
            let gone = try world.id(try world.send("goes away", from: "u1", to: "u0"))
            try store.administer(writing: { (writer) throws(Failure) in
                try writer.deleteApplication(world.app)
            })
            try expect(try world.message(gone), is: nil)
            let query = try require(HistorySearch("here"))
            let found = try store.read(other) { (reader) throws(Failure) in
                try reader.candidateIDs(matching: query, in: nil, MessageRange(), limit: 9)
            }
            try expect(found, is: [try world.id(kept)])
        },
        ContractCase(promise: "No application reaches another's messages, conversations or positions") {
            store in
            let world = try MessageWorld(store)
            let mine = try store.makeApplication("b").id
            let id = try world.id(try world.send("secret words", from: "u1", to: "u0"))
            let message = try require(try world.message(id))
            let query = try require(HistorySearch("secret"))
            let user = world.users[0].id
            let found = try store.write(mine) { (writer) throws(Failure) in
                var stranger = message
                stranger.content.text = "changed"
                try writer.update(stranger)
                try writer.setPosition(
                    Position(visibleAfter: .last, delivered: .last, deliveredSequence: 9),
                    of: user,
                    in: message.conversation
                )
                return [
                    try writer.message(id) == nil, try writer.conversation(message.address) == nil,
                    try writer.messageIDs(in: nil, MessageRange(), for: .everyone, limit: 9).isEmpty,
                    try writer.messageIDs(in: message.conversation, MessageRange(), for: .everyone, limit: 9)
                        .isEmpty,
                    try writer.messages(MessageRange(), sent: .always, limit: 9).isEmpty,
                    try writer.candidateIDs(matching: query, in: nil, MessageRange(), limit: 9).isEmpty,
                    try writer.position(of: user, in: message.conversation) == nil,
                    try writer.conversations(of: user).isEmpty,
                    try writer.waitingConversations(of: user).isEmpty,
                    try writer.lastQueued(in: message.conversation, through: .last) == nil,
                    try writer.parts(MessageRange(), sent: .always, maximumMessages: 1, maximumBytes: 1)
                        .isEmpty,
                    try writer.aheadOfClock(.always) == nil,
                    try writer.lastAheadOfClock(through: ExactTime(later(99), .last)) == nil,
                    try writer.firstMessage(in: nil, MessageRange(), sent: .always) == nil,
                    try writer.firstMessage(in: message.conversation, MessageRange(), sent: .always) == nil,
                ]
            }
            try expect(found, is: Array(repeating: true, count: 15))
            try expect(try world.message(id), is: message)
            try expect(try world.count(0), is: 1)
        },
    ]

    static let messageChanges: [ContractCase] = [
        ContractCase(promise: "A recall leaves a tombstone for history and queue, once, and within its time")
        { store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.send("hidden words", from: "u1", to: "u0"))
            try expect(try world.recall(id, .group, to: world.group.text), is: .elsewhere)
            try expect(try world.recall(id, .single, to: "u2"), is: .elsewhere)
            try expect(try world.recall(nil), is: .absent)
            try expect(try world.recall(MessageID(rawValue: 4711)), is: .absent)
            try expect(try world.recall(id, at: later(122)), is: .late)
            guard
                case .recalled(let tombstone, by: _) = try world.recall(id, .single, to: "U0", at: later(121))
            else {
                throw ContractViolation(description: "not recalled")
            }
            try expect(tombstone.isRecalled, "a tombstone")
            try expect(try world.message(id)?.content, is: MessageContent(kind: .text, text: nil))
            try expect(try world.waiting(0), is: [id])
            try expect(try world.recall(id), is: .absent)
            let query = try require(HistorySearch("hidden"))
            let found = try store.read(world.app) { (reader) throws(Failure) in
                try reader.candidateIDs(matching: query, in: nil, MessageRange(), limit: 9)
            }
            try expect(found, is: [])
        },
        ContractCase(promise: "A forced recall has no time limit, and with the limit 0 nothing is recalled") {
            store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.send("x", from: "u1", to: "u0"))
            let request = RecallRequest(id: id, kind: nil, receiver: nil, isForced: true)
            var settings = ApplicationSettings()
            settings.recallSeconds = 0
            let application = world.application
            let off = Application(
                id: application.id,
                uuid: application.uuid,
                organization: application.organization,
                name: application.name,
                created: application.created,
                settings: settings,
                credentials: []
            )
            try expect(.forbidden(.recallDisabled)) {
                try store.write(world.app) { (writer) throws(Failure) in
                    try MessageChangeRules.recall(request, by: backend, of: off, at: later(2), in: writer)
                }
            }
            guard case .recalled = try world.recall(id, force: true, at: later(1_000_000)) else {
                throw ContractViolation(description: "not recalled")
            }
        },
        ContractCase(
            promise: "A rewrite changes what is read and found, ten times at most, and not after a recall"
        ) { store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.send("first words", from: "u1", to: "u0"))
            func rewrite(_ text: String) throws -> Message {
                let application = world.application
                return try store.write(world.app) { (writer) throws(Failure) in
                    try MessageChangeRules.rewrite(id.text, of: application, in: writer) {
                        old throws(Failure) in
                        var content = old
                        content.text = text
                        return content
                    }
                }
            }
            func found(_ text: String) throws -> [MessageID] {
                let query = try require(HistorySearch(text))
                return try store.read(world.app) { (reader) throws(Failure) in
                    try reader.candidateIDs(matching: query, in: nil, MessageRange(), limit: 9)
                }
            }
            for round in 1...10 { try expect(try rewrite("second try \(round)").edits, is: round) }
            try expect(try found("first"), is: [])
            try expect(try found("try 10"), is: [id])
            try expect(.limitReached(.edits, maximum: 10)) { try rewrite("more") }
            _ = try world.recall(id)
            try expect(.notFound(.message, id: id.text)) { try rewrite("more") }
        },
        ContractCase(
            promise: "A rewrite and a recall in the transaction of the sending leave the index right"
        ) { store in
            let world = try MessageWorld(store)
            let application = world.application
            let ids = try store.write(world.app) { (writer) throws(Failure) in
                var ids: [MessageID] = []
                for text in ["alpha words", "beta words", "gamma words"] {
                    let outcome = try MessageRules.send(
                        MessageDraft(MessageContent(kind: .text, text: text)),
                        from: .user(world.users[1]),
                        toUser: "u0",
                        at: later(1),
                        in: writer
                    )
                    if case .sent(let id) = outcome { ids.append(id) }
                }
                _ = try MessageChangeRules.rewrite(ids[0].text, of: application, in: writer) {
                    old throws(Failure) in
                    MessageContent(kind: .text, text: "delta words")
                }
                _ = try MessageChangeRules.recall(
                    RecallRequest(id: ids[1], kind: nil, receiver: nil, isForced: true),
                    by: backend,
                    of: application,
                    at: later(1),
                    in: writer
                )
                return ids
            }
            for (text, expected) in [
                ("alpha", []), ("beta", []), ("gamma", [ids[2]]), ("delta", [ids[0]]),
                ("words", [ids[0], ids[2]]),
            ] {
                let query = try require(HistorySearch(text))
                let found = try store.read(world.app) { (reader) throws(Failure) in
                    try reader.candidateIDs(matching: query, in: nil, MessageRange(), limit: 9)
                }
                try expect(found, is: expected)
            }
        },
        ContractCase(promise: "An old message stands at its time, waits for nobody, and can be seen by both")
        { store in
            let world = try MessageWorld(store)
            let sent = try world.id(try world.send("new", from: "u1", to: "u0"))
            let old = later(-1000)
            func bring(_ text: String, at moment: Timestamp?, to target: MessageChangeRules.ImportTarget)
                throws -> MessageID
            {
                try store.write(world.app) { (writer) throws(Failure) in
                    try MessageChangeRules.importOld(
                        MessageContent(kind: .text, text: text),
                        from: "u1",
                        to: target,
                        sent: moment,
                        at: later(5),
                        in: writer
                    )
                }
            }
            let first = try bring("older", at: old, to: .user("u0"))
            let second = try bring("as old", at: old, to: .user("u0"))
            try expect(try [first, second].map { try world.message($0)?.sent }, is: [old, old])
            try expect(first != second, "two ids")
            try expect(try world.waiting(0), is: [sent])
            for index in [0, 1] {
                let user = world.users[index]
                let seen = try store.read(world.app) { (reader) throws(Failure) in
                    try HistoryRules.page(
                        10,
                        of: HistoryQuery(scope: .user(user)),
                        after: nil,
                        application: world.app,
                        in: reader
                    )
                    .elements.map(\.id)
                }
                try expect(seen, is: [sent, second, first])
            }
            let inGroup = try bring("in the group", at: old, to: .group(world.group.text))
            try expect(try world.message(inGroup)?.receiver, is: world.group.text)
            try expect(try world.waiting(0), is: [sent])
            for moment in [later(6), Timestamp(milliseconds: 1_500_000_000_000)] {
                try expect(
                    .invalid(
                        field: "msg_timestamp",
                        .outOfRange(minimum: 1_577_836_800_000, maximum: later(5).milliseconds)
                    )
                ) { try bring("x", at: moment, to: .user("u0")) }
            }
            try expect(.invalid(field: "target", .unknownReference(.user, id: "nobody"))) {
                try bring("x", at: old, to: .user("nobody"))
            }
            try expect(.invalid(field: "target", .unknownReference(.group, id: "4711"))) {
                try bring("x", at: old, to: .group("4711"))
            }
        },
    ]
}

extension Store {
    /// One message of each kind of conversation, one of them directed, and a position in each.
    public func furnishMessages(
        _ sender: User,
        _ receiver: User,
        in group: GroupID,
        of application: ApplicationID
    ) throws {
        let draft = MessageDraft(
            MessageContent(kind: .text, text: "furnished"),
            clientName: "furnished",
            isOneOfMany: true
        )
        let now = Contract.later(1)
        try write(application) { (writer) throws(Failure) in
            let address = ConversationAddress.between(sender.username, receiver.username)
            try writer.setMessageOption(.silent, of: sender.id, in: address)
            try writer.setMessageOption(.silent, of: receiver.id, in: address)
            let user = sender
            let sender = MessageSender.user(sender)
            for name in [receiver.username.text, sender.name.text] {
                _ = try MessageRules.send(draft, from: sender, toUser: name, at: now, in: writer)
            }
            guard let group = try writer.group(group) else { throw .notFound(.group, id: group.text) }
            _ = try MessageRules.send(
                draft,
                from: sender,
                to: group,
                by: Contract.backend,
                at: now,
                in: writer
            )
            let members = [sender.name.text, receiver.username.text]
            _ = try MessageRules.send(
                MessageDraft(draft.content, clientName: "directed"),
                from: sender,
                to: group,
                members: members,
                by: Contract.backend,
                at: now,
                in: writer
            )
            let id = try MessageRules.broadcast(draft, from: sender, at: now, in: writer)
            try writer.remove(id, for: user.id)
            try writer.remove(id, for: receiver.id)
            try writer.note("furnished", sent: id, at: now)
            for user in [user, receiver] {
                try writer.setRefusedStretch(RefusedStretch(conversation: nil, after: id), of: user.id)
            }
        }
    }
}
