// The bounded queue into a thread of Storage: any thread submits, its threads take.

/// A bounded first-in, first-out queue between threads.
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
        var isClosed = false
    }

    private let capacity: Int
    private let state = Guarded(State())

    init(capacity: Int) { self.capacity = capacity }

    /// Jobs that wait.
    var depth: Int { state.withLock { $0.jobs.count } }

    /// Adds a job, never waiting.
    ///
    /// - Returns: false when the queue is full or closed; the job is dropped.
    func submit(_ job: Job) -> Bool {
        state.change { state in
            guard !state.isClosed, state.jobs.count < capacity else { return false }
            state.jobs.append(job)
            return true
        }
    }

    /// Takes up to `maximum` jobs, waiting for the first one.
    ///
    /// - Parameter milliseconds: how long to wait; -1 is for ever.
    func take(_ maximum: Int, waitingAtMost milliseconds: Int32) -> Taken {
        let taken = state.wait(atMost: milliseconds) { state -> Taken? in
            if state.jobs.isEmpty { return state.isClosed ? .closed : nil }
            guard state.jobs.count > maximum else {
                defer { state.jobs = [] }
                return .jobs(state.jobs)
            }
            defer { state.jobs.removeFirst(maximum) }
            return .jobs(Array(state.jobs.prefix(maximum)))
        }
        return taken ?? .nothing
    }

    /// Refuses further jobs; takers get what is there and then `.closed`.
    func close() { state.change(wakingAll: true) { $0.isClosed = true } }
}
