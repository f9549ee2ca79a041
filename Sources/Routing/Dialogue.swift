// Replies that go on: with the server's state as it changes, and with an answer to each message as it arrives.

public import Domain
public import HTTP

/// A reply that goes on with the server's state: once at its beginning, and again at each change.
public struct Watch: Sendable {
    /// The head; its body is `.stream`.
    public let response: Response
    /// The bytes for a state: whether the server is under maintenance.
    ///
    /// Bytes equal to those sent last aren't sent again.
    public let write: @Sendable (_ isUnderMaintenance: Bool) -> [UInt8]

    /// Memberwise.
    public init(
        _ response: Response,
        write: @escaping @Sendable (_ isUnderMaintenance: Bool) -> [UInt8]
    ) {
        self.response = response
        self.write = write
    }
}

/// A call whose messages are answered one by one, in order.
///
/// Over HTTP/2 each answer leaves before the next message need have been sent; over HTTP/1.1, whose clients rarely read
/// while they send, answers begin when the body is whole.
public struct Dialogue: Sendable {
    /// The head of the reply; its body is `.stream`.
    public let response: Response
    /// Reads the messages.
    public let messages: EnvelopedMessages
    /// The bytes that answer a message, on the loop and without a store.
    public let answer: @Sendable (MessageBody) throws(Failure) -> [UInt8]
    /// The end behind the last answer: bytes, and the fields behind the body.
    public let end: @Sendable () -> (bytes: [UInt8], trailers: [Response.Field])

    /// Memberwise.
    public init(
        _ response: Response,
        reading messages: EnvelopedMessages,
        answer: @escaping @Sendable (MessageBody) throws(Failure) -> [UInt8],
        end: @escaping @Sendable () -> (bytes: [UInt8], trailers: [Response.Field])
    ) {
        self.response = response
        self.messages = messages
        self.answer = answer
        self.end = end
    }
}

/// The input of a dialogue: what the head of its request says.
///
/// The messages of the body are read one by one, later.
public protocol DialogueInput: Input {}

extension DialogueInput {
    /// Messages in envelopes.
    public static var bodyKind: BodyKind { .envelopes }
}

extension Action {
    /// The reply goes on with the server's state.
    ///
    /// It ends with the client, or as a feed does: see ``feed(_:_:)``.
    public static func watch<In: Input>(
        _ content: ReplyContent,
        _ handler: @escaping @Sendable (Call, In) throws(Failure) -> Watch
    ) -> Action {
        Action(
            input: In.self,
            reply: content,
            work: .watch { incoming throws(Failure) in
                try handler(incoming.call, incoming.decode(In.self))
            }
        )
    }

    /// Each message of the body is answered by itself.
    ///
    /// - Parameter handler: given a reader of the call's messages, which have at most `messageBytes` bytes each.
    public static func converse<In: DialogueInput>(
        _ content: ReplyContent,
        messageBytes: Int,
        _ handler: @escaping @Sendable (Call, In, EnvelopedMessages) throws(Failure) -> Dialogue
    ) -> Action {
        Action(
            input: In.self,
            reply: content,
            work: .converse { incoming throws(Failure) in
                let messages = try EnvelopedMessages(
                    contentType: incoming.contentType,
                    fields: incoming.fields,
                    maximumBytes: messageBytes
                )
                return try handler(incoming.call, incoming.decode(In.self), messages)
            }
        )
    }
}
