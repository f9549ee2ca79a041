// The responses that need neither route nor work: to what is refused at its head, and to OPTIONS.

import Domain
import HTTP
import Reactor
import Routing

extension Dispatcher {
    /// A reply that is known before the body.
    ///
    /// A small body is read and dropped, so that the connection lives on: backends keep theirs, and a 401 would cost
    /// them one each. A large one, or one that waits for 100 Continue, isn't read.
    ///
    /// - Parameters:
    ///   - attempt: the row of the audit that has to be on disk before the reply; nil for none.
    ///   - response: makes it, once, from the body where that was read.
    func settled(
        _ head: RequestHead,
        recording attempt: Origin? = nil,
        _ response: @escaping ([UInt8]?) -> Response
    ) -> Opening {
        switch head.framing {
        case .length(let bytes) where bytes <= Action.ignoredBodyMaximum && !head.expectsContinue:
            return .proceed(bodyMaximum: bytes, SettledRequest(self, attempt, response))
        case .none where attempt != nil:
            return .proceed(bodyMaximum: 0, SettledRequest(self, attempt, response))
        default:
            if let attempt { record(attempt) {} }
            return .answer(response(nil))
        }
    }

    /// A request whose body decides nothing any more but the words of its refusal.
    private final class SettledRequest: Exchange {
        private let dispatcher: Dispatcher
        private let attempt: Origin?
        private let response: ([UInt8]?) -> Response

        init(_ dispatcher: Dispatcher, _ attempt: Origin?, _ response: @escaping ([UInt8]?) -> Response) {
            self.dispatcher = dispatcher
            self.attempt = attempt
            self.response = response
        }

        func respond(to body: [UInt8], _ reply: ResponseSink) {
            guard let attempt else { return reply(response(body)) }
            dispatcher.record(attempt) { [response] in reply(response(body)) }
        }
        func refusal(_ status: HTTP.Status, _ explanation: String) -> Response { response(nil) }
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

    /// OPTIONS: the methods of the path and, where cross-origin use is configured, what a browser asks before.
    func options(_ methods: [HTTP.Method], _ context: RequestContext) -> Response {
        var response = Response(.noContent)
        response.fields.append(.text("Allow", methods.map(\.text).joined(separator: ", ")))
        if shared.allowedOrigin != nil {
            response.fields.append(.line("Access-Control-Allow-Methods: GET, POST, PUT, DELETE\r\n"))
            response.fields.append(.text("Access-Control-Allow-Headers", shared.publicTable.fieldNames))
        }
        return finish(context, response)
    }

    /// The methods that a path answers; all of them for `*`.
    func allowedMethods(
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
}
