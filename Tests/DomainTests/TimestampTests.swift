// Moments: arithmetic that saturates, seconds that round down.

import Domain
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, 0), (1, 0), (999, 0), (1000, 1), (1999, 1), (-1, -1), (-999, -1), (-1000, -1), (-1001, -2),
            (Int64.max, 9_223_372_036_854_775), (Int64.min, -9_223_372_036_854_776),
        ] as [(Int64, Int64)]
    )
    func `seconds are rounded down`(_ milliseconds: Int64, _ seconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).seconds == seconds)
    }

    @Test(
        arguments: [
            (5, 0, 5), (5, 2, 2005), (5, -2, -1995), (0, .max, .max), (0, .min, .min), (.max, 1, .max),
            (.min, -1, .min),
            (.max - 999, 1, .max), (.max - 1000, 1, .max), (.min, 1, .min + 1000), (.max, -1, .max - 1000),
        ] as [(Int64, Int64, Int64)]
    )
    func `adding seconds saturates at either end`(_ start: Int64, _ seconds: Int64, _ sum: Int64) {
        #expect(Timestamp(milliseconds: start).adding(seconds: seconds) == Timestamp(milliseconds: sum))
    }

    @Test func `earlier moments come first`() {
        let moments = [Int64.min, -1, 0, 1, .max].map(Timestamp.init(milliseconds:))
        #expect(moments.reversed().sorted() == moments)
        #expect(!(moments[0] < moments[0]))
    }
}
