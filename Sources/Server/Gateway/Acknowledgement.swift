// How far a client has read what was pushed to it, asked with pings.

import Domain

/// The state of asking.
///
/// Frames have no acknowledgement of their own, but a pong has its ping's payload and comes behind everything
/// that was sent before (RFC 6455 section 5.5.3): every client acknowledges without knowing. One question is
/// open at a time, and there is at most one a second, however much is pushed.
struct Acknowledgement {
    private var pushed = MessageID.none
    private var asked = MessageID.none
    private var acknowledged = MessageID.none
    private var isListed = false
    private var nextAt: UInt64 = 0

    private static let interval: UInt64 = 1_000_000_000

    /// Whether something was pushed that hasn't been acknowledged, and isn't being asked about.
    var isOpen: Bool { isListed }

    /// A message was pushed.
    ///
    /// - Returns: whether to ask from now on.
    mutating func pushed(_ id: MessageID) -> Bool {
        pushed = max(pushed, id)
        guard !isListed, asked == .none else { return false }
        isListed = true
        return true
    }

    /// The payload of the ping to send now; nil where it is too early.
    mutating func ask(now: UInt64) -> [UInt8]? {
        guard isListed, now >= nextAt else { return nil }
        isListed = false
        nextAt = now + Self.interval
        asked = pushed
        return (0..<8).map { UInt8(truncatingIfNeeded: asked.rawValue >> (56 - 8 * $0)) }
    }

    /// A pong has come.
    ///
    /// - Returns: the last message read; nil where it answers no question of these.
    mutating func answered(_ payload: [UInt8]) -> MessageID? {
        guard asked != .none, payload.count == 8 else { return nil }
        let id = MessageID(rawValue: payload.reduce(0) { $0 << 8 | Int64($1) })
        guard id == asked else { return nil }
        acknowledged = id
        asked = .none
        isListed = pushed > acknowledged
        return id
    }

    /// The read messages couldn't be recorded: it is asked for again.
    mutating func failed() { isListed = true }
}
