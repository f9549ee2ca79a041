// Replies that are known before the body: what is left is to take the body from the connection.

import Domain
import HTTP
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
    final class SettledRequest: Exchange {
        private let dispatcher: Dispatcher
        private let attempt: Origin?
        private let response: ([UInt8]?) -> Response

        init(_ dispatcher: Dispatcher, _ attempt: Origin?, _ response: @escaping ([UInt8]?) -> Response) {
            self.dispatcher = dispatcher
            self.attempt = attempt
            self.response = response
        }

        func respond(to body: [UInt8], _ reply: Reply) {
            guard let attempt else { return reply(response(body)) }
            dispatcher.record(attempt) { [response] in reply(response(body)) }
        }
        func refusal(_ status: HTTP.Status, _ explanation: String) -> Response { response(nil) }
    }
}
