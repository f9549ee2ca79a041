// The one thread that writes: takes what waits, commits it as a batch, folds the WAL back in between.

import Threads

/// The loop of the writer thread.
struct WriterLoop {
    let queue: BlockingQueue<WriteJob>
    let commit: GroupCommit
    let batchMaximum: Int
    /// How long nothing must have come before the WAL is truncated.
    let idleTime: Duration

    /// Runs until the queue is closed and empty.
    func run() {
        var checkpoint = Checkpoint()
        while true {
            switch queue.takeAll(max: batchMaximum, within: checkpoint.wantsIdle ? idleTime : nil) {
            case .elements(let jobs):
                commit.run(jobs)
                commit.checkpoint(&checkpoint, isIdle: false)
            case .timedOut:
                commit.checkpoint(&checkpoint, isIdle: true)
            case .closed:
                commit.close()
                return
            }
        }
    }
}
