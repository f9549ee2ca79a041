// A thread for calls that wait: backups, probes.

import Threads

/// One thread for calls that wait: the operator's, such as a backup, or the probes of machines.
final class TaskThread: Sendable {
    private let queue: BlockingQueue<@Sendable () -> Void>
    private let thread: NamedThread

    init(name: String = "tasks", capacity: Int = 16) throws(ThreadRefusal) {
        let queue = BlockingQueue<@Sendable () -> Void>(capacity: capacity)
        self.queue = queue
        thread = try NamedThread.start(name: name) {
            while let work = queue.take() { work() }
        }
    }

    /// Queues work; false when the queue is full or closed.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool { queue.push(work) }

    /// Finishes what is queued and ends the thread.
    func close() {
        queue.close()
        thread.join()
    }
}
