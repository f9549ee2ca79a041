// The reader of one thread: each read is one snapshot.

/// Reads for one thread: an event loop's, or one beside it.
///
/// It isn't `Sendable`; its maker hands it over with `sending`.
public protocol SnapshotReader: AnyObject {
    /// Whether a snapshot is kept from one read to the next, until `release` or until something was committed since.
    ///
    /// A snapshot that is kept holds up the store's housekeeping, so its owner calls `release` before it sleeps.
    var keepsSnapshot: Bool { get set }
    /// Runs a read of one application in one snapshot and completes it on the reader's own thread.
    ///
    /// An engine whose reads wait for nothing does both before this returns; another one runs the read on a thread of its own.
    func read(_ application: ApplicationID, _ job: any ReadJob)
    /// Lends one snapshot of one application, and waits for what the body does.
    ///
    /// - Throws: what `body` throws; `.storage` when the store fails.
    func withSnapshot(
        of application: ApplicationID,
        _ body: (any Reader) throws(Failure) -> Void
    ) throws(Failure)
    /// Lends one snapshot of the tenants, and waits for what the body does.
    ///
    /// - Throws: what `body` throws; `.storage` when the store fails.
    func withSnapshotOfTenants(_ body: (any AdministrationReader) throws(Failure) -> Void) throws(Failure)
    /// Ends the snapshot that is kept, if any.
    func release()
    /// Closes the reader; a closed one can't be read.
    func close()
}

/// A read and what follows it.
public protocol ReadJob: AnyObject {
    /// Reads.
    func run(in store: any Reader) throws(Failure)
    /// Called once behind `run`, on the reader's own thread.
    ///
    /// - Parameter failure: what `run` threw, or `.storage` or `.overloaded` where the store failed; nil where it succeeded.
    func completed(_ failure: Failure?)
}

extension SnapshotReader {
    /// Runs a body in one snapshot of one application and returns its result.
    @inlinable
    public func read<T>(
        _ application: ApplicationID,
        _ body: (any Reader) throws(Failure) -> T
    ) throws(Failure) -> T {
        var result: T?
        try withSnapshot(of: application) { store throws(Failure) in result = try body(store) }
        guard let result else { preconditionFailure("A lent snapshot is always used.") }
        return result
    }

    /// Runs a body in one snapshot of the tenants and returns its result.
    @inlinable
    public func administer<T>(
        _ body: (any AdministrationReader) throws(Failure) -> T
    ) throws(Failure) -> T {
        var result: T?
        try withSnapshotOfTenants { store throws(Failure) in result = try body(store) }
        guard let result else { preconditionFailure("A lent snapshot is always used.") }
        return result
    }
}
