// One thread's loop: wait for events, handle them, run due timers and posted work, flush, sleep again.
import CLinux
import Glibc
import Synchronization
import Threads

/// Told what became ready, on the loop's thread.
public protocol EventHandler: AnyObject {
    /// The descriptor this handler was registered with is ready.
    func ready(_ events: ReadyEvents)
}

/// One event loop, owned by one thread.
///
/// A turn is always: events, due timers, posted work, before-sleep hooks, flushes. So whatever a turn has decided
/// to answer is written before the loop sleeps, and durable work announced in a hook comes before its replies.
///
/// Handlers, timers, hooks and streams may only be touched on the loop's thread; before `run` they may be set up
/// by any one thread. `post`, `stop`, `start`, `join` and `isCurrent` may be called from everywhere.
///
/// `@unchecked Sendable`: the mailbox, the phase and the thread handle guard themselves; everything else is
/// confined to the loop's thread, and every entry point checks that (`preconditionConfined`).
public final class EventLoop: @unchecked Sendable {
    enum Phase {
        static let unstarted = 0
        static let running = 1
        static let finished = 2
    }

    /// The name, also the thread's when `start` makes one.
    public let name: String
    private let mailbox: Mailbox
    private let phase = Atomic(Phase.unstarted)
    private let thread = Guarded<NamedThread?>(nil)

    // Confined to the loop's thread from here on.
    private let time: any TimeSource
    let poller: Poller
    var handlers = HandlerTable()
    var deadlines = Deadlines<TimerAction>()
    var hooks: ContiguousArray<TimerAction> = []
    private var batch: ContiguousArray<Work> = []
    var unflushed: ContiguousArray<ByteStream> = []
    private var flushing: ContiguousArray<ByteStream> = []
    private var isStopping = false
    /// Bytes of output that the peers of the loop's streams haven't taken.
    public internal(set) var unsentBytes = 0
    private var unsentMaximum = Int.max
    private var unsentExceeded: TimerAction?
    /// The loop's one buffer to read into; its pages are first touched by a read.
    let scratch = ReadScratch()

    /// The monotonic time, read once after each wake.
    public private(set) var now: MonotonicInstant
    /// UTC milliseconds since 1970, read once after each wake.
    public private(set) var wallMilliseconds: Int64

    /// A loop that isn't running yet.
    ///
    /// - Parameters:
    ///   - name: shown by tools, cut to 15 bytes.
    ///   - time: where the loop reads the time.
    public init(name: String, time: any TimeSource = SystemTime()) throws(SystemError) {
        self.name = name
        self.time = time
        now = MonotonicInstant(nanoseconds: time.monotonicNanoseconds())
        wallMilliseconds = time.wallMilliseconds()
        mailbox = try Mailbox()
        poller = try Poller()
        try poller.addEdge(mailbox.eventDescriptor, key: HandlerTable.mailboxKey)
    }

    // MARK: Any thread

    /// Runs `work` on the loop's thread, after everything posted before it and before the loop sleeps next.
    ///
    /// True means that it will run, also when the loop is being stopped. False means that the loop has finished
    /// and `work` was dropped. One system call when the loop sleeps, none otherwise; about 40 ns.
    @discardableResult
    public func post(_ work: @escaping @Sendable () -> Void) -> Bool {
        mailbox.post(Work(run: work))
    }

    /// Runs `work` with a descriptor that changes hands; when the loop has finished, it is closed (and false returned).
    @discardableResult
    public func post(
        _ descriptor: consuming Descriptor,
        _ work: @escaping @Sendable (consuming Descriptor) -> Void
    ) -> Bool {
        let carrier = DescriptorCarrier(descriptor)
        return post {
            guard let descriptor = carrier.take() else { return }
            work(descriptor)
        }
    }

    /// Asks the loop to end after its current turn.
    ///
    /// Work posted before this call still runs.
    public func stop() {
        mailbox.requestStop()
    }

    /// Runs the loop on a thread of its own.
    public func start() throws(SystemError) {
        beginRunning()
        let thread: NamedThread
        do throws(ThreadRefusal) {
            thread = try NamedThread.start(name: name) { self.turnUntilStopped() }
        } catch {
            phase.store(Phase.unstarted, ordering: .releasing)
            throw SystemError(code: error.code, call: "pthread_create")
        }
        self.thread.withLock { $0 = thread }
    }

    /// Waits for the end of the thread that `start` made.
    public func join() {
        let thread = self.thread.withLock { $0 }
        thread?.join()
    }

    /// Whether the caller is on this loop's thread, now.
    ///
    /// A few nanoseconds.
    public var isCurrent: Bool {
        CurrentLoop.pointer == UnsafeMutableRawPointer(Unmanaged.passUnretained(self).toOpaque())
    }

    /// Traps when called from another thread than the loop's while the loop is running.
    public func preconditionConfined() {
        if isCurrent { return }
        precondition(
            phase.load(ordering: .acquiring) != Phase.running,
            "This may only be called on the event loop's own thread; post it there."
        )
    }

    // MARK: Running

    /// Runs the loop on the calling thread until `stop`.
    ///
    /// At the end the mailbox is closed, what it held is run, hooks and flushes run once more, and then all handlers
    /// and timers are let go, still on this thread.
    public func run() {
        beginRunning()
        turnUntilStopped()
    }

    private func beginRunning() {
        let (begun, _) = phase.compareExchange(
            expected: Phase.unstarted,
            desired: Phase.running,
            ordering: .acquiringAndReleasing
        )
        precondition(begun, "An event loop runs once.")
    }

    private func turnUntilStopped() {
        let outer = CurrentLoop.adopt(self)
        while !isStopping { takeTurn(waiting: true) }
        finish()
        phase.store(Phase.finished, ordering: .releasing)
        CurrentLoop.restore(outer)
    }

    /// One turn on the calling thread, for tests that drive a loop by hand.
    package func turn(waiting: Bool) {
        precondition(phase.load(ordering: .acquiring) == Phase.unstarted, "The loop has a thread already.")
        let outer = CurrentLoop.adopt(self)
        takeTurn(waiting: waiting)
        CurrentLoop.restore(outer)
    }

    /// How often a post from elsewhere ended the loop's sleep.
    package var wakes: Int { mailbox.wakes }

    private func takeTurn(waiting: Bool) {
        let limit = waiting ? sleepLimit() : 0
        let count = poller.wait(milliseconds: limit)
        if limit != 0 { mailbox.wokeUp() }
        now = MonotonicInstant(nanoseconds: time.monotonicNanoseconds())
        wallMilliseconds = time.wallMilliseconds()
        for index in 0..<count {
            let (key, events) = poller.event(index)
            if let handler = handlers.handler(for: key) { handler.ready(events) }
            checkUnsent()
        }
        fireTimers()
        runPosted()
        beforeSleep()
    }

    /// How long the next wait may last, rounded up to milliseconds so that a timer isn't asked for too early.
    private func sleepLimit() -> Int32 {
        var limit: Int32 = -1
        if let wake = deadlines.nextWake {
            let left = wake.nanoseconds(since: MonotonicInstant(nanoseconds: time.monotonicNanoseconds()))
            if left == 0 { return 0 }
            limit = Int32(clamping: left / 1_000_000 + (left % 1_000_000 == 0 ? 0 : 1))
        }
        return mailbox.prepareToSleep() ? limit : 0
    }

    private func fireTimers() {
        // Bounded by what was pending, so that a timer that arms itself for now can't hold the turn.
        var budget = deadlines.count
        while budget > 0, let action = deadlines.popDue(now: now) {
            budget -= 1
            action.run()
        }
    }

    private func runPosted() {
        isStopping = mailbox.take(into: &batch)
        guard !batch.isEmpty else { return }
        for work in batch {
            work.run()
            checkUnsent()
        }
        // Kept for the next turn unless a burst has made it large.
        batch.removeAll(keepingCapacity: batch.count <= 1024)
    }

    private func beforeSleep() {
        for hook in hooks { hook.run() }
        while !unflushed.isEmpty {
            swap(&unflushed, &flushing)
            for stream in flushing { stream.flushQueued() }
            flushing.removeAll(keepingCapacity: true)
        }
        checkUnsent()
    }

    /// Has `action` called whenever an event or posted work has left more output unsent than so many bytes: it is to
    /// close streams.
    ///
    /// Not only at the end of a turn, in which hundreds of streams may have been written to.
    public func whenUnsent(exceeds bytes: Int, _ action: @escaping () -> Void) {
        preconditionConfined()
        (unsentMaximum, unsentExceeded) = (bytes, TimerAction(run: action))
    }

    private func checkUnsent() {
        if unsentBytes > unsentMaximum { unsentExceeded?.run() }
    }

    private func finish() {
        for work in mailbox.close() { work.run() }
        beforeSleep()
        // Moved out first: what ends here may still call deregister or cancel.
        let handlers = self.handlers.removeAll()
        let timers = deadlines
        deadlines = Deadlines()
        let hooks = self.hooks
        self.hooks = []
        withExtendedLifetime((handlers, timers, hooks)) {}
    }
}
