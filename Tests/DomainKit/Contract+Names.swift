// The contract of names: what clients call their messages, and what is sent again under a name.

import Domain

extension Contract {
    private static func taken(_ name: String) -> Failure {
        .invalid(field: "clientMsgID", .taken(value: name))
    }

    static let names: [ContractCase] = [
        ContractCase(promise: "The same sent again under its client's name is the same message") { store in
            let world = try MessageWorld(store)
            let first = try world.id(try world.send("x", from: "u1", to: "u0", named: "n"))
            let told = store.announced.count
            try expect(try world.send("x", from: "u1", to: "U0", at: later(9), named: "n"), is: .sent(first))
            // A repeated message isn't pushed again.
            try expect(
                try world.send("x", from: "u1", to: "u0", retention: .live, named: "n"),
                is: .sent(first)
            )
            try expect(store.announced.count, is: told)
            let others = [
                try world.id(try world.send("x", from: "u1", to: "u0", named: "N")),
                try world.id(try world.send("x", from: "u0", to: "u1", named: "n")),
                try world.id(try world.post("x", from: "u2", named: "n")),
            ]
            try expect(Set(others + [first]).count, is: 4)
            try expect(try world.post("x", from: "u2", named: "n"), is: .sent(others[2]))
            try expect(try world.count(0), is: 3)
        },
        ContractCase(promise: "A name that is another message's sends nothing") { store in
            let world = try MessageWorld(store)
            let first = try world.id(try world.send("x", from: "u1", to: "u0", named: "n"))
            let group = try world.id(try world.post("x", from: "u1", named: "g"))
            let told = store.announced.count
            try expect(taken("n")) { try world.send("y", from: "u1", to: "u0", named: "n") }
            try expect(taken("n")) { try world.send("x", from: "u1", to: "u2", named: "n") }
            try expect(taken("n")) { try world.send("x", from: "u1", to: "u2", retention: .live, named: "n") }
            try expect(taken("n")) { try world.post("x", from: "u1", named: "n") }
            try expect(taken("n")) { try world.post("x", from: "u1", members: ["u2"], named: "n") }
            try expect(taken("n")) { try world.broadcast("x", from: "u1", named: "n") }
            try expect(taken("g")) { try world.post("y", from: "u1", named: "g") }
            try expect(taken("g")) { try world.send("x", from: "u1", to: "u0", named: "g") }
            try expect(taken("g")) { try world.post("x", from: "u1", members: ["u2"], named: "g") }
            try expect(store.announced.count, is: told)
            try expect(try world.waiting(0), is: [first, group])
            try expect(try world.waiting(2), is: [group])
        },
        ContractCase(promise: "A message keeps its name, whatever becomes of what it says") { store in
            let world = try MessageWorld(store)
            let ids = try ["a", "b"].map { try world.id(try world.send($0, from: "u1", to: "u0", named: $0)) }
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try MessageChangeRules.recall(
                    RecallRequest(id: ids[0], kind: nil, receiver: nil, isForced: true),
                    by: backend,
                    of: world.application,
                    at: later(2),
                    in: writer
                )
                _ = try MessageChangeRules.rewrite(ids[1].text, of: world.application, in: writer) { _ in
                    MessageContent(kind: .text, text: "c")
                }
            }
            try expect(try world.send("a", from: "u1", to: "u0", named: "a"), is: .sent(ids[0]))
            try expect(try world.send("b", from: "u1", to: "u0", named: "b"), is: .sent(ids[1]))
            try expect(taken("a")) { try world.send("", from: "u1", to: "u0", named: "a") }
            try expect(taken("b")) { try world.send("c", from: "u1", to: "u0", named: "b") }
        },
        ContractCase(promise: "One call sends the same to many under one name, and nothing else") { store in
            let world = try MessageWorld(store)
            func send(_ text: String, to receiver: String) throws -> MessageOutcome {
                try world.send(text, from: "u1", to: receiver, named: "n", isOneOfMany: true)
            }
            let ids = try ["u0", "u2"].map { try world.id(try send("x", to: $0)) }
            try expect(Set(ids).count, is: 2)
            try expect(try send("x", to: "u2"), is: .sent(ids[1]))
            try expect(try world.send("x", from: "u1", to: "u2", named: "n"), is: .sent(ids[1]))
            try expect(taken("n")) { try send("y", to: "u3") }
            try expect(taken("n")) { try world.send("x", from: "u1", to: "u3", named: "n") }
            try expect(try world.id(try send("x", to: "u3")) > ids[1], "a message of its own")
        },
        ContractCase(promise: "A directed message sent again to the same members is the same message") {
            store in
            let world = try MessageWorld(store)
            func post(_ text: String, to members: [String]) throws -> MessageOutcome {
                try world.post(text, from: "u0", members: members, named: "n")
            }
            let id = try world.id(try post("x", to: ["u1", "u2"]))
            try expect(try post("x", to: ["U2", "u1", "u1"]), is: .sent(id))
            try expect(taken("n")) { try post("x", to: ["u1"]) }
            try expect(taken("n")) { try post("y", to: ["u1", "u2"]) }
            try expect(taken("n")) { try world.post("x", from: "u0", named: "n") }
            try expect(try (0..<3).map(world.waiting), is: [[], [id], [id]])
        },
        ContractCase(promise: "A broadcast sent again under its client's name is the same message") { store in
            let world = try MessageWorld(store)
            let first = try world.broadcast("x", from: "u1", named: "n")
            try expect(try world.broadcast("x", from: "u1", at: later(9), named: "n"), is: first)
            try expect(taken("n")) { try world.broadcast("y", from: "u1", named: "n") }
            let others = [
                try world.broadcast("x", from: "u2", named: "n"), try world.broadcast("x", from: "u1"),
            ]
            try expect(try world.waiting(0), is: [first] + others)
            try expect([try world.count(0), try world.count(1), try world.count(2)], is: [3, 1, 2])
        },
        ContractCase(promise: "A name means one's own message, else the message of that id, else another's") {
            store in
            let world = try MessageWorld(store)
            let plain = try world.id(try world.send("x", from: "u1", to: "u0"))
            let called = try world.id(try world.send("x", from: "u0", to: "u1", named: plain.text))
            let group = try world.id(try world.post("x", from: "u1", named: "n"))
            let address = ConversationAddress.of(world.group, .group)
            let single = ConversationAddress.between(world.users[0].username, world.users[1].username)
            let found = try store.read(world.app) { (reader) throws(Failure) in
                [
                    try MessageRules.message(called: plain.text, by: "u0", of: reader),
                    try MessageRules.message(called: plain.text, by: "u1", of: reader),
                    try MessageRules.message(called: "n", by: "u2", of: reader),
                    try MessageRules.message(called: "n", by: "u1", in: address, of: reader),
                    try MessageRules.message(called: "n", by: "u1", in: single, of: reader),
                    try MessageRules.message(called: "m", by: "u1", of: reader),
                    try MessageRules.message(called: plain.text, by: "u1", in: single, of: reader),
                    try MessageRules.message(called: plain.text, by: "u1", in: address, of: reader),
                ]
            }
            try expect(found.map { $0?.id }, is: [called, plain, group, group, nil, nil, plain, nil])
        },
    ]
}
