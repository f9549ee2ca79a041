// Members and administrators of groups and rooms.

import Domain
import Routing

enum GroupMembers<Face: GroupFace> {
    // MARK: Members

    /// Members as objects or, for `version=v3`, names without the owner's.
    static func list(
        _ call: Call,
        _ input: GroupMembersInput<Face>,
        _ store: any Reader
    ) throws(Failure) -> GroupFactReply<GroupReplies.MemberPage> {
        let group = try Face.find(call, in: store)
        if input.areNames { return try names(call, input, group, store) }
        let input = input.page
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        let page: Page<GroupMember>
        if let part = input.numbers.part() {
            let members = try roster.members(offset: part.offset, limit: part.limit)
            page = Page(elements: members, next: nil)
        } else {
            page = try GroupMemberRules.page(
                of: group,
                input.limit,
                after: input.page.position(in: .groupMembers, of: group.id.rawValue),
                for: call.caller,
                in: store
            )
        }
        return GroupFactReply(
            call,
            members: .affiliations(page.elements.map(GroupReplies.Affiliation.init)),
            params: input.params,
            next: page.next
        )
    }

    private static func names(
        _ call: Call,
        _ input: GroupMembersInput<Face>,
        _ group: Group,
        _ store: any Reader
    ) throws(Failure) -> GroupFactReply<GroupReplies.MemberPage> {
        let page = try GroupMemberRules.memberPage(
            of: group,
            input.page.page.rows ?? numberedPageSize,
            after: input.page.page.position(in: input.collection, of: group.id.rawValue),
            isDescending: input.isDescending,
            for: call.caller,
            in: store
        )
        return GroupFactReply(
            call,
            members: .names(page.elements.map(\.name)),
            params: input.params,
            next: page.next
        )
    }

    static func count(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> GroupNumberReply {
        let count = try Face.find(call, in: store).memberCount
        var reply = GroupNumberReply(call, "get", data: count)
        reply.count = count
        return reply
    }

    static func roles(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.RoleRow> {
        let group = try Face.find(call, in: store)
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        let members = try roster.members(after: nil, limit: group.memberCount)
        let rows = members.map { member in
            GroupReplies.RoleRow(member: member, isOnline: call.services.presence.isOnline(member.user))
        }
        return GroupListReply(call, list: rows)
    }

    static func isJoined(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> GroupReply<Bool> {
        let group = try Face.find(call, in: store)
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        let user = try UserRules.find(call["username"], in: store)
        return GroupReply(call, "get", data: try roster.membership(of: user) != nil)
    }

    static func addOne(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.AddedOne<Face>> {
        let group = try Face.find(call, in: store)
        let added = try GroupMemberRules.add(
            [.name(call["username"])],
            to: group,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return GroupReply(
            call,
            "post",
            data: .init(id: group.shownID, user: added.first?.username.text ?? call["username"])
        )
    }

    static func addMany(
        _ call: Call,
        _ input: GroupNames,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.AddedMany<Face>> {
        let group = try Face.find(call, in: store)
        let added = try GroupMemberRules.add(
            input.references,
            to: group,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return GroupReply(call, "post", data: .init(id: group.shownID, users: added.map(\.username.text)))
    }

    /// One, or several: groups and rooms word the reason for a stranger differently.
    static func remove(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.OneOrMany<GroupReplies.Outcome<Face>>> {
        let group = try Face.find(call, in: store)
        let names = try names(in: call, maximum: Face.maximumRemoval)
        let outcomes = try GroupMemberRules.remove(names, from: group, by: call.caller, in: store).map {
            outcome in
            let reason =
                Face.kind == .group
                ? "user \(outcome.name) doesn't exist."
                : "user: \(outcome.name) doesn't exist in group: \(group.shownID)"
            return GroupReplies.Outcome<Face>(
                id: group.shownID,
                user: outcome.name,
                action: "remove_member",
                reason: outcome.isDone ? nil : reason
            )
        }
        return GroupReply(call, "delete", data: .init(outcomes))
    }

    /// The names of the path, between commas.
    static func names(in call: Call, maximum: Int) throws(Failure) -> [UserReference] {
        let names = call["username"].split(separator: ",").map(String.init)
        guard !names.isEmpty else { throw .invalid(field: "usernames", .empty) }
        guard names.count <= maximum else { throw .tooMany(field: "usernames", maximum: maximum) }
        return names.map(UserReference.name)
    }

    // MARK: Administrators

    static func administrators(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure)
        -> GroupListReply<String>
    {
        let group = try Face.find(call, in: store)
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        return GroupListReply(call, list: try roster.administrators().map(\.name))
    }

    static func addAdministrator(
        _ call: Call,
        _ input: NewAdministratorInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.NewAdministrator> {
        let user = try GroupMemberRules.addAdministrator(
            .name(input.name),
            to: Face.find(call, in: store),
            by: call.caller,
            in: store
        )
        return GroupReply(call, "post", data: .init(name: user.username.text))
    }

    static func removeAdministrator(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.OldAdministrator> {
        let user = try GroupMemberRules.removeAdministrator(
            .name(call["username"]),
            from: Face.find(call, in: store),
            by: call.caller,
            in: store
        )
        return GroupReply(call, "delete", data: .init(name: user.username.text))
    }
}
