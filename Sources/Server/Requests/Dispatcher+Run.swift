// With the body at hand: decode, and run where the route's access says.

import Domain
import HTTP
import Reactor
import Routing

extension Dispatcher {
    /// A request whose route, caller and place are settled.
    final class OpenedRequest: Exchange {
        private let dispatcher: Dispatcher
        private let route: Route
        private let call: Call
        private let context: RequestContext
        private let sender: Sender?
        private let upload: UploadSink?

        var sink: (any BodySink)? { upload }

        init(
            _ dispatcher: Dispatcher,
            _ route: Route,
            _ call: Call,
            _ context: RequestContext,
            from sender: Sender?,
            _ upload: UploadSink?
        ) {
            self.upload = upload
            self.dispatcher = dispatcher
            self.route = route
            self.call = call
            self.context = context
            self.sender = sender
        }

        func respond(to body: [UInt8], _ reply: ResponseSink) {
            do throws(Failure) {
                var call = try dispatcher.stillTrue(call, route, context, sender)
                if context.tune(to: body), let dialect = context.dialect { call = call.speaking(dialect) }
                call = try call.reading(body, for: route.action)
                let incoming = Incoming(
                    call: call,
                    body: body,
                    contentType: context.contentType,
                    fields: context.fields
                )
                dispatcher.run(incoming, route, context, reply, storing: upload)
            } catch {
                reply(dispatcher.failed(error, context))
            }
        }

        /// Answers the messages of the body as they arrive, where that is the route's work.
        func converse(_ reply: ResponseSink) -> Bool {
            guard case .converse = route.action.work else { return false }
            let incoming = Incoming(
                call: call,
                body: [],
                contentType: context.contentType,
                fields: context.fields
            )
            dispatcher.run(incoming, route, context, reply, isWhole: false)
            return true
        }

        func refusal(_ status: HTTP.Status, _ explanation: String) -> Response {
            if status == .contentTooLarge {
                return dispatcher.failed(
                    .bodyTooLarge(maximum: dispatcher.bodyMaximum(of: route, for: call.caller)),
                    context
                )
            }
            let dialect = context.dialect ?? dispatcher.shared.fallback
            return dispatcher.finish(context, dialect.refusal(status, explanation, at: context.now))
        }
    }

    /// Bytes of body that the route takes here.
    ///
    /// A caller without a token gets room for a log-in or a batch of registrations, since anybody may hold
    /// thousands of such bodies almost whole.
    func bodyMaximum(of route: Route, for caller: Caller) -> Int {
        if route.action.bodyKind == .bytes { return Action.importMaximum }
        if route.action.upload != nil {
            return route.action.bodyKind == .envelopes
                ? Action.streamedBytes(of: shared.fileMaximum) : shared.fileMaximum + Action.multipartOverhead
        }
        return min(
            route.action.bodyMaximum,
            shared.bodyMaximum,
            caller == .anonymous ? Self.anonymousBodyMaximum : .max
        )
    }

    private static let anonymousBodyMaximum = 64 << 10

    /// A body may take minutes to arrive, and what was true at the head need not be true any more: the token may have
    /// been revoked, the application deleted.
    private func stillTrue(
        _ call: Call,
        _ route: Route,
        _ context: RequestContext,
        _ sender: Sender?
    ) throws(Failure) -> Call {
        guard let sender else { return call }
        guard monotonicNanoseconds() &- context.started >= Self.lateNanoseconds else { return call }
        context.now = Timestamp(milliseconds: loop.wallMilliseconds)
        return try self.call(route, sender, call.target.decoded, context)
    }

    private static let lateNanoseconds: UInt64 = 1_000_000_000

    func run(
        _ incoming: Incoming,
        _ route: Route,
        _ context: RequestContext,
        _ reply: ResponseSink,
        storing upload: UploadSink? = nil,
        isWhole: Bool = true
    ) {
        var account: String?
        do throws(Failure) {
            // 5. Rate: only failed log-ins are limited, by address and by the account that they name.
            if let name = route.action.account, let given = try name(incoming) {
                // The path is part of it: alice of one application isn't alice of another.
                let known = (context.parameters + [given]).joined(separator: "/").lowercased()
                account = known
                // Where every call counts, it does before it is begun: many at once are many, too.
                if route.action.countsEveryCall {
                    try shared.throttle.admit(context.peer, account: known, at: instant)
                } else {
                    try shared.throttle.check(context.peer, account: known, at: instant)
                }
            }
            let answer = Answer(context: context, account: account, reply: reply)
            // A feed gets the messages that are there, however short the time.
            if timeLeft(for: context) == 0, !route.action.work.isEndless { throw .deadlineExceeded }
            // 6. Decode, 7. run by access, 8. encode, 9. release.
            if let upload {
                store(upload, incoming, route, answer)
            } else {
                try perform(incoming, route, answer, isWhole: isWhole)
            }
            limitTime(of: answer)
        } catch {
            end(Answer(context: context, account: account, reply: reply), .failure(error))
        }
    }

    /// A request on its way: the account that it logs into, and where its response goes.
    struct Answer {
        let context: RequestContext
        let account: String?
        let reply: ResponseSink
    }

    /// - Parameter isWhole: whether the body is there; else it arrives while it is answered.
    func perform(
        _ incoming: Incoming,
        _ route: Route,
        _ answer: Answer,
        isWhole: Bool = true
    ) throws(Failure) {
        if try beginAudited(incoming, route, answer) { return }
        if let prelude = route.prelude, try begin(with: prelude, incoming, route, answer) { return }
        switch route.action.work {
        case .pure(let work):
            release(answer, try work(incoming))
        case .read(let work):
            let read = PendingRead(self, work, incoming, answer) { $0.release($1, $2) }
            reader.read(incoming.call.application.id, read)
        case .feed(let work):
            let feed = try work(incoming)
            let seat = try seat(of: answer.context)
            let session = StreamSession(self, feed, incoming.call, answer.context, in: seat)
            answer.reply(finish(answer.context, feed.response), session)
        case .watch(let work):
            let watch = try work(incoming)
            let session = StreamSession(self, watch, answer.context, in: try seat(of: answer.context))
            answer.reply(finish(answer.context, watch.response), session)
        case .converse(let work):
            try converse(try work(incoming), incoming, answer, isWhole: isWhole)
        case .scan(let work):
            try scan(try work(incoming), incoming, answer)
        case .write(let work):
            let bound = LoopBound((self, answer), loop: loop)
            try write(try work(incoming), incoming) { result in Self.deliver(result, bound) }
        case .prepared(let work):
            switch try read(try work(incoming), incoming) {
            case .reply(let reply): release(answer, reply)
            case .compute(let computation): try compute(computation, incoming, answer)
            }
        case .outside(let work):
            let read = PendingRead(self, work, incoming, answer) { $0.begin($2, $1) }
            reader.read(incoming.call.application.id, read)
        case .errand(let work):
            try run(try work(incoming), incoming, answer)
        case .subscribe:
            // Decided before the body: there is nothing left to run.
            throw .noSuchRoute
        case .task(let work):
            let thread = route.requirement == .operator ? shared.tasks : shared.probes
            let origin = route.action.isAuditedBehind ? incoming.call.auditedOrigin : nil
            try run(try work(incoming), on: thread, audited: origin, answer)
        }
    }

    /// Runs a reading of others' messages in the transaction that leaves its row in the audit.
    ///
    /// - Returns: whether the request is on its way; false where it is no such reading, or its caller's own affair.
    private func beginAudited(_ incoming: Incoming, _ route: Route, _ answer: Answer) throws(Failure) -> Bool
    {
        guard route.action.readsMessages else { return false }
        switch incoming.call.caller {
        case .administrator, .operator: break
        case .anonymous, .application, .user, .manager: return false
        }
        guard let transaction = try route.action.work.audited(incoming) else { return false }
        let bound = LoopBound((self, answer), loop: loop)
        try write(transaction, incoming) { result in Self.deliver(result, bound) }
        return true
    }

    /// Begins a conversation, with the body where that is whole already.
    private func converse(
        _ conversation: Dialogue,
        _ incoming: Incoming,
        _ answer: Answer,
        isWhole: Bool
    ) throws(Failure) {
        let session = StreamSession(self, conversation, answer.context, in: try seat(of: answer.context))
        if isWhole {
            session.take(incoming.body)
            session.inputEnded()
        }
        answer.reply(finish(answer.context, conversation.response), session)
    }

    /// Looks for what the route's dialect needs in the application, once for each of its settings' states;
    /// where it is missing, runs the request in the transaction that makes it.
    ///
    /// - Returns: whether the request is on its way.
    private func begin(
        with prelude: Prelude,
        _ incoming: Incoming,
        _ route: Route,
        _ answer: Answer
    ) throws(Failure) -> Bool {
        guard let application = incoming.call.tenant, opened[application.id] !== application else {
            return false
        }
        let isDone = try reader.read(application.id) { store throws(Failure) in
            try prelude.isDone(incoming.call, store)
        }
        if isDone {
            opened[application.id] = application
            return false
        }
        guard let transaction = try route.action.work.behind(prelude, incoming) else { return false }
        let bound = LoopBound((self, answer), loop: loop)
        try write(transaction, incoming) { result in Self.deliver(result, bound) }
        return true
    }

    func read<T>(_ query: Query<T>, _ incoming: Incoming) throws(Failure) -> T {
        switch query {
        case .application(let work):
            try reader.read(incoming.call.application.id) { store throws(Failure) in try work(store) }
        case .administration(let work):
            try reader.administer { store throws(Failure) in try work(store) }
        }
    }

    func scan(_ query: Query<any Reply>, _ incoming: Incoming, _ answer: Answer) throws(Failure) {
        let bound = LoopBound((self, answer), loop: loop)
        let isQueued =
            switch query {
            case .application(let work):
                shared.database.scan(
                    incoming.call.application.id,
                    work,
                    completion: { Self.deliver($0, bound) }
                )
            case .administration(let work):
                shared.database.administer(scanning: work, completion: { Self.deliver($0, bound) })
            }
        try Self.admit(isQueued)
    }

    /// Refuses work that its queue has no room for.
    static func admit(_ isQueued: Bool) throws(Failure) {
        guard isQueued else { throw .overloaded(retryAfterSeconds: 1) }
    }
}
