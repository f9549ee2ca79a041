// The seam between a connection, which knows bytes and time, and the dispatcher, which knows routes and callers.

import HTTP
import Reactor

/// The responder to the connections of one loop.
///
/// Called on the loop's thread only.
protocol Responder: AnyObject {
    /// A request head has arrived: decide before its body is read.
    func open(_ head: RequestHead, from peer: Peer) -> Opening
    /// The response to bytes that aren't a request head, or to one that came too slowly. The connection is closed
    /// behind it.
    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response
}

/// The peer.
struct Peer {
    /// The address, as accepted.
    let address: PeerAddress
    /// Through which listener the connection came.
    var door = Door.public
    /// The version of HTTP that the connection speaks.
    var version = HTTPVersion.http11
    /// Whether that is the administration socket.
    var isOperator: Bool { door == .administration }
    /// The system's user at the other end of the administration socket; nil elsewhere.
    var operatorID: UInt32?
}

/// The listeners; each has its own routes.
enum Door: Sendable {
    /// For clients.
    case `public`
    /// For the collector of metrics.
    case metrics
    /// For the operator.
    case administration
}

/// The decision about a request head.
enum Opening {
    /// Read a body of at most so many bytes, then hand it to the exchange.
    case proceed(bodyMaximum: Int, any Exchange)
    /// Answer at once. The connection lives on only where the request has no body; else a lingering close follows.
    case answer(Response)
    /// Answer with 101, and go on as a WebSocket with this behind it.
    case upgrade(Response, any SocketEnd)
}

/// A request that waits for its body.
protocol Exchange: AnyObject {
    /// The body is there. Called at most once.
    ///
    /// `reply` is called once, inside the call or later. Until then the connection takes no further request, so that
    /// answers leave in the order of the requests.
    func respond(to body: [UInt8], _ reply: ResponseSink)
    /// Answers while the body arrives, where that is the exchange's manner: its reply's source is a ``BodyListener`` then,
    /// or the reply is a refusal. Asked for in HTTP/2 only, in place of `respond`.
    ///
    /// - Returns: false where the body is to be read first.
    func converse(_ reply: ResponseSink) -> Bool
    /// Where the body goes piece by piece; nil for one that is kept whole.
    var sink: (any BodySink)? { get }
    /// The response to a body that is too large, malformed or too slow. The connection is closed behind it.
    func refusal(_ status: HTTP.Status, _ explanation: String) -> Response
}

extension Exchange {
    var sink: (any BodySink)? { nil }
    func converse(_ reply: ResponseSink) -> Bool { false }
}

/// Takes a body as it arrives, so that it is never in memory as a whole.
///
/// Given up by letting go of it.
protocol BodySink: AnyObject {
    /// Takes the next bytes, perhaps none.
    ///
    /// - Returns: the response to a body that can't be taken; the connection is closed behind it.
    func receive(_ bytes: [UInt8]) -> Response?
}

/// Where a response goes: called exactly once, on the loop's thread.
struct ResponseSink {
    private let give: (Response, (any BodySource)?) -> Void

    /// A response comes with the source of its body, where that is a stream.
    init(_ give: @escaping (Response, (any BodySource)?) -> Void) { self.give = give }

    /// Hands the response over.
    func callAsFunction(_ response: Response, _ source: (any BodySource)? = nil) { give(response, source) }
}
