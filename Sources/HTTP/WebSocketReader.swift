// Reads the frames of one end of a WebSocket and puts messages together.

/// A whole message.
public enum WebSocketMessage: Sendable, Hashable {
    /// Text; the bytes are UTF-8.
    case text([UInt8])
    /// Anything else.
    case binary([UInt8])
}

/// The incremental reader of one direction of a WebSocket (RFC 6455 sections 5 and 6.2).
///
/// Payload is taken as it arrives, so no frame has to be in the buffer as a whole, and text that isn't UTF-8 is
/// refused at its first wrong byte. Its events never depend on how the bytes were cut. Between two
/// messages it holds no memory of its own.
public struct WebSocketReader: Sendable {
    /// The side that sends the frames read here; a client's frames are masked, a server's aren't.
    public enum Sender: Sendable, Hashable { case client, server }

    /// The event that a stretch of bytes led to.
    public enum Event: Sendable, Hashable {
        /// A message is complete.
        case message(WebSocketMessage)
        /// A ping; its payload goes back in a pong.
        case ping([UInt8])
        /// A pong, asked for or not.
        case pong([UInt8])
        /// The sender closes; nothing it sends afterwards counts. The reason is UTF-8, empty without a code.
        case close(WebSocketCloseCode?, reason: [UInt8])
    }

    /// The result of one call.
    public struct Progress: Sendable, Hashable {
        /// How many bytes have been dealt with: all of them unless there is an event.
        public let consumed: Int
        /// The event that they led to, if there is one yet.
        public let event: Event?
    }

    private let sender: Sender
    /// The longest message accepted, in bytes.
    private let messageBytes: Int
    private var head = WebSocketFrameHead()
    /// How much of the frame's payload has been read.
    private var payloadRead = 0
    /// The message begun: text or binary; nil between messages.
    private var message: WebSocketOpcode?
    private var content: [UInt8] = []
    private var control: [UInt8] = []
    private var text = UTF8Validator()

    /// A reader at the first frame.
    public init(of sender: Sender, messageBytes: Int) {
        self.sender = sender
        self.messageBytes = messageBytes
    }

    /// Whether a message has begun and isn't complete.
    public var isInsideMessage: Bool { message != nil }

    /// Reads up to the next event, or all of `bytes`.
    ///
    /// Call again with what follows the consumed bytes. After an error, and after a close, the reader must not be
    /// used again.
    public mutating func read(_ bytes: Span<UInt8>) throws(WebSocketError) -> Progress {
        try bytes.withUnsafeBufferPointer { (bytes) throws(WebSocketError) -> Progress in try read(bytes) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(WebSocketError) -> Progress {
        var position = 0
        while true {
            while !head.isComplete {
                guard position < bytes.count else { return Progress(consumed: position, event: nil) }
                try head.take(bytes[position], isMasked: sender == .client)
                position &+= 1
                if head.isComplete { try beginPayload() }
            }
            let count = min(head.length &- payloadRead, bytes.count &- position)
            if count > 0 { try takePayload(bytes.slice(position..<position &+ count)) }
            position &+= count
            guard payloadRead == head.length else { return Progress(consumed: position, event: nil) }
            if let event = try endFrame() { return Progress(consumed: position, event: event) }
        }
    }

    /// A frame is accepted or refused before its payload arrives.
    private mutating func beginPayload() throws(WebSocketError) {
        payloadRead = 0
        switch head.opcode {
        case .close, .ping, .pong: return
        case .continuation:
            guard message != nil else { throw .nothingToContinue }
        case .text, .binary:
            guard message == nil else { throw .messageInsideMessage }
            message = head.opcode
            text = UTF8Validator()
        }
        guard head.length <= messageBytes &- content.count else { throw .messageTooLarge }
    }

    private mutating func takePayload(_ bytes: UnsafeBufferPointer<UInt8>) throws(WebSocketError) {
        if head.opcode.isControl {
            unmask(bytes, into: &control)
        } else {
            let start = content.count
            unmask(bytes, into: &content)
            if message == .text {
                let isText = content.withUnsafeBufferPointer { text.take($0.slice(start..<$0.count)) }
                guard isText else { throw .invalidUTF8 }
            }
        }
        payloadRead &+= bytes.count
    }

    private func unmask(_ bytes: UnsafeBufferPointer<UInt8>, into target: inout [UInt8]) {
        let start = target.count
        target.append(contentsOf: bytes)
        guard sender == .client else { return }
        target.withUnsafeMutableBufferPointer {
            head.mask.apply(to: UnsafeMutableBufferPointer(rebasing: $0[start...]), from: payloadRead)
        }
    }

    private mutating func endFrame() throws(WebSocketError) -> Event? {
        let (opcode, isFinal) = (head.opcode, head.isFinal)
        head = WebSocketFrameHead()
        guard !opcode.isControl else {
            let payload = control
            control = []
            switch opcode {
            case .ping: return .ping(payload)
            case .pong: return .pong(payload)
            default: return try Self.close(payload)
            }
        }
        guard isFinal, let kind = message else { return nil }
        guard kind == .binary || text.isAtBoundary else { throw .invalidUTF8 }
        let whole = content
        content = []
        message = nil
        return .message(kind == .text ? .text(whole) : .binary(whole))
    }

    private static func close(_ payload: [UInt8]) throws(WebSocketError) -> Event {
        guard !payload.isEmpty else { return .close(nil, reason: []) }
        guard payload.count >= 2 else { throw .truncatedCloseCode }
        guard let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1])) else {
            throw .invalidCloseCode
        }
        let reason = Array(payload[2...])
        var text = UTF8Validator()
        guard text.take(reason.span), text.isAtBoundary else { throw .invalidUTF8 }
        return .close(code, reason: reason)
    }
}
