// Unary calls: a message in, a message out, both in the codec that the client chose by its Content-Type.

import Domain
import HTTP
import Protobuf
import Routing

/// The two codecs.
enum Codec: Sendable {
    case json, binary
}

/// The message of a call.
struct UnaryRequest<Message: ProtobufMessage>: Input {
    static var bodyKind: BodyKind { .message }

    let message: Message
    let codec: Codec

    init(_ reader: inout InputReader) throws(FieldProblem) {
        // The runner of the call enforces its deadline; here it only has to be one.
        _ = try reader.field("connect-timeout-ms", .timeout)
        reader.encoding("content-encoding")
        let body = try reader.message(shaped: Message.schema.description.requestShape)
        (message, codec) = (try Message(body), Codec(of: body))
    }
}

extension Codec {
    /// The one that a message came in.
    init(of body: MessageBody?) {
        if case .binary = body { self = .binary } else { self = .json }
    }
}

extension ProtobufMessage {
    /// Reads a message in whichever form; one without fields in a trial run.
    init(_ body: MessageBody?) throws(FieldProblem) {
        do throws(ProtobufError) {
            switch body {
            case nil: self.init()
            case .json(let view): try self.init(json: view)
            case .binary(let bytes): try self.init(binary: bytes)
            }
        } catch {
            throw FieldProblem(InvalidReason(error.reason), at: error.path)
        }
    }
}

extension InvalidReason {
    fileprivate init(_ reason: ProtobufError.Reason) {
        switch reason {
        case .truncated, .longVarint, .badTag, .group: self = .wrongType(expected: "a protobuf message")
        case .badUTF8: self = .illegal(value: "a text that is not UTF-8")
        case .tooDeep(let maximum): self = .tooLong(maximum: maximum, unit: "levels")
        case .tooManyElements(let maximum): self = .tooLong(maximum: maximum, unit: "elements")
        case .wrongType(let expected): self = .wrongType(expected: expected)
        case .illegal(let value): self = .illegal(value: value)
        case .duplicate: self = .duplicate(value: "")
        }
    }
}

extension Value<Int> {
    /// Milliseconds, in at most ten digits.
    static var timeout: Value {
        let range = 1...9_999_999_999
        let problem = FieldProblem(.outOfRange(minimum: 1, maximum: Int64(range.upperBound)))
        let read = { @Sendable (text: String) throws(FieldProblem) -> Int in
            guard text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(text),
                range.contains(number)
            else { throw problem }
            return number
        }
        return Value(
            .integer(1...Int64(range.upperBound)),
            placeholder: 1,
            read: { _ throws(FieldProblem) in throw problem },
            readText: read
        )
    }
}

/// The message that answers a call.
struct UnaryReply<Message: ProtobufMessage>: Reply {
    let message: Message
    let codec: Codec

    static var content: ReplyContent { .message(Message.schema.description.replyShape) }

    func response() -> Response {
        switch codec {
        case .json: Response(.ok, contentType: "application/json", body: .bytes(message.json))
        case .binary: Response(.ok, contentType: "application/proto", body: .bytes(message.binary))
        }
    }
}

// MARK: - Accesses

/// A handler of messages, as one of the calls around them.
private struct Unwrapping<In: ProtobufMessage, Store, Out: ProtobufMessage>: Sendable {
    let handler: @Sendable (Call, In, Store) throws(Failure) -> Out

    init(_ handler: @escaping @Sendable (Call, In, Store) throws(Failure) -> Out) { self.handler = handler }

    func run(_ call: Call, _ request: UnaryRequest<In>, _ store: Store) throws(Failure) -> UnaryReply<Out> {
        UnaryReply(message: try handler(call, request.message, store), codec: request.codec)
    }
}

extension Action {
    /// Needs no store.
    static func pure<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In) throws(Failure) -> Out
    ) -> Action {
        .pure { (call: Call, request: UnaryRequest<In>) throws(Failure) -> UnaryReply<Out> in
            UnaryReply(message: try handler(call, request.message), codec: request.codec)
        }
    }

    /// A bounded read, on the loop.
    static func read<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Out
    ) -> Action {
        .read(Unwrapping(handler).run)
    }

    /// An unbounded read, on a reader thread.
    static func scan<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Out
    ) -> Action {
        .scan(Unwrapping(handler).run)
    }

    /// A change, in a transaction.
    static func write<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In, any Writer) throws(Failure) -> Out
    ) -> Action {
        .write(Unwrapping(handler).run)
    }
}

// MARK: - Passwords

/// A message that presents credentials.
protocol LoginMessage: ProtobufMessage {
    /// The account that failures are counted against; nil for a call that proves nothing.
    var accountName: String? { get }
}

/// A call that presents credentials.
struct LoginRequest<Message: LoginMessage>: LoginInput {
    static var bodyKind: BodyKind { .message }
    static var lock: AccountLock? { OurChatDialect.accountLock }

    let request: UnaryRequest<Message>
    var account: String? { request.message.accountName }

    init(_ reader: inout InputReader) throws(FieldProblem) { request = try UnaryRequest(&reader) }
}

extension Action {
    /// A change that needs a password hashed first.
    static func write<In: ProtobufMessage, Prepared: Sendable, Out: ProtobufMessage>(
        after prepare:
            @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Preparation<Prepared, Out>,
        _ handler: @escaping @Sendable (Call, In, Prepared, any Writer) throws(Failure) -> Out
    ) -> Action {
        .write(
            after: {
                (call: Call, request: UnaryRequest<In>, store: any Reader) throws(Failure)
                    -> Preparation<Prepared, UnaryReply<Out>> in
                try prepare(call, request.message, store).replying(in: request.codec)
            },
            {
                (call: Call, request: UnaryRequest<In>, prepared: Prepared, store: any Writer) throws(Failure)
                    -> UnaryReply<Out> in
                UnaryReply(message: try handler(call, request.message, prepared, store), codec: request.codec)
            }
        )
    }

    /// A log-in: a password is checked, and failures are counted.
    static func logIn<In: LoginMessage, Prepared: Sendable, Out: ProtobufMessage>(
        after prepare:
            @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Preparation<Prepared, Out>,
        _ handler: @escaping @Sendable (Call, In, Prepared, any Writer) throws(Failure) -> Out
    ) -> Action {
        .write(
            after: {
                (call: Call, login: LoginRequest<In>, store: any Reader) throws(Failure)
                    -> Preparation<Prepared, UnaryReply<Out>> in
                try prepare(call, login.request.message, store).replying(in: login.request.codec)
            },
            {
                (call: Call, login: LoginRequest<In>, prepared: Prepared, store: any Writer) throws(Failure)
                    -> UnaryReply<Out> in
                let request = login.request
                return UnaryReply(
                    message: try handler(call, request.message, prepared, store),
                    codec: request.codec
                )
            }
        )
    }
}

extension Preparation where Out: ProtobufMessage {
    fileprivate func replying(in codec: Codec) -> Preparation<Prepared, UnaryReply<Out>> {
        switch self {
        case .reply(let message): .reply(UnaryReply(message: message, codec: codec))
        case .compute(let computation): .compute(computation)
        }
    }
}
