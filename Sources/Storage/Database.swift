// The database of one data folder: opens and closes everything in the one right order.

import CSQLite
public import Domain
import Threads

/// The one database of a data folder: one writer thread with group commit, scan threads, and readers for
/// loops.
///
/// One for each process and folder. Any thread may use it.
public final class Database: Sendable {
    /// How to open a database.
    public struct Options: Sendable {
        /// The data folder; made, with mode 0700, when it is missing.
        public var folder: String
        /// Transactions that may wait for the writer.
        public var queueCapacity = 4096
        /// Transactions that share one commit, at most.
        public var batchMaximum = 256
        /// Threads for `.scan`.
        public var readerThreads = 1
        /// Scans that may wait.
        public var scanCapacity = 64
        /// How long one scan may take and hold its snapshot, in milliseconds.
        public var scanMilliseconds = 10_000
        /// How long the writer must be idle before it truncates the WAL, in milliseconds.
        public var idleMilliseconds = 5000
        /// Told the cause of every `.storage` failure, on whichever thread met it.
        public var incident: @Sendable (StorageIncident) -> Void = { _ in }
        /// Told the events of each commit, in order, on the writer thread: after the commit, before its
        /// answers.
        public var committed: @Sendable ([CommittedEvent]) -> Void = { _ in }
        /// Called when ids begin to run ahead of the clock by more than a day, with by how many milliseconds.
        ///
        /// On the writer thread, or while the database is opened.
        public var idsAhead: @Sendable (Int64) -> Void = { _ in }
        /// Writes the body of an event that is recorded for webhooks, on the writer thread.
        public var eventBody: @Sendable (RecordedEvent) -> [UInt8] = { Array($0.name.rawValue.utf8) }
        /// The clock.
        public var now: @Sendable () -> Timestamp
        /// The source of incident references.
        public var random: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
        /// Called with each statement that took longer than 50 ms, on its thread; nil: none is watched.
        public var slowStatement: (@Sendable (SlowStatement) -> Void)?
        /// The clock that statements are measured with; for tests.
        var statementClock: @Sendable () -> UInt64 = { Connection.monotonicNanoseconds() }
        /// The name of a registered SQLite VFS to use instead of `unix-excl`; for tests that break the disk.
        public var vfsName: String?
        /// How much of an application's removal is done between two batches; for tests of what is left.
        var removalBounds = RemovalBounds()
        /// Whether each batch runs twice, as after a failure; for tests that a transaction can.
        var repeatsBatches = false
        /// The schema; for tests of migrations.
        var migrations = Migration.all

        /// The defaults.
        public init(folder: String, now: @escaping @Sendable () -> Timestamp) {
            self.folder = folder
            self.now = now
        }
    }

    let options: Options
    let file: DatabaseFile
    let jobs: BlockingQueue<WriteJob>
    let scans: BlockingQueue<ScanJob>
    /// The calls that wait for the file to be compacted.
    let compactions = BlockingQueue<CompactionEnd>(capacity: 4)
    let counter = StatisticsCounter()
    private let running: Guarded<Running?>

    /// The parts that `close` ends.
    private struct Running: ~Copyable, Sendable {
        let folder: DataFolder
        let writer: NamedThread
        let scanners: [NamedThread]
    }

    /// Locks the folder, opens or makes the file, migrates it and starts the threads.
    ///
    /// - Throws: with one sentence for each reason; nothing is left running then.
    public init(_ options: Options) throws(DatabaseError) {
        let folder = try DataFolder(options.folder)
        try folder.refuseLostDatabase()
        try folder.makeDatabaseFile()
        try DataFolder.synchronize(folder: options.folder)
        let file = DatabaseFile(
            path: folder.databasePath,
            vfs: options.vfsName,
            incidents: IncidentReporter(report: options.incident, random: options.random),
            slow: options.slowStatement.map { .init(report: $0, clock: options.statementClock) }
        )
        // The writer first: it takes the file from other processes and recovers the WAL; it is closed last.
        let connection = try file.open(.writer)
        try Migrations(connection: connection, path: file.path, steps: options.migrations).run(
            at: options.now()
        )
        do throws(Failure) {
            try connection.lookForRenamings()
        } catch {
            throw Connection.openingError(connection.extendedErrorCode, file.path, connection.handle)
        }
        connection.removalBounds = options.removalBounds
        let ids = try connection.findNewestID(path: file.path)
        counter.set(newest: ids)
        let watch = IDWatch(now: options.now, report: options.idsAhead)
        watch.look(at: ids)
        connection.recorder = EventRecorder(now: options.now, body: options.eventBody)
        self.options = options
        self.file = file
        jobs = BlockingQueue(capacity: options.queueCapacity)
        scans = BlockingQueue(capacity: options.scanCapacity)
        let scanners = try Self.startScanners(file, options, scans, counter)
        do throws(DatabaseError) {
            let commit = GroupCommit(
                connection,
                file: file,
                statistics: counter,
                repeatsBatches: options.repeatsBatches,
                committed: options.committed,
                watch: watch
            )
            let loop = WriterLoop(
                queue: jobs,
                compactions: compactions,
                commit: commit,
                batchMaximum: options.batchMaximum,
                idleTime: .milliseconds(options.idleMilliseconds)
            )
            let writer = try Self.startThread("storage-writer") { loop.run() }
            running = Guarded(Running(folder: folder, writer: writer, scanners: scanners))
        } catch {
            scans.close()
            for scanner in scanners { scanner.join() }
            throw error
        }
    }

    deinit { close() }

    private static func startScanners(
        _ file: DatabaseFile,
        _ options: Options,
        _ scans: BlockingQueue<ScanJob>,
        _ counter: StatisticsCounter
    ) throws(DatabaseError) -> [NamedThread] {
        var threads: [NamedThread] = []
        do throws(DatabaseError) {
            for _ in 0..<options.readerThreads {
                let reader = ReaderConnection(try file.open(.reader), counter)
                let loop = ScanLoop(queue: scans, reader: reader, milliseconds: options.scanMilliseconds)
                threads.append(try startThread("storage-scan") { loop.run() })
            }
            return threads
        } catch {
            scans.close()
            for thread in threads { thread.join() }
            throw error
        }
    }

    private static func startThread(
        _ name: String,
        _ body: sending @escaping () -> Void
    ) throws(DatabaseError) -> NamedThread {
        do throws(ThreadRefusal) {
            return try NamedThread.start(name: name, body)
        } catch {
            throw .noThread(reason: error.description)
        }
    }

    /// The number of the file's last migration.
    public var schema: Int { options.migrations.count }

    /// Opens a read-only connection for one thread, which closes it before the database closes.
    public func makeReader() throws(DatabaseError) -> sending ReaderConnection {
        let connection = try file.open(.reader)
        return ReaderConnection(connection, counter)
    }

    /// Finishes what is queued, folds the WAL into the file and lets the folder go.
    ///
    /// A second call does nothing.
    ///
    /// Not to be called from a completion. Readers have to be closed before: the last connection to close
    /// should be the writer's, since only it may write the WAL back.
    public func close() {
        guard let running = running.withLock({ $0.take() }) else { return }
        scans.close()
        for scanner in running.scanners { scanner.join() }
        precondition(counter.current.readers == 0, "Every reader has to be closed before its database.")
        jobs.close()
        running.writer.join()
    }

    /// The numbers for the metrics page.
    public var statistics: StorageStatistics {
        var statistics = counter.current
        statistics.queueDepth = jobs.count
        statistics.scanQueueDepth = scans.count
        statistics.idLeadMilliseconds = counter.newest.lead(at: options.now())
        return statistics
    }
}
