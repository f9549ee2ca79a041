// The live connections of one loop: told what is committed, in order, each message once.

import Domain
import Reactor
import Routing

/// The subscribers of one loop.
///
/// Used on its thread only.
///
/// A subscriber is either behind, and then reads on from storage page by page while its sink has room, or it is
/// up to date, and then it is told each committed message directly. Both carry the same position, so a message
/// that both ways lead to is told once.
final class Hub {
    let loop: EventLoop
    private let place: Int
    let reader: any SnapshotReader
    let database: any StorageEngine
    private let tenants: Tenants
    let online: OnlineUsers
    /// Writes connections down.
    private let ledger: ConnectionLedger?
    /// Tells all loops that a user's connections have changed.
    var presenceChanged: ((UserID, ApplicationID) -> Void)?
    /// Whether the server stops: connections that end now end for that.
    var isStopping = false
    /// Sessions with something pushed that no pong has come for.
    private var unacknowledged: [GatewaySession] = []
    private var applications: [ApplicationID: [UserID: [Subscriber]]] = [:]

    /// Sessions that wait for the proof of an e-mail address, logged in or not.
    var waiting: [Waiting] = []
    typealias Waiting = (session: GatewaySession, user: UserID, serial: Int, timer: TimerID)
    /// How many have waited so far.
    var waits = 0
    /// Answers that go on with the server's state.
    var watchers: [ObjectIdentifier: any StateWatcher] = [:]
    private lazy var expiry = ExpiryTimer(on: loop) { [unowned self] now in endExpired(at: now) }

    init(
        loop: EventLoop,
        place: Int,
        reader: any SnapshotReader,
        database: any StorageEngine,
        tenants: Tenants,
        online: OnlineUsers,
        ledger: ConnectionLedger? = nil
    ) {
        self.ledger = ledger
        self.loop = loop
        self.place = place
        self.reader = reader
        self.database = database
        self.tenants = tenants
        self.online = online
    }

    // MARK: Coming and going

    /// Begins to tell a subscriber: first what it missed.
    ///
    /// - Returns: false where the user's tokens have ended meanwhile; then nothing has begun.
    func subscribe(_ subscriber: Subscriber) -> Bool {
        // Between the check of a token, or a log-in, and now it may have ended, and its event has passed.
        guard isGood(subscriber), settle(subscriber) else { return false }
        applications[subscriber.application, default: [:]][subscriber.user.id, default: []].append(subscriber)
        // Before the first page is read: what is committed from here on is told.
        let (connection, isChange) = online.enter(
            subscriber.user.id,
            of: subscriber.application,
            from: subscriber.platform,
            loop: place
        )
        subscriber.connection = connection
        ledger?.began(
            connection,
            of: subscriber.user.id,
            in: subscriber.application,
            from: subscriber.address,
            platform: subscriber.platform
        )
        if let expires = subscriber.expires { expiry.watch(expires) }
        resume(subscriber)
        if isChange { presenceChanged?(subscriber.user.id, subscriber.application) }
        return true
    }

    /// Ends the telling.
    func unsubscribe(_ subscriber: Subscriber, because reason: ConnectionEnd = .closed) {
        let (application, user) = (subscriber.application, subscriber.user.id)
        guard var all = applications[application]?[user],
            let index = all.firstIndex(where: { $0 === subscriber })
        else { return }
        all.remove(at: index)
        applications[application]?[user] = all.isEmpty ? nil : all
        if applications[application]?.isEmpty == true { applications[application] = nil }
        guard let connection = subscriber.connection else { return }
        subscriber.connection = nil
        ledger?.ended(
            connection,
            of: user,
            in: application,
            because: isStopping && reason == .closed ? .stopped : reason
        )
        if online.leave(user, of: application, connection, loop: place) {
            presenceChanged?(user, application)
        }
    }

    private func isGood(_ subscriber: Subscriber) -> Bool {
        guard isBacked(subscriber, tenants.snapshot) else { return false }
        let isGood = try? reader.read(subscriber.application) { store throws(Failure) in
            guard let user = try store.user(subscriber.user.id), user.isActivated,
                user.tokenGeneration == subscriber.user.tokenGeneration
            else { return false }
            // The sessions of one platform end by themselves; a connection that no session opened is its platform's, too.
            let generation = try store.sessionGeneration(of: user.id, platform: subscriber.platform)
            guard let session = subscriber.session else {
                if subscriber.generation == nil { subscriber.generation = generation }
                return subscriber.generation == generation
            }
            return generation == session.generation
        }
        return isGood ?? false
    }

    /// Takes the position that the device says as far as it can be.
    private func settle(_ subscriber: Subscriber) -> Bool {
        guard let told = subscriber.told else { return true }
        let start = try? reader.read(subscriber.application) { store throws(Failure) in
            try DeliveryRules.start(behind: told, for: subscriber.user.id, at: now, in: store)
        }
        guard let start else { return false }
        subscriber.position = start
        return true
    }

    /// The connected users of an application on this loop; nil for nobody.
    func subscribers(of application: ApplicationID) -> [UserID: [Subscriber]]? { applications[application] }

    /// When this turn of the loop began.
    var now: Timestamp { Timestamp(milliseconds: loop.wallMilliseconds) }

    func isHere(_ subscriber: Subscriber) -> Bool {
        applications[subscriber.application]?[subscriber.user.id]?.contains { $0 === subscriber } == true
    }

    // MARK: Committed events

    /// Acts on events, in the order of their commits.
    func handle(_ events: [CommittedEvent]) {
        for event in events {
            guard let application = event.application else {
                if event.event == .directoryChanged { directoryChanged() }
                continue
            }
            if case .emailVerified(let user) = event.event { tellWaiting(for: user) }
            guard let users = applications[application] else { continue }
            do throws(Failure) {
                switch event.event {
                case .messageSent(let id): try tell(id, of: application, users) { .message($0) }
                case .liveMessageSent(let message): try pushLive(message, application, users)
                case .messageRecalled(let recall):
                    try tell(recall.message, of: application, users) { _ in .recall(recall) }
                case .noticeKept(let id, let user): try tell(id, to: user, application, users)
                case .presencePublished(let user): try tellPresence(of: user, application, users)
                case .userSignedOut(let user): try end(users[user] ?? [])
                case .userRenamed(let user): try renew(users[user] ?? [], application)
                case .directoryChanged: directoryChanged()
                case .filesReleased, .emailVerified, .webhooksChanged, .deliveriesQueued, .jobBegun: break
                }
            } catch {
                // Storage fails: each reads on by itself when it answers again.
                for subscriber in users.values.joined() { fallBehind(subscriber) }
            }
        }
    }

    /// Lets connections know their user by its new name.
    private func renew(_ subscribers: [Subscriber], _ application: ApplicationID) throws(Failure) {
        guard let id = subscribers.first?.user.id else { return }
        let user = try reader.read(application) { store throws(Failure) in try store.user(id) }
        guard let user else { return }
        for subscriber in subscribers { subscriber.user = user }
    }

    private func fallBehind(_ subscriber: Subscriber) {
        subscriber.isBehind = true
        if !subscriber.isCatchingUp { resumeLater(subscriber, after: Self.retryDelay) }
    }

    private func tell(
        _ id: MessageID,
        of application: ApplicationID,
        _ users: [UserID: [Subscriber]],
        _ news: (Message) -> News
    ) throws(Failure) {
        try reader.read(application) { store throws(Failure) in
            guard let message = try store.message(id) else { return }
            let news = news(message)
            var written = WrittenNews()
            for subscriber in try receivers(of: message, users, store)
            where message.comes(to: subscriber.user) {
                guard isNext(news, for: subscriber) else { continue }
                push(try written.bytes(of: news, for: subscriber.subscription, store), news, to: subscriber)
            }
        }
    }

    private func tell(
        _ id: MessageID,
        to user: UserID,
        _ application: ApplicationID,
        _ users: [UserID: [Subscriber]]
    ) throws(Failure) {
        let subscribers = (users[user] ?? []).filter(\.subscription.tellsNotices)
        guard !subscribers.isEmpty else { return }
        try reader.read(application) { store throws(Failure) in
            guard let notice = try store.notice(id, for: user) else { return }
            var written = WrittenNews()
            let news = News.notice(notice)
            for subscriber in subscribers where isNext(news, for: subscriber) {
                push(try written.bytes(of: news, for: subscriber.subscription, store), news, to: subscriber)
            }
        }
    }

    /// Whether a subscriber is to be told this directly; one without room is behind from here on.
    private func isNext(_ news: News, for subscriber: Subscriber) -> Bool {
        switch news {
        case .message(let message): return isNext(message.id, for: subscriber)
        case .notice(let notice): return isNext(notice.id, for: subscriber)
        // Told on ways of their own.
        case .presence, .verificationNeeded, .verification: return false
        case .recall(let recall): return isNext(recall.id, for: subscriber)
        }
    }

    private func isNext(_ id: MessageID, for subscriber: Subscriber) -> Bool {
        guard !subscriber.isBehind, id > subscriber.position else { return false }
        guard subscriber.sink.takesNews else {
            subscriber.isBehind = true
            return false
        }
        return true
    }

    private func push(_ bytes: [UInt8]?, _ news: News, to subscriber: Subscriber) {
        switch news {
        case .message(let message):
            if let bytes { subscriber.sink.push(bytes, message.id) }
            subscriber.position = message.id
        case .notice(let notice):
            if let bytes { subscriber.sink.push(bytes, nil) }
            subscriber.position = notice.id
        case .recall(let recall):
            if let bytes { subscriber.sink.push(bytes, nil) }
            subscriber.position = recall.id
        case .presence, .verificationNeeded, .verification:
            if let bytes { subscriber.sink.push(bytes, nil) }
        }
    }

    // MARK: Read messages

    /// Asks this session soon whether it has read what was pushed.
    func acknowledgeSoon(_ session: GatewaySession) {
        unacknowledged.append(session)
        guard unacknowledged.count == 1 else { return }
        loop.schedule(after: Self.acknowledgementDelay) { [unowned self] in
            let sessions = unacknowledged
            unacknowledged = []
            for session in sessions where session.askForAcknowledgement() { acknowledgeSoon(session) }
        }
    }

    /// One question for a burst of messages.
    private static let acknowledgementDelay = Duration.milliseconds(50)

    /// Takes all up to a message as delivered to a subscriber's user.
    ///
    /// - Returns: false when the writer has no room for it now.
    func acknowledge(_ id: MessageID, by subscriber: Subscriber) -> Bool {
        let user = subscriber.user.id
        return database.write(
            subscriber.application,
            by: Origin(server: "acknowledge", for: .user(subscriber.user)),
            { writer throws(Failure) in
                guard let user = try writer.user(user) else { return }
                try DeliveryRules.acknowledge(through: id, by: user, in: writer)
            },
            // Where it fails, the messages wait on, and come again.
            completion: { _ in }
        )
    }

    // MARK: Sessions that end

    private func end(_ subscribers: [Subscriber]) throws(Failure) {
        // A log-in after the change is valid.
        for subscriber in subscribers where !isGood(subscriber) { subscriber.sink.signedOut(.revoked) }
    }

    /// Ends the connections whose token is past its time.
    ///
    /// - Returns: when the next one will be.
    private func endExpired(at now: Timestamp) -> Timestamp? {
        var next: Timestamp?
        for subscriber in applications.values.flatMap(\.values).joined() {
            guard let expires = subscriber.expires else { continue }
            if expires <= now {
                subscriber.sink.signedOut(.expired)
            } else {
                next = min(next ?? expires, expires)
            }
        }
        return next
    }

    /// Ends the connections of applications that are gone or suspended, and those that a session opened whose secret is.
    func endOrphans() {
        let snapshot = tenants.snapshot
        for (application, users) in applications {
            let isGone = !snapshot.contains(application)
            let isSuspended = snapshot.isSuspended(application)
            for subscriber in users.values.joined()
            where isGone || isSuspended || !isBacked(subscriber, snapshot) {
                subscriber.sink.signedOut(.revoked)
            }
        }
    }

    /// Whether the secret is still good that opened the connection's session, where one did.
    private func isBacked(_ subscriber: Subscriber, _ snapshot: Tenants.Snapshot) -> Bool {
        subscriber.session?.credential.map { snapshot.contains($0) } ?? true
    }
}
