// Block lists, allow lists and mutes of groups and rooms.

import Domain
import Routing

enum GroupModeration<Face: GroupFace> {
    typealias One = GroupReply<GroupReplies.Outcome<Face>>
    typealias OneOrMany = GroupReply<GroupReplies.OneOrMany<GroupReplies.Outcome<Face>>>

    // MARK: Block list

    static func blocked(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> GroupListReply<
        String
    > {
        GroupListReply(
            call,
            list: try store.listedNames(.blocked, of: Face.find(call, in: store).id, at: call.now)
        )
    }

    static func blockOne(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> One {
        let group = try Face.find(call, in: store)
        let name = try GroupModerationRules.blockOne(
            .name(call["username"]),
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return One(call, "post", data: .init(id: group.shownID, user: name, action: "add_blocks"))
    }

    static func blockMany(_ call: Call, _ input: GroupNames, _ store: any Writer) throws(Failure) -> OneOrMany
    {
        let group = try Face.find(call, in: store)
        let outcomes = try GroupModerationRules.block(
            input.references,
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return OneOrMany(call, "post", data: .init(outcomes.map { entity($0, "add_blocks", group) }))
    }

    static func unblock(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> OneOrMany {
        try remove(call, from: .blocked, "remove_blocks", store)
    }

    // MARK: Allow list

    static func allowed(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> GroupListReply<
        String
    > {
        GroupListReply(
            call,
            list: try store.listedNames(.allowed, of: Face.find(call, in: store).id, at: call.now)
        )
    }

    static func allowOne(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> One {
        let group = try Face.find(call, in: store)
        let name = try GroupModerationRules.allowOne(
            .name(call["username"]),
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return One(call, "post", data: .init(id: group.shownID, user: name, action: "add_user_whitelist"))
    }

    static func allowMany(_ call: Call, _ input: GroupNames, _ store: any Writer) throws(Failure) -> OneOrMany
    {
        let group = try Face.find(call, in: store)
        let outcomes = try GroupModerationRules.allow(
            input.references,
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return OneOrMany(
            call,
            "post",
            data: .init(outcomes.map { entity($0, "add_user_whitelist", group) })
        )
    }

    static func disallow(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> OneOrMany {
        try remove(call, from: .allowed, "remove_user_whitelist", store)
    }

    private static func entity(
        _ outcome: GroupMemberRules.Outcome,
        _ action: String,
        _ group: Group
    ) -> GroupReplies.Outcome<Face> {
        let reason = "user: \(outcome.name) doesn't exist in group: \(group.shownID)"
        return GroupReplies.Outcome(
            id: group.shownID,
            user: outcome.name,
            action: action,
            reason: outcome.isDone ? nil : reason
        )
    }

    private static func remove(
        _ call: Call,
        from list: GroupList,
        _ action: String,
        _ store: any Writer
    ) throws(Failure) -> OneOrMany {
        let group = try Face.find(call, in: store)
        let names = try GroupMembers<Face>.names(in: call, maximum: GroupMemberRules.maximumNames)
        let removed = try GroupModerationRules.remove(
            names,
            from: list,
            of: group,
            by: call.caller,
            at: call.now,
            in: store
        )
        .map { name in
            GroupReplies.Outcome<Face>(id: group.shownID, user: name, action: action)
        }
        return OneOrMany(call, "delete", data: .init(removed))
    }

    // MARK: Mutes

    static func mute(
        _ call: Call,
        _ input: GroupMuteInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<[GroupReplies.Muted]> {
        let mutes = try GroupModerationRules.mute(
            input.usernames.map(UserReference.name),
            milliseconds: input.milliseconds,
            in: Face.find(call, in: store),
            by: call.caller,
            at: call.now,
            store: store
        )
        return GroupReply(call, "post", data: mutes.map(GroupReplies.Muted.init))
    }

    /// The service says "post" here, and clients compare it.
    static func mutes(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> GroupReply<[GroupReplies.MuteRow]> {
        let mutes = try store.groupMutes(of: Face.find(call, in: store).id, at: call.now)
        return GroupReply(call, "post", data: mutes.map(GroupReplies.MuteRow.init))
    }

    static func unmute(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<[GroupReplies.Unmuted]> {
        let names = try GroupMembers<Face>.names(in: call, maximum: GroupMemberRules.maximumNames)
        let lifted = try GroupModerationRules.unmute(
            names,
            in: Face.find(call, in: store),
            by: call.caller,
            store: store
        )
        return GroupReply(call, "delete", data: lifted.map(GroupReplies.Unmuted.init))
    }
}
