// The numbers that the metrics page shows about storage.

import Domain
import Synchronization
import Threads

/// Counters since the start, and gauges of now.
public struct Statistics: Equatable, Sendable {
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
    /// Commits by how long they took: up to each of `commitBounds`, and beyond.
    public var commits = [UInt64](repeating: 0, count: commitBounds.count + 1)
    /// Upper bounds of those, in microseconds.
    public static let commitBounds = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 250_000, 1_000_000, 5_000_000, 30_000_000,
    ]
    /// Length of the WAL after the last commit, in bytes; the file may be longer.
    public var walBytes = 0
    /// Checkpoints run.
    public var checkpoints = 0
    /// Times the writer's connection was replaced after a failed commit.
    public var reopenings = 0
    /// Whether rows of an application that was deleted are still to be removed.
    public var isRemoving = false
    /// Read-only connections handed out and still open.
    public var readers = 0
    /// How far the newest id is ahead of the clock, in milliseconds; 0 where it isn't.
    ///
    /// Ids run ahead after a clock that was wrong; times of messages don't.
    public var idLeadMilliseconds: Int64 = 0
}

/// Where the writer counts: once a batch, so one lock is cheap.
final class StatisticsCounter: Sendable {
    private let values = Guarded(Statistics())
    private let commitCount = Atomic(0)
    private let newestID = Atomic<Int64>(0)
    /// The page of 4096 bytes and its frame header.
    private static let frameBytes = 4120

    /// Commits that are on disk; raised before their answers leave, so that who has read one of these finds it raised.
    var commits: Int { commitCount.load(ordering: .acquiring) }

    /// The newest id that was given out or found in the file.
    var newest: TimeOrderedIDs {
        TimeOrderedIDs(after: newestID.load(ordering: .relaxed))
    }

    func set(newest ids: TimeOrderedIDs) { newestID.store(ids.last, ordering: .relaxed) }

    var current: Statistics { values.withLock { $0 } }

    func add(batch count: Int, isCommitted: Bool) {
        values.withLock {
            $0.batches += 1
            $0.transactions += count
            $0.largestBatch = max($0.largestBatch, count)
            if !isCommitted { $0.failedBatches += 1 }
        }
    }

    func add(commitNanoseconds: UInt64, walPages: Int) {
        commitCount.add(1, ordering: .releasing)
        let microseconds = Int(commitNanoseconds / 1000)
        values.withLock {
            $0.commitMicroseconds += microseconds
            let bucket =
                Statistics.commitBounds.firstIndex { microseconds <= $0 } ?? Statistics.commitBounds.count
            $0.commits[bucket] += 1
            $0.walBytes = walPages * Self.frameBytes
        }
    }

    func addCheckpoint(walPages: Int) {
        values.withLock {
            $0.checkpoints += 1
            $0.walBytes = walPages * Self.frameBytes
        }
    }

    func set(isRemoving: Bool) { values.withLock { $0.isRemoving = isRemoving } }

    func addRepetition() { values.withLock { $0.repeatedBatches += 1 } }

    func addReopening() { values.withLock { $0.reopenings += 1 } }

    func add(readers count: Int) { values.withLock { $0.readers += count } }
}
