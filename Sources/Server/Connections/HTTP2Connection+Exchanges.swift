// Exchanges on the streams of a connection: heads are opened, bodies collected and replies begun.

import HTTP
import HTTP2
import Reactor

extension HTTP2Connection: HTTP2SessionEvents {
    func requestBegins(_ id: Int32) -> Bool {
        if streams[id] != nil { return true }
        let stream = HTTP2Stream(id, of: self, limits: context.limits.http)
        // The connection itself counts as one.
        if !streams.isEmpty {
            let (isFree, seat) = context.census.seat(forStreamOf: peer)
            guard isFree else {
                context.refusals.note(.address, peer.address)
                session?.reset(id, .refusedStream)
                return true
            }
            stream.seat = seat
        }
        streams[id] = stream
        idleSince = 0
        headSince = now
        fieldBytes = 0
        return true
    }

    func field(_ id: Int32, _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        fieldBytes += name.count + value.count + 32
        // A field beyond the bound is still decoded, since the table is everybody's; for so long and no longer.
        guard fieldBytes <= 8 * context.limits.http.headBytes else { return false }
        if let stream = streams[id], stream.phase == .fields { stream.section.add(name, value) }
        return true
    }

    func fieldsEnd(_ id: Int32) {
        headSince = 0
        fieldBytes = 0
        guard let stream = streams[id], stream.phase == .fields, !stream.isOpenDue else { return }
        stream.isOpenDue = true
        due.append(stream)
    }

    func data(_ id: Int32, _ bytes: UnsafeRawBufferPointer) {
        guard let stream = streams[id], stream.phase != .answered || stream.listener != nil else {
            session?.consume(id, bytes.count)
            return
        }
        if stream.arrived.isEmpty { due.append(stream) }
        stream.arrived.append(contentsOf: bytes)
        stream.lastBodyByte = now
    }

    func inputEnds(_ id: Int32) {
        guard let stream = streams[id] else { return }
        stream.inputHasEnded = true
        due.append(stream)
    }

    func streamClosed(_ id: Int32, _ code: HTTP2ErrorCode) {
        guard let stream = streams.removeValue(forKey: id) else { return }
        // Bytes that nobody will look at are no reason to hold the connection's window shut.
        session?.consume(id, stream.arrived.count + stream.heldBytes)
        drop(stream)
        if streams.isEmpty { idleSince = now }
    }

    /// The rest of the client's body isn't wanted (RFC 9113 section 8.1).
    ///
    /// Said sooner, the reply would be dropped.
    func outputEnds(_ id: Int32) {
        if let stream = streams[id], !stream.inputHasEnded { session?.reset(id, .noError) }
    }

    func noteReset() { _ = spend(&resets) }

    func noteIdleFrame() -> Bool { spend(&idleFrames) }

    private func spend(_ budget: inout FloodBudget) -> Bool {
        guard !budget.spend(now: now) else { return true }
        if !isExpelled {
            isExpelled = true
            session?.goAway(.enhanceYourCalm)
        }
        return false
    }

    func settingsArrived() { headSince = 0 }

    func fill(_ id: Int32, _ room: UnsafeMutableRawBufferPointer) -> HTTP2Filling {
        guard let stream = streams[id] else { return .last(0) }
        let filling = stream.fill(room, now: now)
        if case .lastBeforeTrailers = filling {
            let block = FieldBlock(trailers: stream.trailers)
            session?.sendTrailers(id, HTTP2Fields(block.bytes, block.fields))
        }
        return filling
    }

    // MARK: Requests

    /// Does what the bytes that were read call for.
    func performDue() {
        while !due.isEmpty {
            let streams = due
            due = []
            for stream in streams where self.streams[stream.id] === stream { perform(stream) }
        }
    }

    private func perform(_ stream: HTTP2Stream) {
        if stream.isOpenDue {
            stream.isOpenDue = false
            open(stream)
        }
        if stream.phase == .body { takeBody(stream) }
        if let listener = stream.listener { return hand(to: listener, stream) }
        if stream.phase == .answered, !stream.arrived.isEmpty {
            session?.consume(stream.id, stream.arrived.count)
            stream.arrived = []
        }
    }

    private func open(_ stream: HTTP2Stream) {
        let head: RequestHead
        do throws(FieldSection.Problem) {
            // A body may have come whole with the fields.
            head = try stream.section.head(endsStream: stream.inputHasEnded && stream.arrived.isEmpty)
        } catch {
            switch error {
            case .malformed: session?.reset(stream.id, .protocolError)
            case .refused(let problem):
                answer(stream, context.responder.refusal(problem.status, problem.explanation, from: peer))
            }
            return
        }
        stream.section = FieldSection(limits: context.limits.http)
        stream.head = head
        switch context.responder.open(head, from: peer) {
        case .answer(let response): answer(stream, response)
        // No field of HTTP/2 asks for it.
        case .upgrade: session?.reset(stream.id, .protocolError)
        case .proceed(let bodyMaximum, let exchange):
            stream.exchange = exchange
            stream.sink = exchange.sink
            stream.bodyMaximum = bodyMaximum
            stream.bodyStart = now
            stream.lastBodyByte = now
            stream.phase = .body
            if case .length(let length) = head.framing, length > bodyMaximum { return refuseBody(stream) }
            if head.expectsContinue, stream.arrived.isEmpty { session?.sayContinue(stream.id) }
            stream.phase = .responding
            let isConversation = exchange.converse(
                ResponseSink { [weak self] response, source in self?.reply(stream, response, source) }
            )
            if !isConversation { stream.phase = .body }
        }
    }

    /// Hands what has arrived to an answer under way; the window opens when nothing of it waits there.
    func hand(to listener: any BodyListener, _ stream: HTTP2Stream) {
        let bytes = stream.arrived
        stream.arrived = []
        stream.heldBytes += bytes.count
        if !bytes.isEmpty { listener.take(bytes) }
        if stream.inputHasEnded, !stream.isInputEndTold {
            stream.isInputEndTold = true
            listener.inputEnded()
        }
        guard !listener.hasBacklog || stream.listener == nil else { return }
        session?.consume(stream.id, stream.heldBytes)
        stream.heldBytes = 0
    }

    private func takeBody(_ stream: HTTP2Stream) {
        if !stream.arrived.isEmpty {
            let bytes = stream.arrived
            stream.arrived = []
            stream.received += bytes.count
            guard stream.received <= stream.bodyMaximum else {
                session?.consume(stream.id, bytes.count)
                return refuseBody(stream)
            }
            if let sink = stream.sink {
                if let refusal = sink.receive(bytes) {
                    session?.consume(stream.id, bytes.count)
                    return answer(stream, refusal)
                }
            } else if stream.body.isEmpty {
                stream.body = bytes
            } else {
                stream.body += bytes
            }
            session?.consume(stream.id, bytes.count)
        }
        guard stream.inputHasEnded, let exchange = stream.exchange.take() else { return }
        stream.phase = .responding
        stream.sink = nil
        let body = stream.body
        stream.body = []
        exchange.respond(
            to: body,
            ResponseSink { [weak self] response, source in self?.reply(stream, response, source) }
        )
    }

    private func refuseBody(_ stream: HTTP2Stream) {
        refuse(stream, .contentTooLarge, ParseError.contentTooLarge.explanation)
    }

    /// Answers a request that can't be read to its end.
    func refuse(_ stream: HTTP2Stream, _ status: HTTP.Status, _ explanation: String) {
        answer(
            stream,
            stream.exchange.take()?.refusal(status, explanation)
                ?? context.responder.refusal(status, explanation, from: peer)
        )
    }

    /// A reply has come, within `respond` or later; it is dropped when the stream has gone.
    private func reply(_ stream: HTTP2Stream, _ response: Response, _ source: (any BodySource)?) {
        guard streams[stream.id] === stream, stream.phase == .responding else { return }
        answer(stream, response, source)
        if !isReceiving { pump() }
    }

    private func answer(_ stream: HTTP2Stream, _ response: Response, _ source: (any BodySource)? = nil) {
        let isHead = stream.head?.method == .head
        stream.phase = .answered
        stream.exchange = nil
        stream.sink = nil
        stream.body = []
        var hasBody = false
        switch response.body {
        case _ where isHead || response.status.forbidsBody: break
        case .none: break
        case .bytes(let bytes) where bytes.isEmpty: break
        case .bytes(let bytes):
            hasBody = true
            stream.give(bytes, trailers: response.trailers)
        case .file(_, let range) where range.isEmpty: break
        case .file(let file, let range):
            hasBody = true
            stream.output = .file(file, offset: Int64(range.lowerBound), left: range.count)
        case .stream:
            hasBody = source != nil
            stream.output = .pieces
        }
        let block = FieldBlock(head: response, date: context.currentDate)
        session?.respond(stream.id, HTTP2Fields(block.bytes, block.fields), hasBody: hasBody)
        guard hasBody else { return }
        stream.outputProgress = now
        if let source { begin(source, stream) }
    }

    private func begin(_ source: any BodySource, _ stream: HTTP2Stream) {
        let body = StreamedBody(of: source, through: stream)
        stream.source = body
        stream.listener = source as? any BodyListener
        if source.isLive {
            self.stream.probePeer(afterSeconds: context.limits.pingInterval.components.seconds)
        }
        source.opened(body)
        if isDraining { stream.source?.source.drain() }
    }
}
