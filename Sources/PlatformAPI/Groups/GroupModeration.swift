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
        try add(call, "add_blocks", store, GroupModerationRules.blockOne)
    }

    static func blockMany(_ call: Call, _ input: GroupNames, _ store: any Writer) throws(Failure) -> OneOrMany
    {
        try add(input.references, call, "add_blocks", store, GroupModerationRules.block)
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
        try add(call, "add_user_whitelist", store, GroupModerationRules.allowOne)
    }

    static func allowMany(_ call: Call, _ input: GroupNames, _ store: any Writer) throws(Failure) -> OneOrMany
    {
        try add(input.references, call, "add_user_whitelist", store, GroupModerationRules.allow)
    }

    static func disallow(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> OneOrMany {
        try remove(call, from: .allowed, "remove_user_whitelist", store)
    }

    // MARK: Either list

    /// A rule that puts users on one of the lists.
    private typealias Rule<Users, Result> =
        (Users, Group, Caller, Timestamp, any Writer) throws(Failure) -> Result

    /// Puts the user of the path on a list.
    private static func add(
        _ call: Call,
        _ action: String,
        _ store: any Writer,
        _ rule: Rule<UserReference, String>
    ) throws(Failure) -> One {
        let group = try Face.find(call, in: store)
        let name = try rule(.name(call["username"]), group, call.caller, call.now, store)
        return One(call, "post", data: .init(id: group.shownID, user: name, action: action))
    }

    /// Puts the users of the body on a list, and says of each whether it is there.
    private static func add(
        _ users: [UserReference],
        _ call: Call,
        _ action: String,
        _ store: any Writer,
        _ rule: Rule<[UserReference], [GroupMemberRules.Outcome]>
    ) throws(Failure) -> OneOrMany {
        let group = try Face.find(call, in: store)
        let entities = try rule(users, group, call.caller, call.now, store).map { outcome in
            GroupReplies.Outcome<Face>(
                id: group.shownID,
                user: outcome.name,
                action: action,
                reason: outcome.isDone
                    ? nil : "user: \(outcome.name) doesn't exist in group: \(group.shownID)"
            )
        }
        return OneOrMany(call, "post", data: .init(entities))
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
