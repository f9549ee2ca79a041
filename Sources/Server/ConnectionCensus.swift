// Counts connections over all loops and says whether one more is admitted.

import Reactor

/// How many connections there are, in all and from each address.
///
/// Admission happens on the acceptor's loop, ends are reported by every loop and metrics read from anywhere: hence
/// a lock, taken twice in a connection's life.
///
/// `@unchecked Sendable`: everything mutable is touched only while `mutex` is held.
final class ConnectionCensus: @unchecked Sendable {
    /// What has been counted since the start.
    struct Counts: Equatable, Sendable {
        /// Connections admitted.
        var accepted = 0
        /// Connections turned away for a bound.
        var refused = 0
        /// Connections open now, with those of the administration socket.
        var open = 0
    }

    private let mutex = PosixMutex()
    private let maximum: Int
    private let maximumPerAddress: Int
    private var totals = Counts()
    private var operators = 0
    private var perAddress: [PeerAddress: Int] = [:]

    /// Nobody is there yet.
    init(_ limits: ConnectionLimits) {
        maximum = limits.connections
        maximumPerAddress = limits.connectionsPerAddress
    }

    /// Counts a new connection; false, and counted as refused, when a bound is reached.
    ///
    /// The administration socket is outside the bounds: the operator gets in when the server is full.
    func admit(_ peer: Peer) -> Bool {
        mutex.lock()
        defer { mutex.unlock() }
        if peer.isOperator {
            operators += 1
        } else {
            let key = peer.address.subscriber
            let there = perAddress[key, default: 0]
            guard totals.open - operators < maximum, there < maximumPerAddress else {
                totals.refused += 1
                return false
            }
            perAddress[key] = there + 1
        }
        totals.accepted += 1
        totals.open += 1
        return true
    }

    /// An admitted connection has ended.
    func left(_ peer: Peer) {
        mutex.lock()
        defer { mutex.unlock() }
        totals.open -= 1
        if peer.isOperator {
            operators -= 1
            return
        }
        let key = peer.address.subscriber
        let there = perAddress[key, default: 1]
        // Removed with the last one, so that the table is no larger than what is open.
        perAddress[key] = there > 1 ? there - 1 : nil
    }

    /// The counts at this moment.
    var counts: Counts {
        mutex.lock()
        defer { mutex.unlock() }
        return totals
    }
}
