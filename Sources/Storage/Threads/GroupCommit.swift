// The batch: all waiting jobs in one transaction, one fsync for all, answers only after it.

import CSQLite
import Domain

/// Runs batches on the writer's connection, and replaces that connection when a commit failed.
///
/// The order in `run` is the durability promise of the whole program:
/// begin → each job → the index of texts and the counts of messages → COMMIT (returns when on disk) → events → answers.
/// Between batches an application's removal goes on, a slice a time.
///
/// Jobs run bare first. A job that fails before its first change leaves nothing to undo; a later failure rolls
/// the batch back, and all of it runs again with a savepoint around each job. So a job may run twice, and its
/// closure changes nothing but its store and what it announces.
final class GroupCommit {
    let file: DatabaseFile
    let statistics: StatisticsCounter
    private let repeatsBatches: Bool
    private let committed: @Sendable ([CommittedEvent]) -> Void
    private let removalBounds: RemovalBounds
    private let watch: IDWatch
    private let recorder: EventRecorder?
    /// Nil while it couldn't be reopened.
    private var connection: Connection?
    /// Whether the WAL has to be folded back and truncated at the next occasion.
    private var mustTruncate = false
    /// Whether rows were removed since the last truncation of the WAL.
    private var hasRemoved = false
    /// Whether the last slice of a removal couldn't be committed.
    private var removalHasFailed = false

    init(
        _ connection: Connection,
        file: DatabaseFile,
        statistics: StatisticsCounter,
        repeatsBatches: Bool = false,
        committed: @escaping @Sendable ([CommittedEvent]) -> Void,
        watch: IDWatch
    ) {
        self.connection = connection
        self.watch = watch
        removalBounds = connection.removalBounds
        recorder = connection.recorder
        self.file = file
        self.statistics = statistics
        self.repeatsBatches = repeatsBatches
        self.committed = committed
    }

    /// Runs the jobs and answers every one of them.
    func run(_ jobs: [WriteJob]) {
        let connection: Connection
        let performed: [PerformedJob]
        let session: WriteSession
        do throws(Failure) {
            connection = try usableConnection()
            (performed, session) = try perform(jobs, on: connection)
            try session.flushIndex()
            try session.flushCounts()
            try session.announceReleasedFiles()
        } catch {
            abandon()
            for job in jobs { job.refuse(error) }
            statistics.add(batch: jobs.count, isCommitted: false)
            return
        }
        let failure = commit(connection)
        statistics.add(batch: jobs.count, isCommitted: failure == nil)
        if failure == nil { tell(session) }
        for job in performed { job.release(failure) }
    }

    private func tell(_ session: WriteSession) {
        removalHasFailed = false
        if let ids = session.connection.ids {
            statistics.set(newest: ids)
            watch.look(at: ids)
        }
        statistics.set(isRemoving: session.connection.mayHaveRemovals)
        if !session.events.isEmpty { committed(session.events) }
    }

    // MARK: The steps

    private func begin(_ connection: Connection) throws(Failure) {
        connection.poison = nil
        try connection.run(TransactionQueries.beginImmediate)
    }

    /// Runs the jobs in an open transaction; one that fails is undone alone.
    ///
    /// - Throws: when the transaction as a whole is gone. The answers of jobs that ran are then never
    ///   released: the caller refuses all jobs of the batch.
    private func perform(_ jobs: [WriteJob], on connection: Connection) throws(Failure)
        -> ([PerformedJob], WriteSession)
    {
        try begin(connection)
        let ids = connection.ids
        let session = WriteSession(connection)
        let bare = try performBare(jobs, session)
        guard bare.mustUndo || repeatsBatches else { return (bare.performed, session) }
        try connection.run(TransactionQueries.rollback)
        connection.forgetUsers()
        // Nobody has seen the ids of what was rolled back.
        connection.ids = ids
        session.forgetWatches()
        try begin(connection)
        let second = WriteSession(connection)
        // Alone it has its answer, and nothing is left to commit.
        if jobs.count == 1, !repeatsBatches { return (bare.performed, second) }
        statistics.addRepetition()
        return (try performInSavepoints(jobs, second), second)
    }

    /// Runs each job without a savepoint, which is what nearly every batch needs.
    ///
    /// - Returns: the jobs that ran; `mustUndo` where the last of them failed after it had changed something.
    private func performBare(_ jobs: [WriteJob], _ session: WriteSession) throws(Failure)
        -> (performed: [PerformedJob], mustUndo: Bool)
    {
        let connection = session.connection
        var performed: [PerformedJob] = []
        performed.reserveCapacity(jobs.count)
        for job in jobs {
            let mark = session.mark()
            let changes = connection.totalChanges
            let answer = try perform(job, session)
            performed.append(answer)
            guard answer.hasFailed else { continue }
            if answer.hasFailedInStorage || connection.totalChanges != changes { return (performed, true) }
            session.forget(after: mark)
        }
        return (performed, false)
    }

    /// Runs each job in a savepoint, so that one that fails takes back its own rows only.
    private func performInSavepoints(_ jobs: [WriteJob], _ session: WriteSession) throws(Failure)
        -> [PerformedJob]
    {
        let connection = session.connection
        var performed: [PerformedJob] = []
        performed.reserveCapacity(jobs.count)
        for job in jobs {
            let mark = session.mark()
            try connection.run(TransactionQueries.savepoint)
            let answer = try perform(job, session)
            performed.append(answer)
            if answer.hasFailed {
                session.forget(after: mark)
                try connection.run(TransactionQueries.rollbackToSavepoint)
                connection.forgetUsers()
            }
            try connection.run(TransactionQueries.release)
        }
        return performed
    }

    /// Runs one job.
    ///
    /// - Throws: when SQLite has undone the whole transaction, other jobs' rows included, as it may on
    ///   SQLITE_FULL, IOERR, NOMEM and the like.
    private func perform(_ job: WriteJob, _ session: WriteSession) throws(Failure) -> PerformedJob {
        let connection = session.connection
        let answer = job.perform(session)
        if connection.isInAutocommit {
            throw connection.poison ?? connection.failure(operation: "transaction")
        }
        connection.poison = nil
        return answer
    }

    /// Commits.
    ///
    /// - Returns: the failure that every job of the batch has to answer, or nil when all is on disk.
    private func commit(_ connection: Connection) -> Failure? {
        let start = Connection.monotonicNanoseconds()
        connection.announceChangedUsers(by: statistics.commits + 1)
        do throws(Failure) {
            let statement = try connection.prepare(TransactionQueries.commit)
            guard statement.commit() else {
                throw connection.failure(operation: "commit", sql: TransactionQueries.commit.text)
            }
            statistics.add(
                commitNanoseconds: Connection.monotonicNanoseconds() - start,
                walPages: connection.walPages
            )
            return nil
        } catch {
            abandon()
            return error
        }
    }

    // MARK: After a failure

    /// Rolls back and gives the connection up.
    ///
    /// After a failed fsync the kernel may have dropped the pages and forgotten it: a second fsync would
    /// succeed and prove nothing. So nothing of the failed commit is trusted. The index of the WAL still ends
    /// at the last good commit, and the next commit writes its frames over the failed ones.
    private func abandon() {
        guard let connection else { return }
        connection.rollBack()
        // Closing must not checkpoint: that would fsync, on a disk that has just failed.
        csqlite_db_config(connection.handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        self.connection = nil
    }

    /// The connection, reopened where it was given up.
    private func usableConnection() throws(Failure) -> Connection {
        if let connection { return connection }
        do throws(DatabaseError) {
            let reopened = try file.open(.writer)
            reopened.removalBounds = removalBounds
            reopened.recorder = recorder
            connection = reopened
            statistics.addReopening()
            return reopened
        } catch {
            throw file.incidents.failure(
                operation: "reopen",
                code: SQLITE_CANTOPEN,
                message: error.description
            )
        }
    }

    // MARK: Between batches

    /// Whether there is an application whose removal goes on between the batches.
    ///
    /// After a failure it waits for a batch that is committed: a full disk isn't asked again and again.
    var isRemoving: Bool { !removalHasFailed && connection?.mayHaveRemovals == true }

    /// Removes some more rows of an application that is being removed, in a transaction of its own.
    func continueRemoval() {
        guard isRemoving, let connection else { return }
        do throws(Failure) {
            connection.poison = nil
            guard try connection.nextRemoval() != nil else {
                // Older versions of the removed rows' pages are still in the WAL.
                mustTruncate = mustTruncate || hasRemoved
                hasRemoved = false
                return statistics.set(isRemoving: false)
            }
            let session = WriteSession(connection)
            try begin(connection)
            try session.continueRemoval()
            try session.announceReleasedFiles()
            if let failure = commit(connection) { throw failure }
            hasRemoved = true
            tell(session)
        } catch {
            removalHasFailed = true
            abandon()
        }
    }

    /// Folds the WAL back into the file when it is time (see `Checkpoint`).
    func checkpoint(_ checkpoint: inout Checkpoint, isIdle: Bool) {
        let due = connection.flatMap { checkpoint.due(walPages: $0.walPages, isIdle: isIdle) }
        guard let connection, let mode = mustTruncate ? .truncate : due else { return }
        let outcome = checkpoint.run(mode, on: connection)
        statistics.addCheckpoint(walPages: connection.walPages)
        // Where a reader is in the way it is tried again behind the next batch.
        if outcome == .complete { mustTruncate = false }
        if outcome == .failed { abandon() }
    }

    /// Writes the file anew without what was deleted, and folds the WAL back.
    ///
    /// - Returns: the file's bytes before and after.
    func compact() throws(Failure) -> (before: Int, after: Int) {
        let connection = try usableConnection()
        let before = try connection.fileBytes()
        connection.poison = nil
        guard sqlite3_exec(connection.handle, "VACUUM", nil, nil, nil) == SQLITE_OK else {
            throw connection.failure(operation: "compact", sql: "VACUUM")
        }
        // Where a reader is in the way, the file is written behind the next batch.
        var checkpoint = Checkpoint()
        mustTruncate = checkpoint.run(.truncate, on: connection) != .complete
        return (before, try connection.fileBytes())
    }

    /// The last checkpoint, and the end of the connection.
    func close() {
        guard let connection else { return }
        var checkpoint = Checkpoint()
        _ = checkpoint.run(.truncate, on: connection)
        self.connection = nil
    }
}
