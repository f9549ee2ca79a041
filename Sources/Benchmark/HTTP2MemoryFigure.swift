// Figure 17: what an idle connection of HTTP/2 costs, and that thousands of both versions live beside each other.

import Glibc
import Reactor

/// Resident memory that idle connections add, each after one GET; then as many of HTTP/1.1 beside them, and all of
/// them answer.
struct HTTP2MemoryFigure: Figure {
    let number = 17
    let title = "memory of idle HTTP/2 connections"

    private static let averaged = 2000
    private static let crowd = 5000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let count = place.count(Self.averaged, quick: 200)
        let crowd = place.count(Self.crowd, quick: 500)
        let server = try place.server(
            on: seed,
            flags: [
                "--connections", "20000", "--connections-per-address", "20000", "--keep-alive-seconds", "600",
            ]
        )
        let alone = try ProcessFacts.residentMegabytes(server.processID)
        var second = try (0..<count).map { _ in try IdleConnection(port: server.port, isSecond: true) }
        let crowded = try ProcessFacts.residentMegabytes(server.processID)
        second += try (count..<crowd).map { _ in try IdleConnection(port: server.port, isSecond: true) }
        let first = try (0..<crowd).map { _ in try IdleConnection(port: server.port, isSecond: false) }
        let all = try ProcessFacts.residentMegabytes(server.processID)
        for connection in second + first { try connection.get() }
        try server.stop()
        var (each, whole) = (Series(), Series())
        each.append((crowded - alone) * 1024 / Double(count))
        whole.append(all - alone)
        return [
            Row(
                "17. memory of an idle HTTP/2 connection, of \(count)",
                ours: each,
                unit: .kilobytes,
                bar: .atMost(40)
            ),
            Row(
                "17. … \(crowd) of HTTP/2 and \(crowd) of HTTP/1.1 at once, all of which answer",
                ours: whole,
                unit: .megabytes,
                bar: nil
            ),
        ]
    }
}

/// A connection that asks for little, seldom.
private final class IdleConnection {
    private let descriptor: Int32
    private let isSecond: Bool
    private var stream: UInt32 = 1
    private var received: [UInt8] = []

    /// Connects, and asks once.
    init(port: UInt16, isSecond: Bool) throws {
        let connected = try HTTPConnection.connect(port: port)
        descriptor = connected.take()
        self.isSecond = isSecond
        if isSecond {
            let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
            try HTTPConnection.send(preface + [0, 0, 0, 4, 0, 0, 0, 0, 0], to: descriptor)
        }
        try get()
    }

    deinit { close(descriptor) }

    /// One GET, and its whole reply.
    func get() throws {
        guard isSecond else {
            try HTTPConnection.send(Array("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".utf8), to: descriptor)
            while try !endsReply() { try read() }
            received = []
            return
        }
        // :method GET and :scheme http of the static table; path and authority as literals (RFC 7541).
        let list: [UInt8] = [0x82, 0x86, 0x04, 8] + Array("/healthz".utf8) + [0x01, 1, UInt8(ascii: "a")]
        try HTTPConnection.send(frame(kind: 1, flags: 5, list), to: descriptor)
        while try !takeEndOfStream() { try read() }
        stream += 2
    }

    private func endsReply() throws -> Bool {
        let scanner = try received.withUnsafeBytes { try ReplyScanner($0) }
        guard let scanner else { return false }
        guard scanner.status == 200 else { throw BenchmarkError("status \(scanner.status)") }
        return received.count >= scanner.totalBytes
    }

    /// Takes whole frames; whether one of them ends the stream.
    private func takeEndOfStream() throws -> Bool {
        while received.count >= 9 {
            let count = received[0..<3].reduce(0) { $0 << 8 | Int($1) }
            guard received.count >= 9 + count else { return false }
            let (kind, flags) = (received[3], received[4])
            received.removeFirst(9 + count)
            if kind == 3 || kind == 7 { throw BenchmarkError("the server ended an idle connection") }
            if kind <= 1, flags & 1 != 0 { return true }
        }
        return false
    }

    private func frame(kind: UInt8, flags: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let number = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: stream >> UInt32($0)) }
        return [0, 0, UInt8(payload.count), kind, flags] + number + payload
    }

    private func read() throws {
        var room = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &room, room.count, 0)
        guard count > 0 else { throw BenchmarkError("the server closed an idle connection") }
        received += room.prefix(count)
    }
}
