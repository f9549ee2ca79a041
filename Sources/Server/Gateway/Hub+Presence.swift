// Presence: the state of followed users, pushed to the live connections of one loop.

import Domain
import Reactor
import Routing

extension Hub {
    /// Tells who follows a user that its connections have changed.
    func presenceChanged(of user: UserID, in application: ApplicationID) {
        guard let users = subscribers(of: application) else { return }
        // Where storage fails, nobody is told: the next change tells how it is then.
        try? tellPresence(of: user, application, users)
    }

    /// Tells who follows a user how it is now: whatever was told before doesn't matter any more.
    ///
    /// A connection without room isn't told, and can ask.
    func tellPresence(
        of user: UserID,
        _ application: ApplicationID,
        _ users: [UserID: [Subscriber]]
    ) throws(Failure) {
        try reader.read(application) { store throws(Failure) in
            var written = WrittenNews()
            var last: UserID?
            var news: News?
            while true {
                let followers = try store.presenceFollowers(of: user, at: now, after: last, limit: 500)
                for subscriber in followers.flatMap({ users[$0] ?? [] }) where subscriber.sink.takesNews {
                    if news == nil {
                        guard let followed = try store.user(user) else { return }
                        let devices = try store.devicePresences(of: user)
                        let platforms = online.platforms(of: user)
                        news = .presence(
                            CurrentPresence(user: followed, platforms: platforms, devices: devices)
                        )
                    }
                    guard let news else { return }
                    if let bytes = try written.bytes(of: news, for: subscriber.subscription, store) {
                        subscriber.sink.push(bytes, nil)
                    }
                }
                guard followers.count == 500 else { return }
                last = followers.last
            }
        }
    }
}

/// One piece of news, written once for each kind of subscription.
struct WrittenNews {
    private var written: [(subscription: Subscription, bytes: [UInt8]?)] = []

    /// How a subscription writes it; nil where it doesn't tell it.
    mutating func bytes(of news: News, for subscription: Subscription, _ store: any Reader) throws(Failure)
        -> [UInt8]?
    {
        if let known = written.first(where: { $0.subscription === subscription }) { return known.bytes }
        let bytes = try subscription.write(news, store)
        written.append((subscription, bytes))
        return bytes
    }
}
