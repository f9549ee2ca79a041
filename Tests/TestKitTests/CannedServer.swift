// A stand-in server for the kit's own tests: answers each request on each connection with the next canned text.

import Foundation
import TestKit
import Threads

/// Listens on a free port of 127.0.0.1 and plays one script a connection.
final class CannedServer: Sendable {
    /// The work of one connection: replies in order, then the end of the connection.
    struct Script: Sendable {
        var replies: [String]
        var staysOpen = false
    }

    let port: Int
    private let listener: Int32
    private let seen = Guarded<[String]>([])

    /// The requests received so far, head and body as text.
    var requests: [String] { seen.withLock { $0 } }

    init(_ scripts: [Script]) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            for script in scripts {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                play(script, on: connection)
                if !script.staysOpen { close(connection) }
            }
        }
    }

    private func play(_ script: Script, on connection: Int32) {
        for reply in script.replies {
            guard let request = Self.request(from: connection) else { return }
            seen.withLock { $0.append(request) }
            let bytes = Array(reply.utf8)
            _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }
    }

    /// Reads until the head and, by Content-Length or the last chunk, the body are there.
    private static func request(from connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].lowercased()
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let isWhole =
                    head.contains("transfer-encoding: chunked")
                    ? text.hasSuffix("\r\n0\r\n\r\n") : text[end.upperBound...].utf8.count >= length
                if isWhole { return text }
            }
            let count = recv(connection, &space, space.count, 0)
            guard count > 0 else { return nil }
            bytes += space.prefix(count)
        }
    }
}
