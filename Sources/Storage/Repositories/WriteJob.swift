// One queued transaction with its caller's types erased, and what it leaves behind until the commit.

import Domain

/// A queued transaction: it is run once or, where another job of its batch failed, twice, or refused unrun.
struct WriteJob: Sendable {
    /// How long it may wait for others to share its commit.
    let patience: Duration
    /// Runs the work in the session's open transaction.
    let perform: @Sendable (WriteSession) -> PerformedJob
    /// Answers without running.
    let refuse: @Sendable (Failure) -> Void

    init<T: Sendable>(
        patience: Duration = .zero,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void,
        work: @escaping @Sendable (WriteSession) throws(Failure) -> T
    ) {
        self.patience = patience
        refuse = { completion(.failure($0)) }
        perform = { session in
            let result = Result { () throws(Failure) in try work(session) }
            // A failure of SQLite inside the job decides, even where the work swallowed it.
            let poison = session.connection.poison
            return PerformedJob(
                result: poison.map { .failure($0) } ?? result,
                hasFailedInStorage: poison != nil,
                completion
            )
        }
    }
}

/// A job that ran, its answer held back.
struct PerformedJob {
    /// Whether what it wrote has to go.
    let hasFailed: Bool
    /// Whether SQLite refused one of its statements.
    let hasFailedInStorage: Bool
    /// Gives the answer, or the failure in its place.
    ///
    /// Called once.
    let release: (Failure?) -> Void

    init<T>(
        result: Result<T, Failure>,
        hasFailedInStorage: Bool,
        _ completion: @escaping (Result<T, Failure>) -> Void
    ) {
        self.hasFailedInStorage = hasFailedInStorage
        if case .failure = result { hasFailed = true } else { hasFailed = false }
        release = { failure in completion(failure.map { .failure($0) } ?? result) }
    }
}

/// The writer's connection while a batch runs, with the events its jobs have announced.
final class WriteSession {
    let connection: Connection
    private(set) var events: [CommittedEvent] = []
    /// Messages whose texts have to be in the index before the commit, in the order they were written.
    private var unindexed: [UnindexedMessage] = []
    /// The same, to ask whether one is among them.
    private var unindexedSet: Set<UnindexedMessage> = []
    /// The texts that the current job has brought into the index early: when it fails, its savepoint takes that back.
    private var indexedEarly: [UnindexedMessage] = []

    init(_ connection: Connection) { self.connection = connection }

    func announce(_ event: CommittedEvent) { events.append(event) }

    /// How much the jobs so far have left behind.
    struct Mark {
        let events: Int
        let unindexed: Int
    }

    /// To be taken before each job.
    func mark() -> Mark {
        indexedEarly = []
        return Mark(events: events.count, unindexed: unindexed.count)
    }

    /// Drops what a failed job left behind.
    func forget(after mark: Mark) {
        events.removeSubrange(mark.events...)
        guard unindexed.count > mark.unindexed || !indexedEarly.isEmpty else { return }
        unindexed = Array((indexedEarly + unindexed).prefix(mark.unindexed))
        unindexedSet = Set(unindexed)
    }

    /// Notes that a message's text has to be in the index before the commit.
    func index(_ id: MessageID, of application: ApplicationID) {
        let message = UnindexedMessage(application: application, id: id)
        if unindexedSet.insert(message).inserted { unindexed.append(message) }
    }

    /// Whether a message's text isn't in the index yet.
    func isUnindexed(_ id: MessageID, of application: ApplicationID) -> Bool {
        unindexedSet.contains(UnindexedMessage(application: application, id: id))
    }

    /// The messages whose texts belong into the index, each once.
    func takeUnindexed() -> [UnindexedMessage] {
        defer {
            indexedEarly += unindexed
            unindexed = []
            unindexedSet = []
        }
        return unindexed
    }
}
