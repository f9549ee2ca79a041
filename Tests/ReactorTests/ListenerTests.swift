// Listening: ports, accepting, pausing, running out of descriptors, Unix sockets.
import CLinux
import Glibc
import Reactor
import Testing

@Suite(.timeLimit(.minutes(10))) struct ListenerTests {
    /// Keeps accepted descriptors open.
    final class Guests {
        var numbers: [Int32] = []
        var peers: [PeerAddress] = []

        func take(_ descriptor: consuming Descriptor, _ peer: PeerAddress) {
            numbers.append(descriptor.take())
            peers.append(peer)
        }

        deinit {
            for number in numbers { close(number) }
        }
    }

    func temporaryPath(_ name: String) -> String {
        "/tmp/reactor-\(getpid())-\(name).sock"
    }

    @Test func `port 0 takes a free port and says which`() throws {
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        #expect(listener.port != 0)
        #expect(throws: SystemError(code: EADDRINUSE, call: "bind")) {
            _ = try Listener.tcp(host: "127.0.0.1", port: listener.port)
        }
    }

    @Test(arguments: ["", "example.org", "127.0.0.1.", "::g", "1.2.3"])
    func `a host that is no address is refused`(host: String) {
        #expect(throws: SystemError(code: EINVAL, call: "inet_pton")) {
            _ = try Listener.tcp(host: host, port: 0)
        }
    }

    @Test(arguments: ["localhost", "127.0.0.1", "0.0.0.0", "::", "[::1]"])
    func `addresses in their usual forms are bound`(host: String) throws {
        #expect(try Listener.tcp(host: host, port: 0).port != 0)
    }

    @Test func `all waiting connections are accepted with their options set and none after close`()
        throws
    {
        let loop = try EventLoop(name: "accept")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        let guests = Guests()
        try listener.start(on: loop) { guests.take($0, $1) }
        let clients = try (0..<100).map { _ in try connectedClient(port: listener.port) }
        while guests.numbers.count < clients.count { loop.turn(waiting: true) }
        #expect(guests.peers.allSatisfy { "\($0)" == "127.0.0.1" })
        for number in guests.numbers {
            var value: Int32 = 0
            var length = socklen_t(4)
            getsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &value, &length)
            #expect(value != 0)
            #expect(fcntl(number, F_GETFL) & O_NONBLOCK != 0)
            #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
        }
        let port = listener.port
        listener.close()
        listener.close()
        // A process that another test has just forked holds the socket until it runs its own program.
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end, (try? connectedClient(port: port)) != nil {}
        #expect(throws: SystemError(code: ECONNREFUSED, call: "connect")) {
            _ = try connectedClient(port: port)
        }
    }

    @Test func `one turn accepts a bounded batch`() throws {
        let loop = try EventLoop(name: "batch")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        let guests = Guests()
        try listener.start(on: loop) { guests.take($0, $1) }
        let clients = try (0..<150).map { _ in try connectedClient(port: listener.port) }
        loop.turn(waiting: true)
        #expect(guests.numbers.count == 64)
        loop.turn(waiting: true)
        loop.turn(waiting: true)
        #expect(guests.numbers.count == clients.count)
        listener.close()
    }

    @Test func `a paused listener accepts nothing until it resumes`() throws {
        let loop = try EventLoop(name: "pause")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        let guests = Guests()
        try listener.start(on: loop) { guests.take($0, $1) }
        listener.pause()
        let client = try connectedClient(port: listener.port)
        loop.turn(waiting: false)
        #expect(guests.numbers.isEmpty)
        listener.resume()
        loop.turn(waiting: true)
        #expect(guests.numbers.count == 1)
        withExtendedLifetime(client) {}
        listener.close()
    }

    @Test func `a pause from within takes effect within the batch`() throws {
        let loop = try EventLoop(name: "cap")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        let guests = Guests()
        try listener.start(on: loop) { [unowned listener] in
            guests.take($0, $1)
            if guests.numbers.count == 2 { listener.pause() }
        }
        let clients = try (0..<5).map { _ in try connectedClient(port: listener.port) }
        loop.turn(waiting: true)
        loop.turn(waiting: false)
        #expect(guests.numbers.count == 2)
        listener.resume()
        loop.turn(waiting: true)
        #expect(guests.numbers.count == clients.count)
        listener.close()
    }

    @Test func `a dual-stack listener reports IPv4 peers as IPv4`() throws {
        let loop = try EventLoop(name: "dual")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "::", port: 0)
        let guests = Guests()
        try listener.start(on: loop) { guests.take($0, $1) }
        let clients = [
            try connectedClient(port: listener.port), try connectedClient(port: listener.port, ipv6: true),
        ]
        while guests.peers.count < clients.count { loop.turn(waiting: true) }
        #expect(Set(guests.peers.map(\.description)) == ["127.0.0.1", "::1"])
        #expect(Set(guests.peers.map(\.family)) == [.ipv4, .ipv6])
        listener.close()
    }

    @Test func `without descriptors one connection is shed and accepting rests instead of spinning`() async {
        await #expect(processExitsWith: .success) {
            let time = HandMovedTime()
            let loop = try EventLoop(name: "full", time: time)
            defer { loop.end() }
            let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
            let guests = Guests()
            try listener.start(on: loop) { guests.take($0, $1) }
            let clients = try (0..<3).map { _ in try connectedClient(port: listener.port) }
            // From now on no descriptor can be opened, except in place of the listener's spare one.
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let usual = limit.rlim_cur
            limit.rlim_cur = 0
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            loop.turn(waiting: true)
            limit.rlim_cur = usual
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            #expect(guests.numbers.isEmpty)
            // Resting: the two that wait are not announced, although descriptors are free again.
            loop.turn(waiting: false)
            #expect(guests.numbers.isEmpty)
            time.advance(milliseconds: 100)
            loop.turn(waiting: false)
            loop.turn(waiting: false)
            #expect(guests.numbers.count + listener.shedCount == clients.count)
        }
    }

    @Test func `the shed connection is closed and the others are served`() async {
        await #expect(processExitsWith: .success) {
            let time = HandMovedTime()
            let loop = try EventLoop(name: "shed", time: time)
            defer { loop.end() }
            let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
            let guests = Guests()
            try listener.start(on: loop) { guests.take($0, $1) }
            let clients = try (0..<2).map { _ in try connectedClient(port: listener.port) }
            // Uses up every descriptor below the limit.
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var fillers: [Int32] = []
            while case let number = open("/dev/null", O_RDONLY), number >= 0 { fillers.append(number) }
            loop.turn(waiting: true)
            #expect(listener.shedCount == 1)
            #expect(guests.numbers.isEmpty)
            #expect(clients[0].receive() == [])
            #expect(clients[1].receive() == nil)
            for number in fillers { close(number) }
            time.advance(milliseconds: 100)
            loop.turn(waiting: false)
            loop.turn(waiting: false)
            #expect(guests.numbers.count == 1)
        }
    }

    @Test func `a Unix socket is only for its user and gone after close`() throws {
        let path = temporaryPath("mode")
        let loop = try EventLoop(name: "unix")
        defer { loop.end() }
        let listener = try Listener.unix(path: path)
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(status.st_mode & S_IFMT == S_IFSOCK)
        #expect(listener.port == 0)

        let guests = Guests()
        try listener.start(on: loop) { guests.take($0, $1) }
        let client = Peer(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        #expect(connectUnix(client.number, path) == 0)
        loop.turn(waiting: true)
        #expect(guests.peers == [.unix])
        listener.close()
        #expect(lstat(path, &status) != 0)
    }

    @Test func `a stale socket is replaced and anything else is left alone`() throws {
        let path = temporaryPath("stale")
        let first = try Listener.unix(path: path)
        let second = try Listener.unix(path: path)
        // The first one's path is the second one's by now.
        first.close()
        var status = stat()
        #expect(lstat(path, &status) == 0)
        second.close()

        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: SystemError(code: EADDRINUSE, call: "bind")) { _ = try Listener.unix(path: path) }
        #expect(lstat(path, &status) == 0)
        unlink(path)
    }

    @Test(arguments: [
        ("", EINVAL), (String(repeating: "x", count: 108), ENAMETOOLONG),
        ("/nowhere-\(getpid())/a.sock", ENOENT),
    ])
    func `a path that can't be bound is refused`(path: String, code: Int32) {
        #expect(throws: SystemError(code: code, call: "bind")) { _ = try Listener.unix(path: path) }
    }

    @Test func `addresses read as usual and IPv6 peers are counted by their 64`() {
        let v4 = PeerAddress(family: .ipv4, high: 0, low: 0xc000_0201)
        #expect("\(v4)" == "192.0.2.1")
        #expect(v4.subscriber == v4)
        for (bits, text) in [(0, "0.0.0.0"), (0x090a_6364, "9.10.99.100"), (0xffff_ffff, "255.255.255.255")] {
            #expect("\(PeerAddress(family: .ipv4, high: 0, low: UInt64(bits)))" == text)
        }
        let v6 = PeerAddress(family: .ipv6, high: 0x2001_0db8_0000_0000, low: 1)
        #expect("\(v6)" == "2001:db8::1")
        #expect("\(v6.subscriber)" == "2001:db8::")
        #expect("\(PeerAddress.unix)" == "unix")
    }
}

/// Connects a Unix socket to a path.
private func connectUnix(_ number: Int32, _ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    return withUnsafeBytes(of: &address) {
        connect(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
    }
}
