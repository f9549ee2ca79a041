// The outcome of a call as gRPC sends it behind the messages: a number, and a text in percent-encoding.

import HTTP

/// `grpc-status` and `grpc-message` (gRPC over HTTP/2, "Responses").
struct GRPCStatus {
    let code: Int
    /// Percent-encoded; empty where there is nothing to say.
    let message: String
    /// Milliseconds after which a call may be tried again.
    var pushback: Int?

    /// The outcome of a call that failed, or went well.
    init(_ error: ConnectError?) {
        code = error?.code.rawValue ?? 0
        message = Self.encoded(error?.message ?? "")
        pushback = error?.retryAfterSeconds.map { $0 * 1000 }
    }

    /// As fields behind a body.
    var fields: [Response.Field] {
        var fields: [Response.Field] = [.number("grpc-status", code)]
        if !message.isEmpty { fields.append(.text("grpc-message", message)) }
        if let pushback { fields.append(.number("grpc-retry-pushback-ms", pushback)) }
        return fields
    }

    /// As lines within the last envelope of gRPC-Web.
    var lines: [UInt8] {
        var text = "grpc-status: \(code)\r\n"
        if !message.isEmpty { text += "grpc-message: \(message)\r\n" }
        if let pushback { text += "grpc-retry-pushback-ms: \(pushback)\r\n" }
        return Array(text.utf8)
    }

    /// UTF-8 in which everything outside of 0x20...0x7E, and the sign itself, stands as `%` and two digits.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
