// Many WebSockets on one thread: people who are connected, talk, and take what is pushed to them.

import CLinux
import Glibc
import Reactor

/// The client ends of sockets of the gateway (RFC 6455), as much as frames of this one server need.
///
/// One thread, epoll. Pings are answered, which tells the server what has been read.
final class SocketClient {
    private let epoll: Descriptor
    private var sockets: [Socket] = []
    private var output: [UInt8] = []

    /// A socket, and the bytes that came and aren't a whole frame yet.
    private final class Socket {
        let descriptor: Int32
        var buffer = [UInt8](repeating: 0, count: 1 << 12)
        var received = 0

        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor.take() }

        deinit { close(descriptor) }
    }

    /// Connects, one socket for each token.
    ///
    /// - Throws: when one isn't let in.
    init(port: UInt16, tokens: [String]) throws {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw BenchmarkError.last("epoll_create1") }
        epoll = Descriptor(owning: number)
        for (index, token) in tokens.enumerated() {
            let socket = Socket(try HTTPConnection.connect(port: port))
            try Self.upgrade(socket, token: token)
            sockets.append(socket)
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.u64 = UInt64(index)
            guard epoll_ctl(number, EPOLL_CTL_ADD, socket.descriptor, &event) == 0 else {
                throw BenchmarkError.last("epoll_ctl")
            }
        }
    }

    /// The handshake; what comes behind it stays for later.
    private static func upgrade(_ socket: Socket, token: String) throws {
        var request = Requests(token: token)
        request.append(
            "GET",
            "/gateway",
            lines: "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        )
        try HTTPConnection.send(request.bytes, to: socket.descriptor)
        let end = Array("\r\n\r\n".utf8)
        while true {
            try fill(socket)
            let bytes = socket.buffer[..<socket.received]
            guard let head = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { continue }
            guard bytes.starts(with: "HTTP/1.1 101 ".utf8) else {
                throw BenchmarkError("no upgrade: \(String(decoding: bytes, as: UTF8.self))")
            }
            socket.received -= head + end.count
            socket.buffer.removeFirst(head + end.count)
            return
        }
    }

    /// Reads once, waiting when there is nothing.
    private static func fill(_ socket: Socket) throws {
        if socket.received == socket.buffer.count {
            socket.buffer += [UInt8](repeating: 0, count: max(1 << 12, socket.buffer.count))
        }
        let count = socket.buffer.withUnsafeMutableBytes {
            recv(
                socket.descriptor,
                $0.baseAddress?.advanced(by: socket.received),
                $0.count - socket.received,
                0
            )
        }
        guard count > 0 else { throw BenchmarkError("the server closed a socket") }
        socket.received += count
    }

    /// Sends a text.
    func send(_ text: [UInt8], on index: Int) throws { try send(opcode: 1, text[...], on: sockets[index]) }

    /// A masked frame; a mask of zeros leaves the bytes as they are.
    private func send(opcode: UInt8, _ payload: ArraySlice<UInt8>, on socket: Socket) throws {
        output.removeAll(keepingCapacity: true)
        output.append(0x80 | opcode)
        if payload.count < 126 {
            output.append(0x80 | UInt8(payload.count))
        } else {
            output += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        }
        output += [0, 0, 0, 0]
        output += payload
        try HTTPConnection.send(output, to: socket.descriptor)
    }

    /// Takes what has come on any socket, waiting for it as long as is said.
    ///
    /// - Parameter take: is handed each text with the number of its socket.
    /// - Returns: whether anything came.
    @discardableResult
    func receive(waitingMilliseconds: Int32, _ take: (Int, ArraySlice<UInt8>) throws -> Void) throws -> Bool {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        let ready = epoll_wait(epoll.number, &events, Int32(events.count), waitingMilliseconds)
        guard ready >= 0 || errno == EINTR else { throw BenchmarkError.last("epoll_wait") }
        for event in events.prefix(max(0, Int(ready))) {
            let index = Int(event.data.u64)
            let socket = sockets[index]
            try Self.fill(socket)
            try takeFrames(of: socket) { try take(index, $0) }
        }
        return ready > 0
    }

    private func takeFrames(of socket: Socket, _ take: (ArraySlice<UInt8>) throws -> Void) throws {
        var position = 0
        while let frame = Frame(socket.buffer[position..<socket.received]) {
            let payload = socket.buffer[frame.payload]
            switch frame.opcode {
            case 1: try take(payload)
            case 9: try send(opcode: 10, payload, on: socket)
            case 8: throw BenchmarkError("the server closed a socket: \(Array(payload))")
            default: break
            }
            position = frame.payload.upperBound
        }
        let rest = socket.received - position
        socket.buffer.withUnsafeMutableBytes { bytes in
            guard rest > 0, position > 0, let start = bytes.baseAddress else { return }
            memmove(start, start + position, rest)
        }
        socket.received = rest
    }

    /// A whole frame of a server at the start of some bytes: unmasked, never fragmented here.
    private struct Frame {
        let opcode: UInt8
        let payload: Range<Int>

        init?(_ bytes: ArraySlice<UInt8>) {
            let first = bytes.startIndex
            guard bytes.count >= 2 else { return nil }
            opcode = bytes[first] & 0x0F
            var start = first + 2
            var count = Int(bytes[first + 1])
            if count >= 126 {
                let width = count == 126 ? 2 : 8
                guard bytes.count >= 2 + width else { return nil }
                count = bytes[start..<start + width].reduce(0) { $0 << 8 | Int($1) }
                start += width
            }
            guard count <= bytes.endIndex - start else { return nil }
            payload = start..<start + count
        }
    }
}
