// A non-blocking stream socket with its two buffers, confined to one loop.
import CLinux
import Glibc

/// One connected socket: bytes in, bytes out, and notifications to its handler.
///
/// Registered once for reading; epoll is asked for writability only while output is stuck. Reading is one `recv`
/// for each readiness (level-triggered: what is left is announced again), writing one `send` for each flush.
/// Idle it holds no buffer at all.
public final class ByteStream {
    /// The result of one `fill`.
    public enum Fill: Equatable, Sendable {
        /// That many bytes were added to the input.
        case data(Int)
        /// Nothing there now.
        case wouldBlock
        /// The peer will send nothing more.
        ///
        /// It may still read: answers can be written.
        case end
        /// The connection is gone.
        case failed(SystemError)
    }

    /// The result of a flush.
    public enum Flush: Equatable, Sendable {
        /// All output is with the kernel.
        case done
        /// The peer doesn't read fast enough; `.writable` is announced to the handler, which flushes again.
        case pending
        /// The connection is gone.
        case failed(SystemError)
    }

    /// How far our side of the conversation has come.
    enum WriteSide {
        case open
        /// Shut down as soon as the output has been sent.
        case closing
        case closed
    }

    /// The loop that owns the stream.
    public let loop: EventLoop
    /// Output beyond this many bytes sets `isOverHighWater`.
    public let highWaterBytes: Int

    var descriptor: Descriptor?
    let number: Int32
    var registration: Registration?
    private var interest: Interest = []
    var input = GrowableBytes()
    var output = GrowableBytes()
    /// The bytes of the output that the loop's sum counts.
    private var countedOutput = 0
    var isLendingInput = false
    var isFlushQueued = false
    var writeSide = WriteSide.open

    /// Takes over a connected non-blocking socket.
    ///
    /// Nothing is read before `open`.
    public init(_ descriptor: consuming Descriptor, loop: EventLoop, highWaterBytes: Int = 256 << 10) {
        loop.preconditionConfined()
        number = descriptor.number
        self.descriptor = consume descriptor
        self.loop = loop
        self.highWaterBytes = highWaterBytes
    }

    deinit {
        if descriptor != nil { loop.scratch.disown(self) }
        loop.unsentBytes -= countedOutput
    }

    /// Whether `close` has been called.
    public var isClosed: Bool { descriptor == nil }

    /// The socket's number, for logs and socket options; -1 once closed.
    public var descriptorNumber: Int32 { isClosed ? -1 : number }

    /// Starts telling `handler` when bytes can be read.
    ///
    /// The loop keeps the handler alive until `close`.
    public func open(_ handler: any EventHandler) throws(SystemError) {
        precondition(registration == nil && !isClosed, "A stream is opened once.")
        interest = output.isEmpty ? .readable : [.readable, .writable]
        registration = try loop.register(number, handler, interest: interest)
    }

    /// Gives an open stream, with all that waits in it, to another handler.
    ///
    /// The old one hears nothing more.
    public func handOver(to handler: any EventHandler) {
        loop.preconditionConfined()
        guard let registration else { return }
        loop.replaceHandler(of: registration, with: handler)
    }

    /// Whether the handler is notified of input.
    ///
    /// Set it to false to leave the peer's bytes in the kernel (after `.end`, and while a bound is exceeded);
    /// each change costs one `epoll_ctl`.
    public var isReading: Bool {
        get { interest.contains(.readable) }
        set { setInterest(.readable, newValue) }
    }

    /// Closes the socket and lets go of handler and buffers.
    ///
    /// Unsent output is dropped. May be called again.
    public func close() {
        loop.preconditionConfined()
        guard descriptor != nil else { return }
        precondition(!isLendingInput, "A stream can't be closed while its input is lent.")
        if let registration { loop.deregister(registration) }
        registration = nil
        interest = []
        loop.scratch.disown(self)
        input.release()
        output.release()
        countOutput()
        descriptor = nil
    }

    /// To be called after each change of the output.
    func countOutput() {
        loop.unsentBytes += output.count - countedOutput
        countedOutput = output.count
    }

    /// Closes at once with a reset instead of an orderly end: the kernel keeps nothing for the peer.
    public func reset() {
        guard !isClosed else { return }
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Has the kernel ask a peer that is silent whether it is still there; one that has vanished without a word
    /// is announced as `.error`.
    ///
    /// - Parameter seconds: of silence before the first of three questions, which are 10 s apart.
    public func probePeer(afterSeconds seconds: Int64) {
        guard !isClosed else { return }
        let options = [
            (Int32(SOL_SOCKET), SO_KEEPALIVE, 1),
            (Int32(IPPROTO_TCP), TCP_KEEPIDLE, Int32(clamping: max(1, seconds))),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10), (Int32(IPPROTO_TCP), TCP_KEEPCNT, 3),
        ]
        for (level, name, value) in options {
            var value = value
            // Sockets that aren't TCP need none of it: there the kernel knows.
            setsockopt(number, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    func setInterest(_ kind: Interest, _ wanted: Bool) {
        guard interest.contains(kind) != wanted, let registration else { return }
        interest.formSymmetricDifference(kind)
        loop.update(registration, interest: interest)
    }
}
