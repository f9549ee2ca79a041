// Sessions that wait for the proof of an e-mail address.

import Domain
import Reactor
import Routing

extension Hub {
    /// Tells a session once whether a user's address is proven within a time.
    func awaitVerification(of user: UserID, for time: Duration, _ session: GatewaySession) {
        endWaiting(session)
        waits += 1
        let bound = LoopBound((self, session, waits), loop: loop)
        let timer = loop.schedule(after: time) {
            let (hub, session, serial) = bound.value
            // A repeated request waits anew.
            guard hub.waiting.contains(where: { $0.serial == serial }) else { return }
            hub.endWaiting(session)
            session.tell(.verification(isConfirmed: false))
        }
        waiting.append((session, user, waits, timer))
    }

    /// Tells a session no more.
    func endWaiting(_ session: GatewaySession) { _ = takeWaiting { $0.session === session } }

    /// Tells those who wait that a user's address is proven.
    func tellWaiting(for user: UserID) {
        for session in takeWaiting({ $0.user == user }) { session.tell(.verification(isConfirmed: true)) }
    }

    /// Ends the waiting of some, with their timers, which would keep them alive.
    private func takeWaiting(_ isMeant: (Waiting) -> Bool) -> [GatewaySession] {
        let taken = waiting.filter(isMeant)
        waiting.removeAll(where: isMeant)
        for waiting in taken { loop.cancel(waiting.timer) }
        return taken.map(\.session)
    }
}
