// One queued transaction with its caller's types erased, and what it leaves behind until the commit.

import Domain

/// A queued transaction: it can be run once, or refused unrun.
struct WriteJob: Sendable {
    /// Runs the work in the session's open transaction.
    let perform: @Sendable (WriteSession) -> PerformedJob
    /// Answers without running.
    let refuse: @Sendable (Failure) -> Void

    init<T: Sendable>(
        completion: @escaping @Sendable (Result<T, Failure>) -> Void,
        work: @escaping @Sendable (WriteSession) throws(Failure) -> T
    ) {
        refuse = { completion(.failure($0)) }
        perform = { session in
            let result: Result<T, Failure>
            do throws(Failure) {
                result = .success(try work(session))
            } catch {
                result = .failure(error)
            }
            // A failure of SQLite inside the job decides, even where the work swallowed it.
            return PerformedJob(result: session.connection.poison.map { .failure($0) } ?? result, completion)
        }
    }
}

/// A job that ran, its answer held back.
struct PerformedJob {
    /// Whether what it wrote has to go.
    let hasFailed: Bool
    /// Gives the answer, or the failure in its place.
    ///
    /// Called once.
    let release: (Failure?) -> Void

    init<T>(result: Result<T, Failure>, _ completion: @escaping (Result<T, Failure>) -> Void) {
        if case .failure = result { hasFailed = true } else { hasFailed = false }
        release = { failure in completion(failure.map { .failure($0) } ?? result) }
    }
}

/// The writer's connection while a batch runs, with the events its jobs have announced.
final class WriteSession {
    let connection: Connection
    private(set) var events: [CommittedEvent] = []

    init(_ connection: Connection) { self.connection = connection }

    func announce(_ event: CommittedEvent) { events.append(event) }

    /// Drops what was announced since there were so many.
    func forget(after count: Int) { events.removeSubrange(count...) }
}
