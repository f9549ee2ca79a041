// The session behind a streamed reply: its pieces, or its user's news, and whatever ends it early.

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
    }

    private let dispatcher: Dispatcher
    private let context: RequestContext
    private let content: Content
    private weak var body: StreamedBody?
    private var subscriber: Subscriber?
    /// Why it ends.
    private var reason = ConnectionEnd.closed
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

    // MARK: The body

    var isLive: Bool {
        if case .news = content { true } else { false }
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
        case .pieces: hasRoom()
        case .news(let feed, let call): follow(feed, call)
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

    private func send(_ piece: [UInt8]) {
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
