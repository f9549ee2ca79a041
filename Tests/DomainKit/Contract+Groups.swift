// The contract of the repositories of groups and rooms.

public import Domain

extension Contract {
    /// Settings that differ from the defaults in every field.
    static let groupSettings = GroupSettings(
        name: "Räder",
        description: "zwei",
        isPublic: true,
        maximumMembers: 7,
        needsApproval: true,
        allowsInvites: true,
        needsInviteConsent: false,
        custom: "{\"a\":1}"
    )

    static let groups: [ContractCase] = [
        ContractCase(promise: "A new group has its owner as the only member, and all its settings") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("Ann", in: app)
            let made = try store.makeGroup(of: ann.id, in: app)
            try expect(made.kind, is: .group)
            try expect(made.owner, is: ann.id)
            try expect(made.ownerName, is: "Ann")
            try expect([made.created, made.modified], is: [start, start])
            try expect(made.memberCount, is: 1)
            try expect(made.settings, is: groupSettings)
            try expect(
                [made.muteExpiry != nil, made.isDisabled, !made.announcement.isEmpty],
                is: [false, false, false]
            )
            let found = try store.read(app) { (reader) throws(Failure) in
                (
                    try reader.group(made.id), try reader.members(of: made.id, after: nil, limit: 9),
                    try reader.membership(of: ann.id, in: made.id)
                )
            }
            let owner = GroupMember(
                user: ann.id,
                name: "Ann",
                role: .owner,
                joined: start,
                place: GroupMember.ownersPlace
            )
            try expect(found.0, is: made)
            try expect(found.1, is: [owner])
            try expect(found.2, is: owner)
        },
        ContractCase(promise: "A group without an owner can't be made") { store in
            let app = try store.makeApplication().id
            try expect(.notFound(.user, id: "")) { try store.makeGroup(of: UserID(rawValue: 4711), in: app) }
        },
        ContractCase(promise: "Every changeable field of a group is written back") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            var group = try store.makeGroup(of: ann.id, in: app)
            group.settings = GroupSettings(name: "b", description: "", isPublic: false, maximumMembers: 3)
            group.announcement = "a"
            group.muteExpiry = later(9)
            group.isDisabled = true
            group.modified = later(5)
            let changed = group
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.update(changed)
                return try writer.group(changed.id)
            }
            try expect(found, is: changed)
        },
        ContractCase(promise: "Ids rise, whatever the clock says, and are never given out again") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let ids = try store.write(app) { (writer) throws(Failure) in
                [try writer.nextID(at: later(9)), try writer.nextID(at: start), try writer.nextID(at: start)]
            }
            try expect(ids == ids.sorted() && Set(ids).count == 3, "rising: \(ids)")
            let group = try store.makeGroup(of: ann, in: app)
            try expect(group.id.rawValue > ids[2], "above the others")
            let next = try store.write(app) { (writer) throws(Failure) in
                try writer.deleteGroup(group.id)
                return try writer.nextID(at: later(-9))
            }
            try expect(next > group.id.rawValue, "above a deleted group's")
            try expect(TimeOrderedIDs.first(at: start) <= ids[0], "made of the time")
        },
        ContractCase(
            promise: "Groups and rooms are listed apart, newest first, a page at a time, and counted"
        ) { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let groups = try (0..<5).map { _ in try store.makeGroup(of: ann, in: app).id }
            let room = try store.makeGroup(.room, of: ann, in: app).id
            let found = try store.read(app) { (reader) throws(Failure) in
                (
                    try reader.groups(.group, before: nil, limit: 2).map(\.id),
                    try reader.groups(.group, before: groups[3], limit: 9).map(\.id),
                    try reader.groups(.room, before: nil, limit: 9).map(\.id),
                    [try reader.groupCount(.group), try reader.groupCount(.room)]
                )
            }
            try expect(found.0, is: [groups[4], groups[3]])
            try expect(found.1, is: [groups[2], groups[1], groups[0]])
            try expect(found.2, is: [room])
            try expect(found.3, is: [5, 1])
            let counts = try store.write(app) { (writer) throws(Failure) in
                try writer.deleteGroup(groups[0])
                try writer.deleteGroup(room)
                return [try writer.groupCount(.group), try writer.groupCount(.room)]
            }
            try expect(counts, is: [4, 0])
        },
        ContractCase(promise: "Public groups are those that are public now, and never rooms") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let groups = [
                try store.makeGroup(of: ann, in: app), try store.makeGroup(.room, of: ann, in: app),
                try store.makeGroup(of: ann, in: app), try store.makeGroup(of: ann, in: app),
            ]
            var hidden = groups[2]
            hidden.settings.isPublic = false
            let changed = hidden
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.update(changed)
                return (
                    try writer.publicGroups(before: nil, limit: 9).map(\.id),
                    try writer.publicGroups(before: groups[3].id, limit: 9).map(\.id)
                )
            }
            try expect(found.0, is: [groups[3].id, groups[0].id])
            try expect(found.1, is: [groups[0].id])
        },
    ]

    static let groupMembers: [ContractCase] = [
        ContractCase(
            promise: "Members are listed in the order of joining with the owner last, by place and by number"
        ) {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let added = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.insertMember(users[3], into: group, at: start),
                    try writer.insertMember(users[1], into: group, at: later(1)),
                    try writer.insertMember(users[1], into: group, at: later(2)),
                    try writer.insertMember(users[0], into: group, at: later(2)),
                    try writer.insertMember(users[2], into: group, at: start),
                    try writer.insertMember(UserID(rawValue: 4711), into: group, at: start),
                ]
            }
            try expect(added, is: [true, true, false, false, true, false])
            let found = try store.read(app) { (reader) throws(Failure) in
                let first = try reader.members(of: group, after: nil, limit: 2)
                return (
                    first.map(\.name),
                    try reader.members(of: group, after: first.last?.place, limit: 9).map(\.name),
                    try reader.members(of: group, offset: 1, limit: 2).map(\.name),
                    try reader.members(of: group, offset: 3, limit: 2).map(\.name),
                    try reader.group(group)?.memberCount, first.map(\.joined)
                )
            }
            try expect(found.0, is: ["dan", "bob"])
            try expect(found.1, is: ["cid", "ann"])
            try expect(found.2, is: ["bob", "cid"])
            try expect(found.3, is: ["ann"])
            try expect(found.4, is: 4)
            try expect(found.5, is: [start, later(1)])
        },
        ContractCase(promise: "A member leaves with its allow-list place and metadata, the owner never") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: [users[1]], in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                _ = try writer.allow(users[1], in: group, at: start)
                try writer.setGroupMute(until: later(9), of: users[1], in: group)
                try writer.setMemberMetadata(MetadataEntry(key: "k", value: "v"), of: users[1], in: group)
                let gone = [
                    try writer.deleteMember(users[0], from: group),
                    try writer.deleteMember(users[1], from: group),
                    try writer.deleteMember(users[1], from: group),
                ]
                _ = try writer.insertMember(users[1], into: group, at: start)
                return (
                    gone, try writer.isListed(users[1], .allowed, of: group, at: Contract.start),
                    try writer.memberMetadata(of: users[1], in: group),
                    try writer.muteExpiry(of: users[1], in: group),
                    try writer.group(group)?.memberCount
                )
            }
            try expect(found.0, is: [false, true, false])
            try expect(found.1, is: false)
            try expect(found.2, is: [])
            try expect(found.3, is: later(9))
            try expect(found.4, is: 2)
        },
        ContractCase(
            promise: "Administrators are members, listed in the order of joining, and never the owner"
        ) { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: Array(users[1...2]), in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                let set = [
                    try writer.setAdministrator(true, users[2], in: group),
                    try writer.setAdministrator(true, users[1], in: group),
                    try writer.setAdministrator(true, users[0], in: group),
                    try writer.setAdministrator(true, users[3], in: group),
                ]
                let both = try writer.administrators(of: group).map(\.name)
                _ = try writer.setAdministrator(false, users[2], in: group)
                return (
                    set, both, try writer.administrators(of: group).map(\.name),
                    try writer.membership(of: users[0], in: group)?.role
                )
            }
            try expect(found.0, is: [true, true, false, false])
            try expect(found.1, is: ["bob", "cid"])
            try expect(found.2, is: ["bob"])
            try expect(found.3, is: .owner)
        },
        ContractCase(
            promise: "A member becomes the owner, and the old owner an ordinary member behind all others"
        ) {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], with: Array(users[1...2]), in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                _ = try writer.setAdministrator(true, users[1], in: group)
                let set = [
                    try writer.setOwner(users[3], of: group, at: later(1)),
                    try writer.setOwner(users[0], of: group, at: later(1)),
                    try writer.setOwner(users[1], of: group, at: later(2)),
                ]
                return (set, try writer.members(of: group, after: nil, limit: 9), try writer.group(group))
            }
            try expect(found.0, is: [false, false, true])
            try expect(found.1.map(\.name), is: ["cid", "ann", "bob"])
            try expect(found.1.map(\.role), is: [.member, .member, .owner])
            try expect(found.2?.owner, is: users[1])
            try expect(found.2?.ownerName, is: "bob")
            try expect(found.2?.modified, is: later(2))
            try expect(found.2?.memberCount, is: 3)
        },
        ContractCase(promise: "A user's groups and rooms are listed apart, newest first, by id and by number")
        { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let groups = try (0..<4).map { index in
                try store.makeGroup(of: users[0], with: index == 1 ? [] : [users[1]], in: app).id
            }
            let room = try store.makeGroup(.room, of: users[1], in: app).id
            let found = try store.read(app) { (reader) throws(Failure) in
                (
                    try reader.joinedGroups(of: users[1], .group, before: nil, limit: 2).map(\.id),
                    try reader.joinedGroups(of: users[1], .group, before: groups[2], limit: 9).map(\.id),
                    try reader.joinedGroups(of: users[1], .group, offset: 1, limit: 1).map(\.id),
                    try reader.joinedGroups(of: users[1], .room, offset: 0, limit: 9).map(\.id),
                    [
                        try reader.joinedCount(of: users[1], .group),
                        try reader.joinedCount(of: users[1], .room),
                        try reader.joinedCount(of: users[0], .group),
                        try reader.joinedCount(of: users[0], .room),
                    ]
                )
            }
            try expect(found.0, is: [groups[3], groups[2]])
            try expect(found.1, is: [groups[0]])
            try expect(found.2, is: [groups[2]])
            try expect(found.3, is: [room])
            try expect(found.4, is: [3, 1, 4, 0])
        },
        ContractCase(promise: "A deleted user's own groups go, and elsewhere its membership, with the count")
        { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let own = try store.makeGroup(of: users[1], with: [users[0]], in: app).id
            let other = try store.makeGroup(of: users[0], with: [users[1], users[2]], in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.delete(users[1])
                return (
                    try writer.group(own), try writer.group(other)?.memberCount,
                    try writer.members(of: other, after: nil, limit: 9).map(\.name),
                    [try writer.groupCount(.group), try writer.joinedCount(of: users[0], .group)]
                )
            }
            try expect(found.0, is: nil)
            try expect(found.1, is: 2)
            try expect(found.2, is: ["cid", "ann"])
            try expect(found.3, is: [1, 1])
        },
    ]
}

extension Store {
    /// Makes a group with members.
    @discardableResult
    public func makeGroup(
        _ kind: GroupKind = .group,
        of owner: UserID,
        with members: [UserID] = [],
        in application: ApplicationID
    ) throws -> Group {
        try write(application) { (writer) throws(Failure) in
            let id = GroupID(rawValue: try writer.nextID(at: Contract.start))
            let group = try writer.insertGroup(
                id,
                kind,
                Contract.groupSettings,
                owner: owner,
                at: Contract.start
            )
            for member in members { _ = try writer.insertMember(member, into: id, at: Contract.start) }
            return try writer.group(id) ?? group
        }
    }
}
