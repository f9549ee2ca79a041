// A plain socket for what libcurl would never send: split bytes, pipelines, half-closed and silent clients.

import Foundation

/// One connection, closed when the value goes away.
///
/// Every wait has a deadline. Blocks: use it inside `onOwnThread`.
public struct RawSocket: ~Copyable {
    /// Why a step of the conversation didn't happen.
    public struct Failure: Error, CustomStringConvertible {
        /// The fault, with the errno's text where there is one.
        public let description: String

        /// Says what went wrong.
        public init(_ text: String, errno code: Int32? = nil) {
            description = text + (code.map { ": \(String(cString: strerror($0)))" } ?? "")
        }
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// How long each wait may take.
    public var timeoutSeconds: Double

    /// Connects to a port of 127.0.0.1.
    ///
    /// - Parameter receiveBufferBytes: The kernel's receive buffer, for a client that hardly reads.
    public init(port: Int, receiveBufferBytes: Int? = nil, timeoutSeconds: Double = Deadline.patience) throws
    {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.timeoutSeconds = timeoutSeconds
        guard descriptor >= 0 else { throw Failure("no socket", errno: errno) }
        if let receiveBufferBytes { setOption(SOL_SOCKET, SO_RCVBUF, Int32(receiveBufferBytes)) }
        setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure("no connection to port \(port)", errno: errno) }
    }

    /// Connects to a Unix socket.
    public init(unixPath: String, timeoutSeconds: Double = Deadline.patience) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.timeoutSeconds = timeoutSeconds
        guard descriptor >= 0 else { throw Failure("no socket", errno: errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(unixPath.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Failure("the path \(unixPath) is too long for a Unix socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure("no connection to \(unixPath)", errno: errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

// MARK: - Writing

extension RawSocket {
    /// Sends bytes, waiting where the peer doesn't read.
    ///
    /// - Throws: `Failure` when the peer has closed, or doesn't read before the time-out.
    public func send(_ bytes: some Sequence<UInt8>) throws {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            try wait(for: POLLOUT, until: Deadline(afterSeconds: timeoutSeconds), to: "send")
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count > 0 {
                sent += count
            } else if errno != EAGAIN && errno != EINTR {
                throw Failure("could not send", errno: errno)
            }
        }
    }

    /// Sends text.
    public func send(_ text: String) throws {
        try send(text.utf8)
    }

    /// Sends each byte in a packet of its own.
    public func sendByteByByte(_ text: String) throws {
        for byte in text.utf8 { try send(CollectionOfOne(byte)) }
    }

    /// Sends as much as the kernel takes without waiting, and says how many bytes that was.
    public func sendWithoutWaiting(_ bytes: [UInt8]) -> Int {
        max(
            0,
            bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
        )
    }

    /// Says that nothing more will be sent; reading goes on.
    public func shutDownWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the coming close a reset, as a client that dies does.
    public func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

// MARK: - Reading

extension RawSocket {
    /// Reads exactly that many bytes.
    ///
    /// - Throws: `Failure` when the peer closes or the time-out passes before.
    public mutating func read(exactly count: Int) throws -> [UInt8] {
        let deadline = Deadline(afterSeconds: timeoutSeconds)
        while buffer.count < count {
            guard try fill(until: deadline) else {
                throw Failure("the peer closed after \(buffer.count) of \(count) bytes")
            }
        }
        let bytes = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return bytes
    }

    /// Reads until the peer closes, and returns what came.
    ///
    /// A reset ends it as a close does.
    ///
    /// - Throws: `Failure` when the peer is still open at the time-out, or sends more than `limit` bytes.
    public mutating func readUntilClose(limit: Int = 1 << 24) throws -> [UInt8] {
        let deadline = Deadline(afterSeconds: timeoutSeconds)
        while try fill(until: deadline) {
            guard buffer.count <= limit else { throw Failure("more than \(limit) bytes before the close") }
        }
        defer { buffer = [] }
        return buffer
    }

    /// Reads one whole response; bytes of the next one stay for the next call.
    ///
    /// - Parameter method: The method of its request, which decides whether a body follows.
    /// - Throws: `Failure` when it isn't a well-formed response, or isn't whole at the close or the time-out.
    public mutating func readResponse(to method: String = "GET") throws -> RawResponse {
        let deadline = Deadline(afterSeconds: timeoutSeconds)
        while true {
            switch try RawResponse.parse(buffer, method: method, isClosed: false) {
            case .whole(let response, let length):
                buffer.removeFirst(length)
                return response
            case .needsMore:
                break
            }
            if try fill(until: deadline) { continue }
            switch try RawResponse.parse(buffer, method: method, isClosed: true) {
            case .whole(let response, let length):
                buffer.removeFirst(length)
                return response
            case .needsMore:
                throw Failure(
                    "the peer closed inside a response: \(String(decoding: buffer.prefix(400), as: UTF8.self))"
                )
            }
        }
    }

    /// Whether the peer closes within that time without sending another byte.
    ///
    /// - Throws: `Failure` when bytes came instead.
    public mutating func isClosed(withinSeconds seconds: Double) throws -> Bool {
        do {
            guard try !fill(until: Deadline(afterSeconds: seconds)) else {
                throw Failure(
                    "bytes instead of a close: \(String(decoding: buffer.prefix(400), as: UTF8.self))"
                )
            }
            return true
        } catch is DeadlinePassed {
            return false
        }
    }

    /// Bytes received and not yet taken by a read.
    public var pendingBytes: [UInt8] { buffer }

    /// Reads what there is into the buffer; false when the peer has closed.
    private mutating func fill(until deadline: Deadline) throws -> Bool {
        try wait(for: POLLIN, until: deadline, to: "read")
        let count = withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { space in
            let count = recv(descriptor, space.baseAddress, space.count, 0)
            if count > 0 { buffer.append(contentsOf: space.prefix(count)) }
            return count
        }
        if count < 0 && errno != ECONNRESET && errno != EPIPE {
            throw Failure("could not read", errno: errno)
        }
        return count > 0
    }

    private func wait(for event: Int32, until deadline: Deadline, to act: String) throws {
        while true {
            let milliseconds = deadline.remainingMilliseconds
            var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let ready = poll(&request, 1, milliseconds)
            if ready > 0 { return }
            if ready == 0 { throw DeadlinePassed(description: "nothing to \(act) before the time-out") }
            if errno != EINTR { throw Failure("could not wait", errno: errno) }
        }
    }
}
