// The seam between a WebSocket, which knows frames and time, and what stands behind it, which knows users and routes.

import HTTP

/// The session behind one WebSocket.
///
/// Called on the loop's thread only.
protocol SocketEnd: AnyObject {
    /// The socket is open; messages follow.
    func opened(_ socket: WebSocketConnection)
    /// Whether the next message may be handed on; else it waits in the kernel until `resume` is called.
    var isReady: Bool { get }
    /// Whether it is known who the client is; one who isn't has to say so in time.
    var isIdentified: Bool { get }
    /// A message has arrived.
    func received(_ message: WebSocketMessage)
    /// The client has answered a ping with this payload: all that was sent before it has been read.
    func ponged(_ payload: [UInt8])
    /// There is room for output again.
    func hasRoom()
    /// The socket is closed; nothing more is called.
    func closed()
}
