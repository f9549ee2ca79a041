// The one clock of all measurements.

import Glibc

/// `CLOCK_MONOTONIC`.
enum Clock {
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func seconds(since start: UInt64) -> Double { Double(nanoseconds() - start) / 1e9 }

    /// Sleeps until a moment; returns at once where it has passed.
    static func wait(until moment: UInt64) {
        let now = nanoseconds()
        if moment > now { usleep(UInt32((moment - now) / 1000)) }
    }

    /// How long the body takes.
    static func seconds(of body: () throws -> Void) rethrows -> Double {
        let start = nanoseconds()
        try body()
        return seconds(since: start)
    }
}
