// Ends at a moment of the wall clock: then, not before, and whatever the clock was set to meanwhile.

import Domain
import Reactor
import Synchronization
import Testing

@testable import Server

@Suite struct ExpiryTimerTests {
    /// A clock whose two times are moved by hand, apart where it is set.
    private final class SetClock: TimeSource {
        private let nanoseconds = Atomic<UInt64>(1_000_000_000)
        private let milliseconds = Atomic<Int64>(1_700_000_000_000)

        func monotonicNanoseconds() -> UInt64 { nanoseconds.load(ordering: .relaxed) }
        func wallMilliseconds() -> Int64 { milliseconds.load(ordering: .relaxed) }

        func pass(seconds: Int) {
            nanoseconds.add(UInt64(seconds) * 1_000_000_000, ordering: .relaxed)
            set(onBySeconds: seconds)
        }

        func set(onBySeconds seconds: Int) {
            milliseconds.add(Int64(seconds) * 1000, ordering: .relaxed)
        }
    }

    /// Some moments, in seconds from the beginning, and those that have ended.
    private final class World {
        let clock = SetClock()
        let loop: EventLoop
        private(set) var ended: [Int] = []
        private var open: [Int] = []
        private lazy var timer = ExpiryTimer(on: loop) { [unowned self] now in
            ended += open.filter { Self.moment($0) <= now }.sorted()
            open.removeAll { Self.moment($0) <= now }
            return open.min().map(Self.moment)
        }

        init() throws { loop = try EventLoop(name: "test", time: clock) }

        private static func moment(_ second: Int) -> Timestamp {
            Timestamp(milliseconds: 1_700_000_000_000 + Int64(second) * 1000)
        }

        func add(_ second: Int) {
            open.append(second)
            timer.watch(Self.moment(second))
        }

        func pass(seconds: Int) {
            clock.pass(seconds: seconds)
            loop.turn(waiting: false)
        }
    }

    @Test func `each ends when its time has come, and not before, in whatever order they came`() throws {
        let world = try World()
        for second in [30, 10, 20, 10] { world.add(second) }
        world.pass(seconds: 9)
        #expect(world.ended == [])
        world.pass(seconds: 1)
        #expect(world.ended == [10, 10])
        world.add(15)
        world.pass(seconds: 5)
        #expect(world.ended == [10, 10, 15])
        world.pass(seconds: 15)
        #expect(world.ended == [10, 10, 15, 20, 30])
        world.pass(seconds: 100)
        #expect(world.ended.count == 5)
    }

    @Test func `a clock that is set on ends within a minute what its time is past`() throws {
        let world = try World()
        world.add(5 * 86_400)
        world.pass(seconds: 60)
        #expect(world.ended == [])
        world.clock.set(onBySeconds: 6 * 86_400)
        world.pass(seconds: 60)
        #expect(world.ended == [5 * 86_400])
    }

    @Test func `a clock that is set back lets live on`() throws {
        let world = try World()
        world.add(10)
        world.clock.set(onBySeconds: -100)
        world.pass(seconds: 10)
        #expect(world.ended == [])
        for _ in 0..<9 { world.pass(seconds: 10) }
        #expect(world.ended == [])
        world.pass(seconds: 10)
        #expect(world.ended == [10])
    }

    @Test func `what is past its time already ends at once`() throws {
        let world = try World()
        world.add(-10)
        world.pass(seconds: 1)
        #expect(world.ended == [-10])
    }
}
