// The callbacks of a session, each of which hands on to its `HTTP2Session`, and the bounds that the library is given.

import CLinux

extension NGHTTP2Library {
    /// Finds a function by its name behind `nghttp2_`.
    struct Finder {
        let find: (String) -> UnsafeMutableRawPointer?

        func callAsFunction<Function>(_ name: String, as type: Function.Type) -> Function? {
            find("nghttp2_" + name).map { unsafeBitCast($0, to: type) }
        }
    }

    private typealias New = @convention(c) (Holder) -> Int32
    private typealias SetFlag = @convention(c) (Pointer, Int32) -> Void
    private typealias SetSize = @convention(c) (Pointer, Int) -> Void
    private typealias SetRate = @convention(c) (Pointer, UInt64, UInt64) -> Void

    /// The answers of a callback that mean more than "go on".
    enum Answer {
        /// The stream is to be reset.
        static let refuseStream: Int32 = -521
        /// The connection is to be ended.
        static let endConnection: Int32 = -902
        /// There is nothing to send now.
        static let later = -508
    }

    static func callbacks(_ find: Finder) -> Pointer? {
        var made: Pointer?
        guard let new = find("session_callbacks_new", as: New.self), new(&made) == 0, let made else {
            return nil
        }
        func set<Callback>(_ name: String, _ callback: Callback) -> Bool {
            typealias Set = @convention(c) (Pointer, Pointer) -> Void
            guard let set = find("session_callbacks_set_\(name)_callback", as: Set.self) else { return false }
            set(made, unsafeBitCast(callback, to: Pointer.self))
            return true
        }
        let onBeginFrame: h2_on_begin_frame = { _, head, user in
            guard let head, let session = HTTP2Session.of(user) else { return Answer.endConnection }
            return session.frameBegins(head.pointee) ? 0 : Answer.endConnection
        }
        let onBeginHeaders: h2_on_frame = { _, frame, user in
            guard let frame, let session = HTTP2Session.of(user) else { return Answer.endConnection }
            return session.headersBegin(HTTP2Session.head(of: frame).stream_id) ? 0 : Answer.refuseStream
        }
        let onHeader: h2_on_header = { _, frame, name, nameLength, value, valueLength, _, user in
            guard let frame, let session = HTTP2Session.of(user) else { return Answer.endConnection }
            let isTaken = session.events?.field(
                HTTP2Session.head(of: frame).stream_id,
                UnsafeRawBufferPointer(start: name, count: nameLength),
                UnsafeRawBufferPointer(start: value, count: valueLength)
            )
            return isTaken == true ? 0 : Answer.endConnection
        }
        // Without it a field that can't be would be left out, and the request let through.
        let onInvalidHeader: h2_on_header = { _, _, _, _, _, _, _, _ in Answer.refuseStream }
        let onFrame: h2_on_frame = { _, frame, user in
            guard let frame, let session = HTTP2Session.of(user) else { return Answer.endConnection }
            session.frameArrived(HTTP2Session.head(of: frame))
            return 0
        }
        let onFrameSent: h2_on_frame = { _, frame, user in
            guard let frame, let session = HTTP2Session.of(user) else { return Answer.endConnection }
            session.frameSent(frame)
            return 0
        }
        let onData: h2_on_data = { _, _, stream, data, length, user in
            guard let session = HTTP2Session.of(user) else { return Answer.endConnection }
            session.events?.data(stream, UnsafeRawBufferPointer(start: data, count: length))
            return 0
        }
        let onClose: h2_on_close = { _, stream, code, user in
            HTTP2Session.of(user)?.streamClosed(stream, code)
            return 0
        }
        guard set("on_begin_frame", onBeginFrame), set("on_begin_headers", onBeginHeaders),
            set("on_header", onHeader), set("on_invalid_header", onInvalidHeader),
            set("on_frame_recv", onFrame), set("on_frame_send", onFrameSent),
            set("on_data_chunk_recv", onData), set("on_stream_close", onClose)
        else { return nil }
        return made
    }

    /// Windows are opened by hand, closed streams forgotten, and the library's own bounds set; those that only
    /// newer builds have where they are there.
    static func options(_ find: Finder) -> Pointer? {
        var made: Pointer?
        guard let new = find("option_new", as: New.self), new(&made) == 0, let made,
            let setWindows = find("option_set_no_auto_window_update", as: SetFlag.self)
        else { return nil }
        setWindows(made, 1)
        find("option_set_no_closed_streams", as: SetFlag.self)?(made, 1)
        find("option_set_max_outbound_ack", as: SetSize.self)?(made, 256)
        find("option_set_max_settings", as: SetSize.self)?(made, 16)
        // The library counts each piece in which the nine bytes of a frame's head arrive: eight frames, byte by byte.
        find("option_set_max_continuations", as: SetSize.self)?(made, 8 * 9)
        // Its own bound ends with INTERNAL_ERROR: ours is lower.
        find("option_set_stream_reset_rate_limit", as: SetRate.self)?(made, 10_000, 1_000)
        return made
    }
}
