// The seam between a connection, which knows bytes and time, and what makes a body while it is sent.

import HTTP
import Reactor

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

/// A body on its way to a client, piece by piece.
///
/// Loop thread only.
final class StreamedBody {
    let source: any BodySource
    private let stream: ByteStream
    private let takesChunks: Bool
    private weak var connection: Connection?
    private var isOpen = true

    init(
        of source: any BodySource,
        on stream: ByteStream,
        takesChunks: Bool,
        _ connection: Connection
    ) {
        self.source = source
        self.stream = stream
        self.takesChunks = takesChunks
        self.connection = connection
    }

    /// Whether more is taken now; else the source is told later that there is room.
    var hasRoom: Bool { isOpen && !stream.isClosed && !stream.isOverHighWater }

    /// Sends a piece, at the end of the loop's turn.
    ///
    /// It is taken whether there is room or not.
    func send(_ piece: [UInt8]) {
        guard isOpen, !stream.isClosed, !piece.isEmpty else { return }
        let wasEmpty = stream.outputCount == 0
        if takesChunks {
            stream.append(ChunkedEncoder.head(of: piece.count))
            stream.append(piece)
            append(ChunkedEncoder.tail)
        } else {
            stream.append(piece)
        }
        connection?.outputWaits(wasEmpty: wasEmpty)
    }

    /// The body is whole.
    func finish() {
        guard isOpen else { return }
        isOpen = false
        guard !stream.isClosed else { return }
        let wasEmpty = stream.outputCount == 0
        if takesChunks { append(ChunkedEncoder.end) }
        connection?.outputWaits(wasEmpty: wasEmpty)
        connection?.bodyEnded()
    }

    private func append(_ text: StaticString) {
        text.withUTF8Buffer { stream.append(UnsafeRawBufferPointer($0)) }
    }
}
