// The seam between a connection, which knows bytes and time, and the dispatcher, which knows routes and callers.

import HTTP
import Reactor

/// What stands behind the connections of one loop. Called on the loop's thread only.
protocol Responder: AnyObject {
    /// A request head has arrived: decide before its body is read.
    func open(_ head: RequestHead, from peer: Peer) -> Opening
    /// The response to bytes that aren't a request, or to a request that broke off or came too slowly. The
    /// connection is closed behind it.
    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response
}

/// Who is at the other end.
struct Peer {
    /// The address, as accepted.
    let address: PeerAddress
    /// Whether the connection came through the administration socket.
    let isOperator: Bool
}

/// What to do about a request head.
enum Opening {
    /// Read a body of at most so many bytes, then hand it on.
    ///
    /// `respond` is called once, with the whole body; the reply comes at once, inside the call, or later. Until then
    /// the connection takes no further request, so that answers leave in the order of the requests.
    case proceed(bodyMaximum: Int, respond: (_ body: [UInt8], _ reply: @escaping Reply) -> Void)
    /// Answer at once. The connection lives on only where the request has no body; else a lingering close follows.
    case answer(Response)
}

/// Where a reply goes: called exactly once, on the loop's thread.
typealias Reply = (Response) -> Void
