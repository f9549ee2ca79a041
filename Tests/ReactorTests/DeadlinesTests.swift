// Deadlines: order, lazy re-arming, cancelling, and the same answers as a sorted list.
import RandomKit
import Reactor
import Testing

/// Deadlines held by reference, since an expectation can't change a value.
final class Held<Payload> {
    private var deadlines = Deadlines<Payload>()

    var count: Int { deadlines.count }
    var nextWake: MonotonicInstant? { deadlines.nextWake }
    func schedule(at deadline: MonotonicInstant, _ payload: Payload) -> TimerID {
        deadlines.schedule(at: deadline, payload)
    }
    @discardableResult func rearm(_ id: TimerID, at deadline: MonotonicInstant) -> Bool {
        deadlines.rearm(id, at: deadline)
    }
    func cancel(_ id: TimerID) -> Payload? { deadlines.cancel(id) }
    func popDue(now: MonotonicInstant) -> Payload? { deadlines.popDue(now: now) }
    func isPending(_ id: TimerID) -> Bool { deadlines.isPending(id) }
}

@Suite struct DeadlinesTests {
    func at(_ nanoseconds: UInt64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    func drain(_ deadlines: Held<Int>, now: UInt64) -> [Int] {
        var fired: [Int] = []
        while let payload = deadlines.popDue(now: at(now)) { fired.append(payload) }
        return fired
    }

    @Test func `deadlines come in order and never before their time`() {
        let deadlines = Held<Int>()
        for moment in [50, 10, 40, 20, 30] { _ = deadlines.schedule(at: at(UInt64(moment)), moment) }
        #expect(drain(deadlines, now: 9) == [])
        #expect(drain(deadlines, now: 30) == [10, 20, 30])
        #expect(drain(deadlines, now: 100) == [40, 50])
        #expect(deadlines.count == 0)
        #expect(deadlines.nextWake == nil)
    }

    @Test func `equal deadlines come in the order of arming`() {
        let deadlines = Held<Int>()
        let first = deadlines.schedule(at: at(5), 1)
        for number in 2...9 { _ = deadlines.schedule(at: at(5), number) }
        deadlines.rearm(first, at: at(5))
        #expect(drain(deadlines, now: 5) == [2, 3, 4, 5, 6, 7, 8, 9, 1])
    }

    @Test func `a deadline moved later fires at the later time only`() {
        let deadlines = Held<Int>()
        let id = deadlines.schedule(at: at(10), 1)
        #expect(deadlines.rearm(id, at: at(20)))
        #expect(deadlines.rearm(id, at: at(30)))
        #expect(drain(deadlines, now: 29) == [])
        #expect(deadlines.nextWake == at(30))
        #expect(drain(deadlines, now: 30) == [1])
        #expect(!deadlines.rearm(id, at: at(40)))
    }

    @Test func `a deadline moved earlier is looked for earlier`() {
        let deadlines = Held<Int>()
        _ = deadlines.schedule(at: at(50), 1)
        let id = deadlines.schedule(at: at(100), 2)
        deadlines.rearm(id, at: at(10))
        #expect(deadlines.nextWake == at(10))
        #expect(drain(deadlines, now: 10) == [2])
    }

    @Test func `moving later leaves the heap alone until the old time comes`() {
        let deadlines = Held<Int>()
        let id = deadlines.schedule(at: at(10), 1)
        deadlines.rearm(id, at: at(1000))
        #expect(deadlines.nextWake == at(10))
        #expect(drain(deadlines, now: 10) == [])
        #expect(deadlines.nextWake == at(1000))
    }

    @Test func `a cancelled deadline gives its payload back once and never fires`() {
        let deadlines = Held<Int>()
        let id = deadlines.schedule(at: at(10), 7)
        #expect(deadlines.isPending(id))
        #expect(deadlines.cancel(id) == 7)
        #expect(deadlines.cancel(id) == nil)
        #expect(!deadlines.isPending(id))
        #expect(drain(deadlines, now: 100) == [])
    }

    @Test func `an id of the past does not name the deadline that reuses its slot`() {
        let deadlines = Held<Int>()
        let old = deadlines.schedule(at: at(10), 1)
        _ = deadlines.cancel(old)
        _ = deadlines.schedule(at: at(10), 2)
        #expect(!deadlines.rearm(old, at: at(99)))
        #expect(deadlines.cancel(old) == nil)
        #expect(drain(deadlines, now: 10) == [2])
    }

    @Test func `a deadline at the end of time rests and can be armed again`() {
        let deadlines = Held<Int>()
        let id = deadlines.schedule(at: .distantFuture, 1)
        #expect(deadlines.nextWake == nil)
        #expect(drain(deadlines, now: .max) == [])
        deadlines.rearm(id, at: at(3))
        #expect(drain(deadlines, now: 3) == [1])
    }

    @Test func `a payload ends when its deadline is cancelled`() {
        final class Witness {}
        let deadlines = Held<Witness>()
        weak var witness: Witness?
        let id: TimerID
        do {
            let payload = Witness()
            witness = payload
            id = deadlines.schedule(at: at(1), payload)
        }
        #expect(witness != nil)
        _ = deadlines.cancel(id)
        #expect(witness == nil)
    }

    @Test func `ten thousand deadlines fire once each and in order`() {
        let deadlines = Held<Int>()
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<10_000 {
            let moment = Int(generator.next() % 1_000_000)
            _ = deadlines.schedule(at: at(UInt64(moment)), moment)
        }
        let fired = drain(deadlines, now: 1_000_000)
        #expect(fired.count == 10_000)
        #expect(fired == fired.sorted())
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `random use gives the same answers as a sorted list`(seed: UInt64) {
        struct Entry {
            var deadline: UInt64
            var order: Int
            let number: Int
        }
        var generator = SeededGenerator(seed: seed)
        let deadlines = Held<Int>()
        var model: [Int: Entry] = [:]
        var ids: [TimerID] = []
        var now: UInt64 = 0
        for step in 0..<4000 {
            let moment = now + generator.next() % 500
            switch generator.next() % 8 {
            case 0, 1, 2:
                model[ids.count] = Entry(deadline: moment, order: step, number: ids.count)
                ids.append(deadlines.schedule(at: at(moment), ids.count))
            case 3 where !ids.isEmpty, 4 where !ids.isEmpty:
                let number = Int(generator.next() % UInt64(ids.count))
                let isMoved = deadlines.rearm(ids[number], at: at(moment))
                #expect(isMoved == (model[number] != nil))
                model[number]?.deadline = moment
                model[number]?.order = step
            case 6 where !ids.isEmpty:
                let number = Int(generator.next() % UInt64(ids.count))
                let cancelled = deadlines.cancel(ids[number])
                #expect(cancelled == model.removeValue(forKey: number)?.number)
            default:
                now += generator.next() % 60
                let due = model.values.filter { $0.deadline <= now }
                    .sorted { ($0.deadline, $0.order) < ($1.deadline, $1.order) }
                let fired = drain(deadlines, now: now)
                #expect(fired == due.map(\.number))
                for entry in due { model[entry.number] = nil }
                if let wake = deadlines.nextWake, let earliest = model.values.map(\.deadline).min() {
                    #expect(wake <= at(earliest))
                }
            }
            #expect(deadlines.count == model.count)
        }
    }
}
