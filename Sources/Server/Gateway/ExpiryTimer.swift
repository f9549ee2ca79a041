// One timer for all that ends at a moment of the wall clock, which may be set meanwhile.

import Domain
import Reactor

/// Has what is past its time ended, on one loop.
///
/// Loop thread only.
///
/// However many there are, they cost one timer. The nearest end is looked for when it is due, and once a minute
/// at least: a timer counts time that has passed, and the wall clock may have been set.
final class ExpiryTimer {
    private let loop: EventLoop
    /// Ends all that is past its time at a moment, and tells when the next of the rest is.
    private let end: (Timestamp) -> Timestamp?
    private var check: (timer: TimerID, due: Timestamp)?

    private static let longestMilliseconds: Int64 = 60_000

    init(on loop: EventLoop, _ end: @escaping (Timestamp) -> Timestamp?) {
        self.loop = loop
        self.end = end
    }

    /// Has `end` called once this moment has come.
    func watch(_ due: Timestamp) {
        if let check {
            guard due < check.due else { return }
            loop.cancel(check.timer)
        }
        let left = min(max(1, due.milliseconds - loop.wallMilliseconds), Self.longestMilliseconds)
        let timer = loop.schedule(after: .milliseconds(left)) { [unowned self] in
            check = nil
            if let next = end(Timestamp(milliseconds: loop.wallMilliseconds)) { watch(next) }
        }
        check = (timer, due)
    }
}
