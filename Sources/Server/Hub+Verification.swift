// Sessions that wait for the proof of an e-mail address.

import Domain
import Reactor
import Routing

extension Hub {
    /// Tells a session once whether a user's address is proven within a time.
    func awaitVerification(of user: UserID, for time: Duration, _ session: GatewaySession) {
        endWaiting(session)
        waits += 1
        waiting.append((session, user, waits))
        let bound = LoopBound((self, session, waits), loop: loop)
        loop.schedule(after: time) {
            let (hub, session, serial) = bound.value
            // Who asked again waits anew.
            guard hub.waiting.contains(where: { $0.serial == serial }) else { return }
            hub.endWaiting(session)
            session.tell(.verification(isConfirmed: false))
        }
    }

    /// Tells a session no more.
    func endWaiting(_ session: GatewaySession) { waiting.removeAll { $0.session === session } }

    /// Tells those who wait that a user's address is proven.
    func tellWaiting(for user: UserID) {
        let sessions = waiting.filter { $0.user == user }.map(\.session)
        waiting.removeAll { $0.user == user }
        for session in sessions { session.tell(.verification(isConfirmed: true)) }
    }
}
