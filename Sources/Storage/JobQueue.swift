// The bounded queue into a thread of Storage: any thread submits, its threads take.

import CLinux
import Glibc
import Synchronization

/// A bounded first-in, first-out queue between threads.
///
/// Sleepers wait on an eventfd and are counted, so that submitting costs a system call only when somebody sleeps.
final class JobQueue<Job: Sendable>: Sendable {
    /// What a taker got.
    enum Taken {
        /// The jobs that waited, oldest first.
        case jobs([Job])
        /// Nothing came in time.
        case nothing
        /// The queue is closed and empty.
        case closed
    }

    private struct State {
        var jobs: [Job] = []
        var sleepers = 0
        var isClosed = false
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let bell: Int32

    init(capacity: Int) throws(DatabaseError) {
        self.capacity = capacity
        // A semaphore, so that each ring wakes one sleeper.
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE))
        guard bell >= 0 else { throw .noThread(reason: DataFolder.lastError()) }
    }

    deinit { Glibc.close(bell) }

    /// Jobs that wait.
    var depth: Int { state.withLock { $0.jobs.count } }

    /// Adds a job.
    ///
    /// - Returns: false when the queue is full or closed; the job is dropped.
    func submit(_ job: Job) -> Bool {
        let (accepted, rings) = state.withLock { state in
            guard !state.isClosed, state.jobs.count < capacity else { return (false, false) }
            state.jobs.append(job)
            guard state.sleepers > 0 else { return (true, false) }
            state.sleepers -= 1
            return (true, true)
        }
        if rings { ring(1) }
        return accepted
    }

    /// Takes up to `maximum` jobs, waiting for the first one.
    ///
    /// - Parameter milliseconds: how long to wait; -1 is for ever.
    func take(_ maximum: Int, waitingAtMost milliseconds: Int32) -> Taken {
        while true {
            if let taken = takeNow(maximum) { return taken }
            var entry = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, milliseconds)
            if ready > 0 {
                // A ring that another sleeper's submission caused is as good: one look at the queue each.
                var count: UInt64 = 0
                _ = read(bell, &count, 8)
            } else {
                state.withLock { $0.sleepers = max(0, $0.sleepers - 1) }
                if ready == 0 { return takeNow(maximum, isLast: true) ?? .nothing }
            }
        }
    }

    /// Refuses further jobs; takers get what is there and then `.closed`.
    func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            defer { state.sleepers = 0 }
            return state.sleepers
        }
        ring(UInt64(sleepers))
    }

    /// What is there; nil, counted as a sleeper unless it `isLast`, where nothing is.
    private func takeNow(_ maximum: Int, isLast: Bool = false) -> Taken? {
        state.withLock { state in
            if state.jobs.isEmpty {
                if state.isClosed { return .closed }
                if !isLast { state.sleepers += 1 }
                return nil
            }
            let jobs: [Job]
            if state.jobs.count <= maximum {
                jobs = state.jobs
                state.jobs = []
            } else {
                jobs = Array(state.jobs.prefix(maximum))
                state.jobs.removeFirst(maximum)
            }
            return .jobs(jobs)
        }
    }

    private func ring(_ times: UInt64) {
        guard times > 0 else { return }
        var count = times
        _ = write(bell, &count, 8)
    }
}
