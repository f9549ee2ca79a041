// One connection's frames: bytes in, events out; replies in, bytes out. No socket and no clock.

import CLinux

/// The code of a reset or of the end of a connection (RFC 9113 section 7).
public struct HTTP2ErrorCode: RawRepresentable, Equatable, Sendable {
    /// Its number.
    public let rawValue: UInt32

    /// Any number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Nothing went wrong.
    public static let noError = HTTP2ErrorCode(rawValue: 0)
    /// The other end broke the protocol.
    public static let protocolError = HTTP2ErrorCode(rawValue: 1)
    /// The server failed.
    public static let internalError = HTTP2ErrorCode(rawValue: 2)
    /// The stream wasn't looked at: it may be tried again.
    public static let refusedStream = HTTP2ErrorCode(rawValue: 7)
    /// The stream isn't needed any more.
    public static let cancel = HTTP2ErrorCode(rawValue: 8)
    /// The other end asks for too much.
    public static let enhanceYourCalm = HTTP2ErrorCode(rawValue: 11)
}

/// What a session announces while it takes bytes in, or makes some.
///
/// None of these may take bytes in or make some, or let go of the session.
public protocol HTTP2SessionEvents: AnyObject {
    /// The fields of a new stream's request follow; false refuses the stream.
    func requestBegins(_ stream: Int32) -> Bool
    /// A field of a request, or one behind its body; false ends the connection.
    func field(_ stream: Int32, _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool
    /// The fields are complete.
    func fieldsEnd(_ stream: Int32)
    /// Bytes of a body; its window opens by `consume`.
    func data(_ stream: Int32, _ bytes: UnsafeRawBufferPointer)
    /// The client sends nothing more on a stream.
    func inputEnds(_ stream: Int32)
    /// A stream is over; with an error where it was reset.
    func streamClosed(_ stream: Int32, _ code: HTTP2ErrorCode)
    /// The last frame of a reply has left.
    func outputEnds(_ stream: Int32)
    /// A stream was reset, by the client or for a fault of the client's; false ends the connection.
    func noteReset() -> Bool
    /// A frame came that moves nothing on: false ends the connection.
    func noteIdleFrame() -> Bool
    /// The client's first SETTINGS have come.
    func settingsArrived()
    /// Fills the next frame of a reply's body.
    func fill(_ stream: Int32, _ room: UnsafeMutableRawBufferPointer) -> HTTP2Filling
}

/// What was put into a frame of a reply's body.
public enum HTTP2Filling: Sendable {
    /// So many bytes, and more follows.
    case more(Int)
    /// The last so many bytes.
    case last(Int)
    /// The last so many bytes; fields follow.
    case lastBeforeTrailers(Int)
    /// Nothing now: `resume` is called when there is something.
    case later
}

/// A server's end of one connection.
///
/// Used on one thread.
public final class HTTP2Session {
    /// Where events go.
    public weak var events: (any HTTP2SessionEvents)?
    let library: NGHTTP2Library
    private var pointer: NGHTTP2Library.Pointer?
    private var hasSettings = false
    /// A reset that was asked for here is no fault of the client's.
    private var ownResets: Set<Int32> = []

    /// The bounds that the client is told.
    public struct Settings: Sendable {
        /// Streams open at once.
        public var streams: UInt32
        /// Bytes of a body that may be on their way.
        public var streamWindow: UInt32
        /// Bytes of all bodies together that may be on their way.
        public var connectionWindow: Int32
        /// Bytes of a list of fields.
        public var fieldBytes: UInt32

        /// Memberwise.
        public init(streams: UInt32, streamWindow: UInt32, connectionWindow: Int32, fieldBytes: UInt32) {
            self.streams = streams
            self.streamWindow = streamWindow
            self.connectionWindow = connectionWindow
            self.fieldBytes = fieldBytes
        }
    }

    /// A session before the client's preface; nil without memory.
    public init?(_ library: NGHTTP2Library, _ settings: Settings) {
        self.library = library
        guard let made = library.makeSession(Unmanaged.passUnretained(self).toOpaque()) else { return nil }
        pointer = made
        let entries = [
            h2_setting(id: 3, value: settings.streams), h2_setting(id: 4, value: settings.streamWindow),
            h2_setting(id: 5, value: 16 << 10), h2_setting(id: 6, value: settings.fieldBytes),
        ]
        guard library.submitSettings(made, 0, entries, entries.count) == 0,
            library.setLocalWindow(made, 0, 0, settings.connectionWindow) == 0
        else { return nil }
    }

    deinit { if let pointer { library.deleteSession(pointer) } }

    static func of(_ user: UnsafeMutableRawPointer?) -> HTTP2Session? {
        user.map { Unmanaged<HTTP2Session>.fromOpaque($0).takeUnretainedValue() }
    }

    static func head(of frame: UnsafeRawPointer) -> h2_frame_head { frame.load(as: h2_frame_head.self) }

    // MARK: Bytes

    /// Takes bytes of the client; false where the connection can't go on.
    public func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let pointer else { return false }
        return library.receive(pointer, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count) == bytes.count
    }

    /// The next bytes for the client, lent until the next call; nil where there are none now, or the session has failed.
    public func nextOutput() -> UnsafeRawBufferPointer? {
        guard let pointer else { return nil }
        var bytes: UnsafePointer<UInt8>?
        let count = library.send(pointer, &bytes)
        return count > 0 ? UnsafeRawBufferPointer(start: bytes, count: count) : nil
    }

    /// Whether the connection has nothing more to say or to hear.
    public var isOver: Bool {
        guard let pointer else { return true }
        return library.wantsRead(pointer) == 0 && library.wantsWrite(pointer) == 0
    }

    // MARK: Replies

    /// Sends the head of a reply; without a body it is all of it.
    public func respond(_ stream: Int32, _ fields: HTTP2Fields, hasBody: Bool) {
        guard let pointer else { return }
        fields.withFields { list in
            guard hasBody else {
                _ = library.submitResponse(pointer, stream, list, fields.count, nil)
                return
            }
            var provider = h2_data_provider()
            provider.read = { _, stream, buffer, length, flags, _, user in
                guard let session = HTTP2Session.of(user), let flags else { return NGHTTP2Library.Answer.later }
                return session.fill(stream, UnsafeMutableRawBufferPointer(start: buffer, count: length), flags)
            }
            _ = library.submitResponse(pointer, stream, list, fields.count, &provider)
        }
    }

    /// Sends `100 Continue`.
    public func sayContinue(_ stream: Int32) {
        guard let pointer else { return }
        HTTP2Fields.interim.withFields { list in
            _ = library.submitHeaders(pointer, 0, stream, nil, list, 1, nil)
        }
    }

    /// Sends the fields behind a body, whose last bytes have been taken.
    public func sendTrailers(_ stream: Int32, _ fields: HTTP2Fields) {
        guard let pointer else { return }
        fields.withFields { list in _ = library.submitTrailer(pointer, stream, list, fields.count) }
    }

    /// There are bytes again for a reply that had none.
    public func resume(_ stream: Int32) {
        if let pointer { _ = library.resumeData(pointer, stream) }
    }

    /// So many bytes of a body have been taken: its window, and the connection's, opens by them.
    public func consume(_ stream: Int32, _ count: Int) {
        if let pointer, count > 0 { _ = library.consume(pointer, stream, count) }
    }

    /// Ends a stream.
    public func reset(_ stream: Int32, _ code: HTTP2ErrorCode) {
        guard let pointer else { return }
        if library.submitReset(pointer, 0, stream, code.rawValue) == 0 { ownResets.insert(stream) }
    }

    /// Announces that the connection will end soon; streams are still taken.
    public func announceEnd() {
        if let pointer { _ = library.submitShutdownNotice(pointer) }
    }

    /// Takes no further streams.
    public func goAway(_ code: HTTP2ErrorCode) {
        guard let pointer else { return }
        _ = library.submitGoAway(pointer, 0, library.lastStream(pointer), code.rawValue, nil, 0)
    }

    private func fill(
        _ stream: Int32,
        _ room: UnsafeMutableRawBufferPointer,
        _ flags: UnsafeMutablePointer<UInt32>
    ) -> Int {
        switch events?.fill(stream, room) ?? .later {
        case .later: return NGHTTP2Library.Answer.later
        case .more(let count): return count
        case .last(let count):
            flags.pointee |= Flag.endOfData
            return count
        case .lastBeforeTrailers(let count):
            flags.pointee |= Flag.endOfData | Flag.noEndOfStream
            return count
        }
    }

    private enum Flag {
        static let endOfData: UInt32 = 1, noEndOfStream: UInt32 = 2
        static let endOfStream: UInt8 = 1, acknowledgement: UInt8 = 1
    }

    // MARK: Frames

    private enum Kind {
        static let data: UInt8 = 0, headers: UInt8 = 1, reset: UInt8 = 3, settings: UInt8 = 4
        static let windowUpdate: UInt8 = 8, continuation: UInt8 = 9
    }

    /// Frames that carry nothing are counted: a flood of them costs work and moves nothing on.
    func frameBegins(_ head: h2_frame_head) -> Bool {
        switch head.type {
        case Kind.headers, Kind.reset, Kind.windowUpdate, Kind.continuation: true
        case Kind.data where head.length > 0 || head.flags & Flag.endOfStream != 0: true
        default: events?.noteIdleFrame() == true
        }
    }

    func headersBegin(_ stream: Int32) -> Bool { events?.requestBegins(stream) == true }

    func frameArrived(_ head: h2_frame_head) {
        switch head.type {
        case Kind.headers:
            events?.fieldsEnd(head.stream_id)
            if head.flags & Flag.endOfStream != 0 { events?.inputEnds(head.stream_id) }
        case Kind.data where head.flags & Flag.endOfStream != 0: events?.inputEnds(head.stream_id)
        case Kind.settings where !hasSettings && head.flags & Flag.acknowledgement == 0:
            hasSettings = true
            events?.settingsArrived()
        case Kind.reset: noteReset()
        default: break
        }
    }

    func frameSent(_ frame: UnsafeRawPointer) {
        let head = Self.head(of: frame)
        switch head.type {
        case Kind.headers, Kind.data:
            if head.flags & Flag.endOfStream != 0 { events?.outputEnds(head.stream_id) }
        case Kind.reset where ownResets.remove(head.stream_id) == nil: noteReset()
        default: break
        }
    }

    private func noteReset() {
        if events?.noteReset() == false { goAway(.enhanceYourCalm) }
    }
}
