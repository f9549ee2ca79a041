// The bounded queue between threads: order, bound, closing.

import Testing
import Threads

@Suite(.timeLimit(.minutes(10))) struct BlockingQueueTests {
    @Test func `elements come in order and up to the limit`() {
        let queue = BlockingQueue<Int>(capacity: 10)
        for number in 0..<7 { #expect(queue.push(number)) }
        #expect(queue.count == 7)
        #expect(queue.takeAll(max: 3) == [0, 1, 2])
        #expect(queue.take() == 3)
        #expect(queue.takeAll(max: 100) == [4, 5, 6])
        #expect(queue.count == 0)
    }

    @Test func `what comes between two takes is taken after what was there`() {
        let queue = BlockingQueue<Int>(capacity: 10)
        for number in 1...5 { #expect(queue.push(number)) }
        #expect(queue.takeAll(max: 3) == [1, 2, 3])
        #expect(queue.push(6))
        #expect(queue.takeAll(max: 3) == [4, 5, 6])
    }

    @Test func `a full queue refuses until something is taken`() {
        let queue = BlockingQueue<Int>(capacity: 2)
        #expect(queue.push(1))
        #expect(queue.push(2))
        #expect(!queue.push(3))
        #expect(queue.take() == 1)
        #expect(queue.push(4))
        #expect(queue.takeAll(max: 9) == [2, 4])
    }

    @Test func `a closed queue refuses and gives out what it has`() {
        let queue = BlockingQueue<Int>(capacity: 5)
        _ = queue.push(1)
        queue.close()
        queue.close()
        #expect(queue.isClosed)
        #expect(!queue.push(2))
        #expect(queue.takeAll(max: 5) == [1])
        #expect(queue.takeAll(max: 5) == [])
        #expect(queue.take() == nil)
    }

    @Test func `a take with a limit of time ends without elements`() {
        let queue = BlockingQueue<Int>(capacity: 5)
        guard case .timedOut = queue.takeAll(max: 1, within: .milliseconds(1)) else {
            Issue.record("nothing was there to take")
            return
        }
        _ = queue.push(1)
        guard case .elements([1]) = queue.takeAll(max: 1, within: .zero) else {
            Issue.record("one element was there")
            return
        }
        queue.close()
        for duration in [Duration.seconds(60), .seconds(Int64.max), nil] {
            guard case .closed = queue.takeAll(max: 1, within: duration) else {
                Issue.record("the queue was closed")
                return
            }
        }
    }

    @Test func `after a take in vain the queue gives elements again`() {
        let queue = BlockingQueue<Int>(capacity: 10)
        for round in 0..<3 {
            for duration in [Duration.zero, .seconds(-1)] {
                guard case .timedOut = queue.takeAll(max: 1, within: duration) else {
                    Issue.record("something came out of an empty queue")
                    return
                }
            }
            #expect(queue.push(round))
            guard case .elements([round]) = queue.takeAll(max: 1, within: nil) else {
                Issue.record("one element was there")
                return
            }
        }
    }

    @Test func `a take without a limit of time or a far one sleeps until something is pushed`() throws {
        for duration in [Duration.seconds(3600), .seconds(Int64.max), nil] {
            let queue = BlockingQueue<Int>(capacity: 1)
            let log = Log<Int>()
            let taker = try NamedThread.start(name: "taker") {
                guard case .elements(let taken) = queue.takeAll(max: 5, within: duration) else { return }
                for number in taken { log.append(number) }
            }
            #expect(queue.push(7))
            taker.join()
            #expect(log.entries == [7])
        }
    }

    @Test func `close wakes all that wait`() throws {
        let queue = BlockingQueue<Int>(capacity: 1)
        let log = Log<[Int]>()
        let threads = try (0..<4).map { number in
            try NamedThread.start(name: "waiter \(number)") {
                if number % 2 == 0 {
                    log.append(queue.takeAll(max: 3))
                } else if case .closed = queue.takeAll(max: 3, within: .seconds(600)) {
                    log.append([])
                }
            }
        }
        queue.close()
        for thread in threads { thread.join() }
        #expect(log.entries == [[], [], [], []])
    }

    @Test func `many producers lose nothing and keep their order and never exceed the bound`() throws {
        let queue = BlockingQueue<(producer: Int, number: Int)>(capacity: 64)
        let producers = try (0..<4).map { producer in
            try NamedThread.start(name: "producer \(producer)") {
                for number in 0..<3000 { while !queue.push((producer, number)) {} }
            }
        }
        var taken: [(producer: Int, number: Int)] = []
        while taken.count < 12_000 {
            let batch = queue.takeAll(max: 1000)
            #expect(batch.count <= 64)
            taken += batch
        }
        for producer in producers { producer.join() }
        for producer in 0..<4 {
            #expect(taken.filter { $0.producer == producer }.map(\.number) == Array(0..<3000))
        }
    }

    @Test func `many consumers share the elements without doubles`() throws {
        let queue = BlockingQueue<Int>(capacity: 10_000)
        let log = Log<Int>()
        let consumers = try (0..<3).map { number in
            try NamedThread.start(name: "consumer \(number)") {
                while let element = queue.take() { log.append(element) }
            }
        }
        for number in 0..<5000 { #expect(queue.push(number)) }
        queue.close()
        for consumer in consumers { consumer.join() }
        #expect(log.entries.sorted() == Array(0..<5000))
    }

    @Test func `every element reaches exactly one of several takers of batches`() throws {
        let queue = BlockingQueue<Int>(capacity: 100_000)
        let log = Log<Int>()
        let takers = try (0..<4).map { number in
            try NamedThread.start(name: "taker \(number)") {
                while case .elements(let batch) = queue.takeAll(max: 3, within: nil) {
                    for number in batch { log.append(number) }
                }
            }
        }
        let pushers = try (0..<4).map { part in
            try NamedThread.start(name: "pusher \(part)") {
                for number in 0..<5000 { _ = queue.push(part * 5000 + number) }
            }
        }
        for thread in pushers { thread.join() }
        queue.close()
        for thread in takers { thread.join() }
        #expect(log.entries.sorted() == Array(0..<20_000))
    }

    @Test func `what was taken is let go`() {
        final class Witness: Sendable {}
        let queue = BlockingQueue<Witness>(capacity: 3)
        weak var witness: Witness?
        do {
            let element = Witness()
            witness = element
            _ = queue.push(element)
            _ = queue.push(Witness())
        }
        #expect(witness != nil)
        _ = queue.take()
        #expect(witness == nil)
    }
}
