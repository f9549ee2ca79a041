// How HTTP/2 begins: the client's preface, and the library that is opened for it.

import Domain
import HTTP2
import JSON
import Reactor
import Synchronization

/// The bytes that a client of HTTP/2 begins with (RFC 9113 section 3.4).
enum HTTP2Preface {
    private static let text: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    /// How many they are.
    static let byteCount = text.utf8CodeUnitCount

    /// Whether the bytes are the preface, as far as both go.
    static func begins(with bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.prefix(byteCount).elementsEqual(
            UnsafeRawBufferPointer(start: text.utf8Start, count: min(byteCount, bytes.count))
        )
    }
}

enum HTTP2Support {
    private static let isReported = Atomic(false)

    /// The library of this system; where it is missing, the log says once which package has it.
    static func library() -> NGHTTP2Library? {
        if let library = NGHTTP2Library.shared { return library }
        guard !isReported.exchange(true, ordering: .relaxed) else { return nil }
        Log.event(
            "http2Unavailable",
            at: Timestamp(milliseconds: SystemTime().wallMilliseconds()),
            [
                ("package", .string("libnghttp2-14")),
                ("problem", .string("libnghttp2.so.14 isn't installed: clients of HTTP/2 are answered with 505")),
            ]
        )
        return nil
    }
}
