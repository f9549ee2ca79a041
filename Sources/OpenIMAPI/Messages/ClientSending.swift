// Sending as clients do: wrapped in `data` in the first two generations, flat in the third.

import Domain
import JSON
import Routing

extension Sending {
    /// The part of a client's call that the older generations wrap.
    struct Wrapped: Fields {
        let receiver: String
        let group: String
        var draft: MessageFields

        static let schemaName = "ClientMessage"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            receiver = try fields.optional(.receiver, .text(0...64)) ?? ""
            group = try fields.optional(.group, .text(0...64)) ?? ""
            draft = try MessageFields(&fields)
        }
    }

    /// A client's call.
    struct ClientCall: Fields {
        let sender: Username
        let message: Wrapped
        let operation: String

        static let schemaName = "ClientSending"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            _ = try fields.optional(.request, .integer(0...Int(Int32.max)))
            sender = try fields.required(.sender, .username)
            let face = try SenderFace(&fields)
            var message = try fields.within(.data, Wrapped.self)
            message.draft.face = face
            self.message = message
            operation = fields.operation
        }
    }

    /// The same in all generations, but for the unit of time.
    struct ClientSent: SpelledObject, AnswerContent {
        let sent: Sent

        static let fields: [SpelledField<ClientSent>] = [
            .field(Spelling("serverMsgID")) { $0.sent.id.text },
            .field(.clientMessage) { $0.sent.clientID },
            .field(
                Spelling("sendTime"),
                byGeneration: { answer, generation in
                    let milliseconds = answer.sent.time.milliseconds
                    return generation == .first ? milliseconds * 1_000_000 : milliseconds
                }
            ),
        ]
    }

    static func sendByClient(
        _ call: Call,
        _ input: ClientCall,
        _ store: any Writer
    ) throws(Failure) -> Answer<ClientSent> {
        let draft = input.message.draft
        let message = try OutgoingMessage(draft, by: input.sender, call, store)
        let id = try message.send(toUser: input.message.receiver, orGroup: input.message.group)
        try SendingRules.note(input.operation, sent: id, at: call.now, in: store)
        return Answer(call, ClientSent(sent: try Sent(id, clientName: draft.clientName, call, store)))
    }
}
