// The only way into a loop from other threads: a locked list of work and an eventfd that ends the loop's sleep.
import CLinux
import Glibc

/// One piece of work.
///
/// A struct, because a bare closure in an array costs a second allocation (reabstraction).
struct Work: Sendable {
    let run: @Sendable () -> Void
}

/// Work posted to one loop.
///
/// The eventfd is written to only when the loop sleeps, so a burst of posts costs one system call, and posting
/// from the loop itself costs none. It is watched edge-triggered and therefore never read.
///
/// `@unchecked Sendable`: everything mutable is touched only while `mutex` is held.
final class Mailbox: @unchecked Sendable {
    private let event: Descriptor
    private let mutex = PosixMutex()
    private var work: ContiguousArray<Work> = []
    private var isAsleep = false
    private var isClosed = false
    private var stopRequested = false
    private var wakeCount = 0

    init() throws(SystemError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard number >= 0 else { throw SystemError.last("eventfd") }
        event = Descriptor(owning: number)
    }

    /// The descriptor to watch for edges.
    var eventDescriptor: Int32 { event.number }

    /// How often the eventfd was written to.
    var wakes: Int {
        mutex.lock()
        defer { mutex.unlock() }
        return wakeCount
    }

    /// Adds work; false when the mailbox is closed, and then the work never runs.
    func post(_ item: Work) -> Bool {
        mutex.lock()
        guard !isClosed else {
            mutex.unlock()
            return false
        }
        work.append(item)
        unlockAndWake()
        return true
    }

    /// Asks the loop to end.
    func requestStop() {
        mutex.lock()
        stopRequested = true
        unlockAndWake()
    }

    /// The loop is about to sleep: true when nothing is waiting, and then the next post wakes it.
    func prepareToSleep() -> Bool {
        mutex.lock()
        defer { mutex.unlock() }
        isAsleep = work.isEmpty && !stopRequested
        return isAsleep
    }

    /// The loop is awake and will look at the mailbox before it sleeps again: posts need not wake it.
    func wokeUp() {
        mutex.lock()
        isAsleep = false
        mutex.unlock()
    }

    /// Swaps the waiting work for an empty list; true when the loop has been asked to end.
    func take(into list: inout ContiguousArray<Work>) -> Bool {
        mutex.lock()
        defer { mutex.unlock() }
        swap(&work, &list)
        return stopRequested
    }

    /// Takes the last work and refuses all that comes later.
    func close() -> ContiguousArray<Work> {
        mutex.lock()
        defer { mutex.unlock() }
        isClosed = true
        let rest = work
        work = []
        return rest
    }

    private func unlockAndWake() {
        let mustWake = isAsleep
        isAsleep = false
        if mustWake { wakeCount += 1 }
        mutex.unlock()
        guard mustWake else { return }
        var one: UInt64 = 1
        // Can only fail when the counter is about to overflow, after 2^64 - 2 wakes.
        _ = write(event.number, &one, MemoryLayout<UInt64>.size)
    }
}
