// The lock: one thread at a time, whatever the value.

import Testing
import Threads

@Suite(.timeLimit(.minutes(10))) struct GuardedTests {
    private struct Refused: Error {}

    /// One owner only, as a descriptor has.
    private struct Single: ~Copyable, Sendable {}

    /// A value that notices a second visitor.
    private final class Room: Sendable {
        struct State {
            var isTaken = false
            var visits = 0
            var meetings = 0
        }

        let state = Guarded(State())

        func visit() {
            state.withLock { state in
                if state.isTaken { state.meetings += 1 }
                state.isTaken = true
                state.visits += 1
                state.isTaken = false
            }
        }
    }

    @Test func `nobody else touches the value meanwhile`() throws {
        let room = Room()
        let threads = try (0..<4).map { number in
            try NamedThread.start(name: "counter \(number)") {
                for _ in 0..<20_000 { room.visit() }
            }
        }
        for thread in threads { thread.join() }
        #expect(room.state.withLock { $0.visits } == 80_000)
        #expect(room.state.withLock { $0.meetings } == 0)
    }

    @Test func `an error passes through and frees the lock`() {
        let value = Guarded(1)
        #expect(throws: Refused.self) {
            try value.withLock { (value) throws(Refused) in
                value = 2
                throw Refused()
            }
        }
        #expect(value.withLock { $0 } == 2)
    }

    @Test func `a value with one owner can be taken out once`() {
        let value = Guarded<Single?>(Single())
        let first = value.withLock { $0.take() }
        let second = value.withLock { $0.take() }
        let (hasFirst, hasSecond) = (first != nil, second != nil)
        #expect(hasFirst)
        #expect(!hasSecond)
    }

    @Test func `the value is let go with its lock`() {
        final class Witness: Sendable {}
        weak var witness: Witness?
        do {
            let value = Guarded<Witness?>(nil)
            let made = Witness()
            witness = made
            value.withLock { $0 = made }
        }
        #expect(witness == nil)
    }
}
