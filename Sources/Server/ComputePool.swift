// The threads that hash passwords: few, each with its own scratch memory, behind a bounded queue.

import Crypto
import Domain
import Threads

/// Runs password work away from the loops, so that a flood of log-ins delays nothing but log-ins.
final class ComputePool: Sendable {
    /// Work that may wait: beyond it callers are told to come back.
    static let capacity = 128

    private let queue = BlockingQueue<@Sendable (any PasswordHashing) -> Void>(capacity: capacity)
    private let threads: [NamedThread]

    init(threads count: Int, cost: PasswordCost) throws(ThreadRefusal) {
        var threads: [NamedThread] = []
        for index in 0..<count {
            threads.append(
                try NamedThread.start(name: "hash-\(index)") { [queue] in
                    let hashing = ServerPasswordHashing(hasher: PasswordHasher(), cost: cost)
                    while let work = queue.take() { work(hashing) }
                })
        }
        self.threads = threads
    }

    /// Queues work; false when the queue is full or closed.
    func submit(_ work: @escaping @Sendable (any PasswordHashing) -> Void) -> Bool { queue.push(work) }

    /// Work that waits at this moment.
    var depth: Int { queue.count }

    /// Finishes what is queued and ends the threads.
    func close() {
        queue.close()
        for thread in threads { thread.join() }
    }
}

/// One thread for the operator's slow calls, such as a backup.
final class TaskThread: Sendable {
    private let queue = BlockingQueue<@Sendable () -> Void>(capacity: 16)
    private let thread: NamedThread

    init() throws(ThreadRefusal) {
        thread = try NamedThread.start(name: "tasks") { [queue] in
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
