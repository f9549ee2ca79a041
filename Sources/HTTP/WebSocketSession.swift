// A server's end of a WebSocket as a state machine that returns the action to perform: messages out, pongs and the
// closing handshake by itself.

/// One open WebSocket, seen from the server (RFC 6455 sections 5.5 and 7).
public struct WebSocketSession: Sendable {
    /// The next step for the connection.
    public enum Action: Sendable, Hashable {
        /// Nothing, until more bytes arrive.
        case needMore
        /// Deal with a message.
        case deliver(WebSocketMessage)
        /// Send this frame, the answer to a ping.
        case send([UInt8])
        /// Note a pong with this payload: the client is alive, and has read all that was sent before the ping
        /// it answers.
        case notePong([UInt8])
        /// Send this, which may be empty, and close the connection.
        case end([UInt8])
    }

    /// The result of one call.
    public struct Progress: Sendable, Hashable {
        /// How many bytes have been dealt with.
        ///
        /// Fewer than all only where the action isn't `needMore`; then call again with the rest.
        public let consumed: Int
        /// The step to take.
        public let action: Action
    }

    /// Where the closing handshake stands (section 7.1).
    private enum Phase: Sendable { case open, closing, closed }

    private var reader: WebSocketReader
    private var phase = Phase.open

    /// A socket just opened.
    ///
    /// - Parameter messageBytes: the longest message accepted; a longer one is answered with 1009.
    public init(messageBytes: Int) {
        reader = WebSocketReader(of: .client, messageBytes: messageBytes)
    }

    /// Whether messages may still be sent: no close frame has been sent or received.
    public var isOpen: Bool { phase == .open }

    /// Whether a message has begun and isn't complete; a socket that waits inside a message isn't idle.
    public var isInsideMessage: Bool { reader.isInsideMessage }

    /// Reads up to the next action, or all of `bytes`.
    ///
    /// Never throws: a client that breaks the protocol is answered with a close frame and `end`. While our own close
    /// frame is under way, messages are read and dropped, pings aren't answered. After `end`, bytes are ignored.
    public mutating func receive(_ bytes: Span<UInt8>) -> Progress {
        var position = 0
        while phase != .closed {
            let progress: WebSocketReader.Progress
            do throws(WebSocketError) {
                progress = try reader.read(bytes.extracting(position...))
            } catch {
                return Progress(consumed: bytes.count, action: fail(error))
            }
            position += progress.consumed
            guard let event = progress.event else { break }
            if let action = action(for: event) { return Progress(consumed: position, action: action) }
        }
        return Progress(consumed: bytes.count, action: .needMore)
    }

    /// Begins the closing handshake.
    ///
    /// - Returns: the close frame to send; nil when one was sent or received before.
    public mutating func close(_ code: WebSocketCloseCode, reason: String = "") -> [UInt8]? {
        guard phase == .open else { return nil }
        phase = .closing
        return WebSocketFrame.close(code, reason: reason)
    }

    private mutating func action(for event: WebSocketReader.Event) -> Action? {
        switch event {
        case .message(let message): return phase == .open ? .deliver(message) : nil
        case .pong(let payload): return .notePong(payload)
        case .ping(let payload):
            guard phase == .open else { return nil }
            var frame: [UInt8] = []
            WebSocketFrame.append(.pong, payload, to: &frame)
            return .send(frame)
        case .close(let code, _):
            // The answer to ours ends it; else ours is the answer, and says the same code (section 5.5.1).
            defer { phase = .closed }
            return .end(phase == .closing ? [] : WebSocketFrame.close(code))
        }
    }

    private mutating func fail(_ error: WebSocketError) -> Action {
        defer { phase = .closed }
        return .end(phase == .closing ? [] : WebSocketFrame.close(error.closeCode, reason: error.reason))
    }
}
