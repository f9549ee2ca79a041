// A receiver of webhooks in the test's own process: it listens, notes what comes, and answers as it is told.

import Crypto
import Foundation
import Threads

/// One request that has come.
public struct ReceivedWebhook: Sendable {
    /// The target of the request line.
    public let path: String
    /// The fields by lower-case name.
    public let fields: [String: String]
    /// The body.
    public let body: [UInt8]
    /// The body as JSON.
    public func json() throws -> TestJSON { try TestJSON(parsing: String(decoding: body, as: UTF8.self)) }

    /// Whether its signature is one of the secret's, as Standard Webhooks has it.
    public func isSigned(with secret: String) -> Bool {
        guard let id = fields["webhook-id"], let text = fields["webhook-timestamp"],
            let timestamp = Int64(text),
            let key = StandardWebhook.secret(ofText: secret)
        else { return false }
        let expected = StandardWebhook.signatures(body, id: id, timestamp: timestamp, secrets: [key])
        return fields["webhook-signature"]?.split(separator: " ").contains { $0 == expected } == true
    }
}

/// What a receiver answers.
public enum WebhookReply: Sendable {
    /// A whole response, as it stands on the wire.
    case text(String)
    /// A status, with a JSON body where one is given.
    case status(Int, String = "", [String] = [])
    /// 200 with a JSON body, once the receiver lets go of it.
    case held(String)
    /// Nothing, and the connection stays open.
    case silence
    /// This again and again, until the other side has gone.
    case endless(String)
    /// The connection is closed without an answer.
    case close
    /// The connection is reset.
    case reset

    fileprivate var isEndless: Bool { if case .endless = self { true } else { false } }

    fileprivate var bytes: [UInt8]? {
        switch self {
        case .text(let text): Array(text.utf8)
        case .status(let status, let body, let fields):
            Array(
                (["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + fields + ["", body])
                    .joined(separator: "\r\n").utf8
            )
        case .held(let body): WebhookReply.status(200, body).bytes
        case .endless(let text): Array(text.utf8)
        case .silence, .close, .reset: nil
        }
    }
}

/// Listens on a free port of 127.0.0.1.
public final class WebhookReceiver: Sendable {
    private struct State {
        var received: [ReceivedWebhook] = []
        var connections: [Int32] = []
        var isClosed = false
    }

    /// The port.
    public let port: Int
    private let listener: Int32
    private let gate = DispatchSemaphore(value: 0)
    private let state = Guarded(State())
    private let answer: @Sendable (ReceivedWebhook, Int) -> WebhookReply

    /// Begins to listen.
    ///
    /// - Parameter answer: is given the request and how many came before it.
    public init(
        _ answer: @escaping @Sendable (ReceivedWebhook, Int) -> WebhookReply = { _, _ in .status(204) }
    ) throws {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard descriptor >= 0, isBound else { throw RawSocket.Failure("no listener", errno: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        _ = try NamedThread.start(name: "receiver") { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0, let self else { return }
                guard self.admit(connection) else { return }
            }
        }
    }

    deinit { close() }

    /// Where it listens.
    public func url(_ path: String = "/hook") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Everything that has come, in order.
    public var received: [ReceivedWebhook] { state.withLock { $0.received } }

    /// Waits for so many requests.
    public func wait(for count: Int) async throws -> [ReceivedWebhook] {
        try await wait { $0.count >= count }
    }

    /// Waits for what has come to be as it should.
    public func wait(until isEnough: ([ReceivedWebhook]) -> Bool) async throws -> [ReceivedWebhook] {
        try await eventually("webhooks beyond \(received.map(\.path))") {
            let received = received
            return isEnough(received) ? received : nil
        }
    }

    /// Gives the answers that are held, and holds none from now on.
    public func letGo() { gate.signal() }

    /// Stops listening, and closes every connection.
    public func close() {
        let connections: [Int32] = state.withLock { state in
            guard !state.isClosed else { return [] }
            state.isClosed = true
            return state.connections + [listener]
        }
        for descriptor in connections { shutdown(descriptor, Int32(SHUT_RDWR)) }
        for descriptor in connections { _ = Foundation.close(descriptor) }
    }

    private func admit(_ connection: Int32) -> Bool {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.connections.append(connection) }
            return !state.isClosed
        }
        guard isOpen else {
            _ = Foundation.close(connection)
            return false
        }
        _ = try? NamedThread.start(name: "receiver-io") { [weak self] in self?.serve(connection) }
        return true
    }

    private func serve(_ connection: Int32) {
        var buffer: [UInt8] = []
        while let request = Self.next(connection, &buffer) {
            EventConformance.check(request)
            let before = state.withLock { state in
                state.received.append(request)
                return state.received.count - 1
            }
            let reply = answer(request, before)
            if case .close = reply { break }
            if case .reset = reply {
                // With unread time to linger for, a close is a reset.
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    connection,
                    SOL_SOCKET,
                    SO_LINGER,
                    &linger,
                    socklen_t(MemoryLayout.size(ofValue: linger))
                )
                state.withLock { $0.connections.removeAll { $0 == connection } }
                _ = Foundation.close(connection)
                return
            }
            guard let bytes = reply.bytes else { continue }
            if case .held = reply {
                gate.wait()
                gate.signal()
            }
            repeat {
                guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
                    shutdown(connection, Int32(SHUT_RDWR))
                    return
                }
            } while reply.isEndless
        }
        shutdown(connection, Int32(SHUT_RDWR))
    }

    /// The next whole request of a connection; nil when it ends.
    private static func next(_ connection: Int32, _ buffer: inout [UInt8]) -> ReceivedWebhook? {
        while true {
            if let request = take(from: &buffer) { return request }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            buffer += piece.prefix(count)
        }
    }

    private static func take(from buffer: inout [UInt8]) -> ReceivedWebhook? {
        guard let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...]
                .trimmingCharacters(in: .whitespaces)
        }
        let length = fields["content-length"].flatMap { Int($0) } ?? 0
        guard buffer.count >= end.upperBound + length else { return nil }
        let body = Array(buffer[end.upperBound..<end.upperBound + length])
        buffer.removeFirst(end.upperBound + length)
        let path = lines.first?.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        return ReceivedWebhook(path: path, fields: fields, body: body)
    }
}
