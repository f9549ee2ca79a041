// A rate's bucket: how it empties and fills, by a clock that the test moves.

import Domain
import Testing

@Suite struct RateBucketTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func `A burst is admitted at once, then a call for each share of a second`() {
        let rate = Rate(requests: 2, burst: 3)
        var bucket = RateBucket(rate, at: 0)
        #expect((0..<3).map { _ in bucket.take(rate, at: 0).remaining } == [2, 1, 0])
        let refused = bucket.take(rate, at: 0)
        #expect(!refused.isAdmitted && refused.retrySeconds == 1 && refused.resetSeconds == 2)
        #expect(bucket.take(rate, at: Self.second / 2).isAdmitted)
        #expect(!bucket.take(rate, at: Self.second / 2).isAdmitted)
    }

    @Test func `A rest fills it up to the burst and no further`() {
        let rate = Rate(requests: 10, burst: 2)
        var bucket = RateBucket(rate, at: 0)
        let later = 3600 * Self.second
        #expect((0..<3).map { _ in bucket.take(rate, at: later).isAdmitted } == [true, true, false])
    }

    @Test func `A clock that stands or goes back fills nothing`() {
        let rate = Rate(requests: 1, burst: 1)
        var bucket = RateBucket(rate, at: 5 * Self.second)
        #expect(bucket.take(rate, at: 5 * Self.second).isAdmitted)
        #expect(!bucket.take(rate, at: 0).isAdmitted)
        #expect(!bucket.take(rate, at: 5 * Self.second).isAdmitted)
        #expect(bucket.take(rate, at: 6 * Self.second).isAdmitted)
    }

    @Test func `A changed rate holds at once, and the largest overflows nothing`() {
        let (narrow, wide) = (
            Rate(requests: 1, burst: 1), Rate(requests: 1_000_000_000, burst: 1_000_000_000)
        )
        var bucket = RateBucket(wide, at: 0)
        #expect(bucket.take(wide, at: .max).remaining == 999_999_999)
        #expect(bucket.take(narrow, at: .max).remaining == 0)
        #expect(!bucket.take(narrow, at: .max).isAdmitted)
    }

    @Test func `Rates survive their text`() {
        var rates = Rates()
        rates[.messages] = Rate(requests: 2, burst: 5)
        rates[.token] = Rate(requests: 1, burst: 1)
        #expect(rates.text == "messages:2/5,token:1/1")
        #expect(Rates(text: rates.text) == rates)
        #expect(Rates(text: "").isEmpty)
    }
}
