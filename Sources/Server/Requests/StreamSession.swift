// The session behind a streamed reply: its pieces, its user's news, the server's state or its answers, and their early end.

import Domain
import HTTP
import Reactor
import Routing

/// One streamed answer.
///
/// Loop thread only.
final class StreamSession: BodySource, SubscriberSink {
    private enum Content {
        case pieces(ReplyPieces)
        case news(Feed, Call)
        case state(Watch)
        case answers(Dialogue)
    }

    private let dispatcher: Dispatcher
    private let context: RequestContext
    private let content: Content
    private weak var body: StreamedBody?
    private var subscriber: Subscriber?
    /// Why it ends.
    private var reason = ConnectionEnd.closed
    /// The messages of a conversation that have arrived; nil for other contents.
    private var messages: EnvelopedMessages?
    /// Whether all of a conversation's messages have arrived.
    private var isInputWhole = false
    /// Whether a message may wait that has arrived and isn't answered.
    private(set) var hasBacklog = false
    /// The last state sent.
    private var lastState: [UInt8] = []
    /// How far the pieces have been sent.
    private var position = 0
    /// Bytes of body so far.
    private var bytes = 0
    /// The fields behind the body, once its last piece has been made.
    private var trailers: [Response.Field] = []
    private var timer: TimerID?
    /// The place that its client's address takes, where the connection is a proxy's.
    private var seat: ConnectionCensus.Seat?

    /// An answer of pieces.
    init(_ dispatcher: Dispatcher, _ pieces: ReplyPieces, _ context: RequestContext) {
        self.dispatcher = dispatcher
        self.context = context
        content = .pieces(pieces)
    }

    /// An answer that goes on with news for the caller.
    init(
        _ dispatcher: Dispatcher,
        _ feed: Feed,
        _ call: Call,
        _ context: RequestContext,
        in seat: ConnectionCensus.Seat?
    ) {
        self.seat = seat
        self.dispatcher = dispatcher
        self.context = context
        content = .news(feed, call)
    }

    /// An answer that goes on with the server's state.
    init(
        _ dispatcher: Dispatcher,
        _ watch: Watch,
        _ context: RequestContext,
        in seat: ConnectionCensus.Seat?
    ) {
        self.seat = seat
        self.dispatcher = dispatcher
        self.context = context
        content = .state(watch)
    }

    /// An answer to each message of a body.
    init(
        _ dispatcher: Dispatcher,
        _ conversation: Dialogue,
        _ context: RequestContext,
        in seat: ConnectionCensus.Seat?
    ) {
        self.seat = seat
        self.dispatcher = dispatcher
        self.context = context
        messages = conversation.messages
        content = .answers(conversation)
    }

    // MARK: The body

    var isLive: Bool {
        switch content {
        case .news, .state: true
        case .answers: !isInputWhole
        case .pieces: false
        }
    }

    func opened(_ body: StreamedBody) {
        self.body = body
        if let left = dispatcher.timeLeft(for: context) {
            timer = dispatcher.loop.schedule(after: .nanoseconds(Int64(clamping: left))) { [weak self] in
                self?.timer = nil
                self?.end(.deadlineExceeded)
            }
        }
        switch content {
        case .pieces, .answers: hasRoom()
        case .news(let feed, let call): follow(feed, call)
        case .state:
            dispatcher.hub.watch(self)
            stateMayHaveChanged()
        }
    }

    private func follow(_ feed: Feed, _ call: Call) {
        guard case .user(let user) = call.caller else { return end(.unauthenticated(.missing)) }
        let subscriber = Subscriber(
            user,
            of: call.application.id,
            to: feed.subscription,
            from: feed.start,
            by: context.opener,
            until: context.openerExpires,
            address: context.peer.description,
            sink: self
        )
        self.subscriber = subscriber
        guard !dispatcher.hub.subscribe(subscriber) else { return }
        self.subscriber = nil
        end(.unauthenticated(.revoked))
    }

    func hasRoom() {
        switch content {
        case .news: if let subscriber { dispatcher.hub.resume(subscriber) }
        case .state: stateMayHaveChanged()
        case .answers(let conversation): answer(in: conversation)
        case .pieces(let pieces):
            while let body, body.hasRoom {
                guard let piece = pieces.next(position) else { return body.finish(trailers) }
                position = piece.end
                trailers = piece.trailers
                send(piece.bytes)
            }
        }
    }

    /// Pieces have their end, and are waited for.
    func drain() {
        if isLive { end(.overloaded(retryAfterSeconds: 1)) }
    }

    func closed() {
        dispatcher.note(context, bytes: bytes)
        body = nil
        seat = nil
        if let timer { dispatcher.loop.cancel(timer) }
        timer = nil
        messages = nil
        if case .state = content { dispatcher.hub.unwatch(self) }
        guard let subscriber else { return }
        dispatcher.hub.unsubscribe(subscriber, because: reason)
        self.subscriber = nil
    }

    /// Ends the answer before its own end, with what the dialect says of the failure.
    private func end(_ failure: Failure) {
        guard let body else { return }
        let dialect = context.dialect ?? dispatcher.shared.fallback
        let facts = context.failureContext(secrets: dispatcher.shared.services.secrets)
        let response = dialect.response(to: failure, facts)
        if case .bytes(let last) = response.body { send(last) }
        context.callStatus = response.callStatus
        body.finish(response.trailers)
    }

    fileprivate func send(_ piece: [UInt8]) {
        bytes += piece.count
        body?.send(piece)
    }

    // MARK: News

    var takesNews: Bool { body?.hasRoom == true }

    func push(_ news: [UInt8], _: MessageID?) { send(news) }

    func signedOut(_ problem: AuthenticationProblem) {
        reason = problem == .expired ? .expired : .signedOut
        end(.unauthenticated(problem))
    }
}

extension StreamSession: StateWatcher {
    /// Sends the server's state where it isn't the one sent last; a client that takes nothing is sent the newest
    /// one when it takes something again.
    func stateMayHaveChanged() {
        guard case .state(let watch) = content, let body, body.hasRoom else { return }
        let state = watch.write(dispatcher.shared.tenants.snapshot.isUnderMaintenance)
        guard state != lastState else { return }
        lastState = state
        send(state)
    }
}

extension StreamSession: BodyListener {
    func take(_ bytes: [UInt8]) {
        guard case .answers(let conversation) = content else { return }
        bytes.withUnsafeBytes { messages?.append($0) }
        hasBacklog = true
        answer(in: conversation)
    }

    func inputEnded() {
        guard case .answers(let conversation) = content else { return }
        isInputWhole = true
        answer(in: conversation)
    }

    func inputIsLate() { end(.deadlineExceeded) }

    /// Answers what has arrived, as far as there is room for answers.
    private func answer(in conversation: Dialogue) {
        do throws(Failure) {
            while let body, body.hasRoom {
                guard let message = try messages?.next() else {
                    hasBacklog = false
                    if isInputWhole { try finish(conversation) }
                    return
                }
                send(try conversation.answer(try conversation.messages.body(of: message)))
            }
        } catch {
            end(error)
        }
    }

    private func finish(_ conversation: Dialogue) throws(Failure) {
        try messages?.finish()
        let end = conversation.end()
        send(end.bytes)
        body?.finish(end.trailers)
    }
}
