// From a commit to the loops on which anybody is connected.

import Domain
import Reactor

/// Tells the loops what was committed.
///
/// Called on the writer thread, commit after commit; a loop's mailbox keeps that order. One piece of work is
/// posted to each loop with a subscriber, however many connections it has.
final class Gateway: Sendable {
    private let hubs: [LoopBound<Hub>]
    private let online: OnlineUsers
    private let webhooks: WebhookRoom

    init(_ hubs: [LoopBound<Hub>], online: OnlineUsers, webhooks: WebhookRoom) {
        self.webhooks = webhooks
        self.hubs = hubs
        self.online = online
    }

    /// Tells every loop that a user's connections have changed.
    ///
    /// Called on any loop.
    func presenceChanged(_ user: UserID, in application: ApplicationID) {
        webhooks.presenceChanged(user, in: application)
        for index in online.loops {
            let hub = hubs[index]
            _ = hub.loop.post { hub.value.presenceChanged(of: user, in: application) }
        }
    }

    /// Hands the events of a commit on.
    ///
    /// A subscriber that enters just now reads its queue afterwards, and so finds every earlier commit.
    func committed(_ events: [CommittedEvent]) {
        let news = events.filter { event in
            switch event.event {
            case .messageSent, .liveMessageSent, .messageRecalled, .presencePublished, .noticeKept,
                .userSignedOut, .userRenamed, .emailVerified,
                .directoryChanged:
                true
            case .filesReleased, .webhooksChanged, .deliveriesQueued, .jobBegun: false
            }
        }
        guard !news.isEmpty else { return }
        // A connection that waits for a proof need not be logged in, nor one that watches the server's state.
        let concernsAll = news.contains { event in
            switch event.event {
            case .emailVerified, .directoryChanged: true
            default: false
            }
        }
        for index in concernsAll ? Array(hubs.indices) : online.loops {
            let hub = hubs[index]
            _ = hub.loop.post { hub.value.handle(news) }
        }
    }
}
