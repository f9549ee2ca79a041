// Groups and rooms as wholes: listed, looked at, handed over, deleted, announced, muted, disabled.

import Domain
import JSON
import Routing

enum Groups {
    /// Ids one call may ask about.
    static let maximumIDs = 100
    /// Rows of a list by cursor, at most; for who names no limit, more, as earlier documents have no pages.
    static let maximumLimit = 100, wholeLimit = 1000

    // MARK: Lists

    static func list(
        _ call: Call,
        _ input: NamedPageInput,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.GroupRow> {
        let page = try input.found(.group, call, in: store)
        let appKey = "\(call.application.organization.name)#\(call.application.name)"
        let rows = page.elements.map { GroupReplies.GroupRow(group: $0, appKey: appKey) }
        return GroupListReply(call, list: rows, params: input.params, next: page.next)
    }

    static func listPublic(
        _ call: Call,
        _ input: PageInput<Rows>,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.GroupName> {
        let page = try GroupRules.publicPage(
            limit(input),
            before: input.position(in: .publicGroups, of: call.application.id.rawValue),
            of: call.application,
            in: store
        )
        return names(page, call, input.params)
    }

    /// Pages of groups and rooms.
    enum Rows: PageRows {
        static let standard: Int? = nil
        static let maximum = maximumLimit
    }

    static func limit(_ input: PageInput<Rows>) -> Int { input.rows ?? wholeLimit }

    static func listJoined(
        _ call: Call,
        _ input: GroupPageInput<Rows>,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.GroupName> {
        names(try joined(call, input, .group, store), call, input.params)
    }

    /// `?pagenum&pagesize`, here from 0, and what is asked for beside the groups themselves.
    struct JoinedPage: Input {
        static let bodyKind = BodyKind.none
        let number, size: Int
        let needsCount, needsRole: Bool

        init(_ reader: inout InputReader) throws(FieldProblem) {
            number =
                try reader.query(
                    "pagenum",
                    .integer(0...1_000_000).meaning("The page's number, from 0.").standard(0)
                ) ?? 0
            let wanted = Value.integer(1...1_000_000).remark("More than 20 count as 20.").standard(5)
            size = min(try reader.query("pagesize", wanted) ?? 5, 20)
            needsCount = try reader.query("needAffiliations", .flag.standard(false)) ?? false
            needsRole = try reader.query("needRole", .flag.standard(false)) ?? false
        }
    }

    /// The groups of a user with their settings, a page by number.
    static func listJoinedDetails(
        _ call: Call,
        _ input: JoinedPage,
        _ store: any Reader
    ) throws(Failure) -> Envelope<NumberedEntities, GroupReplies.JoinedRow, NoElement> {
        let user = try UserRules.find(call["username"], in: store)
        let groups = try store.joinedGroups(
            of: user.id,
            .group,
            offset: input.number * input.size,
            limit: input.size
        )
        var rows: [GroupReplies.JoinedRow] = []
        for group in groups {
            let role = input.needsRole ? try store.membership(of: user.id, in: group.id)?.role : nil
            rows.append(.init(group: group, count: input.needsCount ? group.memberCount : nil, role: role))
        }
        var reply = Envelope<NumberedEntities, GroupReplies.JoinedRow, NoElement>(
            call,
            "get",
            entities: rows
        )
        reply.count = try store.joinedCount(of: user.id, .group)
        return reply
    }

    private static func names(
        _ page: Page<Group>,
        _ call: Call,
        _ params: [(key: String, value: [String])]?
    ) -> GroupListReply<GroupReplies.GroupName> {
        GroupListReply(
            call,
            list: page.elements.map(GroupReplies.GroupName.init),
            params: params,
            next: page.next
        )
    }

    /// The groups or rooms of the path's user: by number, by cursor, or all.
    static func joined(
        _ call: Call,
        _ input: GroupPageInput<Rows>,
        _ kind: GroupKind,
        _ store: any Reader
    ) throws(Failure) -> Page<Group> {
        let user = try UserRules.find(call["username"], in: store)
        if let part = input.numbers.part() {
            let groups = try store.joinedGroups(of: user.id, kind, offset: part.offset, limit: part.limit)
            return Page(elements: groups, next: nil)
        }
        return try GroupRules.joinedPage(
            of: user,
            kind,
            input.limit,
            before: input.page.position(in: .joinedGroups, of: user.id.rawValue),
            in: store
        )
    }

    static func count(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> GroupFactReply<
        GroupReplies.Count
    > {
        let count = try store.groupCount(.group)
        var reply = GroupFactReply(call, "get", data: GroupReplies.Count(count: count))
        reply.count = count
        return reply
    }

    // MARK: Changes

    static func create(
        _ call: Call,
        _ input: NewGroupInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Created<GroupsFace>> {
        let group = try GroupRules.create(
            .group,
            input.settings,
            owner: input.owner,
            members: input.members,
            ownID: input.id,
            of: call.application,
            at: call.now,
            in: store
        )
        return GroupReply(call, "post", data: .init(id: group.shownID))
    }

    static func update(
        _ call: Call,
        _ input: GroupUpdateInput.OfGroup,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Updated> {
        try update(GroupsFace.find(call, in: store), call, input.update, store)
    }

    /// Changes a group's or room's settings, or hands it over.
    static func update(
        _ group: Group,
        _ call: Call,
        _ input: GroupUpdateInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Updated> {
        if let newOwner = input.newOwner {
            // A change of the owner stands alone.
            guard input.names == ["newowner"] else { throw .invalid(field: "newowner", .unknownField) }
            try GroupRules.transfer(group, to: .name(newOwner), by: call.caller, at: call.now, in: store)
        } else {
            try GroupRules.update(
                group,
                input.change,
                by: call.caller,
                of: call.application,
                at: call.now,
                in: store
            )
        }
        // Clients of rooms compare a changed name under the name that groups have for it, and under no other.
        var names = input.names
        if group.kind == .room, names.remove("name") != nil { names.insert("groupname") }
        return GroupReply(call, "put", data: GroupReplies.Updated(names: names))
    }
}

/// The parts that groups and rooms share.
enum AnyGroup<Face: GroupFace> {
    /// One, or several by their ids: those that aren't there are told among the others.
    static func get(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.DetailsRow> {
        let ids = call[Face.parameter].split(separator: ",").map(String.init)
        guard ids.count <= Groups.maximumIDs else { throw .tooMany(field: "ids", maximum: Groups.maximumIDs) }
        guard ids.count > 1 else {
            let group = try GroupRules.find(ids.first ?? ",", Face.kind, in: store)
            return GroupListReply(call, list: [.found(try details(group, call, store))])
        }
        var rows: [GroupReplies.DetailsRow] = []
        for id in ids {
            do throws(Failure) {
                rows.append(.found(try details(GroupRules.find(id, Face.kind, in: store), call, store)))
            } catch .notFound {
                rows.append(.absent(GroupReplies.Absent(id: id, kind: Face.kind)))
            }
        }
        return GroupListReply(call, list: rows)
    }

    private static func details(
        _ group: Group,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> GroupReplies.Details {
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        return GroupReplies.Details(
            group: group,
            members: try roster.members(after: nil, limit: group.memberCount),
            now: call.now
        )
    }

    static func delete(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Deleted<Face>> {
        let group = try Face.find(call, in: store)
        try GroupRules.delete(group, by: call.caller, in: store)
        return GroupReply(call, "delete", data: .init(id: group.shownID))
    }

    // MARK: Announcement, state

    static func announcement(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> GroupFactReply<GroupReplies.Announcement> {
        GroupFactReply(call, "get", data: .init(text: try Face.find(call, in: store).announcement))
    }

    static func announce(
        _ call: Call,
        _ input: AnnouncementInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Announced> {
        let group = try Face.find(call, in: store)
        var change = GroupRules.Change()
        change.announcement = input.text
        try GroupRules.update(
            group,
            change,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return GroupReply(call, "post", data: .init(id: group.shownID))
    }

    static func muteAll(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.AllMuted> {
        try GroupModerationRules.muteAll(
            in: Face.find(call, in: store),
            by: call.caller,
            at: call.now,
            store: store
        )
        return GroupReply(call, "put", data: .init(isMuted: true))
    }

    /// The service says "put" here, too.
    static func unmuteAll(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.AllMuted> {
        try GroupModerationRules.unmuteAll(
            in: Face.find(call, in: store),
            by: call.caller,
            at: call.now,
            store: store
        )
        return GroupReply(call, "put", data: .init(isMuted: false))
    }

    static func disable(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Disabled> {
        try setDisabled(true, call, store)
    }

    static func enable(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Disabled> {
        try setDisabled(false, call, store)
    }

    private static func setDisabled(
        _ isDisabled: Bool,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Disabled> {
        try GroupRules.setDisabled(
            isDisabled,
            Face.find(call, in: store),
            by: call.caller,
            at: call.now,
            in: store
        )
        return GroupReply(call, "post", data: .init(isDisabled: isDisabled))
    }
}
