// Block lists: one-sided.

import Domain
import Routing

enum Blocks {
    /// Names to block.
    struct Names: BodyInput {
        let usernames: [String]

        static let value = Value<Names>.object(named: "BlockNames") { object throws(FieldProblem) in
            let names = try object.required("usernames", .list(of: .text(1...64), maximum: 1000))
            guard !names.isEmpty else { throw FieldProblem(.empty, at: "usernames") }
            return Names(usernames: names)
        }
    }

    static func add(
        _ call: Call,
        _ input: Names,
        _ store: any Writer
    ) throws(Failure) -> Envelope<WrittenNames, NoElement, [String]> {
        let (_, blocked) = try BlockRules.add(
            input.usernames,
            to: call["owner_username"],
            of: call.application,
            at: call.now,
            in: store
        )
        var reply = Envelope<WrittenNames, NoElement, [String]>(
            call,
            "post",
            data: blocked.map(\.username.text)
        )
        reply.uriPath = ""
        return reply
    }

    static func remove(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Users.Changed {
        let (owner, user) = try BlockRules.remove(
            call["blocked_username"],
            from: call["owner_username"],
            in: store
        )
        return Contacts.related(call, "delete", user, of: owner, "blocks")
    }

    static func list(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> Envelope<FetchedData, NoElement, [String]> {
        let owner = try UserRules.find(call["owner_username"], in: store)
        let names = try store.blockedNames(by: owner.id)
        var reply = Envelope<FetchedData, NoElement, [String]>(call, "get", data: names)
        reply.count = names.count
        return reply
    }
}
