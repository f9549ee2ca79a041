// A span of time, and the stretch of messages that follows the clock through it.

/// A span of time: from a moment on, and before another.
public struct TimeSpan: Equatable, Sendable {
    /// The first moment that is in it.
    public var start: Timestamp
    /// The first moment behind it.
    public var end: Timestamp

    /// All time.
    public static let always = TimeSpan(
        start: Timestamp(milliseconds: .min),
        end: Timestamp(milliseconds: .max)
    )

    /// Memberwise.
    public init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    /// Whether a moment is in it.
    public func contains(_ moment: Timestamp) -> Bool { start <= moment && moment < end }

    /// The stretch with all messages of the span whose ids follow the clock.
    public var followingClock: MessageRange {
        MessageRange(
            after: MessageID.first(at: start).predecessor,
            before: self == .always ? .last : .first(at: end)
        )
    }
}
