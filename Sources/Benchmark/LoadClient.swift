// Keeps many connections busy from one thread: each sends its next request when its reply has come.

import CLinux
import Glibc
import Reactor

/// A closed loop of requests over a fixed set of connections.
///
/// One thread, epoll, two system calls a request: on two cores it takes as little from the server as it can. Requests
/// are small and replies come whole, so the sockets block; only waiting for replies is shared.
final class LoadClient {
    /// How long all replies may stay away.
    private static let patienceMilliseconds: Int32 = 10_000

    private let epoll: Descriptor
    private var connections: [Connection] = []
    private var request: [UInt8] = []

    /// A socket and the part of a reply that has come.
    private final class Connection {
        let descriptor: Int32
        var received = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 16)

        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor.take() }

        deinit {
            close(descriptor)
            buffer.deallocate()
        }
    }

    /// Opens the connections.
    init(port: UInt16, connections count: Int) throws {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw BenchmarkError.last("epoll_create1") }
        epoll = Descriptor(owning: number)
        for index in 0..<count {
            let connection = Connection(try HTTPConnection.connect(port: port))
            connections.append(connection)
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.u64 = UInt64(index)
            guard epoll_ctl(number, EPOLL_CTL_ADD, connection.descriptor, &event) == 0 else {
                throw BenchmarkError.last("epoll_ctl")
            }
        }
    }

    /// Sends requests, each once, in order over whichever connection is free, until so many were sent or the time is
    /// over; then waits for the replies that are missing.
    ///
    /// - Parameters:
    ///   - numbers: the numbers of the requests.
    ///   - write: appends the request of a number to the bytes.
    /// - Returns: how many were answered, and seconds from the first request to the last reply.
    /// - Throws: at the first reply that isn't 200.
    func run(
        _ numbers: Range<Int>,
        seconds limit: Double,
        _ write: (Int, inout [UInt8]) -> Void
    ) throws -> (replies: Int, seconds: Double) {
        let start = Clock.nanoseconds()
        var upcoming = numbers
        var outstanding = 0
        for connection in connections where !upcoming.isEmpty {
            try send(upcoming.removeFirst(), on: connection, write)
            outstanding += 1
        }
        var events = [epoll_event](repeating: epoll_event(), count: connections.count)
        while outstanding > 0 {
            let ready = epoll_wait(epoll.number, &events, Int32(events.count), Self.patienceMilliseconds)
            guard ready > 0 || ready < 0 && errno == EINTR else { throw BenchmarkError("no reply for 10 s") }
            let isOver = Clock.seconds(since: start) >= limit
            for index in 0..<max(0, Int(ready)) {
                let connection = connections[Int(events[index].data.u64)]
                guard try receive(on: connection) else { continue }
                if isOver || upcoming.isEmpty {
                    outstanding -= 1
                } else {
                    try send(upcoming.removeFirst(), on: connection, write)
                }
            }
        }
        return (numbers.count - upcoming.count, Clock.seconds(since: start))
    }

    private func send(_ number: Int, on connection: Connection, _ write: (Int, inout [UInt8]) -> Void) throws
    {
        request.removeAll(keepingCapacity: true)
        write(number, &request)
        try HTTPConnection.send(request, to: connection.descriptor)
    }

    /// Takes what has come.
    ///
    /// - Returns: whether the reply is whole; then it was a 200.
    private func receive(on connection: Connection) throws -> Bool {
        let space = UnsafeMutableRawBufferPointer(rebasing: connection.buffer[connection.received...])
        let count = recv(connection.descriptor, space.baseAddress, space.count, 0)
        guard count > 0 else { throw BenchmarkError("the server closed a connection under load") }
        connection.received += count
        let bytes = UnsafeRawBufferPointer(rebasing: connection.buffer[..<connection.received])
        guard let reply = try ReplyScanner(bytes), reply.totalBytes <= bytes.count else { return false }
        guard reply.status == 200, reply.totalBytes == bytes.count else {
            throw BenchmarkError("unexpected reply under load: \(String(decoding: bytes, as: UTF8.self))")
        }
        connection.received = 0
        return true
    }
}
