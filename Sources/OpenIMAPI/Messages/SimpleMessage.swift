// An answer of a program that was told of a message: where it goes stands in a key that it was given.

import Crypto
import Domain
import JSON
import Routing

enum SimpleMessage {
    /// The message that is answered.
    struct Key: Sendable {
        let sender: String
        let receiver: String
        let group: String

        private init(sender: String) {
            self.sender = sender
            receiver = ""
            group = ""
        }

        static let value = Value<Key>.textual(
            .string(length: 1...4096),
            placeholder: Key(sender: "u1"),
            { text throws(FieldProblem) in try Key(text) }
        )

        /// Reads base64 of `{"sendID","recvID","groupID"}`.
        init(_ text: String) throws(FieldProblem) {
            guard let bytes = Base64.decode(text), let root = try? JSONDocument(bytes).root,
                root.kind == .object
            else { throw FieldProblem(.illegal(value: String(text.prefix(64)))) }
            sender = root["sendID"]?.string ?? ""
            receiver = root["recvID"]?.string ?? ""
            group = root["groupID"]?.string ?? ""
            guard !sender.isEmpty else { throw FieldProblem(.missing, at: "sendID") }
        }
    }

    private struct Content: Fields {
        let sender: Username?
        let text: String
        let push: JSONValue?
        let extra: String?

        static let schemaName = "SimpleMessage"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            sender = try fields.optional(.sender, .username)
            text = try fields.required(.content, .text(1...65_536))
            push = try fields.optional(.offlinePush, .object)
            extra = try fields.optional(.extra, .text(0...1024))
        }
    }

    /// A body and the key in the query.
    struct Request: Input {
        let key: Key
        private let content: Content
        let operation: String

        var text: String { content.text }
        var push: JSONValue? { content.push }
        var extra: String? { content.extra }

        init(_ reader: inout InputReader) throws(FieldProblem) {
            key = try reader.requiredQuery("key", Key.value)
            let body = try Operation<Content>(&reader)
            content = body.content
            operation = body.operation
        }

        /// By whom: in a group the request says so, else the answer comes from the user who was written to.
        func sender() throws(Failure) -> Username {
            guard key.group.isEmpty else {
                guard let sender = content.sender else { throw .invalid(field: "sendID", .missing) }
                return sender
            }
            guard let sender = Username(key.receiver) else {
                throw .invalid(field: "key.recvID", .illegal(value: String(key.receiver.prefix(64))))
            }
            return sender
        }
    }

    static func send(_ call: Call, _ input: Request, _ store: any Writer) throws(Failure) -> Answer<
        Sending.Sent
    > {
        let isGroup = !input.key.group.isEmpty
        var fields = MessageFields(
            TypedContent.markdown,
            .object([.init("content", .string(input.text))]),
            sessionType: isGroup ? 3 : 1,
            isOnlineOnly: false,
            MessageOptions()
        )
        fields.push = input.push
        fields.extra = input.extra
        let message = try OutgoingMessage(fields, by: try input.sender(), call, store)
        let id = try message.send(toUser: isGroup ? "" : input.key.sender, orGroup: input.key.group)
        try SendingRules.note(input.operation, sent: id, at: call.now, in: store)
        return Answer(call, try Sending.Sent(id, clientName: nil, call, store))
    }
}
