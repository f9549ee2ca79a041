// A reply of gRPC-Web as a test reads it (PROTOCOL-WEB.md): messages, and trailers in the last envelope.

import Foundation

/// Messages and the outcome.
public struct GRPCWebReply: Sendable {
    /// A body that is no reply of gRPC-Web.
    public struct Malformed: Error, CustomStringConvertible {
        /// The fault.
        public let description: String
    }

    /// The messages, as they were sent.
    public let messages: [[UInt8]]
    /// The lines of the last envelope.
    public let trailers: [String: String]

    /// The outcome by its number; -1 where there is none.
    public var status: Int { trailers["grpc-status"].flatMap { Int($0) } ?? -1 }
    /// Its text, decoded.
    public var message: String { trailers["grpc-message"]?.removingPercentEncoding ?? "" }

    /// Reads a reply, in base64 where its type says so.
    public init(_ reply: HTTPReply) throws {
        let isText = reply.headers["Content-Type"]?.hasPrefix("application/grpc-web-text") == true
        try self.init(parsing: isText ? Self.decoded(reply.body) : reply.body)
    }

    /// Takes a body apart.
    public init(parsing bytes: [UInt8]) throws {
        var messages: [[UInt8]] = []
        var trailers: [String: String]?
        var rest = bytes[...]
        while rest.count >= 5 {
            guard trailers == nil else { throw Malformed(description: "bytes behind the trailers") }
            let flags = rest[rest.startIndex]
            let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 5 + length else { throw Malformed(description: "a message breaks off") }
            let payload = Array(rest.dropFirst(5).prefix(length))
            rest = rest.dropFirst(5 + length)
            switch flags {
            case 0: messages.append(payload)
            case 0x80: trailers = try Self.lines(payload)
            default: throw Malformed(description: "an envelope with the flags \(flags)")
            }
        }
        guard let trailers, rest.isEmpty else { throw Malformed(description: "no trailers, or bytes behind them") }
        guard trailers["grpc-status"] != nil else { throw Malformed(description: "trailers without an outcome") }
        (self.messages, self.trailers) = (messages, trailers)
    }

    private static func lines(_ bytes: [UInt8]) throws -> [String: String] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasSuffix("\r\n") else { throw Malformed(description: "trailers end within a line") }
        var found: [String: String] = [:]
        for line in text.dropLast().components(separatedBy: "\r\n") where !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0] == parts[0].lowercased() else {
                throw Malformed(description: "the line \(line)")
            }
            found[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return found
    }

    /// Base64 in padded pieces: each is a multiple of four characters.
    private static func decoded(_ text: [UInt8]) throws -> [UInt8] {
        guard text.count % 4 == 0 else { throw Malformed(description: "base64 that breaks off") }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 4) {
            guard let group = Data(base64Encoded: Data(text[start..<start + 4])) else {
                throw Malformed(description: "no base64")
            }
            bytes += group
        }
        return bytes
    }

    /// The padded base64 of a body.
    public static func text(_ body: [UInt8]) -> [UInt8] { Array(Data(body).base64EncodedString().utf8) }
}
