// Standard error, for lines of JSON.

import Domain
import Glibc
import JSON

/// Standard error, for lines of JSON.
///
/// A full or closed pipe loses lines; it never stops the server.
enum StandardError {
    static func write(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(2, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// One line about something that isn't a request.
    static func event(_ name: String, at now: Timestamp, _ members: [(String, JSONValue)]) {
        var json = JSONWriter()
        json.beginObject()
        json.key("time"); json.integer(now.milliseconds)
        json.key("event"); json.string(name)
        for (key, value) in members {
            json.key(key)
            json.value(value)
        }
        json.endObject()
        json.endLine()
        json.withBytes { write($0) }
    }
}
