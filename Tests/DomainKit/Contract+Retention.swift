// The contract of what is kept of messages: what waits for nobody, and what doesn't count.

import Domain

extension Contract {
    static let retention: [ContractCase] = [
        ContractCase(promise: "A live message is told, and nothing of it is kept or counted") { store in
            let world = try MessageWorld(store)
            let told = store.announced.count
            let before = try world.id(try world.post("before", from: "u1"))
            let outcomes = [
                try world.send("x", from: "u1", to: "u0", retention: .live, named: "n"),
                try world.post("y", from: "u1", retention: .live),
            ]
            let ids = try outcomes.map(world.id)
            try expect(ids[0] < ids[1] && before < ids[0], "ids that rise")
            for id in ids { try expect(try world.message(id), is: nil) }
            try expect(try world.waiting(0), is: [before])
            try expect([try world.count(0), try world.count(2)], is: [1, 1])
            let passed = store.announced.dropFirst(told + 1).compactMap { told -> Message? in
                if case .liveMessageSent(let message) = told.event { message } else { nil }
            }
            try expect(passed.map(\.id), is: ids)
            try expect(passed.map(\.content.text), is: ["x", "y"])
            // Clients know a message by its conversation, which is there, and empty.
            let (single, listed) = try store.read(world.app) { (reader) throws(Failure) in
                (
                    try reader.conversation(.between(world.users[0].username, world.users[1].username)),
                    try ConversationRules.page(9, after: nil, of: world.users[0], in: reader).elements.count
                )
            }
            try expect(single?.id, is: passed[0].conversation)
            try expect(single?.lastMessage, is: MessageID.none)
            try expect(listed, is: 1)
            // Its name is free.
            let kept = try world.id(try world.send("x", from: "u1", to: "u0", named: "n"))
            try expect(try world.waiting(0), is: [before, kept])
        },
        ContractCase(promise: "A live message to everybody is told, and nothing of it is kept") { store in
            let world = try MessageWorld(store)
            let id = try world.broadcast("all", retention: .live)
            try expect(try world.message(id), is: nil)
            try expect(try (0..<5).map(world.count), is: [0, 0, 0, 0, 0])
        },
        ContractCase(promise: "A message that doesn't count is delivered like any other") { store in
            let world = try MessageWorld(store)
            let ids = [
                try world.id(try world.send("a", from: "u1", to: "u0")),
                try world.id(try world.send("b", from: "u1", to: "u0", isCounted: false)),
                try world.id(try world.post("c", from: "u1", isCounted: false)),
            ]
            try expect(try world.waiting(0), is: ids)
            try expect([try world.count(0), try world.count(2)], is: [1, 0])
            try expect(try world.message(ids[1])?.isCounted, is: false)
            let listed = try store.read(world.app) { (reader) throws(Failure) in
                try ConversationRules.page(9, after: nil, of: world.users[0], in: reader).elements.map(
                    \.waiting
                )
            }
            try expect(listed, is: [0, 1])
            try world.acknowledge(ids[0], by: 0)
            try expect(try world.count(0), is: 0)
            try expect(try world.waiting(0), is: Array(ids[1...]))
        },
        ContractCase(
            promise: "What was recalled doesn't count, and what the user removed doesn't wait either"
        ) { store in
            let world = try MessageWorld(store)
            let ids = try (0..<5).map { try world.id(try world.send("\($0)", from: "u1", to: "u0")) }
            let directed = try world.id(try world.post("x", from: "u1", members: ["u0", "u2"]))
            let broadcast = try world.broadcast("all")
            try expect(try world.count(0), is: 7)
            let states = try store.write(world.app) { (writer) throws(Failure) in
                for id in [ids[1], ids[2]] {
                    _ = try MessageChangeRules.recall(
                        RecallRequest(id: id, kind: nil, receiver: nil, isForced: true),
                        by: backend,
                        of: world.application,
                        at: later(2),
                        in: writer
                    )
                }
                // One of them is both.
                try ConversationRules.remove(
                    [ids[2], ids[3], directed, broadcast],
                    for: world.users[0],
                    in: writer
                )
                return try (ids + [directed, broadcast]).map { id throws(Failure) in
                    try DeliveryRules.isWaiting(id, for: world.users[0], in: writer)
                }
            }
            try expect(states, is: [true, true, false, false, true, false, false])
            try expect(try world.waiting(0), is: [ids[0], ids[1], ids[4]])
            try expect(try world.count(0), is: 2)
            try expect([try world.count(2), try world.count(3)], is: [2, 1])
            try world.acknowledge(ids[3], by: 0)
            try expect(try world.count(0), is: 1)
            try expect(try world.waiting(0), is: [ids[4]])
        },
        ContractCase(promise: "A conversation is acknowledged up to a number, and never back") { store in
            let world = try MessageWorld(store)
            let ids = try (0..<4).map { try world.id(try world.send("\($0)", from: "u1", to: "u0")) }
            let other = try world.id(try world.post("x", from: "u1"))
            func acknowledge(_ number: Int64) throws -> Int64 {
                try store.write(world.app) { (writer) throws(Failure) in
                    let user = world.users[0]
                    func followed() throws(Failure) -> FollowedConversation? {
                        try writer.conversations(of: user.id).first {
                            $0.conversation.address.kind == .single
                        }
                    }
                    if let followed = try followed() {
                        try SequenceRules.read(through: number, in: followed, for: user, in: writer)
                    }
                    return try followed()?.position.readSequence ?? -1
                }
            }
            try expect(try acknowledge(0), is: 0)
            try expect(try acknowledge(2), is: 2)
            try expect(try world.waiting(0), is: [ids[2], ids[3], other])
            try expect(try acknowledge(1), is: 2)
            try expect(try acknowledge(99), is: 4)
            try expect(try world.waiting(0), is: [other])
        },
    ]
}
