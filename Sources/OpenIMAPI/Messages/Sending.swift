// Sending: by managers in anybody's name, by users in their own; to one, to a group, to many, to everybody.

import Domain
import JSON
import Routing

enum Sending {
    /// A message to one user or group.
    struct Single: Fields {
        let sender: Username
        let receiver: String
        let group: String
        let draft: MessageFields
        let operation: String

        static let schemaName = "Message"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            sender = try fields.required(.sender, .username)
            receiver = try fields.optional(.receiver, .text(0...64)) ?? ""
            group = try fields.optional(.group, .text(0...64)) ?? ""
            draft = try MessageFields(&fields, from: SenderFace(&fields, platform: .backendPlatform))
            operation = fields.operation
        }
    }

    /// A message that was sent: its time in nanoseconds and its id in the first generation.
    struct Sent: SpelledObject, AnswerContent {
        let id: MessageID
        let time: Timestamp
        let clientID: String

        /// A message with the name of the client's, or its id for one.
        ///
        /// One that was sent again has the time of the first.
        init(_ id: MessageID, clientName: String?, _ call: Call, _ store: any Reader) throws(Failure) {
            self.id = id
            clientID = clientName ?? id.text
            time = try store.message(id)?.sent ?? call.now
        }

        static let fields: [SpelledField<Sent>] = [
            .field(Spelling(nil, "serverMsgID")) { $0.id.text },
            .field(Spelling(nil, "clientMsgID")) { $0.clientID },
            .field(
                Spelling("sendTime"),
                byGeneration: { sent, generation in
                    generation == .first ? sent.time.milliseconds * 1_000_000 : sent.time.milliseconds
                }
            ),
            .field(Spelling("msgID", nil, nil)) { $0.id.text },
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .first ? .beside : .data
        }
    }

    static func send(_ call: Call, _ input: Single, _ store: any Writer) throws(Failure) -> Answer<Sent> {
        let message = try OutgoingMessage(input.draft, by: input.sender, call, store)
        let id = try message.send(toUser: input.receiver, orGroup: input.group)
        try SendingRules.note(input.operation, sent: id, at: call.now, in: store)
        return Answer(call, try Sent(id, clientName: input.draft.clientName, call, store))
    }

    // MARK: To many

    struct Many: Fields {
        let sender: Username
        let receivers: [String]
        let isToEverybody: Bool
        let draft: MessageFields
        let operation: String

        static let schemaName = "BatchMessage"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            sender = try fields.required(.sender, .username)
            let list = Value.list(of: .text(1...64), maximum: MessageRules.maximumUsers)
            let receivers = try fields.optional(.receivers, list)
            isToEverybody = try fields.optional(.toEverybody, .flag) ?? false
            self.receivers = isToEverybody ? [] : try fields.need(receivers, .receivers, or: [])
            guard isToEverybody || fields.isTrial || !self.receivers.isEmpty else {
                throw FieldProblem(.empty, at: fields.told(.receivers))
            }
            draft = try MessageFields(&fields, from: SenderFace(&fields, platform: .backendPlatform))
            operation = fields.operation
        }
    }

    /// One message of many; that to everybody has `*` for a receiver.
    struct OneSent: SpelledObject {
        let receiver: String
        let sent: Sent

        static let schemaName: String? = "SentMessage"
        static let fields: [SpelledField<OneSent>] = [
            .field(Spelling("serverMsgID")) { $0.sent.id.text },
            .field(.clientMessage) { $0.sent.clientID },
            .field(Spelling("sendTime")) { $0.sent.time.milliseconds },
            .field(.receiver) { $0.receiver },
        ]
    }

    struct ManySent: SpelledObject, AnswerContent {
        let sent: [OneSent]
        let failed: [String]

        static let fields: [SpelledField<ManySent>] = [
            .field(Spelling("resultList", "resultList", "results")) { $0.sent },
            .field(Spelling("failedIDList", "FailedIDList", "failedUserIDs")) { $0.failed },
        ]
    }

    /// A receiver that can't be reached is reported, and doesn't affect the others.
    static func sendMany(_ call: Call, _ input: Many, _ store: any Writer) throws(Failure) -> Answer<ManySent>
    {
        guard [1, 4].contains(input.draft.sessionType) else {
            throw OutgoingMessage.unknownSession(input.draft)
        }
        // A revoked message stands in one conversation.
        guard !TypedContent.isRevocation(input.draft.contentType, input.draft.content) else {
            throw .invalid(field: "contentType", .illegal(value: String(input.draft.contentType)))
        }
        let message = try OutgoingMessage(input.draft, by: input.sender, call, store, isOneOfMany: true)
        var sent: [OneSent] = []
        var failed: [String] = []
        if input.isToEverybody {
            let id = try message.broadcast()
            let one = try Sent(id, clientName: input.draft.clientName, call, store)
            sent.append(OneSent(receiver: "*", sent: one))
        }
        for receiver in input.receivers {
            switch try message.outcome(toUser: receiver) {
            case .sent(let id):
                let one = try Sent(id, clientName: input.draft.clientName, call, store)
                sent.append(OneSent(receiver: receiver, sent: one))
            case .refused: failed.append(receiver)
            }
        }
        if let last = sent.last?.sent.id {
            try SendingRules.note(input.operation, sent: last, at: call.now, in: store)
        }
        return Answer(call, ManySent(sent: sent, failed: failed))
    }

    // MARK: Afterwards

    /// The outcome of the call of that name.
    struct Asking: Fields {
        let operation: String

        static let schemaName = "SendingStatusQuery"

        init(_ fields: inout FieldReader) { operation = fields.operation }
    }

    /// 2 where it sent a message, else 0: a call that was answered with an error sent none.
    struct Status: SpelledObject, AnswerContent {
        let isSent: Bool

        static let fields: [SpelledField<Status>] = [.field(Spelling("status")) { $0.isSent ? 2 : 0 }]

        static func placement(in generation: Generation) -> Placement {
            generation == .third ? .data : .beside
        }
    }

    static func status(_ call: Call, _ input: Asking, _ store: any Reader) throws(Failure) -> Answer<Status> {
        Answer(call, Status(isSent: try store.message(sentBy: input.operation) != nil))
    }
}
