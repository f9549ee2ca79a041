// Groups as a whole: told of, changed, handed over, muted, dissolved.

import Domain
import JSON
import Routing

enum Groups {
    /// Groups one call may ask about.
    static let maximumGroups = 1000

    // MARK: Looking

    struct GroupNames: Fields {
        let ids: [String]

        static let schemaName = "GroupNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            ids = try fields.required(.groups, .list(of: .groupID, maximum: maximumGroups))
        }
    }

    enum InfosNaming: ListNaming {
        static let name = Spelling(nil, nil, "groupInfos")
    }

    /// Unknown ones are left out.
    static func infos(
        _ call: Call,
        _ input: GroupNames,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<InfosNaming, GroupInfo>> {
        var infos: [GroupInfo] = []
        for id in input.ids {
            do throws(Failure) {
                infos.append(GroupInfo(group: try GroupRules.find(id, .group, in: store), now: call.now))
            } catch .notFound {
                continue
            }
        }
        return Answer(call, NamedList(infos))
    }

    struct Joined: Fields {
        let user: Username?
        let pagination: Pagination?

        static let schemaName = "JoinedGroups"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling(nil, "fromUserID"), .username)
            pagination = try fields.optional(.pagination, Pagination.inside)
        }
    }

    enum JoinedNaming: ListNaming {
        static let name = Spelling(nil, nil, "groups")
    }

    /// Newest first.
    static func joined(
        _ call: Call,
        _ input: Joined,
        _ store: any Reader
    ) throws(Failure) -> Answer<CountedList<JoinedNaming, GroupInfo>> {
        let user = try UserRules.find(try call.actor(input.user, Spelling(nil, "fromUserID")), in: store)
        let groups = try store.joinedGroups(
            of: user.id,
            .group,
            offset: input.pagination?.offset ?? 0,
            limit: input.pagination?.limit ?? call.application.settings.maximumJoinedGroups
        )
        let total = try store.joinedCount(of: user.id, .group)
        return Answer(call, CountedList(groups.map { GroupInfo(group: $0, now: call.now) }, of: total))
    }

    // MARK: Changes

    struct Update: Fields {
        let settings: Settings
        let id: String

        static let schemaName = "GroupUpdate"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            let nested = try fields.optional(Spelling(nil, nil, "groupInfoForSet"), Settings.inside)
            let flat = try Settings(&fields)
            settings = nested ?? flat
            id = try fields.need(settings.id?.ifNotEmpty, .group, or: "")
        }
    }

    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupRules.update(
            group,
            input.settings.change(clearing: call.generation == .third),
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return Answer(call)
    }

    struct Transfer: Fields {
        let id: String
        let newOwner: Username
        let oldOwner: Username?

        static let schemaName = "GroupTransfer"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            oldOwner = try fields.optional(.oldOwner, .username)
            newOwner = try fields.required(.newOwner, .username)
        }
    }

    /// A wrong old owner is refused: who names it believes something that isn't so.
    static func transfer(
        _ call: Call,
        _ input: Transfer,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        if let old = input.oldOwner, old != Username(group.ownerName) {
            throw .invalid(field: Spelling.oldOwner.told(in: call.generation), .illegal(value: old.text))
        }
        try GroupRules.transfer(
            group,
            to: .name(input.newOwner.text),
            by: call.caller,
            at: call.now,
            in: store
        )
        return Answer(call)
    }

    /// One group, and nothing else.
    struct One: Fields {
        let id: String

        static let schemaName = "GroupName"

        init(_ fields: inout FieldReader) throws(FieldProblem) { id = try fields.required(.group, .groupID) }
    }

    /// Deleted with all that belongs to it; its messages stay as history.
    static func dismiss(_ call: Call, _ input: One, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupRules.delete(group, by: call.caller, in: store)
        return Answer(call)
    }

    static func mute(_ call: Call, _ input: One, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupModerationRules.muteAll(in: group, by: call.caller, at: call.now, store: store)
        return Answer(call)
    }

    static func unmute(_ call: Call, _ input: One, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupModerationRules.unmuteAll(in: group, by: call.caller, at: call.now, store: store)
        return Answer(call)
    }
}
