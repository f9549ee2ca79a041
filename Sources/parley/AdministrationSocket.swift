// One blocking connection to a Unix socket: bytes out, all bytes back.

import CLinux
import Glibc
import Reactor

/// A connection for one request.
struct AdministrationSocket: ~Copyable {
    private let descriptor: Int32
    /// Its number, lent.
    var descriptorNumber: Int32 { descriptor }

    /// Why there is no connection.
    struct Refusal: Error, CustomStringConvertible {
        let code: Int32

        /// Nobody listens: no socket, or one that a crash left behind.
        var meansNobody: Bool { code == ENOENT || code == ECONNREFUSED }
        var description: String { String(cString: strerror(code)) }
    }

    init(path: String) throws(Refusal) {
        let place: UnixAddress
        do throws(SystemError) {
            place = try UnixAddress(path: path)
        } catch {
            throw Refusal(code: error.code)
        }
        let opened = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard opened >= 0 else { throw Refusal(code: errno) }
        do throws(SystemError) {
            try place.connect(opened)
        } catch {
            close(opened)
            throw Refusal(code: error.code)
        }
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// Sends a request that asks for the connection to be closed, and reads the reply to the end.
    ///
    /// Waits as long as it takes: a backup or a check reads the whole database.
    consuming func exchange(_ request: [UInt8]) throws -> AdministrationReply {
        try send(request[...])
        var reply: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFailure("The server's answer broke off: \(Self.lastError()).")
            }
            if count == 0 { break }
            reply += chunk[..<count]
        }
        return try AdministrationReply(reading: reply)
    }

    /// Sends all bytes.
    func send(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw CommandFailure("The server doesn't take the request: \(Self.lastError()).")
            }
            rest = rest.dropFirst(count)
        }
    }

    static func lastError() -> String { String(cString: strerror(errno)) }
}
