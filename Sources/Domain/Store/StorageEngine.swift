// The storage engine as the server sees it: it lends readers and writers, and is the only thing that knows where rows are.

/// An open store: one for each process and data folder, used by any thread.
///
/// Its events are reported to the function that it was opened with: those of each commit, in order, after the commit and
/// before its completions. Every `.storage` failure has been reported as a ``StorageIncident``.
public protocol StorageEngine: AnyObject, Sendable {
    /// Queues a transaction on one application.
    ///
    /// `completion` is called after the commit is on disk, or has failed, in the order of submission. It must only hand the
    /// result on.
    ///
    /// - Parameters:
    ///   - origin: the call that the change belongs to.
    ///   - patience: how long it may wait for others to share its commit; the least patient of a batch decides.
    ///   - inquiries: how endpoints are asked before it; nil where none is. A transaction with questions that aren't answered yet is
    ///     taken back and its questions are asked; then neither its result nor `completion` is called.
    /// - Returns: false when there is no room, or the store is closed; then neither closure is called.
    func write<T: Sendable>(
        _ application: ApplicationID,
        by origin: Origin,
        patience: Duration,
        inquiries: Inquiries?,
        _ work: @escaping @Sendable (any Writer) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool
    /// Queues a transaction on the tenants.
    ///
    /// As `write`.
    func administer<T: Sendable>(
        by origin: Origin,
        writing work: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool
    /// Queues a transaction that proves that writes reach the disk.
    ///
    /// - Returns: as `write`.
    func probe(completion: @escaping @Sendable (Result<Void, Failure>) -> Void) -> Bool
    /// Queues a read of unknown size on one application, in one snapshot on a thread of the engine.
    ///
    /// It ends with `.overloaded` when it takes too long.
    ///
    /// - Returns: as `write`.
    func scan<T: Sendable>(
        _ application: ApplicationID,
        _ work: @escaping @Sendable (any Reader) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool
    /// Queues a read of unknown size on the tenants.
    ///
    /// As `scan`.
    func administer<T: Sendable>(
        scanning work: @escaping @Sendable (any AdministrationReader) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool
    /// Makes the reader of one thread, which closes it before the store is closed.
    func openReader() throws(StorageRefusal) -> sending any SnapshotReader
    /// The numbers for the metrics page.
    var statistics: StorageStatistics { get }
    /// Copies the store to a new file in one consistent state.
    ///
    /// - Throws: where there is a file already; it is never replaced.
    func copy(to path: String) throws(StorageRefusal)
    /// Writes the store anew, without the room of deleted rows, between two transactions, and waits for it.
    ///
    /// - Returns: its size before and after, in bytes.
    func compact() throws(Failure) -> (before: Int, after: Int)
    /// The number of the store's last migration.
    var schema: Int { get }
    /// Reads everything: one sentence for each fault, empty when sound.
    func check() -> [String]
    /// Finishes what is queued and closes.
    ///
    /// Readers have to be closed before. A second call does nothing.
    func close()
}

extension StorageEngine {
    /// Queues a transaction that shares its commit with what waits already, and waits for no other.
    public func write<T: Sendable>(
        _ application: ApplicationID,
        by origin: Origin,
        _ work: @escaping @Sendable (any Writer) throws(Failure) -> T,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void
    ) -> Bool {
        write(application, by: origin, patience: .zero, inquiries: nil, work, completion: completion)
    }
}

/// Why a store can't be opened, copied or read: one sentence for the operator.
public struct StorageRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Wraps the sentence.
    public init(_ description: String) { self.description = description }

    /// A store that is gone, beside files that belong to it: a new one would be empty.
    public static func lost(path: String, beside: String) -> Self {
        Self(
            "\(path) is missing or empty, but \(beside) is there; restore the database, or move that away to begin anew."
        )
    }
}
