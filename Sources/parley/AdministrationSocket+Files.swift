// Files over the administration socket: sent as a body, or fetched to a descriptor, never held in memory.

import CLinux
import Glibc
import HTTP

extension AdministrationSocket {
    /// Sends the head of a request and a file as its body, and reads the reply.
    consuming func exchange(_ head: [UInt8], sending file: Int32) throws -> AdministrationReply {
        try send(head[...])
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure("The file can't be read: \(Self.lastError()).") }
            guard count > 0 else { break }
            // A server that refuses the file has answered before its end.
            guard (try? send(chunk[..<count])) != nil else { break }
        }
        return try exchange([])
    }

    /// Sends a request and writes the body of the reply to a file.
    ///
    /// - Returns: the reply without its body, where that was written.
    consuming func exchange(_ request: [UInt8], fetchingTo file: Int32) throws -> AdministrationReply? {
        try send(request[...])
        var head: [UInt8] = []
        var left: Int?
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while left != 0 {
            let count = recv(descriptorNumber, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw CommandFailure("The server's answer broke off.") }
            if let rest = left {
                guard write(chunk[..<count], to: file) else {
                    throw CommandFailure("The file can't be written: \(Self.lastError()).")
                }
                left = max(0, rest - count)
                continue
            }
            head += chunk[..<count]
            guard let end = head.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let text = String(decoding: head[..<end.lowerBound], as: UTF8.self)
            guard text.hasPrefix("HTTP/1.1 200"), let length = Self.length(in: text) else {
                return try AdministrationReply(reading: head + remainder())
            }
            let body = head[end.upperBound...]
            guard write(body, to: file) else {
                throw CommandFailure("The file can't be written: \(Self.lastError()).")
            }
            left = max(0, length - body.count)
        }
        return nil
    }

    private func remainder() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = recv(descriptorNumber, &chunk, chunk.count, 0), count > 0 {
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func length(in head: String) -> Int? {
        let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return field.flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
    }

    private func write(_ bytes: ArraySlice<UInt8>, to file: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
