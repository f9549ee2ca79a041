// The contract of the group repositories between tenants: another application's groups are as if they weren't there.

public import Domain

extension Store {
    /// Puts a row into every table of groups: a group of `ann` with `bob`, and a room of `bob` with `ann`.
    @discardableResult
    public func furnishGroups(
        _ ann: UserID,
        _ bob: UserID,
        in application: ApplicationID
    ) throws -> (group: GroupID, room: GroupID) {
        let group = try makeGroup(of: ann, with: [bob], in: application).id
        let room = try makeGroup(.room, of: bob, with: [ann], in: application).id
        try write(application) { (writer) throws(Failure) in
            for (place, user) in [(group, bob), (room, ann)] {
                for list in GroupList.allCases {
                    _ = try writer.put(user, on: list, of: place, at: Contract.start)
                }
                try writer.setGroupMute(until: Contract.later(60), of: user, in: place)
                try writer.setMemberMetadata(MetadataEntry(key: "k", value: "v"), of: user, in: place)
                try writer.setRoomMetadata(
                    RoomMetadataEntry(key: "k", value: "v", owner: user, endsWithOwner: true),
                    of: place
                )
                _ = try writer.setAdministrator(true, user, in: place)
                _ = try writer.insertSuperAdministrator(user, at: Contract.start)
            }
        }
        return (group, room)
    }
}

extension Contract {
    static let groupTenancy: [ContractCase] = [
        ContractCase(
            promise: "No read method finds a group, or who is in it, through another application's keys"
        ) {
            store in
            let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            let users = try store.register(["ann", "bob"], in: theirs).map(\.id)
            let (ann, bob) = (users[0], users[1])
            let (group, room) = try store.furnishGroups(ann, bob, in: theirs)
            let found = try store.read(mine) { (reader) throws(Failure) in
                let absent: [Bool] = [
                    try reader.group(group) == nil, try reader.groups(.group, before: nil, limit: 9).isEmpty,
                    try reader.publicGroups(before: nil, limit: 9).isEmpty,
                    try reader.groupCount(.group) == 0,
                    try reader.membership(of: bob, in: group) == nil,
                    try reader.members(of: group, after: nil, limit: 9).isEmpty,
                    try reader.members(of: group, offset: 0, limit: 9).isEmpty,
                    try reader.administrators(of: group).isEmpty,
                    try reader.joinedGroups(of: bob, .group, before: nil, limit: 9).isEmpty,
                    try reader.joinedGroups(of: bob, .group, offset: 0, limit: 9).isEmpty,
                    try reader.joinedCount(of: bob, .group) == 0,
                    try !reader.isListed(bob, .blocked, of: group, at: Contract.start),
                    try !reader.isListed(bob, .allowed, of: group, at: Contract.start),
                    try reader.listedNames(.blocked, of: group, at: Contract.start).isEmpty,
                    try reader.listedNames(.allowed, of: group, at: Contract.start).isEmpty,
                    try reader.muteExpiry(of: bob, in: group) == nil,
                    try reader.groupMutes(of: group, at: start).isEmpty,
                    try reader.memberMetadata(of: bob, in: group).isEmpty,
                    try reader.roomMetadata(of: room).isEmpty,
                    try reader.roomMetadata("k", of: room) == nil, try !reader.isSuperAdministrator(ann),
                    try reader.superAdministrators(offset: 0, limit: 9).isEmpty,
                ]
                return absent
            }
            try expect(found, is: Array(repeating: true, count: 22))
        },
        ContractCase(
            promise: "No write method changes a group, or who is in it, through another application's keys"
        ) {
            store in
            let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            let users = try store.register(["ann", "bob", "cid"], in: theirs).map(\.id)
            let (ann, bob, cid) = (users[0], users[1], users[2])
            let own = try store.register("own", in: mine).id
            let (group, room) = try store.furnishGroups(ann, bob, in: theirs)
            let ownGroup = try store.makeGroup(of: own, in: mine).id
            let before = try photograph(group, room, in: theirs, store)
            let done = try store.write(mine) { (writer) throws(Failure) in
                if var stranger = try writer.group(ownGroup) {
                    stranger = Group(
                        id: group,
                        kind: .group,
                        owner: own,
                        ownerName: "",
                        created: start,
                        modified: start,
                        memberCount: 0,
                        settings: stranger.settings,
                        announcement: "x",
                        muteExpiry: Mutes.forever,
                        isDisabled: true
                    )
                    try writer.update(stranger)
                }
                try writer.deleteGroup(room)
                try writer.setGroupMute(until: nil, of: bob, in: group)
                try writer.setGroupMute(until: later(1), of: bob, in: ownGroup)
                try writer.setMemberMetadata(MetadataEntry(key: "k", value: "x"), of: bob, in: group)
                try writer.deleteMemberMetadata("k", of: bob, in: group)
                try writer.setRoomMetadata(
                    RoomMetadataEntry(key: "k", value: "x", owner: own, endsWithOwner: true),
                    of: room
                )
                try writer.deleteRoomMetadata("k", of: room)
                try writer.deleteRoomMetadata(endingWith: ann, in: room)
                return [
                    try writer.insertMember(own, into: group, at: start),
                    try writer.insertMember(cid, into: group, at: start),
                    try writer.insertMember(cid, into: ownGroup, at: start),
                    try writer.deleteMember(bob, from: group),
                    try writer.setAdministrator(false, bob, in: group),
                    try writer.setOwner(bob, of: group, at: start),
                    try writer.block(own, until: nil, in: group, at: start),
                    try writer.block(cid, until: nil, in: ownGroup, at: start),
                    try writer.deleteListed(bob, .blocked, of: group, at: Contract.start),
                    try writer.deleteListed(bob, .allowed, of: group, at: Contract.start),
                    try writer.insertSuperAdministrator(cid, at: start),
                    try writer.deleteSuperAdministrator(ann),
                ]
            }
            try expect(done, is: Array(repeating: false, count: 12))
            try expect(try photograph(group, room, in: theirs, store), is: before)
            try expect(.notFound(.user, id: "")) { try store.makeGroup(of: cid, in: mine) }
        },
    ]

    /// All that a group and a room have, as text.
    private static func photograph(
        _ group: GroupID,
        _ room: GroupID,
        in app: ApplicationID,
        _ store: any Store
    ) throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            var lines = ["\(try reader.superAdministrators(offset: 0, limit: 9))"]
            for place in [group, room] {
                let members = try reader.members(of: place, after: nil, limit: 9)
                lines.append("\(String(describing: try reader.group(place))) \(members)")
                lines.append(
                    "\(try reader.listedNames(.blocked, of: place, at: Contract.start)) \(try reader.listedNames(.allowed, of: place, at: Contract.start))"
                )
                lines.append(
                    "\(try reader.groupMutes(of: place, at: start)) \(try reader.roomMetadata(of: place))"
                )
                for member in members {
                    lines.append("\(try reader.memberMetadata(of: member.user, in: place))")
                }
            }
            return lines
        }
    }
}
