// Frames of HTTP/2 at the client's end of a connection in these tests.

import FrameKit

extension ConnectionClient {
    /// The frames that have arrived.
    func frames() -> [HTTP2Frame] { HTTP2Frame.parse(receiveAll()) }
}
