// One stream of a connection in HTTP/2: a request as it arrives, and its answer as windows allow.

import CLinux
import Glibc
import HTTP
import HTTP2
import Reactor

/// One exchange.
///
/// Loop thread only.
final class HTTP2Stream {
    /// How far the exchange has come.
    enum Phase {
        /// Fields arrive.
        case fields
        /// The body arrives.
        case body
        /// The request was handed on whole.
        case responding
        /// The answer is being sent.
        case answered
    }

    /// The body of the answer.
    enum Output {
        case none
        case bytes([UInt8], sent: Int)
        case file(OpenFile, offset: Int64, left: Int)
        /// Pieces that are made while it is sent.
        case pieces
    }

    let id: Int32
    weak var connection: HTTP2Connection?
    var phase = Phase.fields
    var section: FieldSection
    /// The fields are complete, and what to do about them isn't decided.
    var isOpenDue = false
    var head: RequestHead?
    var inputHasEnded = false
    /// Bytes of the body that nobody has looked at.
    var arrived: [UInt8] = []
    var exchange: (any Exchange)?
    var sink: (any BodySink)?
    var body: [UInt8] = []
    var bodyMaximum = 0
    var received = 0
    /// When the body began, and when its last byte came.
    var bodyStart: UInt64 = 0
    var lastBodyByte: UInt64 = 0

    var output = Output.none
    var source: StreamedBody?
    /// Takes the rest of the body while the answer is sent; nil where nothing does.
    weak var listener: (any BodyListener)?
    /// Bytes that the listener was given, and by which no window has opened.
    var heldBytes = 0
    var isInputEndTold = false
    /// Pieces that wait for a window, and how far the first has been sent.
    private var pieces: [[UInt8]] = []
    private var sentOfFirst = 0
    private(set) var piecesCount = 0
    private var isSourceDone = false
    /// The source found no room, and has not been asked since.
    var wasFull = false
    private(set) var trailers: [Response.Field] = []
    /// All of the answer has been handed to the session.
    var isSent = false
    /// When output began to wait, or last moved on; 0 while none waits.
    var outputProgress: UInt64 = 0
    var outputStart: UInt64 = 0
    var outputSent: UInt64 = 0
    var seat: ConnectionCensus.Seat?

    /// Pieces beyond this many bytes wait at their source.
    static let highWaterBytes = 64 << 10

    init(_ id: Int32, of connection: HTTP2Connection, limits: HTTPLimits) {
        self.id = id
        self.connection = connection
        section = FieldSection(limits: limits)
    }

    /// Bytes in memory that the client hasn't taken.
    var unsent: Int {
        switch output {
        case .none, .file: 0
        case .bytes(let bytes, let sent): bytes.count - sent
        case .pieces: piecesCount
        }
    }

    /// Whether there is output that only a window is missing for.
    var waits: Bool {
        switch output {
        case .none: false
        case .bytes, .file: !isSent
        case .pieces: piecesCount > 0
        }
    }

    /// Whether its source is to be asked for more: not before what it gave has left.
    var wantsMore: Bool { !isSourceDone && piecesCount < Self.highWaterBytes / 2 }

    // MARK: Sending

    /// Fills a frame.
    func fill(_ room: UnsafeMutableRawBufferPointer, now: UInt64) -> HTTP2Filling {
        let count: Int
        let isLast: Bool
        switch output {
        case .none: return .last(0)
        case .bytes(let bytes, let sent):
            count = min(room.count, bytes.count - sent)
            bytes.withUnsafeBytes {
                room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[sent..<sent + count]))
            }
            output = .bytes(bytes, sent: sent + count)
            isLast = sent + count == bytes.count
        case .file(let file, let offset, let left):
            count = pread(file.number, room.baseAddress, min(room.count, left), off_t(offset))
            // The file has become shorter than promised.
            guard count > 0 else { return giveUp() }
            output = .file(file, offset: offset + Int64(count), left: left - count)
            isLast = left == count
        case .pieces:
            count = takePieces(into: room)
            if count == 0, !isSourceDone {
                outputProgress = 0
                return .later
            }
            isLast = isSourceDone && piecesCount == 0
        }
        outputSent += UInt64(count)
        outputProgress = now
        guard isLast else { return .more(count) }
        isSent = true
        outputProgress = 0
        return trailers.isEmpty ? .last(count) : .lastBeforeTrailers(count)
    }

    private func giveUp() -> HTTP2Filling {
        connection?.resetLater(self)
        return .later
    }

    private func takePieces(into room: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        var done = 0
        while done < pieces.count, filled < room.count {
            let count = min(room.count - filled, pieces[done].count - sentOfFirst)
            pieces[done].withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: room[filled...]).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: $0[sentOfFirst..<sentOfFirst + count])
                )
            }
            filled += count
            sentOfFirst += count
            if sentOfFirst == pieces[done].count {
                done += 1
                sentOfFirst = 0
            }
        }
        pieces.removeFirst(done)
        piecesCount -= filled
        return filled
    }

    /// Gives a body of bytes, with the fields behind it.
    func give(_ bytes: [UInt8], trailers: [Response.Field]) {
        output = .bytes(bytes, sent: 0)
        self.trailers = trailers
    }

    // MARK: Time

    /// Whether the client is late with the body (as in HTTP/1.1: `ConnectionState.deadline`).
    func isInputLate(_ now: UInt64, _ times: ConnectionTimes) -> Bool {
        if listener != nil { return !inputHasEnded && now &- lastBodyByte >= times.bodyIdle }
        guard phase == .body else { return false }
        if now &- lastBodyByte >= times.bodyIdle { return true }
        guard times.bodyByte > 0, now &- bodyStart >= times.bodyIdle else { return false }
        let (earned, overflow) = times.bodyByte.multipliedReportingOverflow(by: UInt64(received))
        return !overflow && now &- bodyStart - times.bodyIdle >= earned
    }

    /// Whether the client takes the answer too slowly, or not at all.
    func isOutputLate(_ now: UInt64, _ times: ConnectionTimes) -> Bool {
        guard waits else {
            (outputStart, outputSent) = (0, 0)
            return false
        }
        if outputProgress == 0 { outputProgress = now }
        if outputStart == 0 { outputStart = now }
        if now &- outputProgress >= times.writeStall { return true }
        let waited = now &- outputStart
        guard times.bodyByte > 0, waited >= times.writeStall else { return false }
        let (earned, overflow) = times.bodyByte.multipliedReportingOverflow(by: outputSent)
        return !overflow && waited > earned
    }
}

extension HTTP2Stream: BodyOutlet {
    var hasRoom: Bool {
        guard connection != nil, !isSourceDone else { return false }
        if piecesCount >= Self.highWaterBytes { wasFull = true }
        return piecesCount < Self.highWaterBytes
    }

    func send(_ piece: [UInt8]) {
        guard let connection, !isSourceDone else { return }
        pieces.append(piece)
        piecesCount += piece.count
        connection.outputWaits(of: self)
    }

    func finish(_ trailers: [Response.Field]) {
        guard let connection, !isSourceDone else { return }
        isSourceDone = true
        self.trailers = trailers
        connection.outputWaits(of: self)
        source.take()?.source.closed()
    }
}
