// The backlog of a subscriber: read from storage page by page, with a turn for others between.

import Domain
import Reactor
import Routing

extension Hub {
    /// Messages of one page.
    private static let pageSize = 100
    /// How long a subscriber waits where storage fails.
    static let retryDelay = Duration.seconds(1)

    /// Goes on to tell a subscriber that is behind, as far as its sink has room.
    func resume(_ subscriber: Subscriber) {
        guard subscriber.isBehind, !subscriber.isCatchingUp, subscriber.sink.takesNews else { return }
        do throws(Failure) {
            let isUpToDate = try tellPage(to: subscriber)
            subscriber.isBehind = !isUpToDate
            // A page a turn: others have theirs between.
            if !isUpToDate { resumeLater(subscriber, after: nil) }
        } catch {
            resumeLater(subscriber, after: Self.retryDelay)
        }
    }

    private func tellPage(to subscriber: Subscriber) throws(Failure) -> Bool {
        try reader.read(subscriber.application) { store throws(Failure) in
            let page = try missed(by: subscriber, store)
            for (id, news) in page {
                // The unsent output of its connection is bounded in bytes, whatever the page has.
                guard subscriber.sink.takesNews else { return false }
                if let bytes = try subscriber.subscription.write(news, store) {
                    subscriber.sink.push(bytes, news.isMessage ? id : nil)
                }
                subscriber.position = id
            }
            return page.count < Self.pageSize
        }
    }

    /// The first messages, notices and recalls behind a subscriber's position, by id.
    private func missed(
        by subscriber: Subscriber,
        _ store: any Reader
    ) throws(Failure) -> [(id: MessageID, news: News)] {
        let messages = try DeliveryRules.missed(
            Self.pageSize,
            after: subscriber.position,
            isDevice: subscriber.isDevice,
            for: subscriber.user,
            in: store
        ).map { (id: $0.id, news: News.message($0)) }
        guard subscriber.subscription.tellsNotices else { return messages }
        let notices = try store.notices(
            for: subscriber.user.id,
            after: subscriber.position,
            limit: Self.pageSize
        ).map { (id: $0.id, news: News.notice($0)) }
        let recalls = try DeliveryRules.missedRecalls(
            Self.pageSize,
            after: subscriber.position,
            for: subscriber.user,
            in: store
        ).map { (id: $0.id, news: News.recall($0)) }
        guard !notices.isEmpty || !recalls.isEmpty else { return messages }
        return Array((messages + notices + recalls).sorted { $0.id < $1.id }.prefix(Self.pageSize))
    }

    func resumeLater(_ subscriber: Subscriber, after delay: Duration?) {
        subscriber.isCatchingUp = true
        let bound = LoopBound((self, subscriber), loop: loop)
        let goOn: @Sendable () -> Void = {
            let (hub, subscriber) = bound.value
            subscriber.isCatchingUp = false
            if hub.isHere(subscriber) { hub.resume(subscriber) }
        }
        if let delay { loop.schedule(after: delay, goOn) } else { loop.post(goOn) }
    }
}

extension News {
    /// Whether it is delivered by having been told.
    fileprivate var isMessage: Bool { if case .message = self { true } else { false } }
}
