// The one thread that writes: takes what waits, commits it as a batch, folds the WAL back in between.

/// The loop of the writer thread.
struct WriterLoop {
    let queue: JobQueue<WriteJob>
    let commit: GroupCommit
    let batchMaximum: Int
    /// How long nothing must have come before the WAL is truncated, in milliseconds.
    let idleMilliseconds: Int32

    /// Runs until the queue is closed and empty.
    func run() {
        var checkpoint = Checkpoint()
        while true {
            switch queue.take(batchMaximum, waitingAtMost: checkpoint.wantsIdle ? idleMilliseconds : -1) {
            case .jobs(let jobs):
                commit.run(jobs)
                commit.checkpoint(&checkpoint, isIdle: false)
            case .nothing:
                commit.checkpoint(&checkpoint, isIdle: true)
            case .closed:
                commit.close()
                return
            }
        }
    }
}
