// Unary calls: a message in, a message out, both in the codec that the client chose by its Content-Type.

import Domain
import HTTP
import Protobuf
import Routing

/// The message of a call.
struct UnaryRequest<Message: ProtobufMessage>: Input {
    static var bodyKind: BodyKind { .message }

    let message: Message
    let form: MessageForm

    init(_ reader: inout InputReader) throws(FieldProblem) {
        try reader.timeLimit()
        reader.encoding("content-encoding")
        let body = try reader.message(shaped: Message.schema.description.requestShape)
        (message, form) = (try Message(body), reader.messageForm)
    }
}

extension InputReader {
    /// The time that the client gives the call.
    ///
    /// The runner of the call enforces it; here it only has to be one.
    mutating func timeLimit() throws(FieldProblem) {
        _ = try field("connect-timeout-ms", .timeout)
        if messageForm.isGRPC { _ = try protocolField("grpc-timeout", .grpcTimeout) }
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

extension Value<Duration> {
    /// Up to eight digits and a unit: hours, minutes, seconds, or a part of one (gRPC over HTTP/2, "Timeout").
    static var grpcTimeout: Value {
        .textual(.string(length: 2...9, pattern: "^[0-9]{1,8}[HMSmun]$"), placeholder: .seconds(1)) {
            text throws(FieldProblem) in
            let digits = text.utf8.dropLast()
            guard (1...8).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int64(text.dropLast())
            else { throw FieldProblem(.illegal(value: String(text.prefix(64)))) }
            switch text.last {
            case "H": return .seconds(number * 3600)
            case "M": return .seconds(number * 60)
            case "S": return .seconds(number)
            case "m": return .milliseconds(number)
            case "u": return .microseconds(number)
            case "n": return .nanoseconds(number)
            default: throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
        }
    }
}

/// The message that answers a call.
struct UnaryReply<Message: ProtobufMessage>: Reply {
    let message: Message
    let form: MessageForm

    static var content: ReplyContent { .message(Message.schema.description.replyShape) }

    func response() -> Response {
        guard form.framing == .bare else { return form.response(with: message) }
        return Response(.ok, contentType: form.mediaType, body: .bytes(form.encoded(message)))
    }
}

// MARK: - Accesses

/// A handler of messages, as one of the calls around them.
private struct Unwrapping<In: ProtobufMessage, Store, Out: ProtobufMessage>: Sendable {
    let handler: @Sendable (Call, In, Store) throws(Failure) -> Out

    init(_ handler: @escaping @Sendable (Call, In, Store) throws(Failure) -> Out) { self.handler = handler }

    func run(_ call: Call, _ request: UnaryRequest<In>, _ store: Store) throws(Failure) -> UnaryReply<Out> {
        UnaryReply(message: try handler(call, request.message, store), form: request.form)
    }
}

extension MethodAction {
    /// Needs no store.
    static func pure<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In) throws(Failure) -> Out
    ) -> MethodAction {
        MethodAction(
            In.self,
            Out.self,
            .pure { (call: Call, request: UnaryRequest<In>) throws(Failure) -> UnaryReply<Out> in
                UnaryReply(message: try handler(call, request.message), form: request.form)
            }
        )
    }

    /// A bounded read, on the loop.
    static func read<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Out
    ) -> MethodAction {
        MethodAction(In.self, Out.self, .read(Unwrapping(handler).run))
    }

    /// An unbounded read, on a reader thread.
    static func scan<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Out
    ) -> MethodAction {
        MethodAction(In.self, Out.self, .scan(Unwrapping(handler).run))
    }

    /// A change, in a transaction.
    static func write<In: ProtobufMessage, Out: ProtobufMessage>(
        _ handler: @escaping @Sendable (Call, In, any Writer) throws(Failure) -> Out
    ) -> MethodAction {
        MethodAction(In.self, Out.self, .write(Unwrapping(handler).run))
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

extension MethodAction {
    /// A change that needs a password hashed first.
    static func write<In: ProtobufMessage, Prepared: Sendable, Out: ProtobufMessage>(
        after prepare:
            @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Preparation<Prepared, Out>,
        _ handler: @escaping @Sendable (Call, In, Prepared, any Writer) throws(Failure) -> Out
    ) -> MethodAction {
        MethodAction(
            In.self,
            Out.self,
            .write(
                after: {
                    (call: Call, request: UnaryRequest<In>, store: any Reader) throws(Failure)
                        -> Preparation<Prepared, UnaryReply<Out>> in
                    try prepare(call, request.message, store).replying(in: request.form)
                },
                {
                    (call: Call, request: UnaryRequest<In>, prepared: Prepared, store: any Writer)
                        throws(Failure)
                        -> UnaryReply<Out> in
                    UnaryReply(
                        message: try handler(call, request.message, prepared, store),
                        form: request.form
                    )
                }
            )
        )
    }

    /// A log-in: a password is checked, and failures are counted.
    static func logIn<In: LoginMessage, Prepared: Sendable, Out: ProtobufMessage>(
        after prepare:
            @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Preparation<Prepared, Out>,
        _ handler: @escaping @Sendable (Call, In, Prepared, any Writer) throws(Failure) -> Out
    ) -> MethodAction {
        MethodAction(
            In.self,
            Out.self,
            .write(
                after: {
                    (call: Call, login: LoginRequest<In>, store: any Reader) throws(Failure)
                        -> Preparation<Prepared, UnaryReply<Out>> in
                    try prepare(call, login.request.message, store).replying(in: login.request.form)
                },
                {
                    (call: Call, login: LoginRequest<In>, prepared: Prepared, store: any Writer)
                        throws(Failure)
                        -> UnaryReply<Out> in
                    let request = login.request
                    return UnaryReply(
                        message: try handler(call, request.message, prepared, store),
                        form: request.form
                    )
                }
            )
        )
    }
}

extension Preparation where Out: ProtobufMessage {
    fileprivate func replying(in form: MessageForm) -> Preparation<Prepared, UnaryReply<Out>> {
        switch self {
        case .reply(let message): .reply(UnaryReply(message: message, form: form))
        case .compute(let computation): .compute(computation)
        }
    }
}
