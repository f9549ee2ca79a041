// A bounded queue into which any thread pushes without waiting and from which worker threads take, waiting.
import CLinux
import Glibc

/// A bounded first-in first-out queue between threads.
///
/// A full queue refuses at once: the caller answers "overloaded" instead of waiting. Consumers sleep on a condition
/// and are woken only when one of them sleeps, so a push onto a busy queue costs no system call.
///
/// `@unchecked Sendable`: everything mutable is touched only while `mutex` is held.
public final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
    /// What a take with a time limit found.
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

    private let mutex = PosixMutex()
    // Must not move, hence the allocation.
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var elements: ContiguousArray<Element?> = []
    private var head = 0
    private var sleepers = 0
    private var closed = false

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
    public func push(_ element: Element) -> Bool {
        mutex.lock()
        guard !closed, elements.count - head < capacity else {
            mutex.unlock()
            return false
        }
        // Instead of growing, slide over what has been taken, once that is at least half.
        if elements.count == elements.capacity, head > 0, head >= elements.count / 2 {
            elements.removeFirst(head)
            head = 0
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
    public func take() -> Element? {
        takeAll(max: 1).first
    }

    /// Waits until there is at least one element and takes up to `limit`, in order.
    ///
    /// Empty when the queue is closed and everything pushed before has been taken.
    public func takeAll(max limit: Int) -> [Element] {
        mutex.lock()
        defer { mutex.unlock() }
        while head == elements.count, !closed { sleep(until: nil) }
        return takeWaiting(limit)
    }

    /// Waits at most that long for at least one element and takes up to `limit`, in order.
    public func takeAll(max limit: Int, within duration: Duration) -> Batch {
        let deadline = SystemTime().monotonicNanoseconds().addingReportingOverflow(duration.wholeNanoseconds)
        mutex.lock()
        defer { mutex.unlock() }
        while head == elements.count, !closed {
            let isOver = !sleep(until: deadline.overflow ? nil : deadline.partialValue)
            if isOver, head == elements.count, !closed { return .timedOut }
        }
        let taken = takeWaiting(limit)
        return taken.isEmpty ? .closed : .elements(taken)
    }

    /// Refuses further elements and wakes all consumers; what waits can still be taken.
    ///
    /// May be called again.
    public func close() {
        mutex.lock()
        closed = true
        mutex.unlock()
        pthread_cond_broadcast(arrival)
    }

    /// How many elements wait, at this moment.
    public var count: Int {
        mutex.lock()
        defer { mutex.unlock() }
        return elements.count - head
    }

    /// Whether `close` has been called.
    public var isClosed: Bool {
        mutex.lock()
        defer { mutex.unlock() }
        return closed
    }

    /// Gives up the lock until something arrives; false when the deadline (monotonic nanoseconds) has passed.
    @discardableResult
    private func sleep(until deadline: UInt64?) -> Bool {
        sleepers += 1
        defer { sleepers -= 1 }
        guard let deadline else {
            pthread_cond_wait(arrival, mutex.handle)
            return true
        }
        var time = timespec(
            tv_sec: Int(clamping: deadline / 1_000_000_000),
            tv_nsec: Int(deadline % 1_000_000_000)
        )
        return pthread_cond_timedwait(arrival, mutex.handle, &time) != ETIMEDOUT
    }

    private func takeWaiting(_ limit: Int) -> [Element] {
        precondition(limit > 0, "At least one element is asked for.")
        let count = min(limit, elements.count - head)
        guard count > 0 else { return [] }
        var taken: [Element] = []
        taken.reserveCapacity(count)
        for index in head..<head + count {
            // Cleared, so that what was taken doesn't live on in the queue.
            if let element = elements[index] { taken.append(element) }
            elements[index] = nil
        }
        head += count
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        }
        return taken
    }
}
