// The mailbox and posting: order, wakes, and what becomes of work around the end of a loop.

import Testing
import Threads

@testable import Reactor

@Suite(.timeLimit(.minutes(10))) struct MailboxTests {
    @Test func `a burst of posts to a sleeping loop writes to the eventfd once`() throws {
        let mailbox = try Mailbox()
        #expect(mailbox.prepareToSleep())
        for _ in 0..<1000 { #expect(mailbox.post(Work {})) }
        #expect(mailbox.wakes == 1)
        var list: ContiguousArray<Work> = []
        let isStopRequested = mailbox.take(into: &list)
        #expect(!isStopRequested)
        #expect(list.count == 1000)
        #expect(mailbox.prepareToSleep())
        _ = mailbox.post(Work {})
        #expect(mailbox.wakes == 2)
    }

    @Test func `a loop with work waiting does not sleep and needs no wake`() throws {
        let mailbox = try Mailbox()
        _ = mailbox.post(Work {})
        #expect(!mailbox.prepareToSleep())
        #expect(mailbox.wakes == 0)
    }

    @Test func `a stop wakes a sleeping loop and keeps it from sleeping again`() throws {
        let mailbox = try Mailbox()
        #expect(mailbox.prepareToSleep())
        mailbox.requestStop()
        #expect(mailbox.wakes == 1)
        #expect(!mailbox.prepareToSleep())
        var list: ContiguousArray<Work> = []
        let isStopRequested = mailbox.take(into: &list)
        #expect(isStopRequested)
    }

    @Test func `work of many threads runs completely and in each thread's order`() throws {
        let loop = try EventLoop(name: "order")
        try loop.start()
        let log = Log<(thread: Int, number: Int)>()
        let threads = try (0..<4).map { thread in
            try NamedThread.start(name: "poster \(thread)") {
                for number in 0..<2000 { loop.post { log.append((thread, number)) } }
            }
        }
        for thread in threads { thread.join() }
        loop.stop()
        loop.join()
        let entries = log.entries
        #expect(entries.count == 8000)
        for thread in 0..<4 {
            #expect(entries.filter { $0.thread == thread }.map(\.number) == Array(0..<2000))
        }
    }

    @Test func `work posted by the loop itself runs in the next turn without a wake`() throws {
        let loop = try EventLoop(name: "self")
        defer { loop.end() }
        let log = Log<Int>()
        loop.post {
            log.append(1)
            loop.post { log.append(2) }
        }
        loop.turn(waiting: true)
        #expect(log.entries == [1])
        // Would wait for ever if the second piece didn't keep the loop from sleeping.
        loop.turn(waiting: true)
        #expect(log.entries == [1, 2])
        #expect(loop.wakes == 0)
    }

    @Test func `work posted by a before-sleep hook runs before the loop sleeps`() throws {
        let loop = try EventLoop(name: "hook")
        defer { loop.end() }
        let log = Log<Int>()
        var isFirst = true
        loop.addBeforeSleep {
            if isFirst { loop.post { log.append(1) } }
            isFirst = false
        }
        loop.turn(waiting: false)
        loop.turn(waiting: true)
        #expect(log.entries == [1])
    }

    @Test func `work posted before stop runs and work posted after the end is refused and dropped`() throws {
        let loop = try EventLoop(name: "end")
        let log = Log<Int>()
        let gate = Gate()
        loop.post { gate.wait() }
        try loop.start()
        for number in 0..<10 { #expect(loop.post { log.append(number) }) }
        loop.stop()
        gate.open()
        loop.join()
        #expect(log.entries == Array(0..<10))
        #expect(!loop.post { log.append(99) })
        #expect(log.entries.count == 10)
    }

    @Test func `work that the last work posts is refused so that a loop always ends`() throws {
        let loop = try EventLoop(name: "tail")
        let answers = Log<Bool>()
        loop.post {
            // Still taken, for the end; what that posts is not.
            answers.append(loop.post { answers.append(loop.post {}) })
        }
        loop.stop()
        loop.run()
        #expect(answers.entries == [true, false])
    }

    @Test func `a posted descriptor arrives and is closed when nobody takes it`() throws {
        let loop = try EventLoop(name: "parcel")
        let (number, peer) = try socketPair()
        loop.post(Descriptor(owning: number)) { descriptor in
            let stream = ByteStream(descriptor, loop: loop)
            stream.append(Array("here".utf8))
            #expect(stream.flush() == .done)
        }
        loop.turn(waiting: false)
        #expect(peer.receiveText() == "here")
        #expect(peer.receiveText() == "")

        let (second, secondPeer) = try socketPair()
        loop.stop()
        loop.run()
        #expect(!loop.post(Descriptor(owning: second)) { _ in })
        #expect(secondPeer.receiveText() == "")
    }
}
