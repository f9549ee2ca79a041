// The seam between a connection, which knows bytes and time, and what makes a body while it is sent.

import HTTP

/// Makes a body while it is sent.
///
/// Called on the loop's thread only.
protocol BodySource: AnyObject {
    /// Whether it goes on for as long as the client listens: the client's end is its own then.
    var isLive: Bool { get }
    /// The head has been given: pieces follow, now or later.
    func opened(_ body: StreamedBody)
    /// There is room for output; told oftener than there was none.
    func hasRoom()
    /// The server is stopping.
    func drain()
    /// The body is over, by its own end or by the client's; nothing more is called.
    func closed()
}

/// Takes the body of a request while its answer is sent.
///
/// Called on the loop's thread only.
protocol BodyListener: AnyObject {
    /// Whether bytes wait in it; no window opens for more then.
    var hasBacklog: Bool { get }
    /// Takes the next bytes.
    func take(_ bytes: [UInt8])
    /// The client has sent all.
    func inputEnded()
    /// The client has sent nothing for too long.
    func inputIsLate()
}

/// Takes a body piece by piece and sends it in the manner of its version of HTTP: in chunks, or in frames.
protocol BodyOutlet: AnyObject {
    /// Whether more is taken now; else the source is told later that there is room.
    var hasRoom: Bool { get }
    /// Sends a piece that isn't empty, at the end of the loop's turn; it is taken whether there is room or not.
    func send(_ piece: [UInt8])
    /// The body is whole; these fields stand behind it where the version has them.
    func finish(_ trailers: [Response.Field])
}

/// A body on its way to a client, piece by piece.
///
/// Loop thread only.
final class StreamedBody {
    let source: any BodySource
    private weak var outlet: (any BodyOutlet)?
    private var isOpen = true

    init(of source: any BodySource, through outlet: any BodyOutlet) {
        self.source = source
        self.outlet = outlet
    }

    /// Whether more is taken now; else the source is told later that there is room.
    var hasRoom: Bool { isOpen && outlet?.hasRoom == true }

    /// Sends a piece, at the end of the loop's turn.
    ///
    /// It is taken whether there is room or not.
    func send(_ piece: [UInt8]) {
        guard isOpen, !piece.isEmpty else { return }
        outlet?.send(piece)
    }

    /// The body is whole.
    ///
    /// - Parameter trailers: the fields behind it.
    func finish(_ trailers: [Response.Field] = []) {
        guard isOpen else { return }
        isOpen = false
        outlet?.finish(trailers)
    }
}
