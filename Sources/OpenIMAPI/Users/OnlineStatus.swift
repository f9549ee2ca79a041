// Online users, and subscriptions to their presence.

import Domain
import Routing

enum OnlineStatus {
    struct Names: Fields {
        let names: [Username]

        static let schemaName = "StatusNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(
                Spelling("userIDList", "userIDList", "userIDs"),
                .list(of: .username, maximum: 200)
            )
        }
    }

    struct SecretNames: SecretFields {
        let secret: String?
        let names: Names

        static let schemaName = "StatusNamesBySecret"
        static let isLong = true

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            // Later generations show a token: who shows the secret is of the first.
            secret = try fields.optional(Spelling("secret", nil, nil), .secret)
            names = try Names(&fields)
        }
    }

    /// One connection of somebody who is online.
    struct Device: SpelledObject {
        let connection: LiveConnection

        static let schemaName: String? = "OnlineDevice"
        static let fields: [SpelledField<Device>] = [
            .field(Spelling("platform", "platform", nil)) { Platform.name($0.connection.platform) },
            .field(Spelling("status", "status", nil)) { _ in "online" },
            .field(Spelling(nil, nil, "platformID")) { $0.connection.platform },
            .field(Spelling(nil, "connID")) { String($0.connection.id) },
            .field(Spelling(nil, "isBackground")) { _ in false },
        ]
    }

    /// Whether somebody is online, and from what; an unknown user is not.
    struct Status: SpelledObject {
        let name: String
        let devices: [Device]

        /// The first of each platform.
        private var platforms: [Device] {
            devices.indices.filter { index in
                !devices[..<index].contains { $0.connection.platform == devices[index].connection.platform }
            }.map { devices[$0] }
        }

        static let schemaName: String? = "OnlineStatus"
        static let fields: [SpelledField<Status>] = [
            .field(Spelling("userID")) { $0.name },
            .field(Spelling("status", "status", nil)) { $0.devices.isEmpty ? "offline" : "online" },
            .field(Spelling(nil, nil, "status")) { $0.devices.isEmpty ? 0 : 1 },
            // The original leaves an empty list out; at first it told of platforms, then of connections.
            .optional(Spelling("detailPlatformStatus", nil, nil)) { status in
                status.devices.isEmpty ? nil : status.platforms
            },
            .optional(Spelling(nil, "detailPlatformStatus")) { $0.devices.isEmpty ? nil : $0.devices },
        ]
    }

    enum SuccessNaming: ListNaming {
        static let name = Spelling("successResult", nil, nil)
    }

    typealias Statuses = Answer<NamedList<SuccessNaming, Status>>

    /// For managers.
    static func get(_ call: Call, _ input: Names, _ store: any Reader) throws(Failure) -> Statuses {
        var statuses: [Status] = []
        for name in input.names {
            let user = try store.user(named: name)
            let connections = user.map { call.services.presence.connections(of: $0.id) } ?? []
            statuses.append(Status(name: name.text, devices: connections.map(Device.init)))
        }
        return Answer(call, NamedList(statuses))
    }

    /// For whoever shows a secret, or a token.
    static func getBySecret(_ call: Call, _ input: SecretNames, _ store: any Reader) throws(Failure)
        -> Statuses
    {
        if call.caller == .anonymous {
            guard let secret = input.secret else { throw .unauthenticated(.missing) }
            _ = try CredentialRules.check(
                secret: secret,
                of: call.application,
                at: call.now,
                with: call.services.secrets
            )
        }
        return try get(call, input.names, store)
    }

    // MARK: By platform

    /// A platform and its connections; their tokens are nobody else's, so the list of them has an empty text for each.
    struct PlatformDetail: SpelledObject {
        let platform: Int
        let count: Int

        static let schemaName: String? = "PlatformDetail"
        static let fields: [SpelledField<PlatformDetail>] = [
            .field(Spelling("platform")) { Platform.name($0.platform) },
            .field(Spelling("platformID")) { $0.platform },
            .field(Spelling("token")) { Array(repeating: "", count: $0.count) },
            .field(Spelling("total")) { $0.count },
        ]
    }

    struct Detail: SpelledObject {
        let name: String
        let platforms: [PlatformDetail]

        static let schemaName: String? = "OnlineDetail"
        static let fields: [SpelledField<Detail>] = [
            .field(Spelling("userID")) { $0.name },
            .field(Spelling("status")) { _ in 1 },
            .field(Spelling("singlePlatformToken")) { $0.platforms },
        ]
    }

    /// Those who are online, with the platforms that they are connected from.
    static func details(_ call: Call, _ input: Names, _ store: any Reader) throws(Failure) -> Answer<[Detail]>
    {
        var details: [Detail] = []
        for name in input.names {
            guard let user = try store.user(named: name) else { continue }
            let connections = call.services.presence.connections(of: user.id)
            guard !connections.isEmpty else { continue }
            let platforms = Set(connections.map(\.platform)).sorted().map { platform in
                PlatformDetail(platform: platform, count: connections.count { $0.platform == platform })
            }
            details.append(Detail(name: name.text, platforms: platforms))
        }
        return Answer(call, details)
    }

    struct Question: Fields {
        let names: Names

        static let schemaName = "StatusQuestion"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            // The token names the asking user.
            _ = try fields.optional(.user, .username)
            names = try Names(&fields)
        }
    }

    /// Of everybody asked about, in the order and spelling asked; an unknown user isn't online.
    static func statuses(_ call: Call, _ input: Question, _ store: any Reader) throws(Failure) -> StatusList {
        var found: [Subscribed] = []
        for name in input.names.names {
            let user = try store.user(named: name)
            let platforms = user.map { call.services.presence.platforms(of: $0.id) } ?? []
            found.append(Subscribed(name: name.text, platforms: platforms))
        }
        return Answer(call, NamedList(found))
    }

    // MARK: Subscriptions

    struct Subscription: Fields {
        let username: Username?
        let others: [Username]
        let isEnding: Bool

        static let schemaName = "StatusSubscription"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.optional(.user, .username)
            others = try fields.required(.users, .usernames)
            isEnding = try fields.required(Spelling("genre"), .integer(1...2)) == 2
        }
    }

    /// A status in the form of subscriptions.
    struct Subscribed: SpelledObject {
        let name: String
        let platforms: [Int]

        static let schemaName: String? = "UserStatus"
        static let fields: [SpelledField<Subscribed>] = [
            .field(Spelling("userID")) { $0.name },
            .field(Spelling("status")) { $0.platforms.isEmpty ? 0 : 1 },
            .field(Spelling("platformIDs")) { $0.platforms },
        ]
    }

    enum StatusNaming: ListNaming {
        static let name = Spelling("statusList")
    }

    typealias StatusList = Answer<NamedList<StatusNaming, Subscribed>>

    static func subscribe(_ call: Call, _ input: Subscription, _ store: any Writer) throws(Failure)
        -> StatusList
    {
        let name = try call.actor(input.username, .user)
        guard !input.isEnding else {
            try PresenceRules.unsubscribe(from: input.others.map(\.text), of: name, in: store)
            return list([], call)
        }
        return list(try PresenceRules.subscribe(to: input.others, of: name, at: call.now, in: store), call)
    }

    static func subscriptions(_ call: Call, _ input: Users.One, _ store: any Reader) throws(Failure)
        -> StatusList
    {
        let name = try call.actor(input.username, .user)
        return list(try PresenceRules.followed(by: name, at: call.now, in: store), call)
    }

    private static func list(_ users: [User], _ call: Call) -> StatusList {
        let found = users.map { user in
            Subscribed(name: user.username.text, platforms: call.services.presence.platforms(of: user.id))
        }
        return Answer(call, NamedList(found))
    }
}
