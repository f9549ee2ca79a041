// The contract of delivery: what waits for whom, in which order, and what an acknowledgement does.

import Domain

extension Contract {
    static let delivery: [ContractCase] = [
        ContractCase(
            promise: "A message waits for its receiver until it is acknowledged, and not for its sender"
        ) { store in
            let world = try MessageWorld(store)
            let ids = try (0..<3).map { try world.id(try world.send("\($0)", from: "u1", to: "u0")) }
            try expect(try world.waiting(0), is: ids)
            try expect([try world.count(0), try world.count(1)], is: [3, 0])
            try world.acknowledge(ids[1], by: 0)
            try expect(try world.waiting(0), is: [ids[2]])
            try expect(try world.count(0), is: 1)
            // An older acknowledgement takes nothing back.
            try world.acknowledge(ids[0], by: 0)
            try expect(try world.waiting(0), is: [ids[2]])
            try world.acknowledge(.last, by: 0)
            try expect(try world.count(0), is: 0)
            let next = try world.id(try world.send("next", from: "u1", to: "u0"))
            try expect(try world.waiting(0), is: [next])
        },
        ContractCase(promise: "An own message in between waits for nobody, and is passed over") { store in
            let world = try MessageWorld(store)
            let ids = try ["u1", "u0", "u1", "u0", "u0", "u1"].map { sender in
                try world.id(try world.send("x", from: sender, to: sender == "u0" ? "u1" : "u0"))
            }
            try expect(try world.waiting(0), is: [ids[0], ids[2], ids[5]])
            try expect(try world.count(0), is: 3)
            try world.acknowledge(ids[3], by: 0)
            try expect(try world.waiting(0), is: [ids[5]])
            try expect(try world.count(0), is: 1)
            try expect(try world.waiting(1), is: [ids[1], ids[3], ids[4]])
        },
        ContractCase(
            promise: "A message that returns to its sender, or is for oneself, waits for the sender too"
        ) { store in
            let world = try MessageWorld(store)
            let returned = try world.id(try world.send("x", from: "u1", to: "u0", returns: true))
            let own = try world.id(try world.send("y", from: "u1", to: "u1"))
            let group = try world.id(try world.post("z", from: "u1", returns: true))
            try expect(try world.waiting(1), is: [returned, own, group])
            try expect(try world.waiting(0), is: [returned, group])
            try world.acknowledge(returned, by: 1)
            try expect(try world.count(1), is: 2)
        },
        ContractCase(promise: "A message for who is online waits for nobody and stands in the history") {
            store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.send("x", from: "u1", to: "u0", retention: .archived))
            try expect(try world.waiting(0), is: [])
            try expect(try world.count(0), is: 0)
            let seen = try store.read(world.app) { (reader) throws(Failure) in
                try HistoryRules.page(
                    9,
                    of: HistoryQuery(scope: .user(world.users[0])),
                    after: nil,
                    application: world.app,
                    in: reader
                )
                .elements.map(\.id)
            }
            try expect(seen, is: [id])
        },
        ContractCase(
            promise:
                "A group's message waits for its members of that moment, with the queues of all in one order"
        ) {
            store in
            let world = try MessageWorld(store)
            let first = try world.id(try world.post("a", from: "u0"))
            let between = try world.id(try world.send("b", from: "u3", to: "u1"))
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try writer.insertMember(world.users[3].id, into: world.group, at: later(2))
                _ = try writer.deleteMember(world.users[2].id, from: world.group)
            }
            let second = try world.id(try world.post("c", from: nil))
            try expect(try world.waiting(0), is: [second])
            try expect(try world.waiting(1), is: [first, between, second])
            try expect(try world.waiting(2), is: [])
            try expect(try world.waiting(3), is: [second])
            // A returning member begins anew.
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try writer.insertMember(world.users[2].id, into: world.group, at: later(3))
            }
            try expect(try world.count(2), is: 0)
        },
        ContractCase(promise: "A room's message waits for who is in it at the moment, and nobody else") {
            store in
            let world = try MessageWorld(store, kind: .room)
            let id = try world.id(try world.post("x", from: "u1", .room))
            try expect(try (0..<4).map(world.waiting), is: [[id], [], [id], []])
            let broadcast = try store.write(world.app) { (writer) throws(Failure) in
                let sender = try MessageRules.sender(nil, for: .room, at: later(2), in: writer)
                return try MessageRules.broadcastToRooms(
                    MessageDraft(MessageContent(kind: .text, text: "all")),
                    from: sender,
                    by: backend,
                    at: later(2),
                    in: writer
                )
            }
            try expect(try (0..<4).map(world.count), is: [2, 1, 2, 0])
            try expect(try world.message(broadcast), is: nil)
        },
        ContractCase(
            promise: "A directed message waits for the members named, and only they and its sender see it"
        ) { store in
            let world = try MessageWorld(store)
            try expect(
                try world.post("x", from: "u0", members: ["u4", "nobody"]),
                is: .refused(.noRecipient)
            )
            let id = try world.id(try world.post("x", from: "u0", members: ["U1", "u1", "u4"]))
            let plain = try world.id(try world.post("y", from: "u0"))
            try expect(try (0..<3).map(world.waiting), is: [[], [id, plain], [plain]])
            try expect(try (0..<3).map(world.count), is: [0, 2, 1])
            let seen = try store.read(world.app) { (reader) throws(Failure) in
                var seen: [[MessageID]] = []
                for user in world.users[..<3] {
                    seen.append(
                        try HistoryRules.page(
                            9,
                            of: HistoryQuery(scope: .user(user)),
                            after: nil,
                            application: world.app,
                            in: reader
                        )
                        .elements.map(\.id)
                    )
                }
                return seen
            }
            try expect(seen, is: [[plain, id], [plain, id], [plain]])
            let (one, two) = (world.users[1], world.users[2])
            let states = try store.read(world.app) { (reader) throws(Failure) in
                [
                    try DeliveryRules.isWaiting(id, for: one, in: reader),
                    try DeliveryRules.isWaiting(id, for: two, in: reader),
                ]
            }
            try expect(states, is: [true, false])
            try world.acknowledge(id, by: 1)
            try expect(try world.waiting(1), is: [plain])
        },
        ContractCase(promise: "A broadcast waits for everybody who was there, and for nobody who came later")
        { store in
            let world = try MessageWorld(store)
            let first = try world.broadcast("to all")
            let late = try store.register("late", in: world.app, at: later(2))
            let second = try world.broadcast("to all", from: "u0", at: later(3))
            try expect([try world.waiting(0), try world.waiting(4)], is: [[first], [first, second]])
            let forLate = try store.read(world.app) { (reader) throws(Failure) in
                [
                    try DeliveryRules.waitingCount(for: late, in: reader),
                    Int64(try DeliveryRules.page(9, after: nil, for: late, in: reader).elements.count),
                    try DeliveryRules.isWaiting(first, for: late, in: reader) ? 1 : 0,
                    try DeliveryRules.isWaiting(second, for: late, in: reader) ? 1 : 0,
                ]
            }
            try expect(forLate, is: [1, 1, 0, 1])
            try world.acknowledge(first, by: 4)
            try expect(try world.waiting(4), is: [second])
            try world.acknowledge(second, by: 4)
            try expect(try world.count(4), is: 0)
            let third = try world.broadcast("to all", at: later(4))
            try expect(try world.waiting(4), is: [third])
            // An existing position moves past the user's own message, too.
            let fourth = try world.broadcast("to all", from: "u4", at: later(5))
            try expect(try world.waiting(4), is: [third])
            try expect(try world.count(4), is: 1)
            try world.acknowledge(third, by: 4)
            try expect(try world.count(4), is: 0)
            let fifth = try world.broadcast("to all", at: later(6))
            try expect(
                [try world.waiting(4), try world.waiting(1)],
                is: [[fifth], [first, second, third, fourth, fifth]]
            )
            try expect(try world.count(4), is: 1)
        },
        ContractCase(
            promise:
                "Pages of waiting messages neither repeat nor lose any while others arrive and are acknowledged"
        ) {
            store in
            let world = try MessageWorld(store)
            var ids: [MessageID] = []
            for round in 0..<12 {
                ids.append(
                    try world.id(
                        round % 3 == 0
                            ? world.post("x", from: "u0")
                            : world.send("x", from: "u\(round % 4 + 1)", to: "u1")
                    )
                )
            }
            ids = try world.waiting(1)
            let user = world.users[1]
            func page(_ cursor: Cursor?) throws -> Page<Message> {
                try store.read(world.app) { (reader) throws(Failure) in
                    try DeliveryRules.page(4, after: cursor, for: user, in: reader)
                }
            }
            let first = try page(nil)
            try world.acknowledge(ids[5], by: 1)
            let late = try world.id(try world.send("late", from: "u3", to: "u1"))
            let second = try page(first.next)
            try expect(first.elements.map(\.id), is: Array(ids[..<4]))
            try expect(second.elements.map(\.id), is: Array((ids[6...] + [late]).prefix(4)))
        },
        ContractCase(
            promise:
                "A conversation is listed by its newest message until it is hidden, and again by the next"
        ) { store in
            let world = try MessageWorld(store)
            _ = try world.send("a", from: "u1", to: "u0", at: later(1))
            _ = try world.post("b", from: "u2", at: later(2))
            _ = try world.send("c", from: "u3", to: "u0", at: later(3))
            let user = world.users[0]
            func listed() throws -> [String] {
                try store.read(world.app) { (reader) throws(Failure) in
                    var names: [String] = []
                    var cursor: Cursor?
                    repeat {
                        let page = try ConversationRules.page(1, after: cursor, of: user, in: reader)
                        for row in page.elements {
                            names.append("\(row.followed.conversation.address.name) \(row.followed.waiting)")
                        }
                        cursor = page.next
                    } while cursor != nil
                    return names
                }
            }
            let group = "\(world.group.text) 1"
            try expect(try listed(), is: ["u0:u3 1", group, "u0:u1 1"])
            try store.write(world.app) { (writer) throws(Failure) in
                let one = try ConversationRules.address(of: "U1", .single, for: user)
                try ConversationRules.hide(one, withMessages: true, for: user, in: writer)
                let other = try ConversationRules.address(of: "u3", .single, for: user)
                try ConversationRules.hide(other, withMessages: false, for: user, in: writer)
                let nobody = try ConversationRules.address(of: "nobody", .single, for: user)
                try ConversationRules.hide(nobody, withMessages: true, for: user, in: writer)
            }
            try expect(try listed(), is: [group])
            try expect(try world.count(0), is: 2)
            _ = try world.send("d", from: "u1", to: "u0", at: later(4))
            try expect(try listed(), is: ["u0:u1 1", group])
        },
        ContractCase(
            promise:
                "One-way removal takes messages from one user's history and queue, and from nobody else's"
        ) { store in
            let world = try MessageWorld(store)
            let ids = try (1...4).map {
                try world.id(try world.send("\($0)", from: "u1", to: "u0", at: later(Int64($0))))
            }
            let (zero, one) = (world.users[0], world.users[1])
            func history(_ user: User) throws -> [MessageID] {
                try store.read(world.app) { (reader) throws(Failure) in
                    try HistoryRules.page(
                        9,
                        of: HistoryQuery(scope: .user(user), isDescending: false),
                        after: nil,
                        application: world.app,
                        in: reader
                    ).elements.map(\.id)
                }
            }
            try store.write(world.app) { (writer) throws(Failure) in
                let address = try ConversationRules.address(of: "u1", .single, for: zero)
                try ConversationRules.clear(address, through: later(2), for: zero, in: writer)
            }
            try expect(try history(zero), is: Array(ids[2...]))
            try expect(try world.waiting(0), is: Array(ids[2...]))
            try expect(try world.count(0), is: 2)
            try expect(try history(one), is: ids)
            _ = try world.post("x", from: "u2")
            try store.write(world.app) { (writer) throws(Failure) in
                try ConversationRules.clearAll(for: zero, in: writer)
            }
            try expect(try history(zero), is: [])
            try expect(try world.count(0), is: 0)
            try expect(try history(one).count, is: 5)
            let next = try world.id(try world.send("next", from: "u1", to: "u0", at: later(5)))
            try expect(try history(zero), is: [next])
        },
    ]

    /// Each seed is a run of its own.
    static let deliveryModel: [ContractCase] = (1...6).map { seed in
        ContractCase(
            promise:
                "Random sends, recalls, removals, joins, leaves and acknowledgements leave a plain model's queues (seed \(seed))"
        ) {
            store in
            try runDeliveryModel(seed: UInt64(seed), on: store)
        }
    }

    /// A queue a user: what a store without positions would keep.
    private struct Queues {
        var waiting: [[(id: MessageID, group: Bool)]]
        var members: Set<Int>
        var uncounted: Set<MessageID> = []

        mutating func add(_ id: MessageID, to users: some Sequence<Int>, group: Bool) {
            for user in users { waiting[user].append((id, group)) }
        }
    }

    private static func runDeliveryModel(seed: UInt64, on store: any Store) throws {
        let world = try MessageWorld(store)
        var model = Queues(waiting: Array(repeating: [], count: 5), members: [0, 1, 2])
        var random = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % bound
        }
        var sent: [MessageID] = []
        for step in 0..<150 {
            let (sender, other) = (next(5), next(5))
            switch next(12) {
            case 0...2:
                let returns = next(4) == 0
                let isCounted = next(4) > 0
                let id = try world.id(
                    try world.send(
                        "m",
                        from: "u\(sender)",
                        to: "u\(other)",
                        at: later(Int64(step)),
                        isCounted: isCounted,
                        returns: returns
                    )
                )
                if !isCounted { model.uncounted.insert(id) }
                model.add(id, to: Set([other] + (returns ? [sender] : [])), group: false)
                sent.append(id)
            case 3...5:
                let id = try world.id(try world.post("m", from: "u\(sender)", at: later(Int64(step))))
                model.add(id, to: model.members.subtracting([sender]), group: true)
                sent.append(id)
            case 10:
                guard !sent.isEmpty else { continue }
                let id = sent[next(sent.count)]
                let request = RecallRequest(id: id, kind: nil, receiver: nil, isForced: true)
                try store.write(world.app) { (writer) throws(Failure) in
                    _ = try MessageChangeRules.recall(
                        request,
                        by: backend,
                        of: world.application,
                        at: later(Int64(step)),
                        in: writer
                    )
                }
                model.uncounted.insert(id)
            case 11:
                guard !sent.isEmpty else { continue }
                let id = sent[next(sent.count)]
                let user = world.users[sender]
                let isRemoved = try store.write(world.app) { (writer) throws(Failure) in
                    try ConversationRules.remove([id], for: user, in: writer)
                    return try writer.isRemoved(id, for: user.id)
                }
                if isRemoved { model.waiting[sender].removeAll { $0.id == id } }
            case 6:
                let outcome = try world.post(
                    "m",
                    from: "u\(sender)",
                    members: ["u\(other)", "u\(next(5))"],
                    at: later(Int64(step))
                )
                guard case .sent(let id) = outcome else { continue }
                let user = world.users
                let named = try store.read(world.app) { (reader) throws(Failure) in
                    var named: [Int] = []
                    for index in user.indices where try reader.isRecipient(user[index].id, of: id) {
                        named.append(index)
                    }
                    return named
                }
                // Directed messages outlive a membership.
                model.add(id, to: named, group: false)
                sent.append(id)
            case 7:
                guard sender != 0 else { continue }
                let user = world.users[sender].id
                if model.members.remove(sender) != nil {
                    try store.write(world.app) { (writer) throws(Failure) in
                        _ = try writer.deleteMember(user, from: world.group)
                    }
                    model.waiting[sender].removeAll(where: \.group)
                } else {
                    try store.write(world.app) { (writer) throws(Failure) in
                        _ = try writer.insertMember(user, into: world.group, at: later(Int64(step)))
                    }
                    model.members.insert(sender)
                }
            default:
                guard !sent.isEmpty else { continue }
                let id = sent[next(sent.count)]
                try world.acknowledge(id, by: sender)
                model.waiting[sender].removeAll { $0.id <= id }
            }
            for index in 0..<5 {
                let expected = model.waiting[index].map(\.id)
                try expect(try world.waiting(index), is: expected)
                let counted = expected.filter { !model.uncounted.contains($0) }
                try expect(try world.count(index), is: Int64(counted.count))
            }
        }
        let (user, probe) = (world.users, sent)
        for index in 0..<5 {
            let waiting = try store.read(world.app) { (reader) throws(Failure) in
                var waiting: [MessageID] = []
                for id in probe where try DeliveryRules.isWaiting(id, for: user[index], in: reader) {
                    waiting.append(id)
                }
                return waiting
            }
            try expect(waiting, is: model.waiting[index].map(\.id))
        }
    }
}
