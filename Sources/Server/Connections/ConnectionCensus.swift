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
    private let proxies: TrustedProxies

    /// Nobody is there yet.
    ///
    /// - Parameter proxies: whose own connections aren't bounded by address.
    init(_ limits: ConnectionLimits, proxies: TrustedProxies = .none) {
        self.proxies = proxies
        maximum = limits.connections
        maximumPerAddress = limits.connectionsPerAddress
    }

    /// Counts a new connection, or counts it as refused.
    ///
    /// The administration socket is outside the bounds: the operator gets in when the server is full.
    ///
    /// - Returns: nil where it is admitted, else which bound is reached.
    func refusal(of peer: Peer) -> RefusalCounts.Reason? {
        state.withLock { state in
            if peer.isOperator {
                state.operators += 1
            } else if state.totals.open - state.operators >= maximum {
                state.totals.refused += 1
                return .connections
            } else if !proxies.contains(peer.address), !Self.take(peer.address, maximumPerAddress, &state) {
                state.totals.refused += 1
                return .address
            }
            state.totals.accepted += 1
            state.totals.open += 1
            return nil
        }
    }

    /// Counts a socket or stream for the address of its client, whose connection is a proxy's; nil when the bound is reached.
    ///
    /// It counts until the seat is let go of.
    func seat(for address: PeerAddress) -> Seat? {
        let isFree = state.withLock { state in
            let isFree = Self.take(address, maximumPerAddress, &state)
            if !isFree { state.totals.refused += 1 }
            return isFree
        }
        return isFree ? Seat(self, address) : nil
    }

    /// The seat of a stream beside the first one of its connection: so many streams count as so many connections.
    ///
    /// - Returns: whether there is room, and the seat where one is taken: proxies and the operator need none.
    func seat(forStreamOf peer: Peer) -> (isFree: Bool, seat: Seat?) {
        if peer.isOperator || proxies.contains(peer.address) { return (true, nil) }
        let seat = seat(for: peer.address)
        return (seat != nil, seat)
    }

    /// A place that an address has taken.
    final class Seat: Sendable {
        private let census: ConnectionCensus
        private let address: PeerAddress

        fileprivate init(_ census: ConnectionCensus, _ address: PeerAddress) {
            self.census = census
            self.address = address
        }

        deinit { census.state.withLock { ConnectionCensus.free(address, &$0) } }
    }

    private static func take(_ address: PeerAddress, _ maximum: Int, _ state: inout State) -> Bool {
        let there = state.perAddress[address.subscriber, default: 0]
        guard there < maximum else { return false }
        state.perAddress[address.subscriber] = there + 1
        return true
    }

    private static func free(_ address: PeerAddress, _ state: inout State) {
        let there = state.perAddress[address.subscriber, default: 1]
        // Removed with the last one, so that the table is no larger than what is open.
        state.perAddress[address.subscriber] = there > 1 ? there - 1 : nil
    }

    /// An admitted connection has ended.
    func left(_ peer: Peer) {
        state.withLock { state in
            state.totals.open -= 1
            if peer.isOperator {
                state.operators -= 1
                return
            }
            if !proxies.contains(peer.address) { Self.free(peer.address, &state) }
        }
    }

    /// An admitted connection is reset to make room; its end is told beside.
    func shed() { state.withLock { $0.totals.shed += 1 } }

    /// The counts at this moment.
    var counts: Counts { state.withLock { $0.totals } }
}
