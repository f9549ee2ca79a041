// Streamed calls: messages in envelopes, in the form that the client chose by its Content-Type.

import Domain
import HTTP
import Protobuf
import Routing

extension MessageForm {
    /// A message as it is encoded, without an envelope.
    func encoded(_ message: some ProtobufMessage) -> [UInt8] { isJSON ? message.json : message.binary }

    /// A message in its envelope.
    func envelope(_ message: some ProtobufMessage) -> [UInt8] { piece(0, encoded(message)) }

    /// The end of a reply: what stands behind the last message, and the fields behind the body.
    func end(_ error: ConnectError? = nil) -> (bytes: [UInt8], trailers: [Response.Field]) {
        switch framing {
        case .bare: ([], [])
        case .connect: (error?.envelope ?? Envelope(flags: Envelope.Flag.end, payload: Array("{}".utf8)).bytes, [])
        case .grpc: ([], GRPCStatus(error).fields)
        case .web, .webText: (piece(Envelope.Flag.trailers, GRPCStatus(error).lines), [])
        }
    }

    /// A reply of one message that went well.
    func response(with message: some ProtobufMessage) -> Response {
        let end = end()
        return Response(
            .ok,
            contentType: mediaType,
            body: .bytes(envelope(message) + end.bytes),
            trailers: end.trailers,
            callStatus: isGRPC ? 0 : nil
        )
    }

    /// The head of a reply whose messages follow.
    var streamHead: Response {
        Response(.ok, contentType: mediaType, body: .stream, callStatus: isGRPC ? 0 : nil)
    }

    private func piece(_ flags: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let bytes = Envelope(flags: flags, payload: payload).bytes
        return framing == .webText ? Base64Pieces.encoded(bytes) : bytes
    }
}

/// The one message of a call that is answered with a stream.
struct StreamRequest<Message: ProtobufMessage>: Input {
    static var bodyKind: BodyKind { .envelopes }

    let message: Message
    let form: MessageForm

    init(_ reader: inout InputReader) throws(FieldProblem) {
        try reader.streamFields()
        let body = try reader.message(shaped: Message.schema.description.requestShape)
        (message, form) = (try Message(body), reader.messageForm)
    }
}

extension InputReader {
    /// The head fields of a streamed call.
    mutating func streamFields() throws(FieldProblem) {
        try timeLimit()
        encoding("connect-content-encoding")
    }
}

/// A stream of one message.
struct SingleReply<Message: ProtobufMessage>: Reply {
    let message: Message
    let form: MessageForm

    static var content: ReplyContent { .stream(Message.schema.description.replyShape) }

    func response() -> Response { form.response(with: message) }
}
