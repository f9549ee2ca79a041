// Many streams read as one: order, no repetition, and no reading of what isn't needed.

import Domain
import RandomKit
import Testing

@testable import Domain

@Suite struct MessageMergeTests {
    private func ids(_ numbers: [Int64]) -> [MessageID] { numbers.map(MessageID.init(rawValue:)) }

    /// A stream over a list, and a count of its readings.
    private final class Stream {
        let numbers: [Int64]
        private(set) var readings = 0

        init(_ numbers: [Int64]) { self.numbers = numbers }

        func source(_ range: MessageRange) -> MessageSource {
            MessageSource(range, through: MessageID(rawValue: numbers.max() ?? 0)) {
                range,
                limit throws(Failure) in
                self.readings += 1
                let inside = self.numbers.filter { range.after.rawValue < $0 && $0 < range.before.rawValue }
                let sorted = inside.sorted { range.isDescending ? $0 > $1 : $0 < $1 }
                return sorted.prefix(limit).map(MessageID.init(rawValue:))
            }
        }
    }

    @Test(arguments: [false, true]) func `streams come out as one in order, each id once`(isDescending: Bool)
        throws
    {
        var generator = SeededGenerator(seed: isDescending ? 1 : 2)
        for _ in 0..<200 {
            let streams = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                Stream(
                    Array(
                        Set(
                            (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                                Int64.random(in: 1...100, using: &generator)
                            }
                        )
                    )
                )
            }
            let range = MessageRange(
                after: MessageID(rawValue: Int64.random(in: 0...30, using: &generator)),
                before: MessageID(rawValue: Int64.random(in: 60...110, using: &generator)),
                isDescending: isDescending
            )
            var merge = MessageMerge(streams.map { $0.source(range) }, isDescending: isDescending)
            var found: [MessageID] = []
            while let id = try merge.next() { found.append(id) }
            let all = Set(streams.flatMap(\.numbers)).filter {
                range.after.rawValue < $0 && $0 < range.before.rawValue
            }
            #expect(found == ids(all.sorted { isDescending ? $0 > $1 : $0 < $1 }))
        }
    }

    @Test func `a stream whose newest is too old isn't read while newer ones last`() throws {
        let (new, old) = (Stream([100, 90, 80]), Stream([5, 4]))
        let range = MessageRange(isDescending: true)
        var merge = MessageMerge([old.source(range), new.source(range)], isDescending: true)
        var found: [MessageID] = []
        for _ in 0..<3 { if let id = try merge.next() { found.append(id) } }
        #expect(found == ids([100, 90, 80]))
        #expect(old.readings == 0)
    }

    @Test func `an empty stretch isn't read at all`() throws {
        let stream = Stream([1, 2, 3])
        let range = MessageRange(after: MessageID(rawValue: 3))
        var merge = MessageMerge([stream.source(range)], isDescending: false)
        #expect(try merge.next() == nil)
        #expect(stream.readings == 0)
    }

    @Test func `an own message moves the position, or is counted where others wait before it`() {
        var position = Position(visibleAfter: .none, delivered: .none, deliveredSequence: 0)
        position.noteOwn(MessageID(rawValue: 10), sequence: 1)
        #expect(position.delivered == MessageID(rawValue: 10))
        #expect(position.deliveredSequence == 1)
        position.noteOwn(MessageID(rawValue: 12), sequence: 3)
        #expect((position.deliveredSequence, position.ownAfterDelivered) == (1, 1))
        position.noteOwn(MessageID(rawValue: 13), sequence: 4)
        #expect((position.deliveredSequence, position.ownAfterDelivered) == (1, 2))
    }
}
