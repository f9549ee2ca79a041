// The queue between threads.

import Testing

@testable import Storage

@Suite struct JobQueueTests {
    private func jobs(_ taken: JobQueue<Int>.Taken) -> [Int]? {
        if case .jobs(let jobs) = taken { jobs } else { nil }
    }

    @Test func `What was submitted is taken in order, so many at a time`() throws {
        let queue = JobQueue<Int>(capacity: 10)
        for job in 1...5 { #expect(queue.submit(job)) }
        #expect(jobs(queue.take(3, waitingAtMost: -1)) == [1, 2, 3])
        #expect(queue.submit(6))
        #expect(jobs(queue.take(3, waitingAtMost: -1)) == [4, 5, 6])
    }

    @Test func `An empty queue gives nothing in time, and jobs again later`() throws {
        let queue = JobQueue<Int>(capacity: 10)
        for round in 0..<3 {
            guard case .nothing = queue.take(1, waitingAtMost: 0) else {
                Issue.record("Something came out of an empty queue.")
                return
            }
            #expect(queue.submit(round))
            #expect(jobs(queue.take(1, waitingAtMost: -1)) == [round])
        }
    }

    @Test func `A closed queue gives what is left and then its end`() throws {
        let queue = JobQueue<Int>(capacity: 10)
        #expect(queue.submit(1))
        queue.close()
        #expect(!queue.submit(2))
        #expect(jobs(queue.take(5, waitingAtMost: -1)) == [1])
        guard case .closed = queue.take(5, waitingAtMost: -1) else {
            Issue.record("The queue has to end.")
            return
        }
    }

    @Test func `Every job reaches exactly one of several sleeping takers, and the close wakes all`() throws {
        let queue = JobQueue<Int>(capacity: 100_000)
        let seen = Order()
        let takers = try (0..<4).map { _ in
            try Thread.start("test") {
                while case .jobs(let jobs) = queue.take(3, waitingAtMost: -1) {
                    for job in jobs { seen.append("\(job)") }
                }
            }
        }
        let submitters = try (0..<4).map { part in
            try Thread.start("test") {
                for job in 0..<5000 { _ = queue.submit(part * 5000 + job) }
            }
        }
        for thread in submitters { thread.join() }
        queue.close()
        for thread in takers { thread.join() }
        #expect(Set(seen.all) == Set((0..<20_000).map { "\($0)" }) && seen.all.count == 20_000)
    }
}
