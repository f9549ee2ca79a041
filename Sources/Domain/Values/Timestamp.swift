// A moment in time as every dialect's wire and every table has it: milliseconds since 1970.

/// A UTC moment with millisecond resolution.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Wraps milliseconds since 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest < 0 ? seconds - 1 : seconds
    }

    /// The moment so many seconds later; saturates instead of overflowing.
    public func adding(seconds: Int64) -> Timestamp {
        let (span, tooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, tooLate) = milliseconds.addingReportingOverflow(span)
        guard !tooLong, !tooLate else { return Timestamp(milliseconds: seconds < 0 ? .min : .max) }
        return Timestamp(milliseconds: sum)
    }

    /// Earlier moments come first.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}
