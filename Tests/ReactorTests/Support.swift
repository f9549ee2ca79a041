// The parts that the reactor's tests share: a clock moved by hand, socket pairs and handlers that write down
// what they hear.
import CLinux
import Glibc
import Reactor
import Synchronization
import Testing
import Threads

/// A clock that stands still until it is moved.
final class HandMovedTime: TimeSource {
    private let nanoseconds = Atomic<UInt64>(1_000_000_000)
    private let milliseconds = Atomic<Int64>(1_700_000_000_000)

    func monotonicNanoseconds() -> UInt64 { nanoseconds.load(ordering: .relaxed) }
    func wallMilliseconds() -> Int64 { milliseconds.load(ordering: .relaxed) }

    func advance(milliseconds count: Int) {
        nanoseconds.add(UInt64(count) * 1_000_000, ordering: .relaxed)
        milliseconds.add(Int64(count), ordering: .relaxed)
    }
}

/// A list that may be appended to from every thread.
final class Log<Element: Sendable>: Sendable {
    private let list = Guarded<[Element]>([])

    func append(_ element: Element) { list.withLock { $0.append(element) } }
    var entries: [Element] { list.withLock { $0 } }
}

/// A gate that one thread opens and others wait at.
final class Gate: Sendable {
    private let queue = BlockingQueue<Bool>(capacity: 1)

    func open() { queue.close() }
    func wait() { _ = queue.take() }
}

/// A handler that runs a closure.
final class ClosureHandler: EventHandler {
    let closure: (ReadyEvents) -> Void

    init(_ closure: @escaping (ReadyEvents) -> Void) { self.closure = closure }
    func ready(_ events: ReadyEvents) { closure(events) }
}

/// The far end of a connection: an ordinary descriptor with plain calls, closed with the object.
final class Peer {
    private var descriptor: Descriptor?
    var number: Int32 { descriptor?.number ?? -1 }

    init(_ number: Int32) { descriptor = Descriptor(owning: number) }

    func send(_ bytes: [UInt8]) {
        #expect(write(number, bytes, bytes.count) == bytes.count)
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// One read of at most `limit` bytes; nil when there is nothing, empty at the end.
    func receive(_ limit: Int = 65536) -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: limit)
        let count = recv(number, &room, limit, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : Array(room.prefix(count))
    }

    func receiveText() -> String? { receive().map { String(decoding: $0, as: UTF8.self) } }

    func finishSending() { shutdown(number, Int32(SHUT_WR)) }
    func close() { descriptor = nil }

    /// Closes with a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }
}

/// Two connected non-blocking Unix stream sockets: ours and the peer's.
func socketPair() throws -> (Int32, Peer) {
    var numbers: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &numbers) == 0)
    return (numbers[0], Peer(numbers[1]))
}

/// A stream and its peer.
func streamPair(_ loop: EventLoop, highWaterBytes: Int = 256 << 10) throws -> (ByteStream, Peer) {
    let (number, peer) = try socketPair()
    return (ByteStream(Descriptor(owning: number), loop: loop, highWaterBytes: highWaterBytes), peer)
}

/// A client connected to 127.0.0.1 (or ::1).
func connectedClient(port: UInt16, ipv6: Bool = false) throws -> Peer {
    let number = socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    try #require(number >= 0)
    let client = Peer(number)
    let code: Int32
    if ipv6 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        inet_pton(AF_INET6, "::1", &address.sin6_addr)
        code = withUnsafeBytes(of: &address) {
            connect(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
    } else {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        code = withUnsafeBytes(of: &address) {
            connect(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
    }
    guard code == 0 else { throw SystemError(code: errno, call: "connect") }
    return client
}

/// The stream's input as text.
func inputText(_ stream: ByteStream) -> String {
    stream.withUnsafeInput { String(decoding: $0, as: UTF8.self) }
}

extension EventLoop {
    /// Ends a loop that was driven by hand, so that it lets go of what it holds.
    func end() {
        stop()
        run()
    }
}
