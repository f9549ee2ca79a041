// One keep-alive connection that asks and waits, for everything that isn't under load.

import CLinux
import Glibc
import Reactor

/// A blocking connection to a port of this machine; it closes with the value.
struct HTTPConnection: ~Copyable {
    private let descriptor: Descriptor
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// A reply.
    struct Reply {
        let status: Int
        let body: [UInt8]

        /// The body as text, for messages and comparisons.
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    init(port: UInt16) throws {
        descriptor = try Self.connect(port: port)
    }

    /// Sends a request and waits for its reply.
    mutating func exchange(_ request: [UInt8]) throws -> Reply {
        try Self.send(request, to: descriptor.number)
        var count = 0
        while true {
            if count == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
            let received = buffer.withUnsafeMutableBytes {
                recv(descriptor.number, $0.baseAddress?.advanced(by: count), $0.count - count, 0)
            }
            if received < 0, errno == EINTR { continue }
            guard received > 0 else { throw BenchmarkError("the server closed the connection") }
            count += received
            let scanner = try buffer.withUnsafeBytes {
                try ReplyScanner(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            if let scanner, count >= scanner.totalBytes {
                return Reply(
                    status: scanner.status,
                    body: Array(buffer[scanner.headBytes..<scanner.totalBytes])
                )
            }
        }
    }

    /// As `exchange`, and throws for any status but 200.
    mutating func exchangeOK(_ request: [UInt8]) throws -> Reply {
        let reply = try exchange(request)
        guard reply.status == 200 else { throw BenchmarkError("status \(reply.status): \(reply.text)") }
        return reply
    }

    /// Connects to a port of 127.0.0.1, without delay of small packets.
    static func connect(port: UInt16) throws -> Descriptor {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard number >= 0 else { throw BenchmarkError.last("socket") }
        let descriptor = Descriptor(owning: number)
        var one: Int32 = 1
        setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw BenchmarkError.last("connect to port \(port)") }
        return descriptor
    }

    /// Sends all bytes; requests are small and the socket blocks, so that is one call.
    static func send(_ bytes: [UInt8], to descriptor: Int32) throws {
        let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard sent == bytes.count else { throw BenchmarkError.last("send") }
    }
}
