// A user at a glance, and its connections: the first questions of a support desk.

import Domain
import Routing

enum UserReport {
    /// How many there are of what belongs to a user.
    struct Counts: ReplyObject {
        let overview: ReportRules.Overview
        static let schemaName: String? = "UserCounts"
        static let fields: [ReplyField<Counts>] = [
            .field("contacts") { $0.overview.contacts },
            .field("blocks") { $0.overview.blocks },
            .field("groups") { $0.overview.groups },
            .field("rooms") { $0.overview.rooms },
            .field("waiting_messages") { $0.overview.waiting },
        ]
    }

    /// A live connection.
    struct Device: ReplyObject {
        let connection: LiveConnection
        static let schemaName: String? = "LiveDevice"
        static let fields: [ReplyField<Device>] = [
            .field("platform") { Platforms.name($0.connection.platform) }
        ]
    }

    /// A group that the user is in.
    struct Place: ReplyObject {
        let group: Group
        let role: GroupRole
        static let schemaName: String? = "OverviewGroup"
        static let fields: [ReplyField<Place>] = [
            .field("groupid") { $0.group.shownID },
            .field("groupname") { $0.group.settings.name },
            .field("role") { $0.role.word },
            .field("member_count") { $0.group.memberCount },
        ]
    }

    /// Everything at a glance.
    struct Overview: ReplyObject {
        let overview: ReportRules.Overview
        let devices: [LiveConnection]
        let last: HistoryRecord?
        let mutes: UserMutes.Left

        static let schemaName: String? = "UserOverview"
        static let fields: [ReplyField<Overview>] = [
            .field("profile") { UserEntity($0.overview.user) },
            .field("online") { !$0.devices.isEmpty },
            .field("counts") { Counts(overview: $0.overview) },
            .field("devices") { $0.devices.map(Device.init) },
            .field("groups") { $0.overview.newestGroups.map { Place(group: $0.group, role: $0.role) } },
            .optional("last_message") { $0.last },
            .field("mutes") { $0.mutes },
            .optional("last_connection") { $0.overview.lastConnection.map(Connection.init) },
        ]
    }

    static func overview(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Envelope<
        WrittenOutcome, NoElement, Overview
    > {
        let user = try UserRules.find(call["username"], in: store)
        let overview = try ReportRules.overview(of: user, in: call.application, at: call.now, store: store)
        let last = try HistoryRecord.list(overview.lastMessage.map { [$0] } ?? [], "outgoing", in: store)
        let data = Overview(
            overview: overview,
            devices: call.services.presence.connections(of: user.id),
            last: last.first,
            mutes: UserMutes.Left(userID: user.username.text, mutes: overview.mutes, now: call.now)
        )
        return Envelope(call, "get", path: "/users/\(user.uuid.text)/overview", data: data)
    }

    // MARK: Connections

    /// A connection, live or of the past.
    struct Connection: ReplyObject {
        let connection: PastConnection
        static let schemaName: String? = "Connection"
        static let fields: [ReplyField<Connection>] = [
            .field("opened") { $0.connection.opened },
            .optional("closed") { $0.connection.end?.at },
            .optional("reason") { $0.connection.end?.reason.rawValue },
            .field("address") { $0.connection.address },
            .field("platform") { Platforms.name($0.connection.platform) },
        ]
    }

    static func connections(
        _ call: Call,
        _ input: PageInput<Users.Rows>,
        _ store: any Reader
    ) throws(Failure) -> Envelope<FetchedData, NoElement, [Connection]> {
        let user = try UserRules.find(call["username"], in: store)
        let page = try ConnectionRules.page(
            input.rows ?? Users.Rows.maximum,
            before: input.position(in: .connections, of: user.id.rawValue),
            of: user,
            at: call.now,
            in: store
        )
        var reply = Envelope<FetchedData, NoElement, [Connection]>(
            call,
            "get",
            data: page.elements.map(Connection.init)
        )
        reply.cursor = page.next
        reply.count = page.elements.count
        return reply
    }
}

/// The kinds of devices as this dialect names them.
enum Platforms {
    private static let names = [
        "ios", "android", "windows", "macos", "web", "miniweb", "linux", "android_pad", "ipad", "admin",
    ]

    /// The name of a number.
    static func name(_ number: Int) -> String {
        names.indices.contains(number - 1) ? names[number - 1] : "unknown"
    }
}

extension GroupRole {
    /// The role as this dialect names it.
    var word: String {
        switch self {
        case .member: "member"
        case .administrator: "admin"
        case .owner: "owner"
        }
    }
}
