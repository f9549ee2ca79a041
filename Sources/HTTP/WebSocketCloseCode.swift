// The status codes of close frames.

/// Why a WebSocket is closed (RFC 6455 section 7.4.1, and the registry of its section 11.7).
public struct WebSocketCloseCode: RawRepresentable, Sendable, Hashable {
    /// The number in the frame.
    public let rawValue: UInt16

    /// The code of this number, if it may stand in a frame: 1000...1003, 1007...1014 and 3000...4999.
    ///
    /// 1004 is unassigned; 1005, 1006 and 1015 say what no frame said.
    public init?(rawValue: UInt16) {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: self.rawValue = rawValue
        default: return nil
        }
    }

    private init(_ number: UInt16) { rawValue = number }

    /// 1000: the purpose is fulfilled.
    public static let normalClosure = WebSocketCloseCode(1000)
    /// 1001: the server goes down, or the page is left.
    public static let goingAway = WebSocketCloseCode(1001)
    /// 1002: the peer broke the protocol.
    public static let protocolError = WebSocketCloseCode(1002)
    /// 1003: a kind of message that this end doesn't take.
    public static let unsupportedData = WebSocketCloseCode(1003)
    /// 1007: text that isn't UTF-8.
    public static let invalidPayload = WebSocketCloseCode(1007)
    /// 1008: a rule was broken that has no code of its own.
    public static let policyViolation = WebSocketCloseCode(1008)
    /// 1009: the message is too big.
    public static let messageTooBig = WebSocketCloseCode(1009)
    /// 1011: something unexpected happened at this end.
    public static let internalError = WebSocketCloseCode(1011)
    /// 1013: too busy, try again later.
    public static let tryAgainLater = WebSocketCloseCode(1013)
}
