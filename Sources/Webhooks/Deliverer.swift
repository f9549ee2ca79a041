// The delivery as the rest of the process sees it: one thread, and the ways to reach it.

public import CurlLibrary
public import Domain
public import Threads

/// Delivers events to endpoints, on a thread of its own.
///
/// Any thread may use it; no call waits.
public final class Deliverer: Sendable {
    private let mailbox = DeliveryMailbox()
    private let board = DeliveryBoard()
    private let thread: NamedThread

    /// Starts the thread, which delivers what is left from before.
    public init(_ store: any QueueStore, _ options: DeliveryOptions) throws(ThreadRefusal) {
        let (mailbox, board) = (mailbox, board)
        thread = try NamedThread.start(name: "webhooks") {
            DeliveryLoop(store, options, mailbox, board).run()
        }
    }

    /// Deliveries of an application wait.
    public func deliveriesQueued(in application: ApplicationID) {
        mailbox.post { $0.queued.insert(application) }
    }

    /// Endpoints of an application have changed.
    public func webhooksChanged(in application: ApplicationID) {
        // Until it is known whether one of them asks for who comes and goes, that is reported.
        board.presence.withLock { _ = $0.insert(application) }
        mailbox.post { $0.changed.insert(application) }
    }

    /// Sends a request that isn't queued, and calls the completion on the delivering thread.
    ///
    /// - Returns: false where the thread has ended; then the completion isn't called.
    public func send(
        _ request: OutgoingRequest,
        completion: @escaping @Sendable (IncomingAnswer) -> Void
    ) -> Bool {
        mailbox.post { $0.requests.append((request, completion)) }
    }

    /// Numbers for the metrics page.
    public var statistics: DeliveryStatistics { board.statistics.withLock { $0 } }

    /// Whether an endpoint of the application asks for who comes and goes.
    public func watchesPresence(of application: ApplicationID) -> Bool {
        board.presence.withLock { $0.contains(application) }
    }

    /// Ends the thread; requests that are under way are given up, and made again after the next start.
    public func close() {
        mailbox.post { $0.isClosed = true }
        thread.join()
    }
}

/// The part of the delivering thread that others see.
final class DeliveryBoard: Sendable {
    let statistics = Guarded(DeliveryStatistics())
    let presence = Guarded<Set<ApplicationID>>([])
}

/// The messages of others to the delivering thread.
final class DeliveryMailbox: Sendable {
    struct Mail: Sendable {
        var queued: Set<ApplicationID> = []
        var changed: Set<ApplicationID> = []
        var settled: [Settlement] = []
        var chores: [(application: ApplicationID, result: Result<Bool, Failure>, isSweep: Bool)] = []
        var requests: [(request: OutgoingRequest, completion: @Sendable (IncomingAnswer) -> Void)] = []
        var isClosed = false
    }

    /// The result of writing how attempts have ended.
    struct Settlement: Sendable {
        let application: ApplicationID
        let attempts: [WebhookID: [WebhookAttempt]]
        /// The endpoints that were disabled by them, and why.
        let disabled: [WebhookID: String]
        let failure: Failure?
    }

    private struct State {
        var mail = Mail()
        var hasMail = false
        var isEnded = false
        var waker: CurlWaker?
    }

    private let state = Guarded(State())
    /// Rung where there is no client yet whose wait could be ended.
    private let bell = BlockingQueue<Void>(capacity: 1)

    /// Leaves something; false where nobody reads it any more.
    @discardableResult
    func post(_ change: (inout Mail) -> Void) -> Bool {
        state.withLock { state in
            guard !state.isEnded else { return false }
            change(&state.mail)
            guard !state.hasMail else { return true }
            state.hasMail = true
            if let waker = state.waker { waker.wake() } else { _ = bell.push(()) }
            return true
        }
    }

    /// Takes all that is there.
    func take() -> Mail {
        state.withLock { state in
            defer { (state.mail, state.hasMail) = (Mail(), false) }
            return state.mail
        }
    }

    /// From now on a client's wait is what has to be ended.
    func use(_ waker: CurlWaker) { state.withLock { $0.waker = waker } }

    /// Waits for something to come, or for the time to be over.
    func wait(_ patience: Duration?) { _ = bell.takeAll(max: 1, within: patience) }

    /// Nothing is read any more.
    func end() {
        state.withLock { state in
            state.isEnded = true
            state.waker = nil
        }
    }
}
