// Mutes: what a change stores, and how many seconds are said to be left.

import Testing

@testable import Domain

@Suite struct MuteRulesTests {
    private static let now = Timestamp(milliseconds: 1_700_000_000_500)

    @Test(
        arguments: [
            (1, 1), (999, 1), (1000, 1), (1001, 2), (60_000, 60), (0, 0), (-1, 0), (-60_000, 0),
        ] as [(Int64, Int64)]
    )
    func `seconds left are rounded up and never negative`(_ milliseconds: Int64, _ seconds: Int64) {
        let end = Timestamp(milliseconds: Self.now.milliseconds + milliseconds)
        #expect(MuteRules.secondsLeft(of: end, at: Self.now) == seconds)
    }

    @Test func `no mute has no seconds left, one for ever has -1`() {
        #expect(MuteRules.secondsLeft(of: nil, at: Self.now) == 0)
        #expect(MuteRules.secondsLeft(of: Mutes.forever, at: Self.now) == -1)
    }

    @Test func `a mute of the longest accepted life is not for ever`() {
        let end = MuteChange.seconds(315_360_000).applied(to: nil, at: Self.now)
        #expect(MuteRules.secondsLeft(of: end, at: Self.now) == 315_360_000)
    }

    @Test func `a change replaces, lifts or leaves what was stored`() {
        let old = Timestamp(milliseconds: Self.now.milliseconds + 5000)
        let table: [(change: MuteChange, from: Timestamp?, to: Timestamp?)] = [
            (.unchanged, nil, nil), (.unchanged, old, old), (.lift, nil, nil), (.lift, old, nil),
            (.forever, nil, Mutes.forever), (.forever, old, Mutes.forever),
            (.seconds(60), old, Timestamp(milliseconds: Self.now.milliseconds + 60_000)),
            (.seconds(60), nil, Timestamp(milliseconds: Self.now.milliseconds + 60_000)),
        ]
        for (change, from, to) in table { #expect(change.applied(to: from, at: Self.now) == to, "\(change)") }
    }
}
