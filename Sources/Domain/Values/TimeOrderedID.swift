// Ids of groups, rooms and messages: 64 bits that rise with time, given out by the writer.

/// Gives out ids that rise, from 1: milliseconds since 2020 in the upper bits, a sequence number in the lower twelve.
///
/// When the clock stands still or goes back, ids go on rising from the last one; 4096 ids of one millisecond run into
/// the next one. So an id is never smaller than the first one of its moment, and may be larger by any span: nothing reads
/// a time out of it. Printed in decimal they have 14 to 16 digits until the year 2097, always the order of their numbers.
public struct TimeOrderedIDs: Sendable {
    /// The moment whose ids begin at zero: 2020-01-01T00:00:00Z.
    public static let epoch = Timestamp(milliseconds: 1_577_836_800_000)
    /// How many low bits count inside a millisecond.
    public static let sequenceBits: Int64 = 12

    /// The last id given out, or the largest that is known of.
    public private(set) var last: Int64

    /// Goes on above an id.
    public init(after last: Int64 = 0) { self.last = last }

    /// The next id: above every one before.
    public mutating func next(at now: Timestamp) -> Int64 {
        last = max(last + 1, Self.first(at: now))
        return last
    }

    /// How far an id may be ahead of the clock and its time still be taken from it, in milliseconds.
    ///
    /// Requests are committed in another order than their times were taken, and clocks are set back a little every day: within
    /// this span the time of a commit is that of its id, so that times rise with ids.
    static let tolerance: Int64 = 2000

    /// The time of what gets an id now: the clock's, as it is at the commit.
    static func time(of id: Int64, at now: Timestamp) -> Timestamp {
        let moment = Timestamp(milliseconds: epoch.milliseconds + id >> sequenceBits)
        let latest = now.milliseconds.addingReportingOverflow(tolerance)
        guard moment > now, latest.overflow || moment.milliseconds <= latest.partialValue else { return now }
        return moment
    }

    /// How far the last id is ahead of a clock, in milliseconds; 0 where it isn't.
    public func lead(at now: Timestamp) -> Int64 {
        let (lead, overflow) = (Self.epoch.milliseconds + last >> Self.sequenceBits)
            .subtractingReportingOverflow(now.milliseconds)
        return overflow ? .max : max(0, lead)
    }

    /// The smallest id that what is made at a moment can have: where a search by time begins.
    public static func first(at moment: Timestamp) -> Int64 {
        // A difference that is out of a number's range still counts as before the beginning.
        guard moment > epoch else { return 0 }
        return min(moment.milliseconds - epoch.milliseconds, Int64.max >> (sequenceBits + 1)) << sequenceBits
    }

    /// Reads an id in its printed form: decimal digits without a sign or a leading zero.
    static func parse(_ text: some StringProtocol) -> Int64? {
        guard let first = text.utf8.first, (0x31...0x39).contains(first),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(text)
    }
}
