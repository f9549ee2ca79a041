// The contract of the repositories of presence and of push preferences.

public import Domain

extension Store {
    /// Puts a row into every table of presence and push: of both users, about each other and about a group.
    public func furnishPresence(
        _ ann: UserID,
        _ bob: UserID,
        _ group: GroupID,
        in application: ApplicationID
    ) throws {
        try write(application) { (writer) throws(Failure) in
            for (user, other) in [(ann, bob), (bob, ann)] {
                try writer.setDevicePresence(.sample("ios"), of: user)
                try writer.setPresenceSubscription(until: Contract.later(60), to: other, of: user)
                try writer.setPushPreference(PushPreference(level: .none), for: .user(other), of: user)
                try writer.setPushPreference(PushPreference(level: .all), for: .group(group), of: user)
                try writer.setPushLanguage("de", of: user)
            }
            try writer.setPushTemplate(.sample("t"))
        }
    }
}

extension DevicePresence {
    static func sample(_ resource: String, _ status: String = "1") -> DevicePresence {
        DevicePresence(resource: resource, status: status, note: "n", published: Contract.start)
    }
}

extension PushTemplate {
    static func sample(_ name: String, _ title: String = "{0}", at seconds: Int64 = 0) -> PushTemplate {
        let moment = Contract.later(seconds)
        return PushTemplate(name: name, title: title, content: "c", created: moment, modified: moment)
    }
}

extension Contract {
    static let presence: [ContractCase] = [
        ContractCase(promise: "A device's presence is replaced by its next one, and forgotten on demand") {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                for (device, status) in [("web", "1"), ("ios", "1"), ("web", "0"), ("tv", "busy")] {
                    try writer.setDevicePresence(.sample(device, status), of: ann)
                }
                try writer.deleteDevicePresence("tv", of: ann)
                try writer.deleteDevicePresence("fridge", of: ann)
                return try writer.devicePresences(of: ann)
            }
            try expect(found, is: [.sample("ios"), .sample("web", "0")])
        },
        ContractCase(
            promise: "Subscriptions are listed by key while they last, and only the ended ones are removed"
        ) {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "Bob", "cid", "dan"], in: app).map(\.id)
            let (pages, counts) = try store.write(app) { (writer) throws(Failure) in
                for (index, seconds) in [(3, 30), (1, 10), (2, 20), (1, 40)] {
                    try writer.setPresenceSubscription(
                        until: later(Int64(seconds)),
                        to: users[index],
                        of: users[0]
                    )
                }
                try writer.setPresenceSubscription(until: later(99), to: users[0], of: users[1])
                let pages = [
                    try writer.presenceSubscriptions(of: users[0], at: start, offset: 0, limit: 2),
                    try writer.presenceSubscriptions(of: users[0], at: start, offset: 2, limit: 2),
                    try writer.presenceSubscriptions(of: users[0], at: later(20), offset: 0, limit: 9),
                ]
                var counts = [try writer.presenceSubscriptionCount(of: users[0], at: start)]
                try writer.deletePresenceSubscriptions(of: users[0], endedAt: later(20))
                counts.append(try writer.presenceSubscriptionCount(of: users[0], at: start))
                try writer.setPresenceSubscription(until: nil, to: users[1], of: users[0])
                counts.append(try writer.presenceSubscriptionCount(of: users[0], at: start))
                counts.append(try writer.presenceSubscriptionCount(of: users[1], at: start))
                return (pages, counts)
            }
            try expect(pages.map { $0.map(\.name) }, is: [["Bob", "cid"], ["dan"], ["Bob", "dan"]])
            try expect(pages[0][0].expires, is: later(40))
            try expect(counts, is: [3, 2, 1, 1])
        },
        ContractCase(promise: "Who follows a user is told by key, behind a follower, while it lasts") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let found = try store.write(app) { (writer) throws(Failure) in
                for (index, seconds) in [(3, 30), (1, 10), (2, 20)] {
                    try writer.setPresenceSubscription(
                        until: later(Int64(seconds)),
                        to: users[0],
                        of: users[index]
                    )
                }
                try writer.setPresenceSubscription(until: later(99), to: users[1], of: users[0])
                return [
                    try writer.presenceFollowers(of: users[0], at: start, after: nil, limit: 2),
                    try writer.presenceFollowers(of: users[0], at: start, after: users[2], limit: 2),
                    try writer.presenceFollowers(of: users[0], at: later(20), after: nil, limit: 9),
                    try writer.presenceFollowers(of: users[2], at: start, after: nil, limit: 9),
                ]
            }
            try expect(found, is: [[users[1], users[2]], [users[3]], [users[3]], []])
        },
        ContractCase(promise: "What a user publishes is announced") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let told = store.announced.count
            try store.write(app) { (writer) throws(Failure) in
                try PresenceRules.publish(.sample("ios"), of: "ann", in: writer)
            }
            try expect(store.announced.dropFirst(told).map { $0.event }, is: [.presencePublished(ann)])
        },
        ContractCase(
            promise: "Push preferences stand by conversation, and a group is no user of the same key"
        ) { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let quiet = PushPreference(
                level: .mentions,
                quietHours: QuietHours(start: 1290, end: 480),
                quietUntil: later(9)
            )
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.setPushPreference(PushPreference(level: .all), for: .user(users[1]), of: users[0])
                try writer.setPushPreference(quiet, for: .group(group), of: users[0])
                try writer.setPushPreference(PushPreference(level: .none), for: .user(users[1]), of: users[0])
                return [
                    try writer.pushPreference(for: .user(users[1]), of: users[0]),
                    try writer.pushPreference(for: .group(group), of: users[0]),
                    try writer.pushPreference(for: .user(users[0]), of: users[1]),
                    try writer.pushPreference(
                        for: .group(GroupID(rawValue: users[1].rawValue)),
                        of: users[0]
                    ),
                ]
            }
            try expect(found, is: [PushPreference(level: .none), quiet, nil, nil])
        },
        ContractCase(
            promise: "A language is one for each user, a template one for each name with its first date"
        ) { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let (languages, templates, count, removed) = try store.write(app) { (writer) throws(Failure) in
                var languages = [try writer.pushLanguage(of: ann)]
                for language in ["de", "fr"] { try writer.setPushLanguage(language, of: ann) }
                languages.append(try writer.pushLanguage(of: ann))
                try writer.setPushTemplate(.sample("a"))
                try writer.setPushTemplate(.sample("a", "new", at: 5))
                try writer.setPushTemplate(.sample("b"))
                let removed = [
                    try writer.deletePushTemplate(named: "b"), try writer.deletePushTemplate(named: "b"),
                ]
                return (
                    languages, [try writer.pushTemplate(named: "a"), try writer.pushTemplate(named: "b")],
                    try writer.pushTemplateCount(), removed
                )
            }
            try expect(languages, is: [nil, "fr"])
            let kept = PushTemplate(name: "a", title: "new", content: "c", created: start, modified: later(5))
            try expect(templates, is: [kept, nil])
            try expect(count, is: 1)
            try expect(removed, is: [true, false])
        },
        ContractCase(promise: "Presence and push rows go with either user and with the group") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[2], in: app).id
            try store.furnishPresence(users[0], users[1], group, in: app)
            let left = try store.write(app) { (writer) throws(Failure) in
                try writer.delete(users[0])
                try writer.deleteGroup(group)
                return [
                    try writer.devicePresences(of: users[0]).isEmpty,
                    try !writer.devicePresences(of: users[1]).isEmpty,
                    try writer.presenceSubscriptionCount(of: users[1], at: start) == 0,
                    try writer.pushPreference(for: .user(users[0]), of: users[1]) == nil,
                    try writer.pushPreference(for: .group(group), of: users[1]) == nil,
                    try writer.pushLanguage(of: users[0]) == nil,
                    try writer.pushLanguage(of: users[1]) == "de",
                ]
            }
            try expect(left, is: Array(repeating: true, count: 7))
        },
    ]

    static let presenceRules: [ContractCase] = [
        ContractCase(promise: "One device more than are remembered, and the one silent longest is forgotten")
        { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let maximum = PresenceRules.maximumDevices
            let names = try store.write(app) { (writer) throws(Failure) in
                for index in (0...maximum).map({ $0 == 0 ? 1 : $0 == 1 ? 0 : $0 }) + [2] {
                    let device = DevicePresence(
                        resource: "d\(index)",
                        status: "1",
                        note: "",
                        published: later(Int64(index))
                    )
                    try PresenceRules.publish(device, of: "ann", in: writer)
                }
                return try writer.devicePresences(of: ann).map(\.resource)
            }
            try expect(Set(names), is: Set((1...maximum).map { "d\($0)" }))
        },
        ContractCase(
            promise: "A subscription has its bounds, ends by itself, and is renewed by saying so again"
        ) { store in
            let application = try store.makeApplication()
            let users = try store.register(["ann", "bob"], in: application.id)
            for seconds in [nil, 0, -1, PresenceRules.maximumSubscriptionSeconds + 1] {
                try expect(.invalid(field: "expiry", .outOfRange(minimum: 1, maximum: 2_592_000))) {
                    try store.write(application.id) { (writer) throws(Failure) in
                        try PresenceRules.subscribe(
                            to: ["bob"],
                            seconds: seconds,
                            of: "ann",
                            at: start,
                            in: writer
                        ).expires
                    }
                }
            }
            let counts = try store.write(application.id) { (writer) throws(Failure) in
                var counts: [Int] = []
                for (seconds, moment) in [(10, 0), (10, 5)] {
                    _ = try PresenceRules.subscribe(
                        to: ["BOB", "nobody", "bob"],
                        seconds: seconds,
                        of: "ann",
                        at: later(Int64(moment)),
                        in: writer
                    )
                }
                for moment in [14, 15] {
                    counts.append(
                        try writer.presenceSubscriptionCount(of: users[0].id, at: later(Int64(moment)))
                    )
                }
                return counts
            }
            try expect(counts, is: [1, 0])
        },
        ContractCase(promise: "A push preference changes part by part, and a quiet time that is over is none")
        { store in
            let application = try store.makeApplication()
            let users = try store.register(["ann", "bob"], in: application.id)
            let subject = PushSubject.user(users[1].id)
            let hours = QuietHours(start: 1290, end: 480)
            let found = try store.write(application.id) { (writer) throws(Failure) in
                var found: [PushPreference] = []
                for change in [
                    PushRules.Change(level: .mentions, quietMilliseconds: 9000), .init(quietHours: hours),
                    .init(quietHours: QuietHours(start: 0, end: 0)),
                ] {
                    found.append(
                        try PushRules.change(change, for: subject, of: users[0], at: start, in: writer)
                    )
                }
                found.append(try PushRules.preference(for: subject, of: users[0], at: later(9), in: writer))
                return found
            }
            let first = PushPreference(level: .mentions, quietUntil: later(9))
            let second = PushPreference(level: .mentions, quietHours: hours, quietUntil: later(9))
            try expect(found, is: [first, second, first, PushPreference(level: .mentions)])
        },
    ]

    static let presenceTenancy: [ContractCase] = [
        ContractCase(
            promise: "No method reads or changes presence and push through another application's keys"
        ) {
            store in
            let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            let users = try store.register(["ann", "bob"], in: theirs).map(\.id)
            let own = try store.register("own", in: mine).id
            let group = try store.makeGroup(of: users[0], in: theirs).id
            try store.furnishPresence(users[0], users[1], group, in: theirs)
            let before = try photographPresence(of: users[0], users[1], group, theirs, in: store)
            let seen = try store.write(mine) { (writer) throws(Failure) in
                try writer.setDevicePresence(.sample("ios", "0"), of: users[0])
                try writer.deleteDevicePresence("ios", of: users[0])
                try writer.setPresenceSubscription(until: nil, to: users[1], of: users[0])
                try writer.setPresenceSubscription(until: later(99), to: users[0], of: own)
                try writer.setPresenceSubscription(until: later(99), to: own, of: users[0])
                try writer.deletePresenceSubscriptions(of: users[0], endedAt: later(9_000))
                try writer.setPushPreference(PushPreference(), for: .user(users[1]), of: users[0])
                try writer.setPushPreference(PushPreference(), for: .user(users[0]), of: own)
                try writer.setPushPreference(PushPreference(), for: .group(group), of: own)
                try writer.setPushLanguage("fr", of: users[0])
                return [
                    try writer.deletePushTemplate(named: "t"), try writer.pushTemplate(named: "t") != nil,
                    try writer.pushTemplateCount() > 0, try !writer.devicePresences(of: users[0]).isEmpty,
                    try writer.presenceSubscriptionCount(of: users[0], at: start) > 0,
                    try writer.presenceSubscriptionCount(of: own, at: start) > 0,
                    try writer.pushPreference(for: .user(users[1]), of: users[0]) != nil,
                    try writer.pushPreference(for: .user(users[0]), of: own) != nil,
                    try writer.pushPreference(for: .group(group), of: own) != nil,
                    try writer.pushLanguage(of: users[0]) != nil,
                ]
            }
            try expect(seen, is: Array(repeating: false, count: 10))
            try expect(try photographPresence(of: users[0], users[1], group, theirs, in: store), is: before)
        }
    ]

    private static func photographPresence(
        of ann: UserID,
        _ bob: UserID,
        _ group: GroupID,
        _ app: ApplicationID,
        in store: any Store
    ) throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            [
                "\(try reader.devicePresences(of: ann))",
                "\(try reader.presenceSubscriptions(of: ann, at: start, offset: 0, limit: 9))",
                "\(String(describing: try reader.pushPreference(for: .user(bob), of: ann)))",
                "\(String(describing: try reader.pushPreference(for: .group(group), of: ann)))",
                "\(try reader.pushLanguage(of: ann) ?? "")",
                "\(String(describing: try reader.pushTemplate(named: "t")))",
            ]
        }
    }
}
