// What is promised of times: a message has the clock's, wherever its id stands.

import Domain

extension Contract {
    /// Cases about clocks that were wrong for a while, and about messages of one moment.
    public static let times: [ContractCase] = [
        ContractCase(
            promise: "A message sent after the clock was years ahead has its own time, and is found by it"
        ) {
            store in
            let world = try MessageWorld(store)
            let before = try world.id(try world.send("before", from: "u1", to: "u0", at: later(0)))
            let astray = try world.id(try world.send("astray", from: "u1", to: "u0", at: later(years)))
            let after = try [10, 20, 3600].map {
                try world.id(try world.send("after \($0)", from: "u1", to: "u0", at: later($0)))
            }
            let all = [before, astray] + after
            try expect(all.sorted(), is: all)
            try expect(
                try all.map { try world.message($0)?.sent },
                is: [later(0), later(years), later(10), later(20), later(3600)]
            )
            func page(_ from: Int64?, _ end: Int64?, descending: Bool) throws -> [MessageID] {
                let query = HistoryQuery(
                    scope: .application,
                    after: from.map { later($0) },
                    before: end.map { later($0) },
                    isDescending: descending
                )
                return try ids(world, query)
            }
            for isDescending in [true, false] {
                for (from, end, expected) in [
                    (nil, 1, [before]), (5, 15, [after[0]]), (0, 20, [before, after[0]]),
                    (15, nil, [astray, after[1], after[2]]), (21, 3600, []), (years, nil, [astray]),
                    (nil, nil, all),
                ] as [(Int64?, Int64?, [MessageID])] {
                    let found = try page(from, end, descending: isDescending)
                    try expect(found, is: isDescending ? expected.reversed() : expected)
                }
            }
            let conversation = try require(try world.message(before)?.address)
            let last = try store.read(world.app) { (reader) throws(Failure) in
                try reader.conversation(conversation)?.lastSent
            }
            try expect(last, is: later(3600))
        },
        ContractCase(promise: "An hour is exported by times, though ids run ahead of the clock") { store in
            let world = try MessageWorld(store)
            _ = try world.send("astray", from: "u1", to: "u0", at: later(years))
            let hour = try require(HistoryHour("2023111422"))
            let inside = try [1, 2799].map {
                try world.id(try world.send("in", from: "u1", to: "u0", at: later($0)))
            }
            _ = try world.send("out", from: "u1", to: "u0", at: later(2800))
            let exported = try store.read(world.app) { (reader) throws(Failure) in
                var exported: [MessageID] = []
                for part in try HistoryRules.parts(of: hour.text, at: later(9999), in: reader) {
                    try HistoryRules.export(part, of: hour, in: reader) { exported += $0.map(\.id) }
                }
                return exported
            }
            try expect(exported, is: inside)
        },
        ContractCase(promise: "The time to recall a message ends, though ids run ahead of the clock") {
            store in
            let world = try MessageWorld(store)
            _ = try world.send("astray", from: "u1", to: "u0", at: later(years))
            let id = try world.id(try world.send("m", from: "u1", to: "u0", at: later(1)))
            let window = Int64(world.application.settings.recallSeconds)
            try expect(try world.recall(id, force: false, at: later(2 + window)), is: .late)
            guard case .recalled = try world.recall(id, force: false, at: later(1 + window)) else {
                throw ContractViolation(description: "not recalled in time")
            }
            let recall = try store.read(world.app) { (reader) throws(Failure) in
                try reader.recall(try reader.lastRecall())
            }
            try expect(recall?.made, is: later(1 + window))
        },
        ContractCase(
            promise: "Messages up to a moment are removed by times, though ids run ahead of the clock"
        ) {
            store in
            let world = try MessageWorld(store)
            _ = try world.send("astray", from: "u1", to: "u2", at: later(years))
            var sent: [MessageID] = []
            for seconds in [1, 2, 3] as [Int64] {
                sent.append(try world.id(try world.send("m", from: "u1", to: "u0", at: later(seconds))))
            }
            let address = try require(try world.message(sent[0])?.address)
            let user = world.users[0]
            try store.write(world.app) { (writer) throws(Failure) in
                try ConversationRules.clear(address, through: later(2), for: user, in: writer)
            }
            try expect(try world.waiting(0), is: [sent[2]])
        },
        ContractCase(promise: "A device that says by a time what it has is given what came behind, once") {
            store in
            let world = try MessageWorld(store)
            func start(_ time: ExactTime) throws -> MessageID {
                let user = world.users[0].id
                return try store.read(world.app) { (reader) throws(Failure) in
                    try DeliveryRules.start(behind: .time(time), for: user, at: later(100), in: reader)
                }
            }
            func send(_ seconds: Int64) throws -> MessageID {
                try world.id(try world.send("m", from: "u1", to: "u0", at: later(seconds)))
            }
            let ordinary = [try send(1), try send(1), try send(2)]
            for id in ordinary { try expect(try start(try require(try world.message(id)).exactTime), is: id) }
            _ = try send(years)
            let ahead = [try send(3), try send(3), try send(4)]
            for id in ahead { try expect(try start(try require(try world.message(id)).exactTime), is: id) }
            try expect(try start(ExactTime(later(50), .none)), is: ahead[2])
            try expect(try start(ExactTime(later(2), .last)) < ahead[0], is: true)
            try expect(try start(ExactTime(later(2), .last)) >= ordinary[2], is: true)
        },
        ContractCase(
            promise: "What was broadcast before a user came isn't for it, though ids run ahead of the clock"
        ) {
            store in
            let world = try MessageWorld(store)
            _ = try world.broadcast("astray", at: later(years))
            _ = try world.broadcast("before", at: later(1))
            let late = try store.register("late", in: world.app, at: later(2))
            let news = try world.broadcast("after", at: later(3))
            let waiting = try store.read(world.app) { (reader) throws(Failure) in
                try DeliveryRules.page(10, after: nil, for: late, in: reader).elements.map(\.id)
            }
            try expect(waiting, is: [news])
        },
        ContractCase(
            promise: "As many messages of one moment are brought in as there are, from the first id on"
        ) {
            store in
            let world = try MessageWorld(store)
            let newest = try world.id(try world.send("now", from: "u1", to: "u0", at: later(0)))
            for moment in [later(-1000), TimeOrderedIDs.epoch] {
                let brought = try store.write(world.app) { (writer) throws(Failure) in
                    var brought: [MessageID] = []
                    for _ in 0..<4200 {
                        brought.append(
                            try MessageChangeRules.importOld(
                                MessageContent(kind: .text, text: nil, body: Array("{}".utf8)),
                                from: "u1",
                                to: .user("u0"),
                                sent: moment,
                                at: later(1),
                                in: writer
                            )
                        )
                    }
                    return brought
                }
                try expect(brought, is: Array(Set(brought)).sorted())
                try expect(brought[0] > .none, is: true)
                try expect(brought[4199] < newest, is: true)
                for index in [0, 4095, 4096, 4199] {
                    try expect(try world.message(brought[index])?.sent, is: moment)
                }
            }
            let export = try store.read(world.app) { (reader) throws(Failure) in
                try HistoryRules.parts(of: "2020010100", at: later(1), in: reader)
            }
            try expect(export[0].first, is: MessageID(rawValue: 1))
        },
        ContractCase(promise: "A message brought in for this very moment is no obstacle to the next one") {
            store in
            let world = try MessageWorld(store)
            let ids = try store.write(world.app) { (writer) throws(Failure) in
                var ids: [MessageID] = []
                for _ in 0..<3 {
                    ids.append(
                        try MessageChangeRules.importOld(
                            MessageContent(kind: .text, text: "m"),
                            from: "u1",
                            to: .user("u0"),
                            sent: later(50),
                            at: later(50),
                            in: writer
                        )
                    )
                }
                return ids
            }
            let next = try world.id(try world.send("m", from: "u1", to: "u0", at: later(50)))
            try expect(ids + [next], is: (ids + [next]).sorted())
            try expect(Set(ids + [next]).count, is: 4)
        },
        ContractCase(promise: "Ids begin at 1, also before the moment at which they begin to count") {
            store in
            let ids = try store.write(try store.makeApplication().id) { (writer) throws(Failure) in
                let moment = Timestamp(milliseconds: 0)
                return [try writer.nextID(at: moment), try writer.nextID(at: moment)]
            }
            // Where each batch runs again, the first run has taken two.
            try expect(ids == [1, 2] || ids == [3, 4], "\(ids)")
        },
    ]

    /// Ten years, in seconds.
    private static let years: Int64 = 315_360_000
}
