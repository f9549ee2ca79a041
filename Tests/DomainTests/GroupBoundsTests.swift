// The bounds of groups and rooms that random operations don't reach.

import Domain
import DomainKit
import Testing

@Suite struct GroupBoundsTests {
    private let store = MemoryDatabase()
    private let backend = Caller.application(CredentialID(rawValue: 1))
    private let now = Timestamp(milliseconds: 1_700_000_000_000)

    /// A group or room of `owner` with so many members `m0`, `m1`….
    private func world(_ kind: GroupKind, members count: Int) throws -> (Application, Group) {
        let application = try store.makeApplication()
        let owner = try store.register("owner", in: application.id)
        let members = try (0..<count).map { try store.register("m\($0)", in: application.id).id }
        let group = try store.makeGroup(kind, of: owner.id, with: members, in: application.id)
        return (application, group)
    }

    @Test func `A group has at most a hundred administrators, its owner among them`() throws {
        let (application, group) = try world(.group, members: 100)
        let (now, backend) = (now, backend)
        for index in 0..<99 {
            try store.write(application.id) { (writer) throws(Failure) in
                _ = try GroupMemberRules.addAdministrator(
                    .name("m\(index)"),
                    to: group,
                    by: backend,
                    in: writer
                )
            }
        }
        #expect(throws: Failure.group(.tooManyAdministrators(maximum: 100))) {
            try store.write(application.id) { (writer) throws(Failure) in
                _ = try GroupMemberRules.addAdministrator("m99", to: group, by: backend, in: writer)
            }
        }
        // A place that becomes free can be taken; the new owner needs none of those below it.
        try store.write(application.id) { (writer) throws(Failure) in
            try GroupRules.transfer(group, to: "m0", by: backend, at: now, in: writer)
            _ = try GroupMemberRules.addAdministrator("m99", to: group, by: backend, in: writer)
        }
    }

    @Test func `A member's metadata is bounded by key, value and sum, and kept whole when refused`() throws {
        let (application, group) = try world(.group, members: 1)
        let set = { (entries: [MetadataEntry]) throws in
            try store.write(application.id) { (writer) throws(Failure) in
                try MemberMetadataRules.set(entries, of: "m0", in: group, by: backend, store: writer)
            }
        }
        let largest = MetadataEntry(
            key: String(repeating: "k", count: 16),
            value: String(repeating: "v", count: 512)
        )
        try set([largest])
        #expect(throws: Failure.self) {
            try set([MetadataEntry(key: String(repeating: "ü", count: 9), value: "v")])
        }
        #expect(throws: Failure.self) { try set([MetadataEntry(key: "", value: "v")]) }
        #expect(throws: Failure.self) { try set([MetadataEntry(key: "k", value: largest.value + "v")]) }
        let many = (0..<7).map { MetadataEntry(key: "key\($0)", value: largest.value) }
        #expect(throws: Failure.limitReached(.memberMetadataBytes, maximum: 4096)) { try set(many) }
        let left = try store.read(application.id) { (reader) throws(Failure) in
            try MemberMetadataRules.entries(of: "M0", in: group, store: reader)
        }
        #expect(left == [largest])
        try set([MetadataEntry(key: largest.key, value: "")])
        try set(many)
    }

    @Test func `A room has at most a hundred keys; those beyond are told, and replacing one needs no place`()
        throws
    {
        let (application, room) = try world(.room, members: 2)
        let set = { (keys: [String], name: String, isForced: Bool) throws in
            try store.write(application.id) { (writer) throws(Failure) in
                try GroupMetadataRules.set(
                    keys.map { MetadataEntry(key: $0, value: name) },
                    of: name,
                    in: room,
                    endsWithOwner: true,
                    isForced: isForced,
                    by: backend,
                    store: writer
                )
            }
        }
        #expect(try set((0..<99).map { "k\($0)" }, "m0", false).done.count == 99)
        let last = try set(["k99", "k100", "k0"], "m0", false)
        #expect(last.done == ["k99", "k0"])
        #expect(last.refused.map(\.key) == ["k100"])
        #expect(last.refused.first?.reason == .limitReached(.roomMetadataKeys, maximum: 100))
        let taken = try set(["k0"], "m1", false)
        #expect(taken.refused.first?.reason == .group(.keyOfAnother("k0")))
        #expect(try set(["k0"], "m1", true).done == ["k0"])
        // A leaving member takes its own data along, and no more.
        try store.write(application.id) { (writer) throws(Failure) in
            _ = try GroupMemberRules.remove(["m0"], from: room, by: backend, in: writer)
        }
        let left = try store.read(application.id) { (reader) throws(Failure) in
            try reader.roomMetadata(of: room.id)
        }
        #expect(left.map(\.key) == ["k0"])
    }

    @Test func `A stranger sets no metadata and a super administrator has to exist`() throws {
        let (application, room) = try world(.room, members: 0)
        let (now, backend) = (now, backend)
        try store.register("stranger", in: application.id)
        for name in ["stranger", "nobody"] {
            #expect(throws: Failure.group(.notMembers([name], room.id))) {
                try store.write(application.id) { (writer) throws(Failure) in
                    _ = try GroupMetadataRules.set(
                        [MetadataEntry(key: "k", value: "v")],
                        of: name,
                        in: room,
                        endsWithOwner: true,
                        isForced: true,
                        by: backend,
                        store: writer
                    )
                }
            }
        }
        #expect(throws: Failure.notFound(.user, id: "nobody")) {
            try store.write(application.id) { (writer) throws(Failure) in
                try SuperAdministratorRules.add("nobody", at: now, in: writer)
            }
        }
        #expect(throws: Failure.group(.notSuperAdministrator("stranger"))) {
            try store.write(application.id) { (writer) throws(Failure) in
                _ = try SuperAdministratorRules.remove("stranger", in: writer)
            }
        }
    }

    @Test func `Pages of groups by cursor show each group once, whatever is made and deleted meanwhile`()
        throws
    {
        let (application, first) = try world(.group, members: 0)
        let owner = first.owner
        let groups =
            try [first.id] + (0..<9).map { _ in try store.makeGroup(of: owner, in: application.id).id }
        var seen: [GroupID] = []
        var cursor: Cursor?
        repeat {
            let after = cursor
            let page = try store.read(application.id) { (reader) throws(Failure) in
                try GroupRules.page(.group, 3, before: after, of: application, in: reader)
            }
            seen += page.elements.map(\.id)
            cursor = page.next
            if seen.count == 3 {
                try store.makeGroup(of: owner, in: application.id)
                try store.write(application.id) { (writer) throws(Failure) in
                    try writer.deleteGroup(groups[8])
                }
            }
        } while cursor != nil
        #expect(seen == groups.reversed())
    }
}
