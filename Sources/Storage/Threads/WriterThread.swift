// The one thread that writes: takes what waits, commits it as a batch, removes and folds the WAL back in between.

import Domain
import Threads

/// Called with the bytes of the file before and after a compaction.
typealias CompactionEnd = @Sendable (Result<(before: Int, after: Int), Failure>) -> Void

/// The loop of the writer thread.
struct WriterLoop {
    let queue: BlockingQueue<WriteJob>
    let compactions: BlockingQueue<CompactionEnd>
    let commit: GroupCommit
    let batchMaximum: Int
    /// How long nothing must have come before the WAL is truncated.
    let idleTime: Duration

    /// Runs until the queue is closed and empty.
    func run() {
        var checkpoint = Checkpoint()
        while true {
            let isRemoving = commit.isRemoving
            let patience = isRemoving ? .zero : checkpoint.wantsIdle ? idleTime : nil
            switch queue.takeAll(max: batchMaximum, within: patience) {
            case .elements(let jobs):
                commit.run(withCompany(jobs))
                // One slice a batch: neither waits for the other's end.
                commit.continueRemoval()
                compact()
                commit.checkpoint(&checkpoint, isIdle: false)
            case .timedOut where isRemoving:
                commit.continueRemoval()
                commit.checkpoint(&checkpoint, isIdle: false)
            case .timedOut:
                commit.checkpoint(&checkpoint, isIdle: true)
            case .closed:
                compact()
                commit.close()
                return
            }
        }
    }

    private func compact() {
        guard case .elements(let waiting) = compactions.takeAll(max: 4, within: .zero) else { return }
        let result = Result { () throws(Failure) in try commit.compact() }
        for completion in waiting { completion(result) }
    }

    /// The jobs and those that come before the first one's patience ends: a commit costs much the same for one as for
    /// twenty, and takes the processors from whoever makes the next ones.
    private func withCompany(_ jobs: [WriteJob]) -> [WriteJob] {
        var jobs = jobs
        var last = jobs[...]
        let start = Connection.monotonicNanoseconds()
        var patience = Duration.seconds(3600)
        while jobs.count < batchMaximum {
            patience = last.reduce(patience) { min($0, $1.patience) }
            let left = patience - .nanoseconds(Connection.monotonicNanoseconds() - start)
            guard left > .zero,
                case .elements(let more) = queue.takeAll(max: batchMaximum - jobs.count, within: left)
            else { break }
            jobs += more
            last = more[...]
        }
        return jobs
    }
}
