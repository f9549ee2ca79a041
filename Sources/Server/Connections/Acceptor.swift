// Admits accepted connections and deals them evenly over the loops.

import HTTP
import Reactor

/// Takes connections from listeners on one loop and hands each to a loop for life, in turn.
///
/// Used on the thread of the first context's loop, or before that loop runs.
final class Acceptor {
    private let contexts: [LoopBound<ConnectionContext>]
    private let census: ConnectionCensus
    private let refusals: ConnectionRefusals
    private var listeners: [Listener] = []
    private var turn = 0

    /// An acceptor for these loops, at least one; it lives on the first one's.
    init(_ contexts: [LoopBound<ConnectionContext>]) {
        precondition(!contexts.isEmpty, "Connections need a loop.")
        self.contexts = contexts
        let first = contexts[0].value
        census = first.census
        refusals = ConnectionRefusals(first)
    }

    /// Begins to accept from a listener.
    ///
    /// - Parameter door: which listener this is.
    func accept(from listener: Listener, door: Door = .public) throws(SystemError) {
        try listener.start(on: contexts[0].loop) { descriptor, address in
            let user = door == .administration ? PeerAddress.user(of: descriptor) : nil
            self.deal(descriptor, Peer(address: address, door: door, operatorID: user))
        }
        listeners.append(listener)
    }

    /// Stops listening for good.
    func close() {
        for listener in listeners { listener.close() }
        listeners = []
        refusals.close()
    }

    private func deal(_ descriptor: consuming Descriptor, _ peer: Peer) {
        if let reason = census.refusal(of: peer) { return refusals.refuse(descriptor, peer, because: reason) }
        let context = contexts[turn]
        turn = turn + 1 == contexts.count ? 0 : turn + 1
        if context.loop.isCurrent { return context.value.serve(descriptor, peer: peer) }
        let isTaken = context.loop.post(descriptor) { descriptor in
            context.value.serve(descriptor, peer: peer)
        }
        // The loop has ended; its sockets are closed with it.
        if !isTaken { census.left(peer) }
    }
}
