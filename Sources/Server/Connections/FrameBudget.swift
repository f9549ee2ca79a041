// How fast one socket may ask for things.

/// A bucket that fills at a steady rate up to twice a second's worth.
struct FrameBudget {
    private let perSecond: Int
    private var left: Int
    /// Up to when the bucket has been filled, in nanoseconds of the loop's clock.
    private var filledAt: UInt64

    private static let second: UInt64 = 1_000_000_000

    init(perSecond: Int, now: UInt64) {
        self.perSecond = perSecond
        left = 2 * perSecond
        filledAt = now
    }

    /// Whether there is one to spend.
    mutating func isThere(now: UInt64) -> Bool {
        if left == 0 { fill(now) }
        return left > 0
    }

    /// Spends one that is there.
    mutating func spend() { left -= 1 }

    /// When there will be a tenth of a second's worth again.
    var nextAt: UInt64 { filledAt + Self.second / 10 + Self.second / UInt64(perSecond) }

    private mutating func fill(_ now: UInt64) {
        let passed = min(now &- filledAt, 2 * Self.second)
        let more = UInt64(perSecond) * passed / Self.second
        guard more > 0 else { return }
        left = min(2 * perSecond, left + Int(more))
        // A fraction below one goes on counting.
        filledAt = passed == 2 * Self.second ? now : filledAt + more * Self.second / UInt64(perSecond)
    }
}
