// Streamed calls: messages in envelopes, in the codec that the client chose by its Content-Type.

import Domain
import HTTP
import Protobuf
import Routing

extension Codec {
    /// The Content-Type of a stream.
    var streamType: StaticString {
        switch self {
        case .json: "application/connect+json"
        case .binary: "application/connect+proto"
        }
    }

    /// A message in its envelope.
    func envelope(_ message: some ProtobufMessage) -> [UInt8] {
        switch self {
        case .json: Envelope(flags: 0, payload: message.json).bytes
        case .binary: Envelope(flags: 0, payload: message.binary).bytes
        }
    }

    /// The last envelope of a stream that went well: JSON in either codec.
    static let end = Envelope(flags: Envelope.Flag.end, payload: Array("{}".utf8)).bytes
}

/// The one message of a call that is answered with a stream.
struct StreamRequest<Message: ProtobufMessage>: Input {
    static var bodyKind: BodyKind { .envelopes }

    let message: Message
    let codec: Codec

    init(_ reader: inout InputReader) throws(FieldProblem) {
        try reader.streamFields()
        let body = try reader.message(shaped: Message.schema.description.requestShape)
        (message, codec) = (try Message(body), Codec(of: body))
    }
}

extension InputReader {
    /// The head fields of a streamed call.
    mutating func streamFields() throws(FieldProblem) {
        _ = try field("connect-timeout-ms", .timeout)
        encoding("connect-content-encoding")
    }
}

/// A stream of one message.
struct SingleReply<Message: ProtobufMessage>: Reply {
    let message: Message
    let codec: Codec

    static var content: ReplyContent { .stream(Message.schema.description.replyShape) }

    func response() -> Response {
        Response(.ok, contentType: codec.streamType, body: .bytes(codec.envelope(message) + Codec.end))
    }
}
