// The shares of the hashing threads, and the end of waiting work when they stop.

import Crypto
import Domain
import Glibc
import Reactor
import Testing
import Threads

@testable import Server

@Suite struct ComputePoolTests {
    /// A pool whose one thread is held until the gate is opened.
    private static func held() throws -> (pool: ComputePool, gate: BlockingQueue<Void>) {
        let pool = try ComputePool(threads: 1, cost: .fastest)
        let gate = BlockingQueue<Void>(capacity: 1)
        let hasBegun = BlockingQueue<Void>(capacity: 1)
        #expect(
            pool.submit(hashes: 1, for: nil) { _ in
                _ = hasBegun.push(())
                _ = gate.take()
            }
        )
        _ = hasBegun.take()
        return (pool, gate)
    }

    private static let here = PeerAddress(family: .ipv4, high: 0, low: 1)
    private static let there = PeerAddress(family: .ipv4, high: 0, low: 2)

    @Test func `An address gets its share, and leaves the rest of an application's to others`() throws {
        let (pool, gate) = try Self.held()
        let app = ApplicationID(rawValue: 1)
        var taken = 0
        // Of applications enough for it to be the address's share that ends it.
        for number in 2...20 {
            let app = ApplicationID(rawValue: Int64(number))
            for _ in 0..<100 where pool.submit(hashes: 1, for: app, from: Self.here, { _ in }) { taken += 1 }
        }
        #expect(taken == ComputePool.addressShare)
        #expect(pool.submit(hashes: 1, for: app, from: Self.there) { _ in })
        #expect(pool.submit(hashes: 60, for: app) { _ in })
        _ = gate.push(())
        // Its places are free again, one after the other.
        while pool.hashes > 0 { sched_yield() }
        #expect(pool.submit(hashes: 1, for: app, from: Self.here) { _ in })
        pool.close()
    }

    @Test func `Who comes behind a crowd of another address has his turn next`() throws {
        let (pool, gate) = try Self.held()
        let app = ApplicationID(rawValue: 1)
        let order = Guarded<[String]>([])
        for _ in 0..<20 {
            #expect(
                pool.submit(hashes: 1, for: app, from: Self.here) { _ in order.withLock { $0.append("crowd") }
                }
            )
        }
        #expect(
            pool.submit(hashes: 1, for: app, from: Self.there) { _ in order.withLock { $0.append("one") } }
        )
        let isDone = BlockingQueue<Void>(capacity: 1)
        #expect(pool.submit(hashes: 1, for: app) { _ in _ = isDone.push(()) })
        _ = gate.push(())
        _ = isDone.take()
        #expect(order.withLock { $0.prefix(2) } == ["crowd", "one"])
        pool.close()
    }

    @Test func `What waits when the pool is closed isn't begun`() throws {
        let (pool, gate) = try Self.held()
        let begun = Guarded(0)
        for _ in 0..<10 { #expect(pool.submit(hashes: 1, for: nil) { _ in begun.withLock { $0 += 1 } }) }
        let closer = try NamedThread.start(name: "closer") {
            pool.close()
        }
        // Only then may the thread go on.
        while pool.depth > 0 { sched_yield() }
        _ = gate.push(())
        closer.join()
        #expect(begun.withLock { $0 } == 0)
        #expect(pool.depth == 0)
    }

    @Test(arguments: [false, true])
    func `A closed pool is let go, with all that waited or came too late`(isLate: Bool) throws {
        weak var left: ComputePool?
        do {
            let (pool, gate) = try Self.held()
            left = pool
            if !isLate { #expect(pool.submit(hashes: 1, for: nil) { _ in }) }
            let closer = try NamedThread.start(name: "closer") { pool.close() }
            // Only then may the thread go on: what waits isn't begun.
            while pool.depth > 0 { sched_yield() }
            _ = gate.push(())
            closer.join()
            if isLate { #expect(!pool.submit(hashes: 1, for: nil) { _ in }) }
        }
        #expect(left == nil)
    }
}
