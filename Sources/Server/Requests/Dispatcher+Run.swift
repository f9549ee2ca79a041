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

        func respond(to body: [UInt8], _ reply: Reply) {
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
        _ reply: Reply,
        storing upload: UploadSink? = nil
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
            if timeLeft(for: context) == 0, !route.action.work.tellsNews { throw .deadlineExceeded }
            // 6. Decode, 7. run by access, 8. encode, 9. release.
            if let upload {
                store(upload, incoming, route, answer)
            } else if let incoming = try begin(incoming, route, answer) {
                try perform(incoming, route, answer)
            }
            limitTime(of: answer)
        } catch {
            end(Answer(context: context, account: account, reply: reply), .failure(error))
        }
    }

    /// Where an outcome goes when it is there.
    struct Answer {
        let context: RequestContext
        let account: String?
        let reply: Reply
    }

    func perform(_ incoming: Incoming, _ route: Route, _ answer: Answer) throws(Failure) {
        if try beginAudited(incoming, route, answer) { return }
        if let prelude = route.prelude, try begin(with: prelude, incoming, route, answer) { return }
        switch route.action.work {
        case .pure(let work):
            release(answer, try work(incoming))
        case .read(let work):
            reader.read(incoming.call.application.id, PendingRead(self, work, incoming, answer))
        case .feed(let work):
            let feed = try work(incoming)
            let seat = try seat(of: answer.context)
            let session = StreamSession(self, feed, incoming.call, answer.context, in: seat)
            answer.reply(finish(answer.context, feed.response), session)
        case .scan(let work):
            try scan(try work(incoming), incoming, answer)
        case .write(let work):
            let bound = LoopBound((self, answer), loop: loop)
            try write(try work(incoming), incoming) { result in Self.deliver(result, bound) }
        case .prepared(let work):
            switch try read(try work(incoming), incoming) {
            case .reply(let outcome): release(answer, outcome)
            case .compute(let computation): try compute(computation, incoming, answer)
            }
        case .outside(let work):
            reader.read(incoming.call.application.id, PendingCall(self, work, incoming, answer))
        case .errand(let work):
            try run(try work(incoming), incoming, answer)
        case .subscribe:
            // Decided before the body: there is nothing left to run.
            throw .noSuchRoute
        case .task(let work):
            let task = try work(incoming)
            let bound = LoopBound((self, answer), loop: loop)
            let tasks = route.requirement == .operator ? shared.tasks : shared.probes
            let (database, origin) = (
                shared.database, route.action.isAuditedBehind ? incoming.call.auditedOrigin : nil
            )
            try Self.admit(
                tasks.submit {
                    let result = Result { () throws(Failure) in try task() }
                    guard let origin, origin.actor != nil, case .success = result else {
                        return Self.deliver(result, bound)
                    }
                    Self.audit(origin, in: database) { Self.deliver($0.flatMap { result }, bound) }
                }
            )
        }
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

    func scan(_ query: Query<Outcome>, _ incoming: Incoming, _ answer: Answer) throws(Failure) {
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

    func write(
        _ transaction: Transaction,
        _ incoming: Incoming,
        _ completion: @escaping @Sendable (Result<Outcome, Failure>) -> Void
    ) throws(Failure) {
        try Self.write(transaction, incoming.call.tenant?.id, shared.database, shared.inquiries, completion)
    }

    /// Queues a transaction; the completion comes after its commit.
    static func write(
        _ transaction: Transaction,
        _ application: ApplicationID?,
        patience: Duration = .zero,
        _ database: any StorageEngine,
        _ desk: InquiryDesk,
        answers: [AnsweredInquiry] = [],
        _ completion: @escaping @Sendable (Result<Outcome, Failure>) -> Void
    ) throws(Failure) {
        let isQueued: Bool
        switch transaction {
        case .application(let change):
            guard let application else {
                preconditionFailure("A transaction needs the application of its path.")
            }
            isQueued = database.write(
                application,
                by: change.origin,
                patience: patience,
                inquiries: Inquiries(answers: answers) { questions in
                    desk.ask(questions, for: application, by: change.origin.caller, after: answers.count) {
                        more in
                        do throws(Failure) {
                            let all = answers + (try more.get())
                            try write(transaction, application, database, desk, answers: all, completion)
                        } catch {
                            completion(.failure(error))
                        }
                    }
                },
                change.run,
                completion: completion
            )
        case .administration(let change):
            isQueued = database.administer(by: change.origin, writing: change.run, completion: completion)
        }
        try admit(isQueued)
    }
}
