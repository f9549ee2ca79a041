// Recalling and rewriting messages.

import Domain
import HTTP
import JSON
import Routing

enum MessageChanges {
    /// One message to recall.
    struct Recall: BodyInput {
        let text: String
        let request: RecallRequest
        /// The recalling user, as clients show it.
        let from: String

        static let members: [Shape.Member] = [
            .init("msg_id", MessageFields.nameShape), .init("to", MessageFields.nameShape),
            .init("chat_type", .oneOfTexts(Array(chatTypes.keys).sorted())),
            .init("from", .string(length: 1...64), isRequired: false),
            .init("force", Value<Bool>.flag.shape, isRequired: false),
            .init("sync_device", Value<Bool>.flag.shape, isRequired: false),
        ]

        static let value = Value<Recall>.body(
            "MessageRecall",
            members,
            placeholder: Recall(
                text: "",
                request: RecallRequest(id: nil, kind: nil, receiver: nil, isForced: false),
                from: "admin"
            )
        ) { view throws(FieldProblem) in try Recall.read(view) }

        static func read(_ view: JSONView) throws(FieldProblem) -> Recall {
            guard view.isObject else { throw FieldProblem(.wrongType(expected: "an object")) }
            let text = try MessageFields.name(view["msg_id"], "msg_id")
            let receiver = try MessageFields.name(view["to"], "to")
            guard let kind = chatTypes[try MessageFields.name(view["chat_type"], "chat_type")] else {
                throw FieldProblem(
                    .illegal(value: String((view["chat_type"]?.string ?? "").prefix(64))),
                    at: "chat_type"
                )
            }
            let isForced = try MessageFields.flag(view["force"], "force") ?? false
            _ = try MessageFields.flag(view["sync_device"], "sync_device")
            return Recall(
                text: text,
                request: RecallRequest(
                    id: MessageID(text),
                    kind: kind,
                    receiver: receiver,
                    isForced: isForced
                ),
                from: try MessageFields.sender(view["from"]) ?? Username.backend.text
            )
        }
    }

    /// The names of conversation kinds.
    static let chatTypes: [String: ConversationKind] = [
        "chat": .single, "groupchat": .group, "chatroom": .room,
    ]

    /// Several messages to recall.
    struct Recalls: Input {
        let recalls: [Recall]

        init(_ reader: inout InputReader) throws(FieldProblem) { recalls = try reader.body(Self.value) }

        /// Messages one call may recall.
        static let maximum = 30

        private static let value = Value<[Recall]>.body(
            "MessageRecalls",
            [.init("msgs", .array(.object(Recall.members), maximum: maximum))],
            placeholder: []
        ) { view throws(FieldProblem) in
            guard let list = view["msgs"], !list.isNull else { throw FieldProblem(.missing, at: "msgs") }
            guard list.kind == .array else {
                throw FieldProblem(.wrongType(expected: "an array"), at: "msgs")
            }
            guard list.count <= maximum else {
                throw FieldProblem(.tooLong(maximum: maximum, unit: "elements"), at: "msgs")
            }
            var recalls: [Recall] = []
            for element in list.elements {
                do throws(FieldProblem) {
                    recalls.append(try Recall.read(element))
                } catch {
                    throw FieldProblem(error.reason, at: "msgs[\(recalls.count)].\(error.path)")
                }
            }
            return recalls
        }
    }

    /// The outcome of one recall.
    struct Recalled: ReplyObject {
        let recall: Recall
        let outcome: RecallOutcome

        private var message: Message? {
            if case .recalled(let message, by: _) = outcome { message } else { nil }
        }

        private var text: String {
            switch outcome {
            case .recalled: "yes"
            case .absent: "not_found msg"
            case .elsewhere: "can't find msg to"
            case .late: "exceed recall time limit"
            }
        }

        static let schemaName: String? = "RecalledMessage"
        static let fields: [ReplyField<Recalled>] = [
            .field("recalled") { $0.text },
            .optional("chattype") { $0.message.map { HistoryRecord.chatType(of: $0).description } },
            .optional("from") { owner in owner.message.map { _ in owner.recall.from } },
            .optional("to") { $0.message?.receiver },
            .field("msg_id") { $0.recall.text },
        ]
    }

    /// The list inside `data`, or alone where the one message of a call wasn't recalled.
    struct RecalledList: ReplyObject, Reply {
        let messages: [Recalled]
        static let fields: [ReplyField<RecalledList>] = [.field("msgs") { $0.messages }]
    }

    /// Both forms of the answer to a single recall.
    enum SingleRecall: Reply {
        case done(Messages.Sent<Recalled>)
        case refused(RecalledList)

        static var content: ReplyContent {
            .json(.anyOf([Messages.Sent<Recalled>.shape, RecalledList.shape]))
        }

        func response() -> Response {
            switch self {
            case .done(let reply): reply.response()
            case .refused(let reply): reply.response()
            }
        }
    }

    static func recall(_ call: Call, _ input: Recall, _ store: any Writer) throws(Failure) -> SingleRecall {
        let outcome = try MessageChangeRules.recall(
            input.request,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        let recalled = Recalled(recall: input, outcome: outcome)
        guard case .recalled = outcome else { return .refused(RecalledList(messages: [recalled])) }
        return .done(Messages.Sent(call, "post", path: "/messages/msg_recall", data: recalled))
    }

    static func recallMany(
        _ call: Call,
        _ input: Recalls,
        _ store: any Writer
    ) throws(Failure) -> Messages.Sent<RecalledList> {
        let recalled = try outcomes(call, input, store)
        return Messages.Sent(call, "post", path: "/messages/recall", data: RecalledList(messages: recalled))
    }

    /// The later route for the same, whose answer is the list itself.
    static func recallBatch(
        _ call: Call,
        _ input: Recalls,
        _ store: any Writer
    ) throws(Failure) -> Messages.Sent<[Recalled]> {
        Messages.Sent(
            call,
            "post",
            path: "/messages/batch_recall",
            data: try outcomes(call, input, store)
        )
    }

    private static func outcomes(
        _ call: Call,
        _ input: Recalls,
        _ store: any Writer
    ) throws(Failure) -> [Recalled] {
        var recalled: [Recalled] = []
        for recall in input.recalls {
            let outcome = try MessageChangeRules.recall(
                recall.request,
                by: call.caller,
                of: call.application,
                at: call.now,
                in: store
            )
            recalled.append(Recalled(recall: recall, outcome: outcome))
        }
        return recalled
    }

    // MARK: Rewriting

    /// The new content of a message.
    struct Rewrite: BodyInput {
        let content: MessageContent
        let ext: [UInt8]?
        let keepsExt: Bool

        static let value = Value<Rewrite>.body(
            "MessageRewrite",
            [
                .init("user", .string(length: 1...64), isRequired: false),
                .init("new_msg", MessageBodies.shapeWithType),
                .init("new_ext", .map(.any), isRequired: false),
                .init("is_combine_ext", Value<Bool>.flag.shape, isRequired: false),
            ],
            placeholder: Rewrite(content: MessageContent(kind: .text, text: ""), ext: nil, keepsExt: true)
        ) { view throws(FieldProblem) in
            guard let message = view["new_msg"], !message.isNull else {
                throw FieldProblem(.missing, at: "new_msg")
            }
            guard message.kind == .object else {
                throw FieldProblem(.wrongType(expected: "an object"), at: "new_msg")
            }
            let kind = try MessageBodies.kind(message["type"])
            do throws(FieldProblem) {
                _ = try MessageFields.sender(view["user"])
            } catch {
                throw FieldProblem(error.reason, at: "user")
            }
            let ext = view.optional("new_ext", MessageBodies.extShape)
            return Rewrite(
                content: try MessageBodies.content(kind, message),
                ext: try MessageBodies.ext(ext),
                keepsExt: try MessageFields.flag(view["is_combine_ext"], "is_combine_ext") ?? true
            )
        }
    }

    /// Only texts and custom messages, and no change from one to the other.
    static func rewrite(_ call: Call, _ input: Rewrite, _ store: any Writer) throws(Failure)
        -> Messages.Sent<String>
    {
        let message = try MessageChangeRules.rewrite(call["msg_id"], of: call.application, in: store) {
            old throws(Failure) in
            guard old.kind == input.content.kind, old.kind == .text || old.kind == .custom else {
                throw .invalid(
                    field: "new_msg.type",
                    .illegal(value: MessageBodies.name(of: old.kind).description)
                )
            }
            var content = input.content
            content.ext = input.keepsExt ? MessageBodies.merged(old.ext, with: input.ext) : input.ext
            return content
        }
        return Messages.Sent(call, "put", path: "/messages/rewrite/\(message.id.text)", data: "success")
    }
}
