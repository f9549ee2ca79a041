// The way of a request through the server, in one fixed order; each step can only stop it with a failure.

import Crypto
import Domain
import Glibc
import HTTP
import Reactor
import Routing

/// Answers the requests of one loop.
final class Dispatcher: Responder, FrameRunner {
    let loop: EventLoop
    let shared: Shared
    let reader: any SnapshotReader
    let metrics: LoopMetrics
    let log: AccessLog
    let hub: Hub
    private var names: RequestNames
    private let verified = VerifiedTokens()
    private var latestUse = LatestUse()
    /// Applications in which dialects found what they need, as they were then.
    var opened: [ApplicationID: Application] = [:]
    private var lastTenant: (tenants: Tenants.Snapshot, application: Application)?

    /// The values that all loops share.
    struct Shared: Sendable {
        /// The routes on TCP: everything but the operator's routes.
        let publicTable: RouteTable
        /// The routes on the listener for metrics.
        let metricsTable: RouteTable
        /// The routes on the administration socket.
        let operatorTable: RouteTable
        let fallback: any Dialect
        let tenants: Tenants
        let keys: SigningKeys
        let database: any StorageEngine
        let compute: ComputePool
        let tasks: TaskThread
        /// Anybody's, so that none of the operator's calls is waited for.
        let probes: TaskThread
        let mail: MailRoom
        /// Asks endpoints before a change.
        let inquiries: InquiryDesk
        let throttle: LoginThrottle
        /// Counts calls against rates.
        let rates: RateLimiter
        /// The keys of running requests.
        let running: RunningKeys
        /// Notes when clients are used.
        let uses: ClientUses
        /// Removes rows of the audit whose time is over.
        let auditSweep: AuditSweep
        /// Bounds the rows of the audit about refused attempts.
        let attempts: RefusedAttempts
        let services: Services
        /// The proxies whose header fields about a client's address are believed.
        let proxies: TrustedProxies
        /// The open connections, to bound requests through proxies by the client's address.
        let census: ConnectionCensus
        /// The refusals, by reason.
        let refusals: RefusalCounts
        let allowedOrigin: String?
        /// Bytes of a body, whatever the route would take.
        let bodyMaximum: Int
        /// The bytes of files.
        let files: FileVault
        /// Bytes of one file.
        let fileMaximum: Int
        /// Places among the metrics of the routes that are bound to frames, by name.
        let framePlaces: [String: Int]
    }

    init(
        loop: EventLoop,
        shared: Shared,
        reader: any SnapshotReader,
        metrics: LoopMetrics,
        log: AccessLog,
        hub: Hub
    ) {
        self.hub = hub
        self.loop = loop
        self.shared = shared
        self.reader = reader
        self.metrics = metrics
        self.log = log
        names = RequestNames(prefix: RandomSource.system.integer() >> 24)
    }

    // MARK: Before the body

    func open(_ head: RequestHead, from peer: Peer) -> Opening {
        let client = shared.proxies.client(of: head, from: peer.address)
        let context = RequestContext(
            method: head.method,
            peer: client.address,
            isSecure: client.isSecure,
            version: head.version,
            started: monotonicNanoseconds(),
            now: Timestamp(milliseconds: loop.wallMilliseconds),
            requestID: names.name(for: head)
        )
        let target: RequestTarget
        do throws(ParseError) {
            target = try RequestTarget(head)
            context.path = target.rawPath
        } catch {
            let refusal = shared.fallback.refusal(error.status, error.explanation, at: context.now)
            return settled(head) { _ in self.finish(context, refusal) }
        }
        context.operatorID = peer.operatorID
        do throws(Failure) {
            // 1. Match.
            let table =
                switch peer.door {
                case .public:
                    isOperator(head, target, at: context.now) ? shared.operatorTable : shared.publicTable
                case .metrics: shared.metricsTable
                case .administration: shared.operatorTable
                }
            if head.method == .options {
                let methods = try allowedMethods(target, table)
                return settled(head) { _ in self.options(methods, context) }
            }
            let route = try match(head, target, table, context)
            // 2. Size: the connection holds the body to the route's maximum.
            // 3. Authenticate, 4. authorise.
            let sender = Sender(head: head, isOperator: peer.isOperator)
            let call = try call(route, sender, target, context)
            if shared.proxies.contains(peer.address), context.peer != peer.address {
                context.takesSeat = true
            }
            try route.action.admit(contentEncoding: head.values("content-encoding"))
            if case .subscribe(let subscription, let start) = route.action.work {
                return try upgrade(to: subscription, start, head, call, context)
            }
            return .proceed(
                bodyMaximum: bodyMaximum(of: route, for: call.caller),
                OpenedRequest(
                    self,
                    route,
                    call,
                    context,
                    // A request without a body can't be late.
                    from: head.framing == .none ? nil : sender,
                    try sink(for: route, head, context)
                )
            )
        } catch {
            // In what manner it is refused may stand in the body.
            return settled(head, recording: refusedAttempt(error, context)) { body in
                if let body { context.tune(to: body) }
                return self.failed(error, context)
            }
        }
    }

    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response {
        let context = RequestContext(
            method: nil,
            peer: peer.address,
            version: peer.version,
            started: monotonicNanoseconds(),
            now: Timestamp(milliseconds: loop.wallMilliseconds),
            requestID: nextName()
        )
        return finish(context, shared.fallback.refusal(status, explanation, at: context.now))
    }

    /// Whether it is a call of the operator's from elsewhere: below `/admin`, with an operator's token.
    ///
    /// For everybody else these routes aren't there, whatever they send.
    private func isOperator(_ head: RequestHead, _ target: RequestTarget, at now: Timestamp) -> Bool {
        guard target.rawPath.utf8.starts(with: "/admin/".utf8) else { return false }
        let authentication = Authentication(
            keys: shared.keys,
            verified: verified,
            tenants: shared.tenants.snapshot,
            reader: reader
        )
        return authentication.operatorAdmission(by: PresentedToken(head, for: nil), at: now) != nil
    }

    private func match(
        _ head: RequestHead,
        _ target: RequestTarget,
        _ table: RouteTable,
        _ context: RequestContext
    ) throws(Failure) -> Route {
        switch table.match(head.method, target) {
        case .route(let index, let parameters):
            let route = table.routes[index]
            context.routeIndex = index
            context.route = route
            context.dialect = route.dialect
            context.parameters = parameters
            return route
        case .otherMethods(let methods):
            context.dialect = dialect(near: target, head, table)
            // For a client of a dialect that has no route near there, nothing is there.
            if context.dialect != nil, table.dialect(near: target) == nil { throw .noSuchRoute }
            throw .methodNotAllowed(allowed: methods.map(\.text))
        case .nothing:
            context.dialect = dialect(near: target, head, table)
            throw .noSuchRoute
        }
    }

    /// The dialect in which a request that leads to no route is refused.
    private func dialect(near target: RequestTarget, _ head: RequestHead, _ table: RouteTable) -> (
        any Dialect
    )? {
        if let type = head.callType, let dialect = table.dialect(ofCallTyped: type) { return dialect }
        return table.dialect(near: target) ?? table.dialect { head.firstValue($0)?.isEmpty == false }
    }

    /// The caller named by a request.
    struct Sender {
        let head: RequestHead
        let isOperator: Bool
    }

    func call(
        _ route: Route,
        _ sender: Sender,
        _ target: RequestTarget,
        _ context: RequestContext
    ) throws(Failure) -> Call {
        let head = sender.head
        let tenants = shared.tenants.snapshot
        if !route.action.fields.isEmpty {
            context.keepFields(of: head, route.action.keptFields)
            context.tune(to: nil)
            noteTimeLimit(of: context)
        }
        try Maintenance.admit(route, isOn: tenants.isUnderMaintenance)
        if route.pattern.isTenant {
            let application = try application(context.parameters[0], context.parameters[1], tenants)
            context.application = application
            // The operator's own routes name it elsewhere in their paths.
            if application.settings.isSuspended { throw .forbidden(.suspended) }
        }
        let authentication = Authentication(
            keys: shared.keys,
            verified: verified,
            tenants: tenants,
            reader: reader
        )
        var token = PresentedToken(head, for: route.dialect)
        // Browsers can't send a field when they open a WebSocket.
        if case .subscribe = route.action.work, case .none = token,
            let text = target.queryValue("access_token"), !text.isEmpty
        {
            token = .present(Array(text.utf8)[...])
        }
        let admission: Admission
        do throws(Failure) {
            admission = try authentication.admit(
                to: route,
                token: token,
                application: context.application,
                parameters: context.parameters,
                isOperator: sender.isOperator,
                at: context.now
            )
        } catch {
            // Who tries to read the audit is worth a row of it.
            if route.scope == .audit {
                context.caller = authentication.user(behind: token, of: context.application, at: context.now)
                    .map(Caller.user)
            }
            throw error
        }
        if route.action.work.tellsNews {
            (context.opener, context.openerExpires) = authentication.opening(by: token, at: context.now)
        }
        context.contentType = route.action.bodyKind.isTyped ? head.callType : nil
        let caller = admission.caller
        context.caller = caller
        if route.takesKey, head.hasField(Route.keyField) { context.keyTexts = head.values(Route.keyField) }
        switch caller {
        case .administrator(let id): context.administrator = tenants.administrator(id)?.name.text
        case .application(let id):
            if latestUse.changes(to: id, at: context.now) {
                shared.uses.note(id, at: context.now, in: shared.database)
                shared.auditSweep.begin(at: context.now)
            }
        case .anonymous, .user, .manager, .operator: break
        }
        try countForRates(route, context)
        try authentication.hold(admission, to: route)
        let scheme = context.isSecure ? "https" : "http"
        // Only some routes' refusals quote it; it isn't worth its making elsewhere.
        if route.pattern.namesFile { context.origin = "\(scheme)://\(head.authority)" }
        return Call(
            tenant: context.application,
            caller: caller,
            scopes: admission.scopes,
            actor: route.isAudited ? context.actor : nil,
            route: route.name,
            peer: context.peer,
            now: context.now,
            target: CallTarget(
                scheme: scheme,
                host: head.authority,
                path: context.path,
                requestID: context.requestID,
                decoded: target,
                started: context.started
            ),
            parameters: context.parameters,
            parameterNames: route.pattern.parameterNames,
            services: shared.services,
            dialect: context.dialect
        )
    }

    /// The application of a path.
    ///
    /// The last one is asked first: most servers have one that matters.
    private func application(
        _ organization: String,
        _ name: String,
        _ tenants: Tenants.Snapshot
    ) throws(Failure) -> Application {
        if let last = lastTenant, last.tenants === tenants, last.application.name == name,
            last.application.organization.name == organization
        {
            return last.application
        }
        guard let application = tenants.application(organization, name) else {
            throw .notFound(.application, id: "\(organization)/\(name)")
        }
        lastTenant = (tenants, application)
        return application
    }

    /// OPTIONS: the methods of the path and, where cross-origin use is configured, what a browser asks before.
    private func options(_ methods: [HTTP.Method], _ context: RequestContext) -> Response {
        var response = Response(.noContent)
        response.fields.append(.text("Allow", methods.map(\.text).joined(separator: ", ")))
        if shared.allowedOrigin != nil {
            response.fields.append(.line("Access-Control-Allow-Methods: GET, POST, PUT, DELETE\r\n"))
            response.fields.append(.text("Access-Control-Allow-Headers", shared.publicTable.fieldNames))
        }
        return finish(context, response)
    }

    /// The methods that a path answers; all of them for `*`.
    private func allowedMethods(
        _ target: RequestTarget,
        _ table: RouteTable
    ) throws(Failure) -> [HTTP.Method] {
        if target.isAsterisk { return [.get, .head, .post, .put, .delete, .options] }
        // No route has this method, so a known path always answers with its methods.
        guard case .otherMethods(let methods) = table.match(.options, target) else {
            throw .noSuchRoute
        }
        return methods
    }

    /// A name for what came without a head.
    func nextName() -> String { names.next() }

    func monotonicNanoseconds() -> UInt64 { shared.services.monotonicNanoseconds() }

    /// Now, for what lasts so long.
    var instant: MonotonicInstant { MonotonicInstant(nanoseconds: monotonicNanoseconds()) }
}
