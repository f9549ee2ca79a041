// Bound and listening sockets: TCP on one address and port, or a Unix socket with mode 0600.
import CLinux
import Glibc

/// Makes listening sockets; `Listener` owns them.
enum ListeningSocket {
    /// A TCP socket on a numeric IPv4 or IPv6 address (brackets allowed) or `localhost` (127.0.0.1).
    static func tcp(host: String, port: UInt16, backlog: Int32) throws(SystemError) -> Descriptor {
        var literal = host[...]
        if literal.hasPrefix("["), literal.hasSuffix("]") { literal = literal.dropFirst().dropLast() }
        if literal == "localhost" { literal = "127.0.0.1" }
        let text = String(literal)

        var v4 = sockaddr_in()
        if inet_pton(AF_INET, text, &v4.sin_addr) == 1 {
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            return try listening(AF_INET, &v4, MemoryLayout<sockaddr_in>.size, backlog)
        }
        var v6 = sockaddr_in6()
        if inet_pton(AF_INET6, text, &v6.sin6_addr) == 1 {
            v6.sin6_family = sa_family_t(AF_INET6)
            v6.sin6_port = port.bigEndian
            return try listening(AF_INET6, &v6, MemoryLayout<sockaddr_in6>.size, backlog)
        }
        throw SystemError(code: EINVAL, call: "inet_pton")
    }

    /// A Unix socket at `path`.
    ///
    /// A socket left there by an earlier run is removed; any other file stays, and the call fails with
    /// `EADDRINUSE`.
    static func unix(path: String, backlog: Int32) throws(SystemError) -> Descriptor {
        let place = try UnixAddress(path: path)
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }

        let descriptor = try socketDescriptor(AF_UNIX)
        // On Linux the file made by bind takes the mode of the socket: nobody else can connect, not even for the moment
        // that a chmod afterwards would leave.
        guard fchmod(descriptor.number, 0o600) == 0 else { throw SystemError.last("fchmod") }
        try place.bind(descriptor.number)
        guard listen(descriptor.number, backlog) == 0 else { throw SystemError.last("listen") }
        return descriptor
    }

    /// The port a socket is bound to; 0 for Unix sockets.
    static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutableBytes(of: &storage) {
            getsockname(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        guard code == 0, storage.ss_family != sa_family_t(AF_UNIX) else { return 0 }
        // sin_port and sin6_port are at the same place.
        return withUnsafeBytes(of: &storage) { UInt16(bigEndian: $0.load(as: sockaddr_in.self).sin_port) }
    }

    private static func listening<Address>(
        _ family: Int32,
        _ address: inout Address,
        _ size: Int,
        _ backlog: Int32
    ) throws(SystemError) -> Descriptor {
        let descriptor = try socketDescriptor(family)
        // A restart must not wait for the connections of the last run to leave TIME_WAIT.
        setOption(descriptor.number, SOL_SOCKET, SO_REUSEADDR, 1)
        // Set on the listening socket once: Linux hands it down to every accepted one.
        setOption(descriptor.number, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // `::` serves IPv4 too, whatever the system's default is.
        if family == AF_INET6 { setOption(descriptor.number, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        try bindAndListen(descriptor, &address, size, backlog)
        return descriptor
    }

    private static func socketDescriptor(_ family: Int32) throws(SystemError) -> Descriptor {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(family, kind, 0)
        guard number >= 0 else { throw SystemError.last("socket") }
        return Descriptor(owning: number)
    }

    private static func bindAndListen<Address>(
        _ descriptor: borrowing Descriptor,
        _ address: inout Address,
        _ size: Int,
        _ backlog: Int32
    ) throws(SystemError) {
        let number = descriptor.number
        let code = withUnsafeBytes(of: &address) {
            bind(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(size))
        }
        guard code == 0 else { throw SystemError.last("bind") }
        guard listen(number, backlog) == 0 else { throw SystemError.last("listen") }
    }

    private static func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
