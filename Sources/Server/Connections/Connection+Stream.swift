// A connection while it answers with a body that is made meanwhile.

import HTTP
import Reactor

extension Connection {
    /// The head of the answer has been written: from here on the source decides when what follows.
    func begin(_ source: any BodySource) {
        // The head is all that HEAD asks for.
        guard state.method != .head else { return endAnswer() }
        let body = StreamedBody(of: source, through: self)
        self.body = body
        if source.isLive { stream.probePeer(afterSeconds: context.limits.pingInterval.components.seconds) }
        source.opened(body)
        if state.isDraining { self.body?.source.drain() }
    }

    /// Asks the source to go on, where there is room.
    func offerRoom() {
        guard let body, !stream.isClosed else { return }
        if stream.isOverHighWater { _ = flush() }
        if body.hasRoom { body.source.hasRoom() }
    }

    /// The source has given output.
    private func outputWaits(wasEmpty: Bool) {
        if wasEmpty { outputProgress = context.loop.now.nanoseconds }
        // Sent at the end of `advance` then.
        guard !isAdvancing else { return }
        // A timer that is armed for earlier finds out by itself.
        if deadline < armedDeadline { armTimer() }
        stream.flushBeforeSleep()
        if stream.isOverHighWater { resumeLater() }
    }

    /// The source has given all.
    private func bodyEnded() {
        guard let body = body.take() else { return }
        body.source.closed()
        endAnswer()
        advance()
    }

    /// Whether the answer under way goes on for as long as the client listens.
    ///
    /// Such a client has nothing more to say on this connection: that it goes is all that is waited for, and is not to be
    /// hidden behind requests that nobody reads.
    var isFollowed: Bool { body?.source.isLive == true }
}

extension Connection: BodyOutlet {
    var hasRoom: Bool { !stream.isClosed && !stream.isOverHighWater }

    func send(_ piece: [UInt8]) {
        guard !stream.isClosed else { return }
        let wasEmpty = stream.outputCount == 0
        if state.takesChunks {
            stream.append(ChunkedEncoder.head(of: piece.count))
            stream.append(piece)
            append(ChunkedEncoder.tail)
        } else {
            stream.append(piece)
        }
        outputWaits(wasEmpty: wasEmpty)
    }

    func finish(_ trailers: [Response.Field]) {
        guard !stream.isClosed else { return }
        let wasEmpty = stream.outputCount == 0
        if state.takesChunks { append(ChunkedEncoder.end) }
        outputWaits(wasEmpty: wasEmpty)
        bodyEnded()
    }

    private func append(_ text: StaticString) {
        text.withUTF8Buffer { stream.append(UnsafeRawBufferPointer($0)) }
    }
}
