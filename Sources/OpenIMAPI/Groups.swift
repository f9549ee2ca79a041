// Groups as a whole: made, told of, changed, handed over, muted, dissolved.

import Domain
import JSON
import Routing

enum Groups {
    /// Groups one call may ask about.
    static let maximumGroups = 1000

    /// Settings of a group as a request has them; nil where it doesn't.
    struct Settings: Fields {
        let name: String?
        let introduction: String?
        let notification: String?
        let icon: String?
        let extra: String?
        let verification: Int?
        /// The id that the group shall have, or has.
        let id: String?

        static let schemaName = "GroupSettings"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.optional(.group, .text(0...64))
            name = try fields.optional(.groupName, .text(0...GroupRules.maximumNameCharacters))
            introduction = try fields.optional(
                .introduction,
                .text(0...GroupRules.maximumDescriptionCharacters)
            )
            notification = try fields.optional(
                .notification,
                .text(0...GroupRules.maximumAnnouncementCharacters)
            )
            icon = try fields.optional(.groupIcon, .text(0...1024))
            extra = try fields.optional(.extra, .text(0...GroupRules.maximumCustomCharacters))
            verification = try fields.optional(.needVerification, .integer(0...2))
        }

        /// The settings of a new group: as the original's, anybody in it may bring others in.
        func new(of application: Application) -> GroupSettings {
            GroupSettings(
                name: name.flatMap { $0.isEmpty ? nil : $0 } ?? "groupChat",
                description: introduction ?? "",
                isPublic: false,
                maximumMembers: application.settings.maximumGroupMembers,
                needsApproval: verification != 2,
                allowsInvites: true,
                needsInviteConsent: verification == 1,
                custom: extra ?? "",
                icon: icon ?? ""
            )
        }

        /// What changes; an empty text changes nothing unless `clearing`, and never the name.
        func change(clearing: Bool) -> GroupRules.Change {
            let wanted = { (text: String?) in text.flatMap { $0.isEmpty && !clearing ? nil : $0 } }
            var change = GroupRules.Change()
            change.name = name.flatMap { $0.isEmpty ? nil : $0 }
            change.description = wanted(introduction)
            change.icon = wanted(icon)
            change.custom = wanted(extra)
            change.needsApproval = verification.map { $0 != 2 }
            change.needsInviteConsent = verification.map { $0 == 1 }
            return change
        }
    }

    // MARK: New groups

    /// A first member with its role.
    struct FirstMember: Fields {
        let name: Username
        let role: GroupRole

        static let schemaName = "FirstGroupMember"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            name = try fields.required(.user, .username)
            role = try fields.role() ?? .member
        }
    }

    struct Creation: Fields {
        let members: [FirstMember]
        let names: [Username]
        let administrators: [Username]
        let owner: Username?
        let settings: Settings

        static let schemaName = "GroupCreation"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            let list = Value.list(of: FirstMember.inside, maximum: Users.maximumNames)
            members = try fields.optional(.firstMembers, list) ?? []
            names = try fields.optional(.firstMemberNames, .usernames) ?? []
            administrators = try fields.optional(.firstAdministrators, .usernames) ?? []
            owner = try fields.optional(.groupOwner, .username)
            let nested = try fields.optional(Spelling(nil, nil, "groupInfo"), Settings.inside)
            let flat = try Settings(&fields)
            settings = nested ?? flat
        }

        /// The one owner among those named.
        ///
        /// - Throws: `.invalid` where there is none, or more than one.
        func owner(for call: Call) throws(Failure) -> String {
            let field = Spelling.firstMembers.told(in: call.generation)
            var owners = members.filter { $0.role == .owner }.map(\.name)
            if let owner, !owners.contains(owner) { owners.append(owner) }
            // Who makes a group for itself is its owner.
            if case .user(let user) = call.caller, !owners.contains(user.username) {
                owners.append(user.username)
            }
            guard let first = owners.first else { throw .invalid(field: field, .missing) }
            guard owners.allSatisfy({ $0 == first }) else {
                throw .invalid(field: field, .duplicate(value: "owner"))
            }
            return first.text
        }
    }

    /// The new group's id in the first generation, the whole group later.
    struct Created: AnswerContent {
        let group: Group

        static func shape(in generation: Generation) -> Shape {
            switch generation {
            case .first: .object([.init("groupID", .string())])
            case .second: GroupInfo.shape(in: generation)
            case .third: .object([.init("groupInfo", GroupInfo.shape(in: generation))])
            }
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .second { return GroupInfo(group: group).write(to: &json, in: generation) }
            json.beginObject()
            writeMembers(to: &json, in: generation)
            json.endObject()
        }

        func writeMembers(to json: inout JSONWriter, in generation: Generation) {
            if generation == .third {
                json.key("groupInfo")
                GroupInfo(group: group).write(to: &json, in: generation)
            } else {
                json.key("groupID")
                json.string(group.publicID)
            }
        }
    }

    /// All or nothing: an unknown user is told, where the original left it out.
    static func create(
        _ call: Call,
        _ input: Creation,
        _ store: any Writer
    ) throws(Failure) -> Answer<Created> {
        let members = input.members.filter { $0.role != .owner }.map(\.name.text)
        let alias = input.settings.id.flatMap { $0.isEmpty ? nil : $0 }
        let made = try GroupRules.create(
            .group,
            input.settings.new(of: call.application),
            owner: try input.owner(for: call),
            members: members + input.names.map(\.text) + input.administrators.map(\.text),
            alias: alias,
            of: call.application,
            at: call.now,
            in: store
        )
        var group = try GroupRules.find(made.id.text, .group, in: store)
        let administrators =
            input.members.filter { $0.role == .administrator }.map(\.name) + input.administrators
        for name in administrators {
            let member = try GroupMemberRules.find(name.text, of: group, in: store)
            guard member.role == .member else { continue }
            _ = try GroupMemberRules.addAdministrator(name.text, to: group, in: store)
        }
        if let text = input.settings.notification, !text.isEmpty {
            try GroupRules.announce(text, in: group, at: call.now, store: store)
            group = try GroupRules.find(made.id.text, .group, in: store)
        }
        return Answer(call, Created(group: group))
    }

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
                infos.append(GroupInfo(group: try GroupRules.find(id, .group, in: store)))
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
        return Answer(call, CountedList(groups.map(GroupInfo.init), of: total))
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
            id = try fields.need(settings.id, .group, or: "")
            guard !id.isEmpty || fields.isTrial else { throw FieldProblem(.empty, at: fields.told(.group)) }
        }
    }

    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupPermissionRules.require(.moderate, of: call.caller, in: group, store)
        let clearing = call.generation == .third
        try GroupRules.update(
            group,
            input.settings.change(clearing: clearing),
            of: call.application,
            at: call.now,
            in: store
        )
        if let text = input.settings.notification, clearing || !text.isEmpty {
            let changed = try GroupRules.find(group.id.text, .group, in: store)
            try GroupRules.announce(text, in: changed, at: call.now, store: store)
        }
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
        try GroupPermissionRules.require(.own, of: call.caller, in: group, store)
        if let old = input.oldOwner, old != Username(group.ownerName) {
            throw .invalid(field: Spelling.oldOwner.told(in: call.generation), .illegal(value: old.text))
        }
        try GroupRules.transfer(group, to: input.newOwner.text, at: call.now, in: store)
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
        try GroupPermissionRules.require(.own, of: call.caller, in: group, store)
        try store.deleteGroup(group.id)
        return Answer(call)
    }

    static func mute(_ call: Call, _ input: One, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        try setMuted(true, call, input, store)
    }

    static func unmute(_ call: Call, _ input: One, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        try setMuted(false, call, input, store)
    }

    private static func setMuted(
        _ isMuted: Bool,
        _ call: Call,
        _ input: One,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupPermissionRules.require(.moderate, of: call.caller, in: group, store)
        try GroupRules.setMuted(isMuted, group, at: call.now, in: store)
        return Answer(call)
    }
}
