// When a WebSocket's client is late, and with what.

/// The moments that a socket's time-outs count from, in nanoseconds of the loop's clock; 0 for what isn't going on.
struct SocketTimes {
    /// The timer that is due.
    enum Due {
        /// Nothing yet.
        case nothing
        /// There is budget for frames again.
        case resume
        /// Ask whether anybody is there.
        case ping
        /// Nobody has logged in.
        case logIn
        /// The client doesn't read: see whether it has.
        case flush
        /// The client doesn't answer our close frame, or doesn't close behind the last one.
        case close
        /// The client doesn't answer the ping.
        case giveUp
    }

    var opened: UInt64 = 0
    /// When a byte came last.
    var heard: UInt64 = 0
    /// When a ping went out that nothing has come back for.
    var pinged: UInt64 = 0
    /// When output began to wait or last moved on.
    var stalled: UInt64 = 0
    /// When the closing handshake began.
    var closing: UInt64 = 0
    /// Until when frames wait for their budget.
    var paused: UInt64 = 0

    /// When something is due next.
    func deadline(_ times: ConnectionTimes, isIdentified: Bool) -> UInt64 {
        all(times, isIdentified).map(\.at).min() ?? .max
    }

    /// The timers that are due now, the most urgent first.
    func due(_ now: UInt64, _ times: ConnectionTimes, isIdentified: Bool) -> Due {
        all(times, isIdentified).first { $0.at <= now }?.due ?? .nothing
    }

    private func all(_ times: ConnectionTimes, _ isIdentified: Bool) -> [(at: UInt64, due: Due)] {
        var found: [(at: UInt64, due: Due)] = []
        if stalled > 0 { found.append((later(stalled, times.writeStall), .flush)) }
        if closing > 0 {
            found.append((later(closing, times.close), .close))
            return found
        }
        if paused > 0 { found.append((paused, .resume)) }
        if !isIdentified { found.append((later(opened, times.login), .logIn)) }
        found.append(pinged > 0 ? (later(pinged, times.ping), .giveUp) : (later(heard, times.ping), .ping))
        return found
    }

    private func later(_ start: UInt64, _ nanoseconds: UInt64) -> UInt64 {
        let (sum, overflow) = start.addingReportingOverflow(nanoseconds)
        return overflow ? .max : sum
    }
}
