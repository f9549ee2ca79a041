// The bytes of a request to the administration routes, and what came back.

import HTTP
import JSON

/// A reply of the administration routes.
struct AdministrationReply {
    let status: Int
    let body: [UInt8]

    /// A request as bytes; each part of the path and of the query is percent-encoded.
    static func request(
        _ method: HTTP.Method,
        _ path: [String],
        query: [(name: String, value: String)],
        _ body: JSONValue?,
        length: Int? = nil
    ) -> [UInt8] {
        let content = body?.bytes ?? []
        let parameters = query.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        let target = path.map { "/" + encoded($0) }.joined() + (parameters.isEmpty ? "" : "?" + parameters)
        var head = "\(method.text) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if let length {
            head += "Content-Type: application/octet-stream\r\nContent-Length: \(length)\r\n"
        } else if !content.isEmpty {
            head += "Content-Type: application/json\r\nContent-Length: \(content.count)\r\n"
        } else if method != .get {
            head += "Content-Length: 0\r\n"
        }
        return Array((head + "\r\n").utf8) + content
    }

    /// Everything but unreserved characters escaped (RFC 3986 section 2.3).
    private static func encoded(_ segment: String) -> String {
        var text: [UInt8] = []
        for byte in segment.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a whole reply; its length is known, since the server's replies always say it.
    init(reading bytes: [UInt8]) throws {
        let broken = CommandFailure("The server's answer broke off.")
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw broken }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw broken
        }
        let field = lines.dropFirst().first { $0.lowercased().hasPrefix("content-length:") }
        guard let field, let length = Int(field.drop { $0 != ":" }.dropFirst().drop { $0 == " " }),
            bytes.count - end.upperBound == length
        else { throw broken }
        self.status = status
        body = Array(bytes[end.upperBound...])
    }

    /// The body of a success.
    ///
    /// - Throws: the server's sentence for a refusal.
    func value() throws -> JSONValue {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: body)
        } catch {
            throw CommandFailure("The server answered \(status) with something that isn't JSON.")
        }
        guard (200..<300).contains(status) else {
            let sentence =
                value["error"]?["message"]?.string ?? value["error_description"]?.string
                ?? "the server answered \(status)"
            throw CommandFailure(Self.sentence(sentence))
        }
        return value
    }

    /// A message as a sentence of its own.
    private static func sentence(_ message: String) -> String {
        message.prefix(1).uppercased() + message.dropFirst() + (message.hasSuffix(".") ? "" : ".")
    }
}
