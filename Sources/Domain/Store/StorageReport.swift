// Reports of a storage engine: incidents, slow statements, numbers. None carries a value of any request.

/// The cause behind a `.storage` failure, for the log.
public struct StorageIncident: Equatable, Sendable {
    /// The same text as in the failure that the client saw.
    public let reference: String
    /// The step that failed: `statement`, `prepare`, `transaction`, `commit`, `checkpoint` or `reopen`.
    public let operation: String
    /// The engine's primary result code, as `SQLITE_FULL` = 13.
    public let code: Int32
    /// The engine's extended result code.
    public let extendedCode: Int32
    /// The engine's text for the code.
    public let message: String
    /// The SQL text with its parameters unfilled; empty where there is none.
    public let sql: String

    /// Memberwise.
    public init(
        reference: String,
        operation: String,
        code: Int32,
        extendedCode: Int32,
        message: String,
        sql: String
    ) {
        self.reference = reference
        self.operation = operation
        self.code = code
        self.extendedCode = extendedCode
        self.message = message
        self.sql = sql
    }
}

/// A statement that took longer than it should.
public struct SlowStatement: Equatable, Sendable {
    /// The SQL text with its parameters unfilled.
    public let sql: String
    /// From its first step to its end, in nanoseconds.
    public let nanoseconds: UInt64

    /// Memberwise.
    public init(sql: String, nanoseconds: UInt64) {
        self.sql = sql
        self.nanoseconds = nanoseconds
    }
}

/// Counters since the start, and gauges of now.
public struct StorageStatistics: Equatable, Sendable {
    /// Transactions that wait for the writer.
    public var queueDepth = 0
    /// Scans that wait for a reader thread.
    public var scanQueueDepth = 0
    /// Batches, committed or not.
    public var batches = 0
    /// Batches of which nothing was kept.
    public var failedBatches = 0
    /// Batches that ran twice, since one of their transactions failed after a change.
    public var repeatedBatches = 0
    /// Transactions in all batches.
    public var transactions = 0
    /// Transactions in the largest batch.
    public var largestBatch = 0
    /// Time inside COMMIT, in total, in microseconds.
    public var commitMicroseconds = 0
    /// Commits by duration: up to each of `commitBounds`, and beyond.
    public var commits = [UInt64](repeating: 0, count: commitBounds.count + 1)
    /// Upper bounds of those, in microseconds.
    public static let commitBounds = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 250_000, 1_000_000, 5_000_000, 30_000_000,
    ]
    /// Length of the write-ahead log after the last commit, in bytes; the file may be longer.
    public var walBytes = 0
    /// Checkpoints run.
    public var checkpoints = 0
    /// Times the connection that writes was replaced after a failed commit.
    public var reopenings = 0
    /// Whether rows of an application that was deleted are still to be removed.
    public var isRemoving = false
    /// Read-only connections handed out and still open.
    public var readers = 0
    /// How far the newest id is ahead of the clock, in milliseconds; 0 where it isn't.
    ///
    /// Ids run ahead after a clock that was wrong; times of messages don't.
    public var idLeadMilliseconds: Int64 = 0

    /// All zero.
    public init() {}
}
