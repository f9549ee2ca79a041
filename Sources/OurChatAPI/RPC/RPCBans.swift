// OurChatService: bans from a session, for a time or until they are lifted.

import Domain
import Protobuf
import Routing

enum RPCBans {
    /// Without users it is about all members who can't lift a ban themselves.
    static func ban(
        _ call: Call,
        _ input: BanUserRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.BanUserResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        let milliseconds = try input.duration.map { span throws(Failure) in
            try RPCModeration.milliseconds(of: span, "duration")
        }
        guard !input.userIDs.isEmpty else {
            try GroupModerationRules.banMembers(
                milliseconds: milliseconds,
                from: group,
                by: call.caller,
                at: call.now,
                store: store
            )
            return EmptyMessage()
        }
        let users = try Wire.list(input.userIDs, "user_ids", maximum: RPCSessions.maximumUsers)
        try GroupModerationRules.ban(
            users.map { .id(UserID($0)) },
            milliseconds: milliseconds,
            from: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return EmptyMessage()
    }

    /// Without users it lifts every ban.
    ///
    /// A banned member has to join again.
    static func unban(
        _ call: Call,
        _ input: UnbanUserRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.UnbanUserResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        guard !input.userIDs.isEmpty else {
            try GroupModerationRules.liftAllBans(from: group, by: call.caller, at: call.now, store: store)
            return EmptyMessage()
        }
        let ids = try Wire.list(input.userIDs, "user_ids", maximum: RPCSessions.maximumUsers)
        try GroupModerationRules.liftBans(
            of: ids.map { UserID($0) },
            from: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return EmptyMessage()
    }
}
