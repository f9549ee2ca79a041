// The rows of the group service's lists: groups, rooms, members, mutes.

import Domain
import JSON
import Routing

extension GroupReplies {
    /// A mute that lasts.
    struct MuteRow: ReplyObject {
        let mute: GroupMute

        static let fields: [ReplyField<MuteRow>] = [
            .field("expire") { $0.mute.expires },
            .field("user") { $0.mute.name },
        ]
    }

    /// `{"member": name}`, or `{"owner": name}` at the end of the list.
    struct Affiliation: ReplyValue {
        let name: String
        let isOwner: Bool

        init(_ member: GroupMember) {
            name = member.name
            isOwner = member.role == .owner
        }

        static let shape = Shape.object(
            name: "GroupAffiliation",
            [.init("member", .string(), isRequired: false), .init("owner", .string(), isRequired: false)]
        )

        func write(to json: inout JSONWriter) {
            json.beginObject()
            if isOwner { json.key("owner") } else { json.key("member") }
            json.string(name)
            json.endObject()
        }
    }

    /// A page of members: objects or, in newer lists, names alone.
    enum MemberPage: ReplyValue {
        case affiliations([Affiliation])
        case names([String])

        static let shape = Shape.anyOf([[Affiliation].shape, [String].shape])

        var count: Int {
            switch self {
            case .affiliations(let list): list.count
            case .names(let list): list.count
            }
        }

        func write(to json: inout JSONWriter) {
            switch self {
            case .affiliations(let list): list.write(to: &json)
            case .names(let list): list.write(to: &json)
            }
        }
    }

    /// A member with its role.
    struct RoleRow: ReplyObject {
        let member: GroupMember
        let isOnline: Bool

        static let fields: [ReplyField<RoleRow>] = [
            .field("username") { $0.member.name },
            .field("role") { name(of: $0.member.role) },
            .field("online") { $0.isOnline },
        ]
    }

    /// The dialect's word for a role.
    static func name(of role: GroupRole) -> String {
        switch role {
        case .owner: "owner"
        case .administrator: "admin"
        case .member: "member"
        }
    }

    /// A group of a user with its settings; member count and role where they were asked for.
    struct JoinedRow: ReplyObject {
        let group: Group
        let count: Int?
        let role: GroupRole?

        static let schemaName: String? = "JoinedGroup"
        static let fields: [ReplyField<JoinedRow>] = [
            .field("name") { $0.group.settings.name },
            .field("avatar") { $0.group.settings.icon },
            .field("owner") { $0.group.ownerName },
            .field("id") { $0.group.id.text },
            .field("groupId") { $0.group.id.text },
            .field("description") { $0.group.settings.description },
            .field("disabled") { $0.group.isDisabled },
            .field("public") { $0.group.settings.isPublic },
            .field("allowinvites") { $0.group.settings.allowsInvites },
            .field("membersonly") { $0.group.settings.needsApproval },
            .field("maxusers") { $0.group.settings.maximumMembers },
            .field("created") { $0.group.created },
            .optional("affiliationsCount") { $0.count },
            .optional("role") { $0.role.map(name) },
        ]
    }

    /// A group in the list of all: the owner with the AppKey, the time as text.
    struct GroupRow: ReplyObject {
        let group: Group
        let appKey: String

        static let fields: [ReplyField<GroupRow>] = [
            .field("owner") { "\($0.appKey)_\($0.group.ownerName)" },
            .field("groupid") { $0.group.shownID },
            .field("affiliations") { $0.group.memberCount },
            .field("type") { _ in "group" },
            .field("last_modified") { String($0.group.modified.milliseconds) },
            .field("groupname") { $0.group.settings.name },
        ]
    }

    /// A group in a user's list, or in that of public groups.
    struct GroupName: ReplyObject {
        let group: Group

        static let fields: [ReplyField<GroupName>] = [
            .field("groupid") { $0.group.shownID },
            .field("groupname") { $0.group.settings.name },
        ]
    }

    /// A room in the list of all.
    struct RoomRow: ReplyObject {
        let room: Group

        static let fields: [ReplyField<RoomRow>] = [
            .field("id") { $0.room.shownID },
            .field("name") { $0.room.settings.name },
            .field("owner") { $0.room.ownerName },
            .field("affiliations_count") { $0.room.memberCount },
        ]
    }

    /// A room in a user's list.
    struct RoomName: ReplyObject {
        let room: Group

        static let fields: [ReplyField<RoomName>] = [
            .field("id") { $0.room.shownID },
            .field("name") { $0.room.settings.name },
        ]
    }
}
