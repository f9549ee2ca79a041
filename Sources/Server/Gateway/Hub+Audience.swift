// The audience of a message among the live connections of one loop.

import Domain
import Routing

extension Hub {
    /// Those of the connected that a message is for, and who don't refuse it.
    func receivers(
        of message: Message,
        _ users: [UserID: [Subscriber]],
        _ store: any Reader
    ) throws(Failure) -> [Subscriber] {
        let found = try addressed(by: message, users, store)
        guard !found.isEmpty, try RefusalRules.canBeRefused(message, in: store) else { return found }
        var receivers: [Subscriber] = []
        for subscriber in found
        where try !RefusalRules.isRefused(message, by: subscriber.user.id, in: store) {
            receivers.append(subscriber)
        }
        return receivers
    }

    /// Those of the connected that a message is for: the smaller of two sets is walked, the larger one asked.
    private func addressed(
        by message: Message,
        _ users: [UserID: [Subscriber]],
        _ store: any Reader
    ) throws(Failure) -> [Subscriber] {
        switch try DeliveryRules.audience(of: message, in: store) {
        case .everyone: return users.values.flatMap(\.self)
        case .users(let ids): return ids.flatMap { users[$0] ?? [] }
        case .followers(let conversation, let size):
            var found: [Subscriber] = []
            guard users.count > size else {
                for (user, subscribers) in users
                where try DeliveryRules.isFollowed(message, by: user, in: store) {
                    found += subscribers
                }
                return found
            }
            var last: UserID?
            while true {
                let page = try store.followers(of: conversation, after: last, limit: 500)
                for follower in page where follower.visibleAfter < message.id {
                    found += users[follower.user] ?? []
                }
                guard page.count == 500 else { return found }
                last = page.last?.user
            }
        }
    }

    /// Pushes a message that isn't stored to its connected receivers with room: it moves no position, and
    /// nobody is told later.
    func pushLive(
        _ message: Message,
        _ application: ApplicationID,
        _ users: [UserID: [Subscriber]]
    ) throws(Failure) {
        try reader.read(application) { store throws(Failure) in
            var written = WrittenNews()
            for subscriber in try receivers(of: message, users, store)
            // A subscriber with a backlog continues behind the last thing pushed: a newer one before it would
            // hide what was missed.
            where message.comes(to: subscriber.user) && subscriber.sink.takesNews && !subscriber.isBehind {
                if let bytes = try written.bytes(of: .message(message), for: subscriber.subscription, store) {
                    subscriber.sink.push(bytes, nil)
                }
            }
        }
    }
}
