// How much of a rate is left: a bucket that fills by itself and gives a token for each call.

/// The state of one rate.
public struct RateBucket: Sendable {
    private var rate: Rate
    private var tokens: Double
    private var filled: UInt64

    /// A full one.
    ///
    /// - Parameter now: monotonic nanoseconds.
    public init(_ rate: Rate, at now: UInt64) {
        self.rate = rate
        tokens = Double(rate.burst)
        filled = now
    }

    /// The answer to one call.
    public struct Answer: Equatable, Sendable {
        /// Whether the call may be made.
        public let isAdmitted: Bool
        /// Calls that may be made at once behind this one.
        public let remaining: Int
        /// Seconds until the bucket is full again, rounded up; at least 1.
        public let resetSeconds: Int
        /// Seconds until the next call, rounded up, at least 1, where this one may not be made.
        public let retrySeconds: Int
    }

    /// Takes a token for one call.
    ///
    /// - Parameters:
    ///   - current: the rate of now; where it was changed, the bucket has no more than it allows.
    ///   - now: monotonic nanoseconds.
    public mutating func take(_ current: Rate, at now: UInt64) -> Answer {
        rate = current
        let seconds = now > filled ? Double(now - filled) / 1e9 : 0
        tokens = min(Double(rate.burst), tokens + seconds * Double(rate.requests))
        filled = max(now, filled)
        let isAdmitted = tokens >= 1
        if isAdmitted { tokens -= 1 }
        return Answer(
            isAdmitted: isAdmitted,
            remaining: Int(tokens),
            resetSeconds: Self.ceiling((Double(rate.burst) - tokens) / Double(rate.requests)),
            retrySeconds: Self.ceiling((1 - tokens) / Double(rate.requests))
        )
    }

    /// Seconds that a rest takes to fill an empty bucket, rounded up; at least 1.
    public static func windowSeconds(of rate: Rate) -> Int {
        ceiling(Double(rate.burst) / Double(rate.requests))
    }

    private static func ceiling(_ seconds: Double) -> Int { max(1, Int(seconds.rounded(.up))) }
}
