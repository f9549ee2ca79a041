// Online users, their queues, and forced log-outs.

import Domain
import Routing

enum OnlineStatus {
    typealias About<Content: ReplyValue> = Envelope<FetchedData, NoElement, Content>

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> About<ReplyMap<String>>
    {
        let user = try UserRules.find(call["username"], in: store)
        return About(call, "get", data: ReplyMap([(call["username"], text(of: user, call))]))
    }

    struct Names: BodyInput {
        let usernames: [String]

        static let value = Value<Names>.object(named: "StatusNames") { object throws(FieldProblem) in
            Names(usernames: try object.required("usernames", .list(of: .text(0...256), maximum: 1000)))
        }
    }

    /// Never says whether a user exists: an unknown one is offline.
    static func getMany(
        _ call: Call,
        _ input: Names,
        _ store: any Reader
    ) throws(Failure) -> Envelope<BareData, NoElement, [ReplyMap<String>]> {
        let maximum = call.application.settings.maximumNames
        guard input.usernames.count <= maximum else { throw .tooMany(field: "usernames", maximum: maximum) }
        var statuses: [ReplyMap<String>] = []
        for name in input.usernames {
            let user = try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
            statuses.append(ReplyMap([(name, user.map { text(of: $0, call) } ?? "offline")]))
        }
        return Envelope(call, "get batch user status", data: statuses)
    }

    private static func text(of user: User, _ call: Call) -> String {
        call.services.presence.isOnline(user.id) ? "online" : "offline"
    }

    static func offlineCount(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> About<
        ReplyMap<Int64>
    > {
        let user = try UserRules.find(call["owner_username"], in: store)
        let count = try DeliveryRules.waitingCount(for: user, in: store)
        return About(call, "get", data: ReplyMap([(call["owner_username"], count)]))
    }

    static func offlineStatus(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> About<ReplyMap<String>> {
        let user = try UserRules.find(call["username"], in: store)
        // A message that doesn't wait is delivered, one that never was too.
        let isWaiting = try MessageID(call["msg_id"]).map { id throws(Failure) in
            try DeliveryRules.isWaiting(id, for: user, in: store)
        }
        return About(
            call,
            "get",
            data: ReplyMap([(call["msg_id"], isWaiting == true ? "undelivered" : "delivered")])
        )
    }

    /// `{"result": true}`.
    struct Done: ReplyObject {
        static let fields: [ReplyField<Done>] = [.field("result") { _ in true }]
    }

    static func disconnect(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> About<Done> {
        _ = try UserRules.signOut(call["username"], at: call.now, in: store)
        return About(call, "get", data: Done())
    }
}
