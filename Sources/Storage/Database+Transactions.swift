// The ways into the database's threads: queued writes and scans.

public import Domain
import Threads

private enum ProbeQueries {
    static let write = Query("UPDATE probe SET written = ?1")
}

extension Database {
    /// Queues a transaction on one application.
    ///
    /// `work` runs on the writer thread, `completion` there too: after the commit is on disk (or has failed),
    /// in the order of submission, and before the next batch. It must only hand the result on.
    ///
    /// - Parameters:
    ///   - origin: the call that the change belongs to.
    ///   - patience: how long it may wait for others to share its commit; the least patient of a batch decides.
    ///   - inquiries: how endpoints are asked before it; nil where none is.
    /// - Returns: false when the queue is full or the database closed; then neither closure is called.
    public func write<T: Sendable>(
        _ application: ApplicationID,
        by origin: Origin,
        patience: Duration,
        inquiries: Inquiries? = nil,
        _ work: @escaping @Sendable (any Writer) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool {
        jobs.push(
            WriteJob(patience: patience, inquiries: inquiries, completion: completion) {
                (session) throws(Failure) -> T in
                try session.confirm(application)
                session.begin(auditing: origin)
                let result = try work(
                    SQLiteWriter(session: session, application: application, origin: origin)
                )
                try session.writeAudit(of: origin, application)
                return result
            }
        )
    }

    /// Queues a transaction on the tenants.
    ///
    /// As `write`.
    public func administer<T: Sendable>(
        by origin: Origin,
        writing work: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool {
        jobs.push(
            WriteJob(completion: completion) { (session) throws(Failure) -> T in
                session.begin(auditing: origin)
                let result = try work(SQLiteAdministrationWriter(session: session, origin: origin))
                try session.writeAudit(of: origin, origin.application)
                return result
            }
        )
    }

    /// Queues a transaction that writes one row of its own and so proves that writes reach the disk.
    ///
    /// - Returns: false when the queue is full or the database closed.
    public func probe(completion: @escaping @Sendable (Result<Void, Failure>) -> Void) -> Bool {
        let now = options.now()
        return jobs.push(
            WriteJob(completion: completion) { (session) throws(Failure) in
                try session.connection.prepare(ProbeQueries.write, now).run()
            }
        )
    }

    /// Queues a read of unknown size on one application, in one snapshot on a scan thread.
    ///
    /// It ends with `.overloaded` when it takes longer than the options say. `completion` is called on the
    /// scan thread, after the snapshot has ended.
    ///
    /// - Returns: false when the queue is full or the database closed; then neither closure is called.
    public func scan<T: Sendable>(
        _ application: ApplicationID,
        _ work: @escaping @Sendable (any Reader) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool {
        scans.push { reader in
            completion(Result { () throws(Failure) in try reader.read(application, work) })
        }
    }

    /// Queues a read of unknown size on the tenants.
    ///
    /// As `scan`.
    public func administer<T: Sendable>(
        scanning work: @escaping @Sendable (any AdministrationReader) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool {
        scans.push { reader in
            completion(Result { () throws(Failure) in try reader.administer(work) })
        }
    }
}
