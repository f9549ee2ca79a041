// A point in time after which a test stops waiting.

import Foundation

/// A point on the monotonic clock.
public struct Deadline: Sendable {
    /// How long a test waits for what must come, in seconds.
    ///
    /// An event ends the wait, so a long one costs nothing; a sanitizer, or a machine with much else to do, may
    /// need it.
    public static let patience: Double = 120

    private let end: ContinuousClock.Instant

    /// So many seconds from now.
    public init(afterSeconds seconds: Double = Deadline.patience) {
        end = .now + .seconds(seconds)
    }

    /// The remaining time, rounded up, for `poll`; 0 when it has passed.
    public var remainingMilliseconds: Int32 {
        let left = ContinuousClock.now.duration(to: end)
        let (seconds, attoseconds) = left.components
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }

    /// Whether it has passed.
    public var hasPassed: Bool { ContinuousClock.now >= end }

    /// The same point on the wall clock, for `NSCondition`.
    var date: Date { Date(timeIntervalSinceNow: Double(remainingMilliseconds) / 1000) }
}

/// Thrown when a wait was longer than allowed.
public struct DeadlinePassed: Error, CustomStringConvertible {
    /// The awaited event.
    public let description: String

    /// Says what was waited for.
    public init(description: String) { self.description = description }
}
