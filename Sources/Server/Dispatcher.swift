// The way of a request through the server, in one fixed order; each step can only stop it with a failure.

import Crypto
import Domain
import Glibc
import HTTP
import Reactor
import Routing
import Storage

/// Answers the requests of one loop.
final class Dispatcher: Responder {
    private let loop: EventLoop
    private let shared: Shared
    private let reader: ReaderConnection
    private let metrics: LoopMetrics
    private let log: AccessLog
    private var names: RequestNames

    /// What all loops share.
    struct Shared: Sendable {
        let table: RouteTable
        let fallback: any Dialect
        let tenants: Tenants
        let keys: SigningKeys
        let database: Database
        let compute: ComputePool
        let tasks: TaskThread
        let throttle: LoginThrottle
        let services: Services
        let trustsProxy: Bool
        let allowedOrigin: String?
        /// Bytes of a body, whatever the route would take.
        let bodyMaximum: Int
    }

    init(loop: EventLoop, shared: Shared, reader: ReaderConnection, metrics: LoopMetrics, log: AccessLog) {
        self.loop = loop
        self.shared = shared
        self.reader = reader
        self.metrics = metrics
        self.log = log
        names = RequestNames(prefix: RandomSource.system.integer() >> 24)
    }

    // MARK: Before the body

    func open(_ head: RequestHead, from peer: Peer) -> Opening {
        let context = RequestContext(
            method: head.method, peer: forwarded(head, peer.address), started: monotonicNanoseconds(),
            now: Timestamp(milliseconds: loop.wallMilliseconds), requestID: names.name(for: head))
        let target: RequestTarget
        do throws(ParseError) {
            target = try RequestTarget(head)
            context.path = target.rawPath
        } catch {
            return .answer(finish(context, shared.fallback.refusal(error.status, error.explanation, at: context.now)))
        }
        do throws(Failure) {
            // 1. Match.
            if context.method == .options { return .answer(options(try allowedMethods(target), context)) }
            let route = try match(target, context)
            // 2. Size: the connection holds the body to the route's maximum.
            // 3. Authenticate, 4. authorise.
            let call = try call(route, head, target, peer, context)
            return .proceed(bodyMaximum: min(route.action.bodyMaximum, shared.bodyMaximum)) { [self] body, reply in
                run(Incoming(call: call, body: body, contentType: context.contentType), route, context, reply)
            }
        } catch {
            return .answer(failed(error, context))
        }
    }

    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response {
        let context = RequestContext(
            method: .get, peer: peer.address, started: monotonicNanoseconds(),
            now: Timestamp(milliseconds: loop.wallMilliseconds), requestID: "-")
        return finish(context, shared.fallback.refusal(status, explanation, at: context.now))
    }

    private func match(_ target: RequestTarget, _ context: RequestContext) throws(Failure) -> Route {
        switch shared.table.match(context.method, target.segments) {
        case .route(let index, let parameters):
            let route = shared.table.routes[index]
            context.routeIndex = index
            context.route = route
            context.parameters = parameters
            return route
        case .otherMethods(let methods):
            throw .methodNotAllowed(allowed: methods.map(\.text))
        case .nothing:
            throw .noSuchRoute
        }
    }

    private func call(
        _ route: Route, _ head: RequestHead, _ target: RequestTarget, _ peer: Peer, _ context: RequestContext
    ) throws(Failure) -> Call {
        let tenants = shared.tenants.snapshot
        if route.pattern.isTenant {
            let (organization, name) = (context.parameters[0], context.parameters[1])
            context.application = tenants.application(organization, name)
            guard context.application != nil else {
                throw .notFound(.application, id: "\(organization)/\(name)")
            }
        }
        let authentication = Authentication(keys: shared.keys, tenants: tenants, reader: reader)
        let caller = try authentication.caller(
            of: route, token: PresentedToken(head), application: context.application, parameters: context.parameters,
            isOperator: peer.isOperator, at: context.now)
        context.contentType = route.action.bodyKind == .form ? head.firstValue("content-type") : nil
        return Call(
            tenant: context.application, caller: caller, now: context.now,
            target: CallTarget(
                scheme: shared.trustsProxy && head.firstValue("x-forwarded-proto") == "https" ? "https" : "http",
                host: head.authority, path: context.path, requestID: context.requestID, decoded: target,
                started: context.started),
            parameters: context.parameters, parameterNames: route.pattern.parameterNames, services: shared.services)
    }

    // MARK: With the body

    private func run(_ incoming: Incoming, _ route: Route, _ context: RequestContext, _ reply: @escaping Reply) {
        var account: String?
        do throws(Failure) {
            // 5. Rate: only failed log-ins are limited, by address and by the account that they name.
            if let name = route.action.account {
                account = try name(incoming)
                try shared.throttle.check(context.peer, account: account ?? "", at: context.now)
            }
            let answer = Answer(context: context, account: account, reply: reply)
            // 6. Decode, 7. run by access, 8. encode, 9. release.
            try perform(incoming, route, answer)
        } catch {
            end(Answer(context: context, account: account, reply: reply), .failure(error))
        }
    }

    /// Where an outcome goes when it is there.
    private struct Answer {
        let context: RequestContext
        let account: String?
        let reply: Reply
    }

    private func perform(_ incoming: Incoming, _ route: Route, _ answer: Answer) throws(Failure) {
        switch route.action.work {
        case .pure(let work):
            release(answer, try work(incoming))
        case .read(let work):
            release(answer, try read(try work(incoming), incoming).response())
        case .scan(let work):
            try scan(try work(incoming), incoming, answer)
        case .write(let work):
            let bound = LoopBound((self, answer), loop: loop)
            try write(try work(incoming), incoming) { result in Self.deliver(result, bound) }
        case .prepared(let work):
            switch try read(try work(incoming), incoming) {
            case .reply(let outcome): release(answer, outcome.response())
            case .compute(let computation): try compute(computation, incoming, answer)
            }
        case .task(let work):
            let task = try work(incoming)
            let bound = LoopBound((self, answer), loop: loop)
            let isQueued = shared.tasks.submit {
                let result = Result { () throws(Failure) in try task() }
                Self.deliver(result, bound)
            }
            guard isQueued else { throw .overloaded(retryAfterSeconds: 1) }
        }
    }

    private func read<T>(_ query: Query<T>, _ incoming: Incoming) throws(Failure) -> T {
        switch query {
        case .application(let work):
            try reader.read(incoming.call.application.id) { store throws(Failure) in try work(store) }
        case .administration(let work):
            try reader.administer { store throws(Failure) in try work(store) }
        }
    }

    private func scan(_ query: Query<Outcome>, _ incoming: Incoming, _ answer: Answer) throws(Failure) {
        let bound = LoopBound((self, answer), loop: loop)
        let isQueued =
            switch query {
            case .application(let work):
                shared.database.scan(
                    incoming.call.application.id, work, completion: { Self.deliver($0, bound) })
            case .administration(let work):
                shared.database.administer(scanning: work, completion: { Self.deliver($0, bound) })
            }
        guard isQueued else { throw .overloaded(retryAfterSeconds: 1) }
    }

    private func write(
        _ transaction: Transaction, _ incoming: Incoming,
        _ completion: @escaping @Sendable (Result<Outcome, Failure>) -> Void
    ) throws(Failure) {
        try Self.write(transaction, incoming.call.tenant?.id, shared.database, completion)
    }

    /// Queues a transaction; the completion comes after its commit.
    private static func write(
        _ transaction: Transaction, _ application: ApplicationID?, _ database: Database,
        _ completion: @escaping @Sendable (Result<Outcome, Failure>) -> Void
    ) throws(Failure) {
        let isQueued: Bool
        switch transaction {
        case .application(let work):
            guard let application else { preconditionFailure("A transaction needs the application of its path.") }
            isQueued = database.write(application, work, completion: completion)
        case .administration(let work):
            isQueued = database.administer(writing: work, completion: completion)
        }
        guard isQueued else { throw .overloaded(retryAfterSeconds: 1) }
    }

    private func compute(
        _ computation: Computation<Transaction>, _ incoming: Incoming, _ answer: Answer
    ) throws(Failure) {
        let bound = LoopBound((self, answer), loop: loop)
        let database = shared.database
        let application = incoming.call.tenant?.id
        let isQueued = shared.compute.submit { hashing in
            do throws(Failure) {
                let transaction = try computation.run(hashing)
                try Self.write(transaction, application, database) { Self.deliver($0, bound) }
            } catch {
                Self.deliver(.failure(error), bound)
            }
        }
        guard isQueued else { throw .overloaded(retryAfterSeconds: 1) }
    }

    // MARK: The reply

    /// Brings an outcome back to the loop, from whichever thread made it.
    private static func deliver(_ result: Result<Outcome, Failure>, _ bound: LoopBound<(Dispatcher, Answer)>) {
        _ = bound.loop.post {
            let (dispatcher, answer) = bound.value
            dispatcher.end(answer, result)
        }
    }

    private func end(_ answer: Answer, _ result: Result<Outcome, Failure>) {
        switch result {
        case .success(let outcome):
            release(answer, outcome.response())
        case .failure(let failure):
            if case .wrongCredentials = failure, let account = answer.account {
                shared.throttle.failed(answer.context.peer, account: account, at: answer.context.now)
            }
            answer.reply(failed(failure, answer.context))
        }
    }

    private func release(_ answer: Answer, _ response: Response) {
        answer.reply(finish(answer.context, response))
    }

    private func failed(_ failure: Failure, _ context: RequestContext) -> Response {
        let dialect = context.route?.dialect ?? shared.fallback
        return finish(
            context, dialect.response(to: failure, context.failureContext(secrets: shared.services.secrets)))
    }

    /// Fields that every response has, the log line, the counters.
    private func finish(_ context: RequestContext, _ response: Response) -> Response {
        var response = response
        response.fields.append(.line("X-Content-Type-Options: nosniff\r\n"))
        response.fields.append(.text("X-Request-Id", context.requestID))
        if let origin = shared.allowedOrigin {
            response.fields.append(.text("Access-Control-Allow-Origin", origin))
            if origin != "*" { response.fields.append(.line("Vary: Origin\r\n")) }
        }
        let microseconds = (monotonicNanoseconds() &- context.started) / 1000
        metrics.count(route: context.routeIndex, status: response.status, microseconds: microseconds)
        log.add(
            AccessLog.Entry(
                requestID: context.requestID, peer: context.peer, method: context.method, path: context.path,
                route: context.route?.name, status: response.status, microseconds: microseconds,
                bytes: response.body.count))
        return response
    }

    /// OPTIONS: the methods of the path and, where cross-origin use is configured, what a browser asks before.
    private func options(_ methods: [HTTP.Method], _ context: RequestContext) -> Response {
        var response = Response(.noContent)
        response.fields.append(.text("Allow", methods.map(\.text).joined(separator: ", ")))
        if shared.allowedOrigin != nil {
            response.fields.append(.line("Access-Control-Allow-Methods: GET, POST, PUT, DELETE\r\n"))
            response.fields.append(.line("Access-Control-Allow-Headers: Authorization, Content-Type\r\n"))
        }
        return finish(context, response)
    }

    /// The methods that a path answers; all of them for `*`.
    private func allowedMethods(_ target: RequestTarget) throws(Failure) -> [HTTP.Method] {
        if target.isAsterisk { return [.get, .head, .post, .put, .delete, .options] }
        // No route has this method, so a known path always answers with its methods.
        guard case .otherMethods(let methods) = shared.table.match(.options, target.segments) else {
            throw .noSuchRoute
        }
        return methods
    }

    private func monotonicNanoseconds() -> UInt64 { shared.services.monotonicNanoseconds() }

    /// The client's address: what a trusted proxy says of it, else the peer's own.
    private func forwarded(_ head: RequestHead, _ address: PeerAddress) -> PeerAddress {
        shared.trustsProxy ? PeerAddress(forwardedFor: head) ?? address : address
    }
}
