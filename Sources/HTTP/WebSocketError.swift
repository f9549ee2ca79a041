// Every reason for failing a WebSocket connection, each named, with the status code to close it with.

/// Why a WebSocket connection was failed (RFC 6455 section 7.1.7).
public enum WebSocketError: Error, Sendable, Hashable, CaseIterable {
    /// RSV1, RSV2 or RSV3 is set and no extension was negotiated (section 5.2).
    case reservedBit
    /// An opcode of 3...7 or 11...15 (section 5.2).
    case reservedOpcode
    /// A client's frame without a mask (section 5.1).
    case unmaskedFrame
    /// A server's frame with a mask (section 5.1).
    case maskedFrame
    /// A length in more bytes than it needs, or with its highest bit set (section 5.2).
    case invalidLength
    /// A control frame without FIN (section 5.5).
    case fragmentedControlFrame
    /// A control frame of more than 125 bytes (section 5.5).
    case controlFrameTooLong
    /// A continuation frame with nothing to continue (section 5.4).
    case nothingToContinue
    /// A new message inside an unfinished one (section 5.4).
    case messageInsideMessage
    /// A close frame whose payload is a single byte (section 5.5.1).
    case truncatedCloseCode
    /// A status code that never stands in a close frame (section 7.4).
    case invalidCloseCode
    /// A text message or a close reason that isn't UTF-8 (section 8.1).
    case invalidUTF8
    /// A message longer than this end takes.
    case messageTooLarge

    /// The status code of the close frame that answers it.
    public var closeCode: WebSocketCloseCode {
        switch self {
        case .invalidUTF8: .invalidPayload
        case .messageTooLarge: .messageTooBig
        default: .protocolError
        }
    }

    /// The reason that goes with it; at most 123 bytes.
    public var reason: String {
        switch self {
        case .reservedBit: "a reserved bit is set"
        case .reservedOpcode: "the opcode is reserved"
        case .unmaskedFrame: "the frame has no mask"
        case .maskedFrame: "the frame has a mask"
        case .invalidLength: "the length is not in its shortest form"
        case .fragmentedControlFrame: "a control frame is fragmented"
        case .controlFrameTooLong: "a control frame has more than 125 bytes"
        case .nothingToContinue: "there is no message to continue"
        case .messageInsideMessage: "the message before is not finished"
        case .truncatedCloseCode: "the status code has two bytes"
        case .invalidCloseCode: "the status code is not for close frames"
        case .invalidUTF8: "the text is not UTF-8"
        case .messageTooLarge: "the message is too large"
        }
    }
}
