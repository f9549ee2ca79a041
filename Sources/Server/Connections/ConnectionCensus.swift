// Counts connections over all loops and says whether one more is admitted.

import Reactor
import Threads

/// How many connections there are, in all and from each address.
///
/// Admission happens on the acceptor's loop, ends are reported by every loop and metrics read from anywhere: hence
/// a lock, taken twice in a connection's life.
final class ConnectionCensus: Sendable {
    /// The counts since the start.
    struct Counts: Equatable, Sendable {
        /// Connections admitted.
        var accepted = 0
        /// Connections turned away for a bound.
        var refused = 0
        /// Connections reset because all together had too much unread output.
        var shed = 0
        /// Connections open now, with those of the administration socket.
        var open = 0
    }

    private struct State {
        var totals = Counts()
        var operators = 0
        var perAddress: [PeerAddress: Int] = [:]
    }

    private let state = Guarded(State())
    private let maximum: Int
    private let maximumPerAddress: Int

    /// Nobody is there yet.
    init(_ limits: ConnectionLimits) {
        maximum = limits.connections
        maximumPerAddress = limits.connectionsPerAddress
    }

    /// Counts a new connection; false, and counted as refused, when a bound is reached.
    ///
    /// The administration socket is outside the bounds: the operator gets in when the server is full.
    func admit(_ peer: Peer) -> Bool {
        state.withLock { state in
            if peer.isOperator {
                state.operators += 1
            } else {
                let key = peer.address.subscriber
                let there = state.perAddress[key, default: 0]
                guard state.totals.open - state.operators < maximum, there < maximumPerAddress else {
                    state.totals.refused += 1
                    return false
                }
                state.perAddress[key] = there + 1
            }
            state.totals.accepted += 1
            state.totals.open += 1
            return true
        }
    }

    /// An admitted connection has ended.
    func left(_ peer: Peer) {
        state.withLock { state in
            state.totals.open -= 1
            if peer.isOperator {
                state.operators -= 1
                return
            }
            let key = peer.address.subscriber
            let there = state.perAddress[key, default: 1]
            // Removed with the last one, so that the table is no larger than what is open.
            state.perAddress[key] = there > 1 ? there - 1 : nil
        }
    }

    /// An admitted connection is reset to make room; its end is told beside.
    func shed() { state.withLock { $0.totals.shed += 1 } }

    /// The counts at this moment.
    var counts: Counts { state.withLock { $0.totals } }
}
