// A client of HTTP/2 that sends frames as a test says and reads those that come, over a plain socket.

package import FrameKit

/// One connection in HTTP/2 by prior knowledge, closed when nobody has it any more.
///
/// Every wait has a deadline. Blocks: use it inside `onOwnThread`.
package final class HTTP2Client {
    private var socket: RawSocket
    private var next: UInt32 = 1
    /// Frames that have come and that nobody has asked for.
    private var waiting: [HTTP2Frame] = []

    /// Connects, and says hello.
    ///
    /// - Parameter settings: the payload of the first SETTINGS.
    package init(port: Int, settings: [UInt8] = [], timeoutSeconds: Double = Deadline.patience) throws {
        socket = try RawSocket(port: port, timeoutSeconds: timeoutSeconds)
        try socket.send(HTTP2Frame.preface + HTTP2Frame(.settings, settings).bytes)
    }

    /// Begins a request; its stream is returned.
    package func open(
        _ path: String,
        _ method: String = "POST",
        hasBody: Bool = true,
        _ fields: [(String, String)] = []
    ) throws -> UInt32 {
        let stream = next
        next += 2
        try socket.send(HTTP2Frame.request(stream, path, method, hasBody: hasBody, fields))
        return stream
    }

    /// Begins a call of gRPC.
    package func call(_ path: String, token: String? = nil, _ fields: [(String, String)] = []) throws
        -> UInt32
    {
        let own = [("content-type", "application/grpc"), ("te", "trailers")]
        let sender = token.map { [("authorization", "Bearer \($0)")] } ?? []
        return try open(path, "POST", hasBody: true, own + sender + fields)
    }

    /// Sends frames as they are.
    package func send(_ bytes: [UInt8]) throws { try socket.send(bytes) }

    /// Sends messages, each in its envelope.
    package func send(_ stream: UInt32, _ messages: [[UInt8]], ends: Bool = false) throws {
        try socket.send(
            HTTP2Frame.data(stream, messages.flatMap { EnvelopeStream.envelope($0) }, ends: ends)
        )
    }

    /// The next frame that fits; others are put aside.
    ///
    /// - Throws: `RawSocket.Failure` where the connection ends first.
    package func frame(where fits: (HTTP2Frame) -> Bool) throws -> HTTP2Frame {
        if let index = waiting.firstIndex(where: fits) { return waiting.remove(at: index) }
        while true {
            let head = try socket.read(exactly: 9)
            let count = Int(HTTP2Frame.number(head[0..<3]))
            let payload = count > 0 ? try socket.read(exactly: count) : []
            guard let frame = HTTP2Frame.parse(head + payload).first else { continue }
            if fits(frame) { return frame }
            waiting.append(frame)
        }
    }

    /// The next message of a stream's body, which has come in one frame.
    package func message(_ stream: UInt32) throws -> [UInt8] {
        let frame = try frame { $0.stream == stream && $0.kind == HTTP2Frame.Kind.data.rawValue }
        return Array(frame.payload.dropFirst(5))
    }

    /// Waits for the end of a stream.
    package func end(of stream: UInt32) throws -> HTTP2Frame {
        try frame { $0.stream == stream && ($0.isEnd || $0.kind == HTTP2Frame.Kind.reset.rawValue) }
    }

    /// Whether the other end closes within so many seconds.
    package func isClosed(withinSeconds seconds: Double) throws -> Bool {
        try socket.isClosed(withinSeconds: seconds)
    }
}
