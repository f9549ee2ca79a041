// A bounded queue into which any thread pushes without waiting and from which worker threads take, waiting.

public import Glibc

/// A bounded first-in first-out queue between threads.
///
/// A full queue refuses at once: the caller answers "overloaded" instead of waiting. Consumers sleep on a condition
/// and are woken only when one of them sleeps, so a push onto a busy queue costs no system call.
///
/// Elements behind a take move up, as in any array: meant for queues that are nearly empty, or are emptied in
/// batches. Inlinable, since a queue specialised for its elements takes a quarter of the time.
///
/// `@unchecked Sendable`: everything mutable is touched only while `mutex` is held.
public final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
    /// The result of a take with a time limit.
    public enum Batch: Sendable {
        /// At least one element, in order.
        case elements([Element])
        /// Nothing came in time.
        case timedOut
        /// The queue is closed and empty: nothing will ever come.
        case closed
    }

    /// How many elements may wait.
    public let capacity: Int

    @usableFromInline let mutex = PosixMutex()
    // Must not move, hence the allocation.
    @usableFromInline let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    @usableFromInline var elements: [Element] = []
    @usableFromInline var sleepers = 0
    @usableFromInline var closed = false

    /// An empty queue.
    public init(capacity: Int) {
        precondition(capacity > 0, "A queue holds at least one element.")
        self.capacity = capacity
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(arrival, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(arrival)
        arrival.deallocate()
    }

    /// Adds an element, never waiting; false when the queue is full or closed.
    @inlinable
    public func push(_ element: Element) -> Bool {
        mutex.lock()
        guard !closed, elements.count < capacity else {
            mutex.unlock()
            return false
        }
        elements.append(element)
        let mustWake = sleepers > 0
        mutex.unlock()
        if mustWake { pthread_cond_signal(arrival) }
        return true
    }

    /// Waits for an element.
    ///
    /// Nil when the queue is closed and empty.
    @inlinable
    public func take() -> Element? {
        mutex.lock()
        defer { mutex.unlock() }
        while elements.isEmpty {
            if closed { return nil }
            sleep(until: nil)
        }
        return elements.removeFirst()
    }

    /// Waits until there is at least one element and takes up to `limit`, in order.
    ///
    /// Empty when the queue is closed and everything pushed before has been taken.
    @inlinable
    public func takeAll(max limit: Int) -> [Element] {
        if case .elements(let taken) = takeAll(max: limit, within: nil) { taken } else { [] }
    }

    /// Waits at most that long for at least one element and takes up to `limit`, in order.
    ///
    /// - Parameter duration: nil is for ever, zero or less doesn't wait.
    @inlinable
    public func takeAll(max limit: Int, within duration: Duration?) -> Batch {
        precondition(limit > 0, "At least one element is asked for.")
        let deadline = duration.map(Self.deadline)
        mutex.lock()
        defer { mutex.unlock() }
        while elements.isEmpty {
            if closed { return .closed }
            let isOver = !sleep(until: deadline)
            if isOver, elements.isEmpty, !closed { return .timedOut }
        }
        guard elements.count > limit else {
            // Handed over as it is, nothing copied.
            defer { elements = [] }
            return .elements(elements)
        }
        defer { elements.removeFirst(limit) }
        return .elements(Array(elements.prefix(limit)))
    }

    /// Refuses further elements and wakes all consumers; what waits can still be taken, unless it is discarded.
    ///
    /// May be called again.
    public func close(discarding: Bool = false) {
        mutex.lock()
        closed = true
        let discarded = discarding ? elements : []
        if discarding { elements = [] }
        mutex.unlock()
        pthread_cond_broadcast(arrival)
        // Released here, behind the lock: an element's end may run code that asks the queue.
        _ = consume discarded
    }

    /// How many elements wait, at this moment.
    public var count: Int {
        mutex.lock()
        defer { mutex.unlock() }
        return elements.count
    }

    /// Whether `close` has been called.
    public var isClosed: Bool {
        mutex.lock()
        defer { mutex.unlock() }
        return closed
    }

    /// Gives up the lock until something arrives; false when the deadline of the monotonic clock has passed.
    @discardableResult
    @usableFromInline
    func sleep(until deadline: timespec?) -> Bool {
        sleepers += 1
        defer { sleepers -= 1 }
        guard var deadline else {
            pthread_cond_wait(arrival, mutex.handle)
            return true
        }
        return pthread_cond_timedwait(arrival, mutex.handle, &deadline) != ETIMEDOUT
    }

    /// The point of the monotonic clock that lies so far ahead, at most a century.
    @usableFromInline
    static func deadline(after duration: Duration) -> timespec {
        let (seconds, attoseconds) = min(max(duration, .zero), .seconds(100 * 366 * 86400)).components
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
        time.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        return time
    }
}
