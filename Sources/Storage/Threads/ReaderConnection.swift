// A read-only connection of one thread: each read is one snapshot.

public import Domain

/// A read-only connection, used by one thread only: an event loop's, or a scan thread's.
///
/// It isn't `Sendable`; whoever makes it hands it over with `sending`. It has to be closed, or be gone,
/// before the database closes.
public final class ReaderConnection: SnapshotReader {
    /// Whether a snapshot is kept from one read to the next, until `release` or until something was committed since.
    ///
    /// Beginning and ending one costs as much as reading a row by its key. The caller that sets it calls
    /// `release` before it sleeps: a snapshot that is kept pins the WAL.
    public var keepsSnapshot = false
    private var connection: Connection?
    private let statistics: StatisticsCounter

    /// The users that it has found.
    var users: UserCache? { connection?.users }

    init(_ connection: Connection, _ statistics: StatisticsCounter) {
        self.connection = connection
        self.statistics = statistics
        statistics.add(readers: 1)
    }

    deinit { close() }

    /// Runs a read and completes it, both at once: SQLite's reads wait for nothing.
    public func read(_ application: ApplicationID, _ job: any ReadJob) {
        do throws(Failure) {
            try withSnapshot(of: application) { store throws(Failure) in try job.run(in: store) }
        } catch {
            return job.completed(error)
        }
        job.completed(nil)
    }

    /// Lends one snapshot of one application.
    ///
    /// Costs a microsecond more than the queries themselves.
    public func withSnapshot(
        of application: ApplicationID,
        _ body: (any Reader) throws(Failure) -> Void
    ) throws(Failure) {
        try inSnapshot { (connection) throws(Failure) in
            try body(SQLiteReader(connection: connection, application: application))
        }
    }

    /// Lends one snapshot of the tenants.
    public func withSnapshotOfTenants(
        _ body: (any AdministrationReader) throws(Failure) -> Void
    ) throws(Failure) {
        try inSnapshot { (connection) throws(Failure) in
            try body(SQLiteAdministrationReader(connection: connection))
        }
    }

    /// Closes the connection; a closed one can't be read.
    public func close() {
        guard connection != nil else { return }
        release()
        connection = nil
        statistics.add(readers: -1)
    }

    /// After this monotonic time, statements stop with `.overloaded`: a snapshot must not pin the WAL for
    /// ever.
    func setDeadline(_ nanoseconds: UInt64) { connection?.deadline = nanoseconds }

    /// Ends the snapshot that is kept, if any.
    public func release() {
        if let connection { end(connection) }
    }

    @inline(__always)
    private func inSnapshot<T>(_ body: (Connection) throws(Failure) -> T) throws(Failure) -> T {
        let connection = try begin()
        do throws(Failure) {
            let result = try body(connection)
            if !keepsSnapshot { end(connection) }
            return result
        } catch {
            end(connection)
            throw error
        }
    }

    private func begin() throws(Failure) -> Connection {
        guard let connection else { preconditionFailure("A closed reader can't be read.") }
        let commits = statistics.commits
        guard connection.snapshot != commits else { return connection }
        end(connection)
        try connection.run(TransactionQueries.beginDeferred)
        connection.snapshot = commits
        do throws(Failure) {
            // The first read fixes the snapshot, and where rows are kept there need not be another one.
            try connection.run(TransactionQueries.openSnapshot)
        } catch {
            end(connection)
            throw error
        }
        return connection
    }

    private func end(_ connection: Connection) {
        guard connection.snapshot != nil else { return }
        connection.snapshot = nil
        connection.deadline = .max  // The end of a snapshot is never too late.
        do throws(Failure) {
            try connection.run(TransactionQueries.commit)
        } catch {
            // Reported already. A snapshot must not stay open.
            connection.rollBack()
        }
    }
}
