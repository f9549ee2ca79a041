// The contract of the repositories of groups' lists, mutes and metadata, and of super admins.

import Domain

extension Contract {
    static let groupModeration: [ContractCase] = [
        ContractCase(
            promise: "Users stand on the two lists of a group by key, once, until they are taken off"
        ) { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: Array(users[1...2]), in: app).id
            for list in GroupList.allCases {
                let found = try store.write(app) { (writer) throws(Failure) in
                    let added = [
                        try writer.put(users[2], on: list, of: group, at: start),
                        try writer.put(users[1], on: list, of: group, at: start),
                        try writer.put(users[1], on: list, of: group, at: start),
                        try writer.put(UserID(rawValue: 4711), on: list, of: group, at: start),
                    ]
                    let names = try writer.listedNames(list, of: group, at: Contract.start)
                    let removed = [
                        try writer.deleteListed(users[2], list, of: group, at: Contract.start),
                        try writer.deleteListed(users[2], list, of: group, at: Contract.start),
                    ]
                    return (
                        added, names, removed, try writer.listedNames(list, of: group, at: Contract.start),
                        [
                            try writer.isListed(users[1], list, of: group, at: Contract.start),
                            try writer.isListed(users[2], list, of: group, at: Contract.start),
                        ]
                    )
                }
                try expect(found.0, is: [true, true, false, false])
                try expect(found.1, is: ["bob", "cid"])
                try expect(found.2, is: [true, false])
                try expect(found.3, is: ["bob"])
                try expect(found.4, is: [true, false])
            }
        },
        ContractCase(promise: "A block that ends is none from then on, and its end can be moved") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let added = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.block(users[1], until: later(2), in: group, at: start),
                    try writer.block(users[2], until: later(9), in: group, at: start),
                    try writer.block(users[2], until: later(4), in: group, at: start),
                ]
            }
            try expect(added, is: [true, true, false])
            let names = try store.read(app) { (reader) throws(Failure) in
                [
                    try reader.listedNames(.blocked, of: group, at: later(1)),
                    try reader.listedNames(.blocked, of: group, at: later(2)),
                    try reader.listedNames(.blocked, of: group, at: later(4)),
                ]
            }
            try expect(names, is: [["bob", "cid"], ["cid"], []])
            let found = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.isListed(users[1], .blocked, of: group, at: later(2)),
                    try writer.deleteListed(users[1], .blocked, of: group, at: later(2)),
                    // As if for the first time, once the other's time is over.
                    try writer.block(users[1], until: nil, in: group, at: later(3)),
                    try writer.isListed(users[1], .blocked, of: group, at: later(99)),
                    try writer.deleteBlocks(of: group, at: later(3)),
                    try writer.deleteBlocks(of: group, at: later(3)),
                ]
            }
            try expect(found, is: [false, false, true, true, true, false])
        },
        ContractCase(promise: "Who is banned for a time comes in and speaks again when it is over") { store in
            let application = try store.makeApplication()
            let users = try store.register(["ann", "bob", "cid"], in: application.id)
            let group = try store.makeGroup(of: users[0].id, with: [users[1].id], in: application.id)
            try store.write(application.id) { (writer) throws(Failure) in
                try GroupModerationRules.ban(
                    [.user(users[1]), .user(users[2])],
                    milliseconds: 2000,
                    from: group,
                    by: backend,
                    at: start,
                    store: writer
                )
            }
            let places = try store.read(application.id) { (reader) throws(Failure) in
                [
                    try reader.membership(of: users[1].id, in: group.id) == nil,
                    try reader.isListed(users[2].id, .blocked, of: group.id, at: later(1)),
                ]
            }
            try expect(places, is: [true, true])
            func add(_ now: Timestamp) throws(Failure) -> [User] {
                try store.write(application.id) { (writer) throws(Failure) in
                    try GroupMemberRules.add(
                        ["bob"],
                        to: group,
                        by: backend,
                        of: application,
                        at: now,
                        in: writer
                    )
                }
            }
            try expect(.group(.blocked("bob", group.id))) { try add(later(1)) }
            try expect(try add(later(2)), is: [users[1]])
        },
        ContractCase(promise: "Strangers may be blocked, and only members stand on the allow list") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let added = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.block(users[1], until: nil, in: group, at: start),
                    try writer.allow(users[1], in: group, at: start),
                    try writer.block(users[1], until: nil, in: GroupID(rawValue: 4711), at: start),
                ]
            }
            try expect(added, is: [true, false, false])
        },
        ContractCase(promise: "A group's mutes are replaced and lifted, and listed by key while they last") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: users, in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.setGroupMute(until: later(3), of: users[2], in: group)
                try writer.setGroupMute(until: later(1), of: users[1], in: group)
                try writer.setGroupMute(until: Mutes.forever, of: users[1], in: group)
                try writer.setGroupMute(until: later(1), of: UserID(rawValue: 4711), in: group)
                let all = try writer.groupMutes(of: group, at: start)
                let late = try writer.groupMutes(of: group, at: later(3))
                try writer.setGroupMute(until: nil, of: users[1], in: group)
                try writer.setGroupMute(until: nil, of: users[0], in: group)
                return (
                    all, late, try writer.muteExpiry(of: users[1], in: group),
                    try writer.muteExpiry(of: users[2], in: group)
                )
            }
            try expect(
                found.0,
                is: [
                    GroupMute(name: "bob", expires: Mutes.forever), GroupMute(name: "cid", expires: later(3)),
                ]
            )
            try expect(found.1, is: [GroupMute(name: "bob", expires: Mutes.forever)])
            try expect(found.2, is: nil)
            try expect(found.3, is: later(3))
        },
        ContractCase(promise: "A deleted user stands on no list and is muted nowhere") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: [users[1]], in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                for list in GroupList.allCases {
                    _ = try writer.put(users[1], on: list, of: group, at: start)
                }
                try writer.setGroupMute(until: later(1), of: users[1], in: group)
                try writer.setRoomMetadata(
                    RoomMetadataEntry(key: "k", value: "v", owner: users[1], endsWithOwner: false),
                    of: group
                )
                _ = try writer.insertSuperAdministrator(users[1], at: start)
                try writer.delete(users[1])
                return [
                    try writer.listedNames(.blocked, of: group, at: Contract.start).count,
                    try writer.listedNames(.allowed, of: group, at: Contract.start).count,
                    try writer.groupMutes(of: group, at: start).count,
                    try writer.roomMetadata(of: group).count,
                    try writer.superAdministrators(offset: 0, limit: 9).count,
                ]
            }
            try expect(found, is: [0, 0, 0, 0, 0])
        },
    ]

    static let groupMutes = GroupKind.allCases.map(muteOfAll)

    private static func muteOfAll(_ kind: GroupKind) -> ContractCase {
        ContractCase(
            promise: "A mute of a whole \(kind) ends with its time; the last one counts, until it is lifted"
        ) {
            store in
            let world = try MessageWorld(store, kind: kind)
            func change(_ body: @escaping @Sendable (any Writer, Group) throws(Failure) -> Void) throws {
                try store.write(world.app) { (writer) throws(Failure) in
                    try body(writer, GroupRules.find(world.group.text, kind, in: writer))
                }
            }
            func mute(_ milliseconds: Int?, at now: Timestamp = start) throws {
                try change { (writer, group) throws(Failure) in
                    try GroupModerationRules.muteAll(
                        milliseconds: milliseconds,
                        in: group,
                        by: backend,
                        at: now,
                        store: writer
                    )
                }
            }
            func isMuted(_ now: Timestamp) throws -> Bool {
                let outcome = try world.post("x", from: "u1", kind, at: now)
                _ = try world.id(try world.post("x", from: "u0", kind, at: now))
                let group = try store.read(world.app) { (reader) throws(Failure) in
                    try GroupRules.find(world.group.text, kind, in: reader)
                }
                try expect(outcome == .refused(.groupMuted), is: group.isMuted(at: now))
                return group.isMuted(at: now)
            }
            try mute(2000)
            try expect(
                try [start, later(1), later(2), later(3)].map(isMuted),
                is: [true, true, false, false]
            )
            // Longer, shorter, for ever.
            try mute(9000)
            try expect(try [later(8), later(9)].map(isMuted), is: [true, false])
            try mute(4000)
            try expect(try [later(3), later(4)].map(isMuted), is: [true, false])
            try mute(nil)
            try expect(try isMuted(start.adding(seconds: 90 * 365 * 86_400)), is: true)
            try mute(1000, at: later(5))
            try expect(try [later(5), later(6)].map(isMuted), is: [true, false])
            try mute(9000, at: later(6))
            try change { (writer, group) throws(Failure) in
                try GroupModerationRules.unmuteAll(in: group, by: backend, at: later(7), store: writer)
            }
            try expect(try isMuted(later(7)), is: false)
        }
    }

    static let groupMetadata: [ContractCase] = [
        ContractCase(promise: "A member's metadata is its own in each group, by key") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let groups = [
                try store.makeGroup(of: users[0], with: [users[1]], in: app).id,
                try store.makeGroup(of: users[0], in: app).id,
            ]
            let found = try store.write(app) { (writer) throws(Failure) in
                for (key, value) in [("b", "1"), ("a", "2"), ("b", "3"), ("x", "4")] {
                    try writer.setMemberMetadata(
                        MetadataEntry(key: key, value: value),
                        of: users[1],
                        in: groups[0]
                    )
                }
                try writer.setMemberMetadata(MetadataEntry(key: "o", value: "5"), of: users[0], in: groups[0])
                try writer.setMemberMetadata(MetadataEntry(key: "o", value: "6"), of: users[2], in: groups[0])
                try writer.deleteMemberMetadata("x", of: users[1], in: groups[0])
                return [
                    try writer.memberMetadata(of: users[1], in: groups[0]),
                    try writer.memberMetadata(of: users[2], in: groups[0]),
                    try writer.memberMetadata(of: users[0], in: groups[1]),
                ]
            }
            try expect(
                found,
                is: [[MetadataEntry(key: "a", value: "2"), MetadataEntry(key: "b", value: "3")], [], []]
            )
        },
        ContractCase(promise: "A room's metadata has one owner a key, and some of it ends with its owner") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let room = try store.makeGroup(.room, of: users[0], with: [users[1]], in: app).id
            let entries = [
                ("b", users[1], true), ("a", users[1], false), ("c", users[0], true), ("d", users[0], false),
            ].map {
                RoomMetadataEntry(key: $0.0, value: "v", owner: $0.1, endsWithOwner: $0.2)
            }
            let found = try store.write(app) { (writer) throws(Failure) in
                for entry in entries { try writer.setRoomMetadata(entry, of: room) }
                try writer.setRoomMetadata(
                    RoomMetadataEntry(key: "d", value: "new", owner: users[1], endsWithOwner: true),
                    of: room
                )
                let all = try writer.roomMetadata(of: room)
                let one = try writer.roomMetadata("d", of: room)
                try writer.deleteRoomMetadata(endingWith: users[1], in: room)
                let rest = try writer.roomMetadata(of: room)
                try writer.deleteRoomMetadata("c", of: room)
                return (
                    all.map(\.key), one, rest, try writer.roomMetadata(of: room),
                    try writer.roomMetadata("b", of: room)
                )
            }
            try expect(found.0, is: ["a", "b", "c", "d"])
            try expect(
                found.1,
                is: RoomMetadataEntry(key: "d", value: "new", owner: users[1], endsWithOwner: true)
            )
            try expect(found.2, is: [entries[1], entries[2]])
            try expect(found.3, is: [entries[1]])
            try expect(found.4, is: nil)
        },
        ContractCase(promise: "Super admins are users of the application, listed by key, cut by number") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let found = try store.write(app) { (writer) throws(Failure) in
                let added = [
                    try writer.insertSuperAdministrator(users[2], at: start),
                    try writer.insertSuperAdministrator(users[0], at: start),
                    try writer.insertSuperAdministrator(users[0], at: start),
                    try writer.insertSuperAdministrator(UserID(rawValue: 4711), at: start),
                ]
                let pages = [
                    try writer.superAdministrators(offset: 0, limit: 9),
                    try writer.superAdministrators(offset: 1, limit: 1),
                ]
                let ended = [
                    try writer.deleteSuperAdministrator(users[2]),
                    try writer.deleteSuperAdministrator(users[2]),
                ]
                return (
                    added, pages, ended,
                    [try writer.isSuperAdministrator(users[0]), try writer.isSuperAdministrator(users[2])]
                )
            }
            try expect(found.0, is: [true, true, false, false])
            try expect(found.1, is: [["ann", "cid"], ["cid"]])
            try expect(found.2, is: [true, false])
            try expect(found.3, is: [true, false])
        },
    ]
}

extension GroupModerationWriter {
    /// Puts a user on a list for good.
    func put(
        _ user: UserID,
        on list: GroupList,
        of group: GroupID,
        at now: Timestamp
    ) throws(Failure) -> Bool {
        switch list {
        case .blocked: try block(user, until: nil, in: group, at: now)
        case .allowed: try allow(user, in: group, at: now)
        }
    }
}
