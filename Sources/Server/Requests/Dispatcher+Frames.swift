// The way of a frame: a request whose head is the socket it came through, and whose code takes the place of the path.

import Crypto
import Domain
import HTTP
import JSON
import Reactor
import Routing

extension Dispatcher {
    /// Answers a request that opens a WebSocket.
    func upgrade(
        to subscription: Subscription,
        _ start: @Sendable (Incoming) throws(Failure) -> SubscriptionStart,
        _ head: RequestHead,
        _ call: Call,
        _ context: RequestContext
    ) throws(Failure) -> Opening {
        let handshake: WebSocketHandshake
        do throws(WebSocketHandshakeError) {
            handshake = try WebSocketHandshake(head)
        } catch {
            let dialect = context.dialect ?? shared.fallback
            return .answer(finish(context, dialect.refusal(error, at: context.now)))
        }
        guard let route = context.route else { throw .noSuchRoute }
        let seat = try seat(of: context)
        let session = GatewaySession(
            self,
            route,
            subscription,
            try start(Incoming(call: call, body: [], contentType: nil)),
            by: context.opener,
            until: context.openerExpires,
            peer: context.peer,
            opening: call,
            names: context.parameters
        )
        session.seat = seat
        let digest = SHA1.hash(Array(handshake.challenge.utf8))
        return .upgrade(finish(context, WebSocketHandshake.response(digest: digest)), session)
    }

    /// Counts a socket or stream for its client's address, where its connection is a proxy's.
    func seat(of context: RequestContext) throws(Failure) -> ConnectionCensus.Seat? {
        guard context.takesSeat else { return nil }
        guard let seat = shared.census.seat(for: context.peer) else {
            shared.refusals.note(.address, context.peer)
            throw .overloaded(retryAfterSeconds: 5)
        }
        return seat
    }

    /// Runs one frame; `reply` is called once, inside the call or later.
    func perform(
        _ frame: [UInt8],
        in session: GatewaySession,
        _ reply: @escaping (Response, SessionChange?) -> Void
    ) {
        let context = RequestContext(
            method: .get,
            peer: session.peer,
            started: monotonicNanoseconds(),
            now: Timestamp(milliseconds: loop.wallMilliseconds),
            requestID: nextName()
        )
        context.path = session.opening.target.path
        context.parameters = session.names
        context.route = session.route
        context.dialect = session.route.dialect
        do throws(Failure) {
            // The token may have ended since the socket was opened.
            let tenants = shared.tenants.snapshot
            context.application = tenants.application(session.names[0], session.names[1])
            guard let application = context.application, application.id == session.opening.application.id
            else {
                session.endWithoutApplication()
                throw .notFound(.application, id: session.names.joined(separator: "/"))
            }
            if application.settings.isSuspended {
                session.endSuspended()
                throw .forbidden(.suspended)
            }
            let route = try route(of: frame, in: session)
            context.route = route
            context.dialect = route.dialect
            context.routeIndex = shared.framePlaces[route.name]
            try Maintenance.admit(route, isOn: tenants.isUnderMaintenance)
            let incoming = Incoming(
                call: try call(route, session, application, context),
                body: frame,
                contentType: nil
            )
            run(incoming, route, context, ResponseSink { response, _ in reply(response, context.session) })
        } catch {
            reply(failed(error, context), nil)
        }
    }

    private func route(of frame: [UInt8], in session: GatewaySession) throws(Failure) -> Route {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(frame)
        } catch {
            throw .malformedBody(error.description)
        }
        guard let code = session.subscription.code(document.root) else {
            throw .invalid(field: "code", .missing)
        }
        guard let route = session.subscription.frames[code] else {
            throw .invalid(field: "code", .illegal(value: String(code)))
        }
        return route
    }

    /// The call of a frame, once its sender may send it.
    private func call(
        _ route: Route,
        _ session: GatewaySession,
        _ application: Application,
        _ context: RequestContext
    ) throws(Failure) -> Call {
        let caller = session.user.map(Caller.user) ?? .anonymous
        context.caller = caller
        if route.requirement != .open, caller == .anonymous { throw .unauthenticated(.missing) }
        let target = session.opening.target
        return Call(
            tenant: application,
            caller: caller,
            route: route.name,
            peer: context.peer,
            now: context.now,
            target: CallTarget(
                scheme: target.scheme,
                host: target.host,
                path: target.path,
                requestID: context.requestID,
                decoded: target.decoded,
                started: context.started
            ),
            parameters: session.names,
            parameterNames: ["org", "app"],
            services: shared.services,
            dialect: context.dialect,
            isProofExpected: session.expectsProof
        )
    }
}
