// The threads for reads of unknown size: searches, counts and exports, each limited in time.

import Domain
import Threads

/// A queued read, its caller's types erased.
typealias ScanJob = @Sendable (ReaderConnection) -> Void

/// The loop of one scan thread.
struct ScanLoop {
    let queue: BlockingQueue<ScanJob>
    let reader: ReaderConnection
    /// How long one scan may hold its snapshot.
    let milliseconds: Int

    /// Runs until the queue is closed and empty.
    func run() {
        while let job = queue.take() {
            reader.setDeadline(Connection.monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000)
            job(reader)
        }
        reader.close()
    }
}
