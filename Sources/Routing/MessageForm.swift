// How the messages of a call are encoded and how they stand in a body, told by its Content-Type.

import HTTP

/// The form of a call, which is that of its reply, too.
public struct MessageForm: Equatable, Sendable {
    /// How messages stand in a body.
    public enum Framing: Sendable {
        /// The body is one message.
        case bare
        /// In envelopes of the Connect protocol, the last of which has the outcome as JSON.
        case connect
        /// In envelopes of gRPC; the outcome stands in trailers.
        case grpc
        /// In envelopes of gRPC-Web, the last of which has the trailers.
        case web
        /// The same in base64, each piece padded.
        case webText
    }

    /// How messages stand in a body.
    public let framing: Framing
    /// Whether messages are JSON, else in the binary form.
    public let isJSON: Bool
    /// The Content-Type.
    public let mediaType: StaticString
    private let essence: String

    private init(_ framing: Framing, isJSON: Bool = false, _ mediaType: StaticString) {
        self.framing = framing
        self.isJSON = isJSON
        self.mediaType = mediaType
        essence = mediaType.description
    }

    /// One message as JSON.
    public static let json = MessageForm(.bare, isJSON: true, "application/json")
    /// One message in the binary form.
    public static let binary = MessageForm(.bare, "application/proto")
    /// A stream of the Connect protocol, as JSON.
    public static let jsonStream = MessageForm(.connect, isJSON: true, "application/connect+json")
    /// A stream of the Connect protocol, in the binary form.
    public static let binaryStream = MessageForm(.connect, "application/connect+proto")

    private static let all: [MessageForm] = [
        binary, json, binaryStream, jsonStream,
        MessageForm(.grpc, "application/grpc"),
        MessageForm(.grpc, "application/grpc+proto"),
        MessageForm(.grpc, isJSON: true, "application/grpc+json"),
        MessageForm(.web, "application/grpc-web"),
        MessageForm(.web, "application/grpc-web+proto"),
        MessageForm(.web, isJSON: true, "application/grpc-web+json"),
        MessageForm(.webText, "application/grpc-web-text"),
        MessageForm(.webText, "application/grpc-web-text+proto"),
        MessageForm(.webText, isJSON: true, "application/grpc-web-text+json"),
    ]

    /// The form that a Content-Type field names; nil for any other type.
    public init?(contentType: String) {
        guard let essence = MediaType(parsing: contentType)?.essence,
            let form = Self.all.first(where: { $0.essence == essence })
        else { return nil }
        self = form
    }

    /// Whether the call is one of gRPC or gRPC-Web, which is answered with status 200 whatever happens.
    public var isGRPC: Bool { framing == .grpc || framing == .web || framing == .webText }

    /// Every form of a stream.
    public static var streamed: [MessageForm] { all.filter { $0.framing != .bare } }

    /// Whether a message is written in the same bytes.
    public func hasEnvelopes(of other: MessageForm) -> Bool {
        isJSON == other.isJSON && (framing == .webText) == (other.framing == .webText)
    }

    /// The field of the head that names the compression of messages.
    var encodingField: String {
        switch framing {
        case .bare: "content-encoding"
        case .connect: "connect-content-encoding"
        case .grpc, .web, .webText: "grpc-encoding"
        }
    }

    /// Equal by type.
    public static func == (one: MessageForm, other: MessageForm) -> Bool { one.essence == other.essence }
}

extension BodyKind {
    /// The fields of the head that say how a call is to be read, beside those that the API document lists.
    var callFields: [String] {
        switch self {
        case .message, .envelopes: ["content-type", "grpc-timeout", "grpc-encoding"]
        case .none, .json, .form, .multipart, .bytes: []
        }
    }

    /// The fields that browsers send with a call.
    var browserFields: [String] { callFields.isEmpty ? [] : ["grpc-timeout", "x-grpc-web", "x-user-agent"] }
}
