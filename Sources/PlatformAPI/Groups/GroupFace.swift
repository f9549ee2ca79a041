// Where groups and rooms differ on the wire: the names of their paths, keys and routes; and their envelopes.

import Domain
import Routing

/// One of the two faces of the group service: what is the same for both is written once, over this.
protocol GroupFace: Sendable {
    /// Which of the two.
    static var kind: GroupKind { get }
    /// The path segment: `chatgroups`.
    static var collection: String { get }
    /// The path parameter with the id.
    static var parameter: String { get }
    /// Its name in route names and summaries: `Group`.
    static var noun: String { get }
    /// Members of a page, at most.
    static var maximumPageSize: Int { get }
    /// Names that one path may list for removal.
    static var maximumRemoval: Int { get }
    /// The members of `Created` and so on; stored with the face, since a generic type can't.
    static var created: [ReplyField<GroupReplies.Created<Self>>] { get }
    static var deleted: [ReplyField<GroupReplies.Deleted<Self>>] { get }
    static var addedOne: [ReplyField<GroupReplies.AddedOne<Self>>] { get }
    static var addedMany: [ReplyField<GroupReplies.AddedMany<Self>>] { get }
    static var outcome: [ReplyField<GroupReplies.Outcome<Self>>] { get }
}

extension Group {
    /// Its id as this dialect shows it: the one that its maker chose, where that is a number, else the server's own.
    var shownID: String {
        guard let alias, alias.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return id.text }
        return alias
    }
}

extension GroupFace {
    /// The group or room of the path.
    static func find(_ call: Call, in store: any Reader) throws(Failure) -> Group {
        try GroupRules.find(call[parameter], kind, in: store)
    }
}

/// Chat groups: `groupid`.
enum GroupsFace: GroupFace {
    static let kind = GroupKind.group
    static let collection = "chatgroups", parameter = "group_id", noun = "Group"
    static let maximumPageSize = 100
    static let maximumRemoval = GroupMemberRules.maximumNames

    static let created: [ReplyField<GroupReplies.Created<GroupsFace>>] = [.field("groupid") { $0.id }]
    static let deleted: [ReplyField<GroupReplies.Deleted<GroupsFace>>] = [
        .field("success") { _ in true },
        .field("groupid") { $0.id },
    ]
    static let addedOne: [ReplyField<GroupReplies.AddedOne<GroupsFace>>] = [
        .field("result") { _ in true },
        .field("groupid") { $0.id },
        .field("action") { _ in "add_member" },
        .field("user") { $0.user },
    ]
    static let addedMany: [ReplyField<GroupReplies.AddedMany<GroupsFace>>] = [
        .field("newmembers") { $0.users },
        .field("groupid") { $0.id },
        .field("action") { _ in "add_member" },
    ]
    static let outcome: [ReplyField<GroupReplies.Outcome<GroupsFace>>] = [
        .field("result") { $0.isDone },
        .field("action") { $0.action },
        .optional("reason") { $0.reason },
        .field("user") { $0.user },
        .field("groupid") { $0.id },
    ]
}

/// Chat rooms: `id` where groups say `groupid`.
enum RoomsFace: GroupFace {
    static let kind = GroupKind.room
    static let collection = "chatrooms", parameter = "chatroom_id", noun = "Room"
    static let maximumPageSize = 1000
    static let maximumRemoval = 100

    static let created: [ReplyField<GroupReplies.Created<RoomsFace>>] = [.field("id") { $0.id }]
    static let deleted: [ReplyField<GroupReplies.Deleted<RoomsFace>>] = [
        .field("success") { _ in true },
        .field("id") { $0.id },
    ]
    static let addedOne: [ReplyField<GroupReplies.AddedOne<RoomsFace>>] = [
        .field("result") { _ in true },
        .field("action") { _ in "add_member" },
        .field("id") { $0.id },
        .field("user") { $0.user },
    ]
    static let addedMany: [ReplyField<GroupReplies.AddedMany<RoomsFace>>] = [
        .field("newmembers") { $0.users },
        .field("action") { _ in "add_member" },
        .field("id") { $0.id },
    ]
    static let outcome: [ReplyField<GroupReplies.Outcome<RoomsFace>>] = [
        .field("result") { $0.isDone },
        .field("action") { $0.action },
        .optional("reason") { $0.reason },
        .field("user") { $0.user },
        .field("id") { $0.id },
    ]
}

/// The group service: never a path, entities always empty.
enum GroupService: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .params, .uri, .entities, .data, .timestamp, .duration, .organization,
        .applicationName,
    ]
}

/// A list of the group service, with the number of its rows.
enum GroupServiceList: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .params, .uri, .entities, .data, .timestamp, .duration, .organization,
        .applicationName, .cursor, .count,
    ]
}

typealias GroupReply<Content: ReplyValue> = Envelope<GroupService, NoElement, Content>
typealias GroupFactReply<Content: ReplyValue> = Envelope<GroupServiceList, NoElement, Content>
typealias GroupNumberReply = GroupFactReply<Int>
typealias GroupListReply<Element: ReplyValue> = Envelope<GroupServiceList, NoElement, [Element]>

extension Envelope where Family == GroupServiceList, Entity == NoElement {
    /// A list with its count.
    init<Element>(
        _ call: Call,
        list: [Element],
        params: [(key: String, value: [String])]? = nil,
        next: Cursor? = nil
    ) where Content == [Element] {
        self.init(call, "get", data: list)
        self.params = params
        cursor = next
        count = list.count
    }

    /// A page of members with its count.
    init(
        _ call: Call,
        members: GroupReplies.MemberPage,
        params: [(key: String, value: [String])]?,
        next: Cursor?
    ) where Content == GroupReplies.MemberPage {
        self.init(call, "get", data: members)
        self.params = params
        cursor = next
        count = members.count
    }
}
