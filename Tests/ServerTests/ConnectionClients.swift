// Clients of real listening sockets, and waiting for what they cause.

import Glibc
import Reactor
import Testing

extension ConnectionClient {
    /// A client connected to 127.0.0.1.
    static func tcp(port: UInt16) throws -> ConnectionClient {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        return try connected(AF_INET, &address)
    }

    /// A client connected to a Unix socket.
    static func unix(path: String) throws -> ConnectionClient {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return try connected(AF_UNIX, &address)
    }

    /// Waits for bytes; empty at the end, nil after ten seconds without any.
    func waitAndReceive() -> [UInt8]? {
        var watch = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return poll(&watch, 1, 10_000) == 1 ? receive() : nil
    }

    private static func connected<Address>(_ family: Int32, _ address: inout Address) throws
        -> ConnectionClient
    {
        let number = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(number >= 0)
        let client = ConnectionClient(number)
        let code = withUnsafeBytes(of: &address) {
            connect(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        guard code == 0 else { throw SystemError(code: errno, call: "connect") }
        return client
    }
}

extension ConnectionWorld {
    /// Turns the loop until a fact holds; TCP needs a moment to carry bytes.
    func turn(until fact: () -> Bool) {
        for _ in 0..<2_000_000 {
            if fact() { return }
            loop.turn(waiting: false)
            sched_yield()
        }
        Issue.record("it never happened")
    }
}
