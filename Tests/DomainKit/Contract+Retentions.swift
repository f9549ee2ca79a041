// The contract of retention: what is too old goes, and waits for nobody.

import Domain

extension Contract {
    static let retentions: [ContractCase] = [
        ContractCase(promise: "Messages of before a moment go with what refers to them, and wait for nobody")
        { store in
            let world = try MessageWorld(store)
            let sent = try [1, 2, 30].map {
                try world.id(try world.send("m \($0)", from: "u1", to: "u0", at: later(Int64($0))))
            }
            let group = try world.id(try world.post("g", from: "u1", at: later(3)))
            let astray = try world.id(try world.send("astray", from: "u1", to: "u3", at: later(315_360_000)))
            let late = try world.id(try world.send("late", from: "u1", to: "u2", at: later(4)))
            let other = try store.makeApplication("other").id
            func purge(_ seconds: Int64, in conversation: ConversationID? = nil, _ app: ApplicationID? = nil)
                throws -> Int
            {
                try store.write(app ?? world.app) { (writer) throws(Failure) in
                    try RetentionRules.purge(before: later(seconds), in: conversation, store: writer)
                }
            }
            try expect(try purge(9999, other), is: 0)
            try expect(try purge(1), is: 0)
            let place = try require(try world.message(group)?.conversation)
            try expect(try purge(10, in: place), is: 1)
            try expect(try world.message(group), is: nil)
            try expect(try world.message(sent[0])?.id, is: sent[0])
            var removed = 0
            while case let count = try purge(10), count > 0 { removed += count }
            try expect(removed, is: 3)
            try expect(try sent.map { try world.message($0)?.id }, is: [nil, nil, sent[2]])
            try expect(try world.message(late), is: nil)
            try expect(try world.message(astray)?.id, is: astray)
            try expect(try world.waiting(0), is: [sent[2]])
            let counts = try store.read(world.app) { (reader) throws(Failure) -> [Int64] in
                [
                    try DeliveryRules.waitingCount(for: world.users[0], in: reader),
                    try DeliveryRules.waitingCount(for: world.users[3], in: reader),
                ]
            }
            try expect(counts, is: [1, 1])
            let query = HistoryQuery(
                scope: .application,
                search: HistorySearch("m 1"),
                isDescending: false
            )
            let found = try store.read(world.app) { (reader) throws(Failure) in
                try HistoryRules.page(9, of: query, after: nil, application: world.app, in: reader)
                    .elements.count
            }
            try expect(found, is: 0)
        },
        ContractCase(promise: "A sweep removes what each setting says, and nothing where none does") {
            store in
            let world = try MessageWorld(store)
            _ = try world.send("m", from: "u1", to: "u0", at: later(1))
            let day: Int64 = 86_400
            func sweep(_ change: (inout ApplicationSettings) -> Void, at seconds: Int64) throws
                -> RemovedCounts
            {
                var settings = ApplicationSettings()
                change(&settings)
                let chosen = settings
                return try store.write(world.app) { (writer) throws(Failure) in
                    try RetentionRules.sweep(chosen, at: later(seconds), in: writer)
                }
            }
            try expect(try sweep({ _ in }, at: 900 * day), is: RemovedCounts())
            try expect(try sweep({ $0.messageDays = 2 }, at: 2 * day), is: RemovedCounts())
            var one = RemovedCounts()
            one.messages = 1
            try expect(try sweep({ $0.messageDays = 2 }, at: 2 * day + 2), is: one)
            try expect(try sweep({ $0.messageDays = 2 }, at: 2 * day + 2), is: RemovedCounts())
            try expect(try sweep({ ($0.fileDays, $0.noticeDays) = (1, 1) }, at: 9 * day), is: RemovedCounts())
        },
    ]
}
