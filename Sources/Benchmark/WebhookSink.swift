// A receiver of webhooks on a thread of its own: it reads, notes when, and answers as it is set to.

import CLinux
import Glibc
import Synchronization
import Threads

/// Listens on a free port of 127.0.0.1 and keeps connections open.
///
/// One thread, epoll, two system calls a request: on two cores it takes as little from the server as it can.
final class WebhookSink: Sendable {
    /// The answers of the sink.
    enum Manner: Int {
        /// Nothing; what has come is answered when that changes.
        case silence
        /// 204.
        case acceptance
        /// 200 and `{"allow":true}`, as a question wants it.
        case consent

        var bytes: [UInt8] {
            switch self {
            case .silence: []
            case .acceptance: Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
            case .consent: Array("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"allow\":true}".utf8)
            }
        }
    }

    /// The port.
    let port: UInt16
    private let manner: Atomic<Int>
    private let requests = Atomic<Int>(0)
    private let isClosed = Atomic<Bool>(false)
    private let arrivals = Guarded<[Int: UInt64]>([:])
    private let notesArrivals: Bool

    /// - Parameter notesArrivals: whether it notes when the message of each number came, which costs it time.
    init(_ manner: Manner, notesArrivals: Bool = false) throws {
        self.manner = Atomic(manner.rawValue)
        self.notesArrivals = notesArrivals
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 256) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard listener >= 0, isBound else { throw BenchmarkError.last("a listener") }
        port = UInt16(bigEndian: address.sin_port)
        _ = try NamedThread.start(name: "sink") { [self] in
            var loop = SinkLoop(listener)
            while !isClosed.load(ordering: .acquiring) { loop.turn(reply) { note($0) } }
            loop.close()
        }
    }

    /// Its address, with a path.
    var url: String { "http://127.0.0.1:\(port)/hook" }

    /// How many requests have come.
    var count: Int { requests.load(ordering: .acquiring) }

    /// When the message of each number came, in nanoseconds of `Clock`.
    var times: [Int: UInt64] { arrivals.withLock { $0 } }

    /// Answers otherwise from now on.
    func set(_ manner: Manner) { self.manner.store(manner.rawValue, ordering: .releasing) }

    /// Closes every connection.
    func close() { isClosed.store(true, ordering: .releasing) }

    /// Waits until so many requests have come.
    func wait(for expected: Int, seconds: Double = 120) throws {
        let start = Clock.nanoseconds()
        while count < expected {
            guard Clock.seconds(since: start) < seconds else {
                throw BenchmarkError("\(expected - count) of \(expected) webhooks are missing")
            }
            usleep(1000)
        }
    }

    private var reply: [UInt8] { Manner(rawValue: manner.load(ordering: .acquiring))?.bytes ?? [] }

    private func note(_ request: UnsafeRawBufferPointer) {
        if notesArrivals, let number = Self.number(in: request) {
            let now = Clock.nanoseconds()
            arrivals.withLock { $0[number] = $0[number] ?? now }
        }
        requests.wrappingAdd(1, ordering: .releasing)
    }

    /// The number behind `message `, as the texts of the benchmark have it.
    private static func number(in request: UnsafeRawBufferPointer) -> Int? {
        let text = String(decoding: request, as: UTF8.self)
        guard let mark = text.firstRange(of: "\"message ") else { return nil }
        return Int(text[mark.upperBound...].prefix { $0.isNumber })
    }
}

/// The sink's thread: its sockets, and the requests that wait for an answer.
private struct SinkLoop {
    private let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private let listener: Int32
    private var buffers: [Int32: [UInt8]] = [:]
    private var unanswered: [Int32] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 64)
    private var piece = [UInt8](repeating: 0, count: 1 << 16)

    init(_ listener: Int32) {
        self.listener = listener
        watch(listener)
    }

    private func watch(_ descriptor: Int32) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.fd = descriptor
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
    }

    /// Waits a little, reads what has come, and answers it where there is an answer.
    mutating func turn(_ reply: [UInt8], _ note: (UnsafeRawBufferPointer) -> Void) {
        let ready = epoll_wait(epoll, &events, Int32(events.count), 10)
        for index in 0..<max(0, Int(ready)) {
            let descriptor = events[index].data.fd
            if descriptor == listener { admit() } else { read(descriptor, note) }
        }
        guard !reply.isEmpty else { return }
        for descriptor in unanswered { _ = send(descriptor, reply, reply.count, Int32(MSG_NOSIGNAL)) }
        unanswered.removeAll(keepingCapacity: true)
    }

    private mutating func admit() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            var one: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            buffers[descriptor] = []
            watch(descriptor)
        }
    }

    private mutating func read(_ descriptor: Int32, _ note: (UnsafeRawBufferPointer) -> Void) {
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else {
            buffers[descriptor] = nil
            unanswered.removeAll { $0 == descriptor }
            _ = Glibc.close(descriptor)
            return
        }
        var buffer = buffers[descriptor] ?? []
        buffers[descriptor] = nil
        buffer += piece[..<count]
        while let length = Self.length(of: buffer), buffer.count >= length {
            buffer.withUnsafeBytes { note(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
            unanswered.append(descriptor)
            buffer.removeFirst(length)
        }
        buffers[descriptor] = buffer
    }

    /// The length of the request that the bytes begin with; nil while its head isn't whole.
    private static func length(of bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { all -> Int? in
            guard let end = place(of: "\r\n\r\n", in: all),
                let field = place(of: "Content-Length: ", in: all), field < end
            else { return nil }
            var length = 0
            for byte in all[(field + 16)...] {
                guard (0x30...0x39).contains(byte) else { break }
                length = length * 10 + Int(byte - 0x30)
            }
            return end + 4 + length
        }
    }

    private static func place(of text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        let sought = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes.count >= sought.count else { return nil }
        for place in 0...(bytes.count - sought.count) where bytes[place] == sought[0] {
            if bytes[place..<(place + sought.count)].elementsEqual(sought) { return place }
        }
        return nil
    }

    func close() {
        for descriptor in Array(buffers.keys) + [listener, epoll] { _ = Glibc.close(descriptor) }
    }
}
