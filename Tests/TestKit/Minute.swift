// The minutes in which the server counts what it limits, by the clock that nobody sets.

import Foundation

/// Minutes of the monotonic clock.
public enum Minute {
    /// The minute that it is, since the machine was started.
    public static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec / 60
    }

    /// The value of a body within one minute; where the minute turns meanwhile, it is run again, from its beginning.
    ///
    /// On a machine on which it never fits, the fifth result counts.
    public static func whole<Result>(_ body: () async throws -> Result) async throws -> Result {
        for _ in 0..<4 {
            let minute = now
            let result = try await body()
            if now == minute { return result }
        }
        return try await body()
    }
}
