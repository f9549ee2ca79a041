// The counters behind the numbers that the metrics page shows about storage.

import Domain
import Synchronization
import Threads

/// Where the writer counts: once a batch, so one lock is cheap.
final class StatisticsCounter: Sendable {
    private let values = Guarded(StorageStatistics())
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

    var current: StorageStatistics { values.withLock { $0 } }

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
                StorageStatistics.commitBounds.firstIndex { microseconds <= $0 }
                ?? StorageStatistics.commitBounds.count
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
