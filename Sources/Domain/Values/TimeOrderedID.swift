// Ids of groups, rooms and messages: 64 bits that rise with time, given out by the writer.

/// Gives out ids that rise: milliseconds since 2020 in the upper bits, a sequence number in the lower twelve.
///
/// When the clock stands still or goes back, ids go on rising from the last one; 4096 ids of one millisecond run into
/// the next one. Printed in decimal they have 14 to 16 digits until the year 2097, always the order of their numbers.
public struct TimeOrderedIDs: Sendable {
    /// The moment whose ids begin at zero: 2020-01-01T00:00:00Z.
    public static let epoch = Timestamp(milliseconds: 1_577_836_800_000)
    /// How many low bits count inside a millisecond.
    static let sequenceBits: Int64 = 12

    /// The last id given out, or the largest that is known of.
    public private(set) var last: Int64

    /// Goes on above an id.
    public init(after last: Int64 = 0) { self.last = last }

    /// The next id: above every one before.
    public mutating func next(at now: Timestamp) -> Int64 {
        last = max(last + 1, Self.first(at: now))
        return last
    }

    /// The smallest id of a moment: where a search by time begins.
    public static func first(at moment: Timestamp) -> Int64 {
        let elapsed = min(max(0, moment.milliseconds - epoch.milliseconds), Int64.max >> (sequenceBits + 1))
        return elapsed << sequenceBits
    }

    /// Reads an id in its printed form: decimal digits without a sign or a leading zero.
    static func parse(_ text: some StringProtocol) -> Int64? {
        guard let first = text.utf8.first, (0x31...0x39).contains(first),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(text)
    }
}

/// The id of a group or room.
///
/// Never used twice, so a message of a deleted group can't be taken for another's.
public struct GroupID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The id as stored.
    public let rawValue: Int64
    /// Wraps a stored id.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Reads the decimal form; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard let id = TimeOrderedIDs.parse(text) else { return nil }
        self.init(rawValue: id)
    }
    /// The decimal form: clients get ids as texts, since JavaScript's numbers can't hold them.
    public var text: String { String(rawValue) }
    /// Older groups come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
