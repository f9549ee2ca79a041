// The contract of history: pages in the order of sending, filters, search in any script, whole hours.

import Domain

extension Contract {
    static func ids(
        _ world: MessageWorld,
        _ query: HistoryQuery,
        limit: Int = 3
    ) throws -> [MessageID] {
        try world.store.read(world.app) { (reader) throws(Failure) in
            var ids: [MessageID] = []
            var cursor: String?
            repeat {
                let page = try HistoryRules.page(
                    limit,
                    of: query,
                    after: cursor,
                    application: world.app,
                    in: reader
                )
                ids += page.elements.map(\.id)
                cursor = page.next?.text
            } while cursor != nil
            return ids
        }
    }

    static let history: [ContractCase] = [
        ContractCase(
            promise: "History is read by application, conversation and user, in both directions, page by page"
        ) { store in
            let world = try MessageWorld(store)
            var all: [MessageID] = []
            for round in 0..<10 {
                let now = later(Int64(round))
                let outcome =
                    switch round % 3 {
                    case 0: try world.send("m\(round)", from: "u1", to: "u0", at: now)
                    case 1: try world.post("m\(round)", from: "u2", at: now)
                    default: try world.send("m\(round)", from: nil, to: "u3", at: now)
                    }
                all.append(try world.id(outcome))
            }
            let (pair, group) = ([all[0], all[3], all[6], all[9]], [all[1], all[4], all[7]])
            let one = try require(Username("u1"))
            let zero = try require(Username("u0"))
            for (scope, expected) in [
                (HistoryScope.application, all), (.conversation(.between(one, zero)), pair),
                (.conversation(.of(world.group, .group)), group),
                (.user(world.users[0]), (pair + group).sorted()), (.user(world.users[4]), []),
                (.conversation(.of(GroupID(rawValue: 4711), .group)), []),
            ] {
                for limit in [1, 3, 4, 100] {
                    try expect(
                        try ids(world, HistoryQuery(scope: scope, isDescending: false), limit: limit),
                        is: expected
                    )
                    try expect(
                        try ids(world, HistoryQuery(scope: scope), limit: limit),
                        is: expected.reversed()
                    )
                }
            }
            let window = HistoryQuery(scope: .application, after: later(3), before: later(6))
            try expect(try ids(world, window), is: [all[5], all[4], all[3]])
            for (sender, receiver, expected) in [
                ("U1", nil, pair), (nil, "u3", [all[2], all[5], all[8]]), ("u2", world.group.text, group),
                ("u2", "u3", []),
            ] as [(String?, String?, [MessageID])] {
                let query = HistoryQuery(
                    scope: .application,
                    sender: sender,
                    receiver: receiver,
                    isDescending: false
                )
                try expect(try ids(world, query), is: expected)
            }
        },
        ContractCase(
            promise: "A text is found in any script and case, in every scope, by one character or many"
        ) { store in
            let world = try MessageWorld(store)
            let texts = [
                "Hello World", "你好世界", "世界你好吗", "ÄRGER über Öl", "a\"quote\" AND (b) NOT c*", "привет МИР",
                "日本語のテキスト", "👋🏽 waving", "Zürich", "ab",
            ]
            var sent: [MessageID] = []
            for (index, text) in texts.enumerated() {
                sent.append(
                    try world.id(
                        index % 2 == 0
                            ? try world.send(text, from: "u1", to: "u0", at: later(Int64(index)))
                            : try world.post(text, from: "u2", at: later(Int64(index)))
                    )
                )
            }
            for (query, found) in [
                ("hello", [0]), ("o wor", [0]), ("你好", [1, 2]), ("世界", [1, 2]), ("你好世", [1]), ("好吗", [2]),
                ("你", [1, 2]),
                ("ärger", [3]), ("ÜBER", [3]), ("quote", [4]), ("\"quote\"", [4]), ("and (b", [4]),
                ("c*", [4]),
                ("ПРИВЕТ", [5]), ("мир", [5]), ("テキスト", [6]), ("👋🏽", [7]), ("zürich", [8]), ("zurich", []),
                ("ab", [9]),
                ("hello world!", []), ("界你好", [2]), ("x", [6].filter { _ in false }),
            ] {
                let search = try require(HistorySearch(query))
                let application = try ids(
                    world,
                    HistoryQuery(scope: .application, search: search, isDescending: false)
                )
                try expect(application, is: found.map { sent[$0] })
                let group = HistoryQuery(
                    scope: .conversation(.of(world.group, .group)),
                    search: search,
                    isDescending: false
                )
                try expect(try ids(world, group), is: found.filter { $0 % 2 == 1 }.map { sent[$0] })
                let user = HistoryQuery(scope: .user(world.users[0]), search: search)
                try expect(try ids(world, user), is: found.map { sent[$0] }.reversed())
                let stranger = HistoryQuery(scope: .user(world.users[4]), search: search)
                try expect(try ids(world, stranger), is: [])
            }
        },
        ContractCase(promise: "A cursor stays where it is while messages come, and isn't another scope's") {
            store in
            let world = try MessageWorld(store)
            let ids = try (0..<6).map {
                try world.id(try world.send("\($0)", from: "u1", to: "u0", at: later(Int64($0))))
            }
            func page(_ scope: HistoryScope, _ cursor: String?) throws -> Page<Message> {
                try store.read(world.app) { (reader) throws(Failure) in
                    try HistoryRules.page(
                        2,
                        of: HistoryQuery(scope: scope),
                        after: cursor,
                        application: world.app,
                        in: reader
                    )
                }
            }
            let first = try page(.application, nil)
            _ = try world.send("newer", from: "u1", to: "u0", at: later(7))
            _ = try world.recall(ids[3], force: true)
            let second = try page(.application, first.next?.text)
            try expect(first.elements.map(\.id), is: [ids[5], ids[4]])
            try expect(second.elements.map(\.id), is: [ids[3], ids[2]])
            for text in [first.next?.text, "nonsense", ""] {
                try expect(.invalid(field: "cursor", .foreignCursor)) {
                    try page(.user(world.users[0]), text)
                }
            }
        },
        ContractCase(
            promise:
                "Many messages of a filter that fits few are looked at in bounded steps, and none is lost"
        ) { store in
            let world = try MessageWorld(store)
            // More than one page's look: with a bound of 10 000 this takes two.
            let sent = try store.write(world.app) { (writer) throws(Failure) in
                var sent: [MessageID] = []
                for index in 0..<10_050 {
                    let outcome = try MessageRules.send(
                        MessageDraft(MessageContent(kind: .text, text: index == 20 ? "so" : "no")),
                        from: .application(Username.backend),
                        toUser: "u0",
                        at: later(Int64(index)),
                        in: writer
                    )
                    if case .sent(let id) = outcome { sent.append(id) }
                }
                return sent
            }
            let search = try require(HistorySearch("s"))
            let first = try store.read(world.app) { (reader) throws(Failure) in
                try HistoryRules.page(
                    10,
                    of: HistoryQuery(scope: .application, search: search),
                    after: nil,
                    application: world.app,
                    in: reader
                )
            }
            try expect(first.elements.count, is: 0)
            try expect(first.next != nil, "more to look at")
            try expect(try ids(world, HistoryQuery(scope: .application, search: search)), is: [sent[20]])
        },
        ContractCase(promise: "An hour is exported in parts that hold every message of it once, and no other")
        { store in
            let world = try MessageWorld(store)
            let hour = try require(HistoryHour("2023111422"))
            try expect(hour.start.milliseconds, is: 1_699_999_200_000)
            var ids: [MessageID] = []
            for seconds in [0, 1, 2799, 2800, 2801] as [Int64] {
                ids.append(try world.id(try world.send("m", from: "u1", to: "u0", at: later(seconds))))
            }
            let found = try store.read(world.app) { (reader) throws(Failure) in
                let parts = try reader.parts(
                    MessageRange(),
                    sent: hour.span,
                    maximumMessages: 2,
                    maximumBytes: 100
                )
                var exported: [MessageID] = []
                for part in try HistoryRules.parts(of: "2023111422", at: later(9999), in: reader) {
                    try HistoryRules.export(part, of: hour, in: reader) { exported += $0.map(\.id) }
                }
                return (parts, exported)
            }
            try expect(
                found.0,
                is: [
                    HistoryPart(first: ids[0], last: ids[1]),
                    HistoryPart(first: ids[2], last: ids[2]),
                ]
            )
            try expect(found.1, is: Array(ids[...2]))
            for (text, failure) in [
                ("2023111421", Failure.notFound(.history, id: "2023111421")),
                ("2023111499", .invalid(field: "time", .illegal(value: "2023111499"))),
                ("x", .invalid(field: "time", .illegal(value: "x"))),
            ] {
                try expect(failure) {
                    try store.read(world.app) { (reader) throws(Failure) in
                        try HistoryRules.parts(of: text, at: later(9999), in: reader).count
                    }
                }
            }
        },
    ]

    /// Each seed is a run of its own.
    static let searchModel: [ContractCase] = (1...3).map { seed in
        ContractCase(
            promise: "Random texts, rewrites and recalls are found just where they stand (seed \(seed))"
        ) { store in
            let world = try MessageWorld(store)
            var random = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
            func next(_ bound: Int) -> Int {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(random >> 33) % bound
            }
            func text(_ length: Int) -> String { String((0..<length).map { _ in Array("aAb你好ä")[next(6)] }) }
            var texts: [(id: MessageID, text: String)] = []
            let application = world.application
            for step in 0..<120 {
                switch next(5) {
                case 0 where !texts.isEmpty:
                    let index = next(texts.count)
                    let (id, new) = (texts[index].id, text(1 + next(8)))
                    do {
                        _ = try store.write(world.app) { (writer) throws(Failure) in
                            try MessageChangeRules.rewrite(id.text, of: application, in: writer) {
                                _ throws(Failure) in
                                MessageContent(kind: .text, text: new)
                            }
                        }
                        texts[index].text = new
                    } catch Failure.limitReached {}
                case 1 where !texts.isEmpty:
                    let index = next(texts.count)
                    _ = try world.recall(texts.remove(at: index).id, force: true)
                default:
                    let new = text(1 + next(8))
                    let outcome =
                        next(2) == 0
                        ? try world.send(new, from: "u1", to: "u0", at: later(Int64(step)))
                        : try world.post(new, from: "u1", at: later(Int64(step)))
                    texts.append((try world.id(outcome), new))
                }
            }
            for _ in 0..<60 {
                let query = text(1 + next(4))
                let search = try require(HistorySearch(query))
                let expected = texts.filter { $0.text.lowercased().contains(query.lowercased()) }.map(\.id)
                    .sorted()
                let found = try ids(
                    world,
                    HistoryQuery(scope: .application, search: search, isDescending: false)
                )
                try expect(found, is: expected)
            }
        }
    }
}
