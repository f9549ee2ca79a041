// The HTTP client of the tests: one libcurl easy handle, kept alive from call to call.

import Threads

/// A client with one keep-alive connection, to a port of 127.0.0.1 or to a Unix socket.
///
/// `send` is for tests and never blocks Swift's pool; `sendBlocking` is for threads of one's own. Calls on one client
/// follow each other; use one client a thread for load. Every reply passes through `ResponseAudits`.
public final class HTTPClient: Sendable {
    /// Where a client connects.
    public enum Endpoint: Sendable, Equatable {
        /// A TCP port of that host.
        case tcp(host: String, port: Int)
        /// A Unix socket.
        case unix(path: String)

        var urlText: String {
            switch self {
            case .tcp(let host, let port): "http://\(host):\(port)/"
            case .unix: "http://localhost/"
            }
        }
    }

    /// Why there is no reply.
    public struct TransferError: Error, CustomStringConvertible {
        /// libcurl's code, such as 7 (no connection), 28 (timed out), 52 (closed without reply), 56 (reset).
        public let code: Int
        /// The request, and libcurl's words.
        public let description: String
    }

    /// Where this client connects.
    public let endpoint: Endpoint
    private let easy: Guarded<CurlEasyHandle>

    /// Makes a client for a port of 127.0.0.1.
    ///
    /// No connection is made before the first call.
    public convenience init(port: Int, speaksHTTP2: Bool = false) {
        self.init(endpoint: .tcp(host: "127.0.0.1", port: port), speaksHTTP2: speaksHTTP2)
    }

    /// Makes a client for an endpoint.
    ///
    /// No connection is made before the first call.
    ///
    /// - Parameter speaksHTTP2: whether it begins with HTTP/2's preface, by prior knowledge.
    public init(endpoint: Endpoint, speaksHTTP2: Bool = false) {
        self.endpoint = endpoint
        easy = Guarded(CurlEasyHandle(speaksHTTP2: speaksHTTP2))
    }

    /// Sends a request on a thread of its own and returns the reply.
    ///
    /// - Throws: `TransferError` when no whole reply came.
    @discardableResult
    public func send(_ request: HTTPRequest) async throws -> HTTPReply {
        // The audits run in the test's task, so that what they find is an issue of that test.
        let reply = try await onOwnThread { try self.exchange(request) }
        audit(request, reply)
        return reply
    }

    /// Sends a request and blocks until the reply is whole.
    ///
    /// - Throws: `TransferError` when no whole reply came.
    @discardableResult
    public func sendBlocking(_ request: HTTPRequest) throws -> HTTPReply {
        let reply = try exchange(request)
        audit(request, reply)
        return reply
    }

    private func exchange(_ request: HTTPRequest) throws -> HTTPReply {
        try easy.withLock { try $0.perform(request, endpoint: endpoint) }
    }

    private func audit(_ request: HTTPRequest, _ reply: HTTPReply) {
        let isOfTestServer = ResponseAudits.isWatched(endpoint)
        ResponseAudits.inspect(
            ObservedExchange(request: request, reply: reply, isOfTestServer: isOfTestServer)
        )
    }

    /// GET of a target.
    @discardableResult
    public func get(_ target: String, headers: HeaderFields = [:], token: String? = nil) async throws
        -> HTTPReply
    {
        let request = HTTPRequest("GET", target, headers: headers)
        return try await send(token.map(request.authorized) ?? request)
    }

    /// POST of a JSON body.
    @discardableResult
    public func post(
        _ target: String,
        _ json: TestJSON,
        headers: HeaderFields = [:],
        token: String? = nil
    ) async throws -> HTTPReply {
        let request = HTTPRequest("POST", target, headers: headers, json: json)
        return try await send(token.map(request.authorized) ?? request)
    }

    /// PUT of a JSON body.
    @discardableResult
    public func put(
        _ target: String,
        _ json: TestJSON,
        headers: HeaderFields = [:],
        token: String? = nil
    ) async throws -> HTTPReply {
        let request = HTTPRequest("PUT", target, headers: headers, json: json)
        return try await send(token.map(request.authorized) ?? request)
    }

    /// DELETE of a target.
    @discardableResult
    public func delete(_ target: String, headers: HeaderFields = [:], token: String? = nil) async throws
        -> HTTPReply
    {
        let request = HTTPRequest("DELETE", target, headers: headers)
        return try await send(token.map(request.authorized) ?? request)
    }
}
