// The runner of a socket's frames: the one thing that a session knows of the way of requests.

import Domain
import HTTP
import Routing

/// Runs the frames of sessions, on their loop.
protocol FrameRunner: AnyObject {
    /// The subscribers of the loop.
    var hub: Hub { get }
    /// The loop's reader.
    var reader: any SnapshotReader { get }
    /// Runs one frame; `reply` is called once, inside the call or later.
    func perform(
        _ frame: [UInt8],
        in session: GatewaySession,
        _ reply: @escaping (Response, SessionChange?) -> Void
    )
}
