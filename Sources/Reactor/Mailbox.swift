// The only way into a loop from other threads: a locked list of work and an eventfd that ends the loop's sleep.
import CLinux
import Glibc
import Threads

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
final class Mailbox: Sendable {
    private struct State {
        var work: ContiguousArray<Work> = []
        var isAsleep = false
        var isClosed = false
        var stopRequested = false
        var wakes = 0

        /// Whether the loop sleeps and has to be woken: true once for each sleep.
        mutating func takeWake() -> Bool {
            guard isAsleep else { return false }
            isAsleep = false
            wakes += 1
            return true
        }
    }

    private let event: Descriptor
    private let state = Guarded(State())

    init() throws(SystemError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard number >= 0 else { throw SystemError.last("eventfd") }
        event = Descriptor(owning: number)
    }

    /// The descriptor to watch for edges.
    var eventDescriptor: Int32 { event.number }

    /// How often the eventfd was written to.
    var wakes: Int { state.withLock { $0.wakes } }

    /// Adds work; false when the mailbox is closed, and then the work never runs.
    func post(_ item: Work) -> Bool {
        let mustWake: Bool? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.work.append(item)
            return state.takeWake()
        }
        if mustWake == true { wake() }
        return mustWake != nil
    }

    /// Asks the loop to end.
    func requestStop() {
        let mustWake = state.withLock { state in
            state.stopRequested = true
            return state.takeWake()
        }
        if mustWake { wake() }
    }

    /// The loop is about to sleep: true when nothing is waiting, and then the next post wakes it.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.work.isEmpty && !state.stopRequested
            return state.isAsleep
        }
    }

    /// The loop is awake and will look at the mailbox before it sleeps again: posts need not wake it.
    func wokeUp() {
        state.withLock { $0.isAsleep = false }
    }

    /// Swaps the waiting work for an empty list; true when the loop has been asked to end.
    func take(into list: inout ContiguousArray<Work>) -> Bool {
        state.withLock { state in
            swap(&state.work, &list)
            return state.stopRequested
        }
    }

    /// Takes the last work and refuses all that comes later.
    func close() -> ContiguousArray<Work> {
        state.withLock { state in
            state.isClosed = true
            defer { state.work = [] }
            return state.work
        }
    }

    /// Ends the loop's sleep.
    ///
    /// Outside the lock: whoever is woken wants it next.
    private func wake() {
        var one: UInt64 = 1
        // Can only fail when the counter is about to overflow, after 2^64 - 2 wakes.
        _ = write(event.number, &one, MemoryLayout<UInt64>.size)
    }
}
