// The end of a request: the outcome comes back to the loop, is encoded, logged, counted and released.

import Domain
import HTTP
import Reactor
import Routing

extension Dispatcher {
    /// Brings an outcome back to the loop, from whichever thread made it.
    static func deliver(_ result: Result<Outcome, Failure>, _ bound: LoopBound<(Dispatcher, Answer)>) {
        _ = bound.loop.post {
            let (dispatcher, answer) = bound.value
            dispatcher.end(answer, result)
        }
    }

    func end(_ answer: Answer, _ result: Result<Outcome, Failure>) {
        // Behind the count of a failure: between the two it would be neither.
        defer {
            if let attempt = answer.context.attempt.take() { shared.throttle.end(attempt) }
        }
        switch result {
        case .success(let outcome):
            if let attempt = answer.context.attempt { shared.throttle.succeeded(attempt) }
            release(answer, outcome)
        case .failure(let failure):
            note(failure, answer)
            guard !answer.context.isAnswered else { return giveBackKey(of: answer.context) }
            settle(answer, failed(failure, answer.context), nil, isStored: false)
        }
    }

    func release(_ answer: Answer, _ answered: Answered) {
        answer.context.session = answered.session
        release(answer, answered.response, answered.pieces)
    }

    func release(_ answer: Answer, _ outcome: Outcome) {
        // Its time limit has passed.
        guard !answer.context.isAnswered else { return giveBackKey(of: answer.context) }
        answer.context.session = outcome.session
        release(answer, outcome.response(), outcome.pieces, isStored: outcome.isStored)
    }

    /// Counts a failure of a log-in, unless it was refused for those before it, or the password wasn't looked at.
    private func note(_ failure: Failure, _ answer: Answer) {
        guard case .wrongCredentials(let problem) = failure, problem != .locked, problem != .unverified,
            let account = answer.account
        else {
            return
        }
        shared.throttle.failed(answer.context.peer, account: account, at: instant)
        if let attempt = answer.context.attempt { shared.throttle.failed(attempt, at: instant) }
    }

    func release(
        _ answer: Answer,
        _ response: Response,
        _ pieces: ReplyPieces? = nil,
        isStored: Bool = false
    ) {
        let source = pieces.map { StreamSession(self, $0, answer.context) }
        settle(answer, finish(answer.context, response), source, isStored: isStored)
    }

    func failed(_ failure: Failure, _ context: RequestContext) -> Response {
        shared.refusals.note(failure, context.peer)
        let dialect = context.dialect ?? shared.fallback
        let facts = context.failureContext(secrets: shared.services.secrets) { name in
            Self.refusesCaller(failure) ? uuid(ofUser: name, context.application) : nil
        }
        return finish(context, dialect.response(to: failure, facts))
    }

    private static func refusesCaller(_ failure: Failure) -> Bool {
        switch failure {
        case .unauthenticated, .forbidden(.insufficientScope): true
        default: false
        }
    }

    /// The UUID of a user by its name, or by itself; nil where there is none.
    private func uuid(ofUser name: String, _ application: Application?) -> UUID? {
        guard let application else { return nil }
        let user = try? reader.read(application.id) { store throws(Failure) in
            try UserRules.find(name, in: store)
        }
        return user?.uuid
    }

    /// Fields that every response has, the log line, the counters.
    ///
    /// Once a request: here it counts as answered.
    func finish(_ context: RequestContext, _ response: Response) -> Response {
        context.isAnswered = true
        if let timer = context.timer.take() { loop.cancel(timer) }
        var response = response
        response.constantLines = "X-Content-Type-Options: nosniff\r\n"
        response.requestID = context.requestID
        if !context.rateFields.isEmpty { response.fields += context.rateFields }
        if let origin = shared.allowedOrigin {
            response.fields.append(.text("Access-Control-Allow-Origin", origin))
            response.fields.append(.line("Access-Control-Expose-Headers: grpc-status, grpc-message\r\n"))
            if origin != "*" { response.fields.append(.line("Vary: Origin\r\n")) }
        }
        let microseconds = (monotonicNanoseconds() &- context.started) / 1000
        metrics.count(route: context.routeIndex, status: response.status, microseconds: microseconds)
        context.status = response.status
        context.callStatus = response.callStatus
        // How long that will take, and how much it is, is known at its end.
        if case .stream = response.body, context.method != .head { return response }
        note(context, bytes: response.body.count, microseconds: microseconds)
        return response
    }

    /// Adds the line of a reply that was made while it was sent: what was given to the connection, and how long it took.
    func note(_ context: RequestContext, bytes: Int) {
        note(context, bytes: bytes, microseconds: (monotonicNanoseconds() &- context.started) / 1000)
    }

    private func note(_ context: RequestContext, bytes: Int, microseconds: UInt64) {
        log.add(
            AccessLog.Entry(
                requestID: context.requestID,
                peer: context.peer,
                method: context.method,
                path: context.path,
                version: context.version,
                callStatus: context.callStatus,
                route: context.route?.name,
                caller: context.callerName,
                application: context.application,
                status: context.status,
                microseconds: microseconds,
                bytes: bytes
            )
        )
    }
}
