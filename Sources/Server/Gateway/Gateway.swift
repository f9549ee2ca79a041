// From a commit to the loops on which anybody is connected.

import Domain
import Reactor

/// Tells the loops what was committed.
///
/// Called on the writer thread, commit after commit; a loop's mailbox keeps that order. What is posted is one piece of work
/// for each loop with somebody on it, however many connections those are.
final class Gateway: Sendable {
    private let hubs: [LoopBound<Hub>]
    private let online: OnlineUsers

    init(_ hubs: [LoopBound<Hub>], online: OnlineUsers) {
        self.hubs = hubs
        self.online = online
    }

    /// Tells every loop that a user's connections have changed.
    ///
    /// Called on any loop.
    func presenceChanged(_ user: UserID, in application: ApplicationID) {
        for index in online.loops {
            let hub = hubs[index]
            _ = hub.loop.post { hub.value.presenceChanged(of: user, in: application) }
        }
    }

    /// Hands the events of a commit on.
    ///
    /// Who enters just now reads what waits after that, and so finds what was committed before.
    func committed(_ events: [CommittedEvent]) {
        let news = events.filter { event in
            switch event.event {
            case .messageSent, .messagePassed, .messageRecalled, .presencePublished, .noticeKept,
                .userSignedOut, .emailVerified,
                .directoryChanged:
                true
            case .filesReleased: false
            }
        }
        guard !news.isEmpty else { return }
        // Who waits for a proof need not be logged in.
        let concernsAll = news.contains { if case .emailVerified = $0.event { true } else { false } }
        for index in concernsAll ? Array(hubs.indices) : online.loops {
            let hub = hubs[index]
            _ = hub.loop.post { hub.value.handle(news) }
        }
    }
}
