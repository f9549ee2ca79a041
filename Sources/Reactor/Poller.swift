// epoll and nothing else: which descriptors are watched for what, and what became ready.
import CLinux
import Glibc

/// The readiness that a handler asks for.
///
/// Hang-ups and errors are always reported.
public struct Interest: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// A set of these bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Bytes, a new connection or the end of the stream can be read.
    public static let readable = Interest(rawValue: 1)
    /// Bytes can be written.
    public static let writable = Interest(rawValue: 2)
}

/// The readiness that epoll reported.
///
/// `hangup` (both directions are shut) and `error` are reported whatever the interest is, again and again until the
/// descriptor is deregistered: a handler answers them by closing.
public struct ReadyEvents: OptionSet, Sendable {
    /// The bits, those of `epoll_event.events`.
    public let rawValue: UInt32

    /// A set of these bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, a new connection or the end of the stream can be read.
    public static let readable = ReadyEvents(rawValue: 0x1)
    /// Bytes can be written.
    public static let writable = ReadyEvents(rawValue: 0x4)
    /// The descriptor is in error, for example because the peer reset the connection.
    public static let error = ReadyEvents(rawValue: 0x8)
    /// Both directions are shut.
    public static let hangup = ReadyEvents(rawValue: 0x10)
}

/// One epoll instance and the space its answers arrive in.
///
/// Level-triggered: an event comes again as long as it holds. `Reactor.md` says why.
struct Poller: ~Copyable {
    private static let batch = 256

    private let epoll: Descriptor
    private let events: UnsafeMutablePointer<epoll_event>

    init() throws(SystemError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw SystemError.last("epoll_create1") }
        epoll = Descriptor(owning: number)
        events = .allocate(capacity: Poller.batch)
    }

    deinit {
        events.deallocate()
    }

    /// Watches a descriptor; `key` comes back with each of its events.
    func add(_ descriptor: Int32, _ interest: Interest, key: UInt64) throws(SystemError) {
        guard control(EPOLL_CTL_ADD, descriptor, Poller.bits(interest), key) else {
            throw SystemError.last("epoll_ctl")
        }
    }

    /// Watches a descriptor for edges of readability: an eventfd that is never read, only written to again.
    func addEdge(_ descriptor: Int32, key: UInt64) throws(SystemError) {
        guard control(EPOLL_CTL_ADD, descriptor, EPOLLIN.rawValue | EPOLLET.rawValue, key) else {
            throw SystemError.last("epoll_ctl")
        }
    }

    /// Changes what a watched descriptor is watched for.
    func change(_ descriptor: Int32, _ interest: Interest, key: UInt64) {
        let done = control(EPOLL_CTL_MOD, descriptor, Poller.bits(interest), key)
        precondition(done, "A registered descriptor was closed before it was deregistered.")
    }

    /// Stops watching.
    func remove(_ descriptor: Int32) {
        _ = control(EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Waits for events and returns how many there are; 0 after the time-out or a signal.
    func wait(milliseconds: Int32) -> Int {
        let count = epoll_wait(epoll.number, events, Int32(Poller.batch), milliseconds)
        if count >= 0 { return Int(count) }
        precondition(errno == EINTR, "epoll_wait can only be interrupted.")
        return 0
    }

    /// The event with this index of the last wait.
    func event(_ index: Int) -> (key: UInt64, events: ReadyEvents) {
        (events[index].data.u64, ReadyEvents(rawValue: events[index].events))
    }

    private static func bits(_ interest: Interest) -> UInt32 {
        (interest.contains(.readable) ? EPOLLIN.rawValue : 0)
            | (interest.contains(.writable) ? EPOLLOUT.rawValue : 0)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ bits: UInt32, _ key: UInt64) -> Bool {
        var event = epoll_event()
        event.events = bits
        event.data.u64 = key
        return epoll_ctl(epoll.number, operation, descriptor, &event) == 0
    }
}
