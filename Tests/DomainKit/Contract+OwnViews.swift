// The contract of aliases, members' profiles, removed messages, named operations and message options.

import Domain

extension Contract {
    static let ownViews: [ContractCase] = [
        ContractCase(promise: "An alias belongs to one group of its application, in its spelling") { store in
            let apps = try ["a", "b"].map { try store.makeApplication($0) }
            let ann = try store.register("ann", in: apps[0].id)
            _ = try store.register("ann", in: apps[1].id)
            func make(_ alias: String, in app: Application) throws -> Group {
                try store.write(app.id) { (writer) throws(Failure) in
                    try GroupRules.create(
                        .group,
                        GroupSettings(
                            name: "g",
                            description: "",
                            isPublic: false,
                            maximumMembers: 9,
                            icon: "i"
                        ),
                        owner: "ann",
                        members: [],
                        alias: alias,
                        of: app,
                        at: start,
                        in: writer
                    )
                }
            }
            let made = try make("team-1", in: apps[0])
            _ = try make("team-1", in: apps[1])
            _ = try make("Team-1", in: apps[0])
            try expect(.conflict(.group, id: "team-1")) { try make("team-1", in: apps[0]) }
            for alias in ["", "a b", "a/b", "ä", String(repeating: "x", count: 65), "1234567890123"] {
                let illegal = Failure.invalid(field: "groupID", .illegal(value: String(alias.prefix(64))))
                try expect(illegal) { try make(alias, in: apps[0]) }
            }
            let found = try store.read(apps[0].id) { (reader) throws(Failure) in
                (
                    try GroupRules.find("team-1", .group, in: reader),
                    try GroupRules.find(made.id.text, .group, in: reader),
                    try reader.joinedCount(of: ann.id, .group)
                )
            }
            try expect(found.0.id, is: made.id)
            try expect(found.0.alias, is: "team-1")
            try expect(found.0.settings.icon, is: "i")
            try expect(found.1, is: found.0)
            try expect(found.2, is: 2)
            try expect(.notFound(.room, id: "team-1")) {
                try store.read(apps[0].id) { (reader) throws(Failure) in
                    try GroupRules.find("team-1", .room, in: reader)
                }
            }
        },
        ContractCase(promise: "A member's profile is the group's own, and ends with the membership") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: [users[1]], in: app).id
            let other = try store.makeGroup(of: users[0], with: [users[1]], in: app).id
            let profile = MemberProfile(nickname: "n", icon: "i", extra: "{}")
            let found = try store.write(app) { (writer) throws(Failure) in
                let set = [
                    try writer.setProfile(profile, of: users[1], in: group),
                    try writer.setProfile(profile, of: UserID(rawValue: 4711), in: group),
                ]
                let shown = try writer.membership(of: users[1], in: group)?.profile
                let listed: MemberProfile? = try writer.members(of: group, after: nil, limit: 1).first?
                    .profile
                let elsewhere = try writer.membership(of: users[1], in: other)?.profile
                _ = try writer.deleteMember(users[1], from: group)
                _ = try writer.insertMember(users[1], into: group, at: start)
                let again = try writer.membership(of: users[1], in: group)?.profile
                return (set, [shown, listed], [elsewhere, again])
            }
            try expect(found.0, is: [true, false])
            try expect(found.1, is: [profile, profile])
            try expect(found.2, is: [MemberProfile(), MemberProfile()])
        },
        ContractCase(promise: "Users who can't come in, or go, harm no other") { store in
            let application = try store.makeApplication()
            let app = application.id
            let users = try store.register(["ann", "bob", "cid", "dan", "eve", "fay"], in: app).map(\.id)
            let settings = GroupSettings(name: "g", description: "", isPublic: false, maximumMembers: 4)
            let found = try store.write(app) { (writer) throws(Failure) in
                let id = GroupID(rawValue: try writer.nextID(at: start))
                _ = try writer.insertGroup(id, .group, settings, owner: users[0], at: start)
                _ = try writer.insertMember(users[1], into: id, at: start)
                _ = try writer.block(users[2], until: nil, in: id, at: start)
                let names: [UserReference] = ["bob", "CID", "nobody", "DAN", "dan", "eve", "fay"]
                let added = try GroupMemberRules.addEach(
                    names,
                    to: try GroupRules.find(id.text, .group, in: writer),
                    by: backend,
                    of: application,
                    at: start,
                    in: writer
                )
                let group = try GroupRules.find(id.text, .group, in: writer)
                let removed = try GroupMemberRules.removeEach(
                    ["ann", "bob", "nobody", "cid"],
                    from: group,
                    by: backend,
                    in: writer
                )
                return (added, group.memberCount, removed, try writer.group(id)?.memberCount)
            }
            try expect(found.0.map(\.name), is: ["bob", "cid", "nobody", "dan", "eve", "fay"])
            try expect(found.0.map(\.isDone), is: [false, false, false, true, true, false])
            try expect(found.1, is: 4)
            try expect(found.2.map(\.isDone), is: [false, true, false, false])
            try expect(found.3, is: 3)
        },
        ContractCase(promise: "A queue is read by numbers: what a participant can see, from either end") {
            store in
            let world = try MessageWorld(store)
            var ids: [MessageID] = []
            for index in 0..<12 {
                // Every third waits for nobody and has no number.
                let online = index % 3 == 2
                let outcome = try world.send(
                    "\(index)",
                    from: "u0",
                    to: "u1",
                    at: later(Int64(index) * 1000),
                    retention: online ? .archived : .queued
                )
                if !online { ids.append(try world.id(outcome)) }
            }
            func read(_ range: ClosedRange<Int64>, _ limit: Int = 99, descending: Bool = false) throws
                -> [Int64]
            {
                try store.read(world.app) { (reader) throws(Failure) in
                    let user = world.users[1]
                    let all = try reader.conversations(of: user.id)
                    guard let followed = all.first(where: { $0.conversation.address.kind == .single }) else {
                        return []
                    }
                    return try SequenceRules.messages(
                        in: followed,
                        range,
                        limit: limit,
                        isDescending: descending,
                        for: user,
                        in: reader
                    ).compactMap(\.sequence)
                }
            }
            try expect(try read(1...99), is: Array(1...8))
            try expect(try read(3...5), is: [3, 4, 5])
            try expect(try read(3...5, 2), is: [3, 4])
            try expect(try read(3...5, 2, descending: true), is: [5, 4])
            try expect(try read(8...8), is: [8])
            try expect(try read(9...20), is: [])
            let (first, third, fifth) = (ids[0], ids[2], ids[4])
            try store.write(world.app) { (writer) throws(Failure) in
                let address = ConversationAddress.between(world.users[0].username, world.users[1].username)
                try ConversationRules.clear(address, through: third, for: world.users[1], in: writer)
                try ConversationRules.remove([fifth, first], for: world.users[1], in: writer)
            }
            try expect(try read(1...99), is: [4, 6, 7, 8])
            let bounds = try store.read(world.app) { (reader) throws(Failure) in
                let all = try reader.conversations(of: world.users[1].id)
                let chat = all.first { $0.conversation.address.kind == .single }
                return try chat.map { followed throws(Failure) in
                    let bounds = try SequenceRules.bounds(of: followed, in: reader)
                    return [bounds.first, bounds.last]
                }
            }
            try expect(bounds, is: [4, 8])
        },
        ContractCase(promise: "A removed message is gone for one user only, and waits no longer") { store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.send("x", from: "u0", to: "u1"))
            try store.write(world.app) { (writer) throws(Failure) in
                for user in [world.users[1], world.users[1], world.users[3]] {
                    try ConversationRules.remove([id, .last], for: user, in: writer)
                }
            }
            let seen = try store.read(world.app) { (reader) throws(Failure) in
                try world.users.map { user throws(Failure) in
                    try HistoryRules.message(id, for: user, in: reader) != nil
                }
            }
            try expect(seen, is: [true, false, false, false, false])
            let pages = try store.read(world.app) { (reader) throws(Failure) in
                try world.users[0...1].map { user throws(Failure) in
                    try HistoryRules.page(
                        9,
                        of: HistoryQuery(scope: .user(user)),
                        after: nil,
                        application: world.app,
                        in: reader
                    ).elements.count
                }
            }
            try expect(pages, is: [1, 0])
            try expect(try world.waiting(1), is: [])
            try expect(try world.count(1), is: 0)
        },
        ContractCase(promise: "An operation is known by its name for a day, the newest of that name") {
            store in
            let world = try MessageWorld(store)
            let ids = try (1...3).map {
                try world.id(try world.send("\($0)", from: "u0", to: "u1", at: later($0)))
            }
            let found = try store.write(world.app) { (writer) throws(Failure) in
                try SendingRules.note("a", sent: ids[0], at: later(1), in: writer)
                try SendingRules.note("a", sent: ids[1], at: later(2), in: writer)
                try SendingRules.note("A", sent: ids[2], at: later(3), in: writer)
                return [
                    try writer.message(sentBy: "a"), try writer.message(sentBy: "A"),
                    try writer.message(sentBy: "b"),
                ]
            }
            try expect(found, is: [ids[1], ids[2], nil])
            let tomorrow = later(SendingRules.keptSeconds + 9)
            let last = try world.id(try world.send("x", from: "u0", to: "u1", at: tomorrow))
            let rest = try store.write(world.app) { (writer) throws(Failure) in
                try SendingRules.note("b", sent: last, at: tomorrow, in: writer)
                return [
                    try writer.message(sentBy: "a"), try writer.message(sentBy: "A"),
                    try writer.message(sentBy: "b"),
                ]
            }
            try expect(rest, is: [nil, nil, last])
        },
        ContractCase(promise: "What becomes of messages is set by conversation and user") { store in
            let world = try MessageWorld(store)
            let address = ConversationAddress.between(world.users[0].username, world.users[1].username)
            let group = ConversationAddress.of(world.group, .group)
            let found = try store.write(world.app) { (writer) throws(Failure) in
                try writer.setMessageOption(.refused, of: world.users[0].id, in: group)
                try writer.setMessageOption(.refused, of: world.users[0].id, in: address)
                try writer.setMessageOption(.silent, of: world.users[0].id, in: address)
                try writer.setMessageOption(.told, of: world.users[1].id, in: address)
                return (
                    try writer.messageOption(of: world.users[0].id, in: address),
                    try writer.messageOption(of: world.users[1].id, in: address),
                    try writer.messageOption(of: world.users[1].id, in: group),
                    try writer.messageOptions(of: world.users[0].id).map(\.address),
                    try writer.messageOptions(of: world.users[1].id).count
                )
            }
            try expect(found.0, is: .silent)
            try expect(found.1, is: .told)
            try expect(found.2, is: .told)
            try expect(found.3, is: [address, group])
            try expect(found.4, is: 0)
        },
    ]
}
