// Accepts connections on one loop and hands each of them on, also when descriptors run out.
import CLinux
import Glibc

/// A listening socket.
///
/// It is bound when it is made, so that a port in use is reported at the start; connections are accepted from
/// `start` on.
public final class Listener: EventHandler {
    /// Receives each accepted connection: a non-blocking, close-on-exec socket (TCP: without Nagle's delay).
    public typealias Accepted = (consuming Descriptor, PeerAddress) -> Void

    /// Connections accepted in one go; then other descriptors of the loop have their turn.
    private static let batch = 64
    /// How long accepting rests when the process or the system has no descriptor left.
    private static let restNanoseconds: UInt64 = 100_000_000

    /// The TCP port, also when 0 was asked for; 0 for a Unix socket.
    public let port: UInt16
    /// Connections closed unserved because no descriptor was left.
    public private(set) var shedCount = 0

    private var descriptor: Descriptor?
    private let path: UnixPath?
    /// Held so that there is one descriptor left to accept and close a connection with, when there is none.
    private var spare: Descriptor?
    private var attachment: (loop: EventLoop, registration: Registration, accepted: Accepted)?
    private var isPaused = false
    private var isResting = false

    private init(_ descriptor: consuming Descriptor, path: UnixPath?) {
        port = ListeningSocket.port(of: descriptor.number)
        self.descriptor = consume descriptor
        self.path = path
        spare = Listener.openSpare()
    }

    /// Listens on TCP.
    ///
    /// - Parameters:
    ///   - host: a numeric IPv4 or IPv6 address, or `localhost` for 127.0.0.1; `::` serves IPv4 as well.
    ///   - port: 0 takes a free one.
    ///   - backlog: connections that may wait to be accepted; the kernel caps it at `net.core.somaxconn`.
    /// - Throws: `EINVAL` from `inet_pton` for a host that is no address, else what socket, bind or listen said.
    public static func tcp(
        host: String,
        port: UInt16,
        backlog: Int32 = 1024
    ) throws(SystemError) -> Listener {
        Listener(try ListeningSocket.tcp(host: host, port: port, backlog: backlog), path: nil)
    }

    /// Listens on a Unix socket that only this user may connect to (mode 0600).
    ///
    /// A socket left at `path` by an earlier run is replaced; the file is removed again by `close`.
    ///
    /// - Throws: `ENAMETOOLONG` beyond 107 bytes, `EADDRINUSE` when `path` is something else than a socket.
    public static func unix(path: String, backlog: Int32 = 1024) throws(SystemError) -> Listener {
        let descriptor = try ListeningSocket.unix(path: path, backlog: backlog)
        return Listener(descriptor, path: UnixPath(path))
    }

    /// Begins to accept on this loop.
    ///
    /// The loop keeps the listener alive until `close`.
    public func start(on loop: EventLoop, _ accepted: @escaping Accepted) throws(SystemError) {
        precondition(attachment == nil, "A listener is started once.")
        guard let number = descriptor?.number else { throw SystemError(code: EBADF, call: "epoll_ctl") }
        let registration = try loop.register(number, self, interest: isPaused ? [] : .readable)
        attachment = (loop, registration, accepted)
    }

    /// Stops accepting until `resume`; new connections wait in the backlog.
    public func pause() {
        isPaused = true
        updateInterest()
    }

    /// Accepts again.
    public func resume() {
        isPaused = false
        updateInterest()
    }

    /// Stops listening for good; connections still waiting in the backlog are reset.
    ///
    /// May be called again.
    public func close() {
        if let attachment { attachment.loop.deregister(attachment.registration) }
        attachment = nil
        if descriptor != nil { path?.removeIfUnchanged() }
        descriptor = nil
        spare = nil
    }

    /// Accepts what is waiting, up to the batch; what is left is announced again.
    public func ready(_ events: ReadyEvents) {
        for _ in 0..<Listener.batch {
            guard !isPaused, !isResting, let attachment, let number = descriptor?.number else { return }
            switch Listener.acceptOne(number) {
            case .connection(let connection, let peer): attachment.accepted(connection, peer)
            case .none: return
            case .aborted: continue
            case .exhausted: shedOne(number)
            }
        }
    }

    private func updateInterest() {
        guard let attachment else { return }
        attachment.loop.update(attachment.registration, interest: isPaused || isResting ? [] : .readable)
    }

    /// Gives the spare descriptor up to close one waiting connection (its client learns at once instead of hanging),
    /// then rests: without that a level-triggered listener would spin until a descriptor is free.
    private func shedOne(_ number: Int32) {
        spare = nil
        if case .connection(let connection, _) = Listener.acceptOne(number) {
            shedCount += 1
            _ = consume connection
        }
        spare = Listener.openSpare()
        isResting = true
        updateInterest()
        guard let loop = attachment?.loop else { return }
        loop.schedule(at: loop.now.advanced(byNanoseconds: Listener.restNanoseconds)) { [weak self] in
            guard let self else { return }
            if spare == nil { spare = Listener.openSpare() }
            isResting = false
            updateInterest()
        }
    }

    private static func openSpare() -> Descriptor? {
        let number = clinux_open("/dev/null", O_RDONLY | O_CLOEXEC, 0)
        return number >= 0 ? Descriptor(owning: number) : nil
    }

    private enum Attempt: ~Copyable {
        case connection(Descriptor, PeerAddress)
        /// Nobody is waiting.
        case none
        /// This one is gone already; the next may be fine.
        case aborted
        /// No descriptor or no memory is left.
        case exhausted
    }

    private static func acceptOne(_ number: Int32) -> Attempt {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let accepted = withUnsafeMutableBytes(of: &storage) {
            accept4(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, &length, flags)
        }
        if accepted >= 0 {
            let peer = withUnsafeBytes(of: &storage) { PeerAddress($0) }
            return .connection(Descriptor(owning: accepted), peer)
        }
        switch errno {
        case EAGAIN: return .none
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
        // accept(2): errors that the new connection already has are reported here; the next one may be fine.
        default: return .aborted
        }
    }
}

/// A socket's path, and which file it was when it was bound.
private struct UnixPath {
    let path: String
    let device: dev_t
    let inode: ino_t

    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    /// Removes the file, unless a newer server has put its own there.
    func removeIfUnchanged() {
        guard let current = UnixPath(path), current.device == device, current.inode == inode else { return }
        unlink(path)
    }
}
