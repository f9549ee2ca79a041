// Points in time as the loop knows them, and where they come from.
import CLinux
import Glibc

/// A point in time that never jumps: nanoseconds of `CLOCK_MONOTONIC`, meaningful within one boot only.
public struct MonotonicInstant: Comparable, Hashable, Sendable {
    /// Nanoseconds since an arbitrary point.
    public let nanoseconds: UInt64

    /// The point that many nanoseconds after the clock's zero.
    @inlinable public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Later than everything: a timer armed for it does not fire.
    public static let distantFuture = MonotonicInstant(nanoseconds: .max)

    /// Whether the left point is earlier.
    @inlinable public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The point `nanoseconds` later, at most `distantFuture`.
    ///
    /// This is the cheap form for hot paths.
    @inlinable public func advanced(byNanoseconds nanoseconds: UInt64) -> MonotonicInstant {
        let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
        return MonotonicInstant(nanoseconds: overflow ? .max : sum)
    }

    /// The point `duration` later; a negative duration counts as zero.
    public func advanced(by duration: Duration) -> MonotonicInstant {
        advanced(byNanoseconds: duration.wholeNanoseconds)
    }

    /// Nanoseconds from `earlier` to this point, 0 when `earlier` is not earlier.
    @inlinable public func nanoseconds(since earlier: MonotonicInstant) -> UInt64 {
        nanoseconds > earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0
    }
}

extension Duration {
    /// The duration in whole nanoseconds: 0 when negative, `UInt64.max` when it doesn't fit.
    public var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
        return overflow || carry ? .max : sum
    }
}

/// Where a loop reads the time.
///
/// Tests put their own in, so that no test has to wait.
public protocol TimeSource: Sendable {
    /// Nanoseconds that only ever grow.
    func monotonicNanoseconds() -> UInt64
    /// UTC milliseconds since 1970.
    func wallMilliseconds() -> Int64
}

/// The kernel's clocks.
public struct SystemTime: TimeSource {
    /// The kernel's clocks.
    public init() {}

    /// `CLOCK_MONOTONIC`, through the vDSO: no system call.
    public func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// `CLOCK_REALTIME`.
    public func wallMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
