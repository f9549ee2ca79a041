// The group service's replies to changes: what became of it, name by name where there were several.

import Domain
import JSON
import Routing

enum GroupReplies {
    /// The id of a new group or room.
    struct Created<Face: GroupFace>: ReplyObject {
        let id: String
        static var fields: [ReplyField<Self>] { Face.created }
    }

    /// A group or room is gone.
    struct Deleted<Face: GroupFace>: ReplyObject {
        let id: String
        static var fields: [ReplyField<Self>] { Face.deleted }
    }

    /// One user came in.
    struct AddedOne<Face: GroupFace>: ReplyObject {
        let id: String
        let user: String
        static var fields: [ReplyField<Self>] { Face.addedOne }
    }

    /// Users came in: only those who weren't there.
    struct AddedMany<Face: GroupFace>: ReplyObject {
        let id: String
        let users: [String]
        static var fields: [ReplyField<Self>] { Face.addedMany }
    }

    /// The outcome for one name.
    struct Outcome<Face: GroupFace>: ReplyObject {
        let id: String
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

    /// The members that a change of settings had, under the names by which it had them.
    struct Updated: ReplyObject {
        let names: Set<String>

        static let fields: [ReplyField<Updated>] = [
            .optional("groupname") { $0.names.contains("groupname") ? true : nil },
            .optional("name") { $0.names.contains("name") ? true : nil },
            .optional("description") { $0.names.contains("description") ? true : nil },
            .optional("desc") { $0.names.contains("desc") ? true : nil },
            .optional("maxusers") { $0.names.contains("maxusers") ? true : nil },
            .optional("membersonly") { $0.names.contains("membersonly") ? true : nil },
            .optional("members_only") { $0.names.contains("members_only") ? true : nil },
            .optional("approval") { $0.names.contains("approval") ? true : nil },
            .optional("need_verify") { $0.names.contains("need_verify") ? true : nil },
            .optional("allowinvites") { $0.names.contains("allowinvites") ? true : nil },
            .optional("invite_need_confirm") { $0.names.contains("invite_need_confirm") ? true : nil },
            .optional("public") { $0.names.contains("public") ? true : nil },
            .optional("custom") { $0.names.contains("custom") ? true : nil },
            .optional("avatar") { $0.names.contains("avatar") ? true : nil },
            .optional("scale") { $0.names.contains("scale") ? true : nil },
            .optional("newowner") { $0.names.contains("newowner") ? true : nil },
        ]
    }

    /// An announcement was set.
    struct Announced: ReplyObject {
        let id: String

        static let fields: [ReplyField<Announced>] = [
            .field("id") { $0.id },
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
}
