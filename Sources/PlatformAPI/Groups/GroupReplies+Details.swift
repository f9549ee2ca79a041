// A group or room in full, alone or among several that were asked for.

import Domain
import JSON
import Routing

extension GroupReplies {
    /// A group or room with all its members.
    struct Details: ReplyObject {
        let group: Group
        let members: [GroupMember]
        let now: Timestamp

        static let fields: [ReplyField<Details>] = [
            .field("id") { $0.group.shownID },
            .field("name") { $0.group.settings.name },
            .field("description") { $0.group.settings.description },
            .field("membersonly") { $0.group.settings.needsApproval },
            .field("allowinvites") { $0.group.settings.allowsInvites },
            .field("maxusers") { $0.group.settings.maximumMembers },
            .field("owner") { $0.group.ownerName },
            .field("created") { $0.group.created },
            .field("custom") { $0.group.settings.custom },
            .field("affiliations_count") { $0.group.memberCount },
            .field("affiliations") { $0.members.map { Affiliation($0) } },
            .field("public") { $0.group.settings.isPublic },
            .field("mute") { $0.group.isMuted(at: $0.now) },
            .field("invite_need_confirm") { $0.group.settings.needsInviteConsent },
            .field("disabled") { $0.group.isDisabled },
            .field("need_verify") { $0.group.settings.needsApproval },
            .field("avatar") { $0.group.settings.icon },
            .field("scale") { $0.group.settings.isLarge ? "large" : "normal" },
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
