// A message's time on the wire of clients that say by a time which message was their last.

/// A moment with the place of a message among those of its millisecond, as nanoseconds.
///
/// A message's id says nothing about its time; its lowest bits only tell apart the messages of one millisecond.
public struct ExactTime: Equatable, Sendable {
    /// The millisecond.
    public let moment: Timestamp
    /// Nanoseconds inside of it, 0 to 999 999: the lowest twelve bits of an id.
    public let place: Int64

    /// The time of a message, a recall or a notice.
    public init(_ moment: Timestamp, _ id: MessageID) {
        self.moment = moment
        place = id.rawValue & (1 << TimeOrderedIDs.sequenceBits - 1)
    }

    /// A time as a client says it.
    ///
    /// - Parameter nanoseconds: 0 to 999 999 999.
    public init(seconds: Int64, nanoseconds: Int32) {
        let (milliseconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let whole = Timestamp(milliseconds: 0).adding(seconds: seconds).milliseconds
        let (sum, isTooLate) = whole.addingReportingOverflow(Int64(milliseconds))
        moment = Timestamp(milliseconds: isTooLate ? .max : sum)
        place = Int64(rest)
    }

    /// Seconds since 1970, and the nanoseconds behind them.
    public var parts: (seconds: Int64, nanoseconds: Int32) {
        let seconds = moment.seconds
        return (seconds, Int32((moment.milliseconds - seconds * 1000) * 1_000_000 + place))
    }

    /// The largest id that a message of no later time has where ids follow the clock; `.none` where there is none.
    var lastID: MessageID {
        guard moment >= TimeOrderedIDs.epoch else { return .none }
        let last = Int64(1) << TimeOrderedIDs.sequenceBits - 1
        return MessageID(rawValue: TimeOrderedIDs.first(at: moment) | min(place, last))
    }
}
