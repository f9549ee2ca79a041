// Ids that rise with time: given out in order, whatever the clock does, and read back from their printed form.

import Domain
import Testing

@Suite struct GroupIDTests {
    private static func moment(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: TimeOrderedIDs.epoch.milliseconds + milliseconds)
    }

    @Test func `An id is the milliseconds since 2020, then a number of twelve bits`() {
        var ids = TimeOrderedIDs()
        #expect(ids.next(at: Self.moment(1)) == 4096)
        #expect(ids.next(at: Self.moment(1)) == 4097)
        #expect(ids.next(at: Self.moment(3)) == 3 * 4096)
        #expect(TimeOrderedIDs.first(at: Self.moment(3)) == 3 * 4096)
    }

    @Test func `More ids than a millisecond has run into the next one`() {
        var ids = TimeOrderedIDs()
        var last: Int64 = 0
        for _ in 0..<10_000 {
            let id = ids.next(at: Self.moment(5))
            #expect(id == (last == 0 ? 5 * 4096 : last + 1))
            last = id
        }
        // Time catches up with what was given out ahead of it.
        #expect(ids.next(at: Self.moment(6)) == last + 1)
        #expect(ids.next(at: Self.moment(8)) == 8 * 4096)
    }

    @Test(arguments: [0, -1, -1_000_000, Int64.min / 2, Int64.max])
    func `Ids rise when the clock goes back, and none is negative`(offset: Int64) {
        var ids = TimeOrderedIDs(after: 7)
        let (sum, isTooFar) = TimeOrderedIDs.epoch.milliseconds.addingReportingOverflow(offset)
        let moment = Timestamp(milliseconds: isTooFar ? .max : sum)
        let first = ids.next(at: moment)
        #expect(first > 7)
        #expect(ids.next(at: moment) == first + 1)
    }

    @Test(arguments: [(1, "1"), (887_236_184_170_497, "887236184170497"), (Int64.max, "9223372036854775807")])
    func `An id is printed in decimal and read back`(id: Int64, text: String) {
        #expect(GroupID(rawValue: id).text == text)
        #expect(GroupID(text) == GroupID(rawValue: id))
    }

    @Test(
        "Any other text is no id",
        arguments: [
            "", "0", "01", "-1", "+1", " 1", "1 ", "1.0", "0x1", "９", "9223372036854775808", "abc", "1,2",
        ]
    )
    func otherTexts(text: String) {
        #expect(GroupID(text) == nil)
    }
}
