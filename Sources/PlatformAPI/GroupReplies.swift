// What the group service answers with: rows of lists, details, and what became of a change.

import Domain
import JSON
import Routing

enum GroupReplies {
    // MARK: What became of a change

    /// The id of a new group or room.
    struct Created<Face: GroupFace>: ReplyObject {
        let id: GroupID
        static var fields: [ReplyField<Self>] { Face.created }
    }

    /// A group or room is gone.
    struct Deleted<Face: GroupFace>: ReplyObject {
        let id: GroupID
        static var fields: [ReplyField<Self>] { Face.deleted }
    }

    /// One user came in.
    struct AddedOne<Face: GroupFace>: ReplyObject {
        let id: GroupID
        let user: String
        static var fields: [ReplyField<Self>] { Face.addedOne }
    }

    /// Users came in: only those who weren't there.
    struct AddedMany<Face: GroupFace>: ReplyObject {
        let id: GroupID
        let users: [String]
        static var fields: [ReplyField<Self>] { Face.addedMany }
    }

    /// What became of one name.
    struct Outcome<Face: GroupFace>: ReplyObject {
        let id: GroupID
        let user: String
        let action: String
        /// Why not; nil where it was done.
        var reason: String?

        var isDone: Bool { reason == nil }
        static var fields: [ReplyField<Self>] { Face.outcome }
    }

    /// One name's outcome, or those of several: as many as the path named.
    enum OneOrMany<Element: ReplyValue>: ReplyValue {
        case one(Element)
        case many([Element])

        init(_ elements: [Element]) {
            if elements.count == 1, let element = elements.first {
                self = .one(element)
            } else {
                self = .many(elements)
            }
        }

        static var shape: Shape { .anyOf([Element.shape, [Element].shape]) }

        func write(to json: inout JSONWriter) {
            switch self {
            case .one(let element): element.write(to: &json)
            case .many(let elements): elements.write(to: &json)
            }
        }
    }

    /// The fields that a change of settings named; a room's name answers as `groupname` too.
    struct Updated: ReplyObject {
        var change = GroupRules.Change()
        var isTransfer = false

        static let fields: [ReplyField<Updated>] = [
            .optional("groupname") { $0.change.name.map { _ in true } },
            .optional("description") { $0.change.description.map { _ in true } },
            .optional("maxusers") { $0.change.maximumMembers.map { _ in true } },
            .optional("membersonly") { $0.change.needsApproval.map { _ in true } },
            .optional("allowinvites") { $0.change.allowsInvites.map { _ in true } },
            .optional("invite_need_confirm") { $0.change.needsInviteConsent.map { _ in true } },
            .optional("public") { $0.change.isPublic.map { _ in true } },
            .optional("custom") { $0.change.custom.map { _ in true } },
            .optional("newowner") { $0.isTransfer ? true : nil },
        ]
    }

    /// An announcement was set.
    struct Announced: ReplyObject {
        let id: GroupID

        static let fields: [ReplyField<Announced>] = [
            .field("id") { $0.id.text },
            .field("result") { _ in true },
        ]
    }

    /// The announcement.
    struct Announcement: ReplyObject {
        let text: String
        static let fields: [ReplyField<Announcement>] = [.field("announcement") { $0.text }]
    }

    /// Whether all are muted.
    struct AllMuted: ReplyObject {
        let isMuted: Bool
        static let fields: [ReplyField<AllMuted>] = [.field("mute") { $0.isMuted }]
    }

    /// Whether nobody may send.
    struct Disabled: ReplyObject {
        let isDisabled: Bool
        static let fields: [ReplyField<Disabled>] = [.field("disabled") { $0.isDisabled }]
    }

    /// A member became an administrator.
    struct NewAdministrator: ReplyObject {
        let name: String

        static let fields: [ReplyField<NewAdministrator>] = [
            .field("result") { _ in "success" },
            .field("newadmin") { $0.name },
        ]
    }

    /// An administrator became an ordinary member.
    struct OldAdministrator: ReplyObject {
        let name: String

        static let fields: [ReplyField<OldAdministrator>] = [
            .field("result") { _ in "success" },
            .field("oldadmin") { $0.name },
        ]
    }

    /// A member was muted.
    struct Muted: ReplyObject {
        let mute: GroupMute

        static let fields: [ReplyField<Muted>] = [
            .field("result") { _ in true },
            .field("expire") { $0.mute.expires },
            .field("user") { $0.mute.name },
        ]
    }

    /// A mute was lifted.
    struct Unmuted: ReplyObject {
        let name: String

        static let fields: [ReplyField<Unmuted>] = [
            .field("result") { _ in true },
            .field("user") { $0.name },
        ]
    }

    /// A number of things.
    struct Count: ReplyObject {
        let count: Int
        static let fields: [ReplyField<Count>] = [.field("count") { $0.count }]
    }

    // MARK: Rows

    /// A mute that lasts.
    struct MuteRow: ReplyObject {
        let mute: GroupMute

        static let fields: [ReplyField<MuteRow>] = [
            .field("expire") { $0.mute.expires },
            .field("user") { $0.mute.name },
        ]
    }

    /// `{"member": name}`, or `{"owner": name}` at the end of the list.
    struct Affiliation: ReplyObject {
        let name: String
        let isOwner: Bool

        init(_ member: GroupMember) {
            name = member.name
            isOwner = member.role == .owner
        }

        static let fields: [ReplyField<Affiliation>] = [
            .optional("member") { $0.isOwner ? nil : $0.name },
            .optional("owner") { $0.isOwner ? $0.name : nil },
        ]
    }

    /// A member with its role.
    struct RoleRow: ReplyObject {
        let member: GroupMember
        let isOnline: Bool

        static let fields: [ReplyField<RoleRow>] = [
            .field("username") { $0.member.name },
            .field("role") { row in
                switch row.member.role {
                case .owner: "owner"
                case .administrator: "admin"
                case .member: "member"
                }
            },
            .field("online") { $0.isOnline },
        ]
    }

    /// A group in the list of all: the owner with the AppKey, the time as text.
    struct GroupRow: ReplyObject {
        let group: Group
        let appKey: String

        static let fields: [ReplyField<GroupRow>] = [
            .field("owner") { "\($0.appKey)_\($0.group.ownerName)" },
            .field("groupid") { $0.group.id.text },
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
            .field("groupid") { $0.group.id.text },
            .field("groupname") { $0.group.settings.name },
        ]
    }

    /// A room in the list of all.
    struct RoomRow: ReplyObject {
        let room: Group

        static let fields: [ReplyField<RoomRow>] = [
            .field("id") { $0.room.id.text },
            .field("name") { $0.room.settings.name },
            .field("owner") { $0.room.ownerName },
            .field("affiliations_count") { $0.room.memberCount },
        ]
    }

    /// A room in a user's list.
    struct RoomName: ReplyObject {
        let room: Group

        static let fields: [ReplyField<RoomName>] = [
            .field("id") { $0.room.id.text },
            .field("name") { $0.room.settings.name },
        ]
    }

    // MARK: Details

    /// A group or room with all its members.
    struct Details: ReplyObject {
        let group: Group
        let members: [GroupMember]

        static let fields: [ReplyField<Details>] = [
            .field("id") { $0.group.id.text },
            .field("name") { $0.group.settings.name },
            .field("description") { $0.group.settings.description },
            .field("membersonly") { $0.group.settings.needsApproval },
            .field("allowinvites") { $0.group.settings.allowsInvites },
            .field("maxusers") { $0.group.settings.maximumMembers },
            .field("owner") { $0.group.ownerName },
            .field("created") { $0.group.created },
            .field("custom") { $0.group.settings.custom },
            .field("affiliations_count") { $0.group.memberCount },
            .field("affiliations") { $0.members.map(Affiliation.init) },
            .field("public") { $0.group.settings.isPublic },
            .field("mute") { $0.group.isMuted },
            .field("invite_need_confirm") { $0.group.settings.needsInviteConsent },
            .field("disabled") { $0.group.isDisabled },
        ]
    }

    /// One of several asked for: its details, or that it isn't there.
    enum DetailsRow: ReplyValue {
        case found(Details)
        case absent(Absent)

        static var shape: Shape { .anyOf([Details.shape, Absent.shape]) }

        func write(to json: inout JSONWriter) {
            switch self {
            case .found(let details): details.write(to: &json)
            case .absent(let absent): absent.write(to: &json)
            }
        }
    }

    /// An id without a group, among others.
    struct Absent: ReplyObject {
        let id: String
        let kind: GroupKind

        static let fields: [ReplyField<Absent>] = [
            .field("id") { String($0.id.prefix(64)) },
            .field("error") { $0.kind == .group ? "group id doesn't exist" : "chatroom id doesn't exist" },
        ]
    }
}
