// The session behind a gateway's WebSocket: its frames are routed one after the other, its user is told news.

import Domain
import HTTP
import Reactor
import Routing

/// One session of a client on the gateway.
///
/// Loop thread only.
final class GatewaySession: SocketEnd, SubscriberSink {
    private let runner: any FrameRunner
    /// The route that opened the socket.
    let route: Route
    let subscription: Subscription
    let peer: PeerAddress
    /// The request that opened the socket.
    let opening: Call
    /// Organisation and application, as the path named them.
    let names: [String]
    /// Where the first user begins; nobody after it has that device's position.
    private var start: SubscriptionStart?
    /// The session whose token opened the socket, and until when it is good.
    private let session: OpenSession?, expires: Timestamp?
    /// The place that its client's address takes, where the connection is a proxy's.
    var seat: ConnectionCensus.Seat?
    private weak var socket: WebSocketConnection?
    private var subscriber: Subscriber?
    private var acknowledgement = Acknowledgement()
    /// Whether its client asked for a proof before it had an account.
    private(set) var expectsProof = false
    /// A frame is under way: the next one waits, so that answers leave in the order of the frames.
    private var isBusy = false
    /// Why the user has been signed out while a frame was under way: its answer comes first.
    private var endsBehindAnswer: AuthenticationProblem?

    init(
        _ runner: any FrameRunner,
        _ route: Route,
        _ subscription: Subscription,
        _ start: SubscriptionStart,
        by session: OpenSession?,
        until expires: Timestamp?,
        peer: PeerAddress,
        opening: Call,
        names: [String]
    ) {
        self.session = session
        self.expires = expires
        self.runner = runner
        self.route = route
        self.subscription = subscription
        self.start = start
        self.peer = peer
        self.opening = opening
        self.names = names
    }

    /// The user that has logged in.
    var user: User? { subscriber?.user }

    // MARK: The socket

    var isReady: Bool { !isBusy }
    var isIdentified: Bool { subscriber != nil }

    func opened(_ socket: WebSocketConnection) {
        self.socket = socket
        if case .user(let user) = opening.caller { signIn(user, by: session, until: expires) }
    }

    func received(_ message: WebSocketMessage) {
        guard case .text(let frame) = message else {
            socket?.close(.unsupportedData, reason: "frames are text")
            return
        }
        perform(frame)
    }

    private func perform(_ frame: [UInt8]) {
        isBusy = true
        runner.perform(frame, in: self) { response, change in self.answered(response, change) }
    }

    private func answered(_ response: Response, _ change: SessionChange?) {
        isBusy = false
        if case .bytes(let frame) = response.body, !frame.isEmpty { socket?.send(text: frame) }
        switch change {
        case .signIn(let user): signIn(user)
        case .awaitVerification(let user, let seconds):
            runner.hub.awaitVerification(of: user, for: .seconds(seconds), self)
        case .expectProof: expectsProof = true
        case .mailProof(let address): mailProof(to: address)
        case .end: end(.normalClosure, "goodbye", because: .loggedOut)
        case nil: break
        }
        if let problem = endsBehindAnswer { end(because: problem) }
        socket?.resume()
    }

    /// Asks for the mail as the client itself would, so that what becomes of it is told as ever.
    private func mailProof(to address: EmailAddress) {
        guard let request = subscription.proofRequest?(address) else { return }
        perform(request)
    }

    func hasRoom() {
        if let subscriber { runner.hub.resume(subscriber) }
    }

    func closed() {
        socket = nil
        seat = nil
        runner.hub.endWaiting(self)
        leave(because: .closed)
    }

    /// The application has gone while the socket was open.
    func endWithoutApplication() { end(.policyViolation, "the application is gone", because: .application) }

    /// The application was suspended while the socket was open.
    func endSuspended() { end(.policyViolation, "the application is suspended", because: .application) }

    // MARK: The user

    /// The socket is this user's from now on; it may have been another's.
    private func signIn(_ user: User, by session: OpenSession? = nil, until expires: Timestamp? = nil) {
        guard socket != nil else { return }
        let former = subscriber
        let subscriber = Subscriber(
            user,
            of: opening.application.id,
            to: subscription,
            from: start.take() ?? SubscriptionStart(behind: nil),
            by: session,
            until: expires,
            address: peer.description,
            sink: self
        )
        if let former, former.user.id == user.id {
            // A second log-in continues the session, and pending acknowledgements stay pending.
            subscriber.goOn(behind: former)
            runner.hub.unsubscribe(former, because: .loggedOut)
        } else {
            leave(because: .loggedOut)
        }
        self.subscriber = subscriber
        guard runner.hub.subscribe(subscriber) else {
            self.subscriber = nil
            return end(because: .revoked)
        }
        let application = opening.application
        let isLacking = try? runner.reader.read(application.id) { store throws(Failure) in
            try VerificationRules.isLacking(user, of: application, in: store)
        }
        if isLacking == true { tell(.verificationNeeded) }
    }

    /// Tells what isn't about messages.
    func tell(_ news: News) {
        let written = try? runner.reader.read(opening.application.id) { store throws(Failure) in
            try subscription.write(news, store)
        }
        if let bytes = written ?? nil { socket?.send(text: bytes) }
    }

    private func leave(because reason: ConnectionEnd) {
        guard let subscriber else { return }
        runner.hub.unsubscribe(subscriber, because: reason)
        self.subscriber = nil
        acknowledgement = Acknowledgement()
    }

    private func end(_ code: WebSocketCloseCode, _ reason: String, because cause: ConnectionEnd) {
        leave(because: cause)
        socket?.close(code, reason: reason)
    }

    // MARK: News

    var takesNews: Bool { socket?.hasRoom == true }

    func push(_ news: [UInt8], _ id: MessageID?) {
        socket?.send(text: news)
        guard let id else { return }
        if acknowledgement.pushed(id) { runner.hub.acknowledgeSoon(self) }
    }

    func signedOut(_ problem: AuthenticationProblem) {
        guard !isBusy else {
            endsBehindAnswer = problem
            return
        }
        end(because: problem)
    }

    private func end(because problem: AuthenticationProblem) {
        let isExpired = problem == .expired
        end(
            .policyViolation,
            isExpired ? "token expired" : "signed out",
            because: isExpired ? .expired : .signedOut
        )
    }

    // MARK: Acknowledgement

    /// Asks the client whether it has read what was pushed.
    ///
    /// - Returns: whether to call again later.
    func askForAcknowledgement() -> Bool {
        guard let socket, subscriber != nil else { return false }
        if let payload = acknowledgement.ask(now: socket.now) { socket.ping(payload) }
        return acknowledgement.isOpen
    }

    /// A pong comes behind all that the client has read: what was pushed before its ping is delivered.
    func ponged(_ payload: [UInt8]) {
        guard let id = acknowledgement.answered(payload), let subscriber else { return }
        if !runner.hub.acknowledge(id, by: subscriber) { acknowledgement.failed() }
        if acknowledgement.isOpen { runner.hub.acknowledgeSoon(self) }
    }
}
