// Devices bound to push services, and the names that notifications show.

import Domain
import JSON
import Routing

enum PushBindings {
    typealias Bindings = Envelope<BareEntities, Entry, NoElement>

    struct Change: BodyInput {
        let binding: PushBinding

        static let value = Value<Change>.object(named: "PushBindingChange") { object throws(FieldProblem) in
            let binding = PushBinding(
                device: try object.required("device_id", .text(1...256)),
                token: try object.optional("device_token", .text(0...1024)) ?? "",
                notifier: try object.optional("notifier_name", .text(0...256)) ?? ""
            )
            return Change(binding: binding)
        }
    }

    struct Entry: ReplyObject {
        let binding: PushBinding

        static let schemaName: String? = "PushBinding"
        static let fields: [ReplyField<Entry>] = [
            .field("device_id") { $0.binding.device },
            .field("device_token") { $0.binding.token },
            .field("notifier_name") { $0.binding.notifier },
        ]
    }

    /// Answers with what the device is bound to: nothing after it was unbound.
    static func set(_ call: Call, _ input: Change, _ store: any Writer) throws(Failure) -> Bindings {
        let user = try UserRules.find(call["username"], in: store)
        try PushRules.bind(input.binding, of: user, in: store)
        let bound = try store.pushBindings(of: user.id).filter { $0.device == input.binding.device }
        return Bindings(call, "put", entities: bound.map(Entry.init))
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Bindings {
        let user = try UserRules.find(call["username"], in: store)
        return Bindings(call, "get", entities: try store.pushBindings(of: user.id).map(Entry.init))
    }

    // MARK: Names

    /// Users whose names one call may set.
    static let maximumNames = 50

    struct Nickname: ReplyObject {
        let username, nickname: String

        static let schemaName: String? = "PushNickname"
        static let fields: [ReplyField<Nickname>] = [
            .field("push_nickname") { $0.nickname },
            .field("username") { $0.username },
        ]

        static let value = Value<Nickname>.object(named: "PushNicknameChange") {
            object throws(FieldProblem) in
            Nickname(
                username: try object.required("username", .text(1...64)),
                nickname: try object.required(
                    "push_nickname",
                    .text(0...UserRules.maximumNicknameCharacters)
                )
            )
        }
    }

    struct Nicknames: Input {
        static let refusesUnknownQuery = true
        let rows: [Nickname]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            rows = try reader.body(.list(of: Nickname.value, maximum: maximumNames))
            guard !rows.isEmpty else { throw FieldProblem(.empty) }
        }
    }

    /// All names or none.
    static func setNicknames(
        _ call: Call,
        _ input: Nicknames,
        _ store: any Writer
    ) throws(Failure) -> Envelope<UploadedEntities, Nickname, NoElement> {
        for row in input.rows {
            _ = try UserRules.update(row.username, at: call.now, in: store) { $0.nickname = row.nickname }
        }
        var reply = Envelope<UploadedEntities, Nickname, NoElement>(
            call,
            "put",
            path: "/push",
            entities: input.rows
        )
        reply.uriPath = "/push"
        return reply
    }
}
