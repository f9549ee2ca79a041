// Requests of the platform dialect as bytes.

/// Writes requests on the seeded application, one behind the other.
struct Requests {
    /// The bytes written so far.
    private(set) var bytes: [UInt8] = []
    private let authorization: String

    /// - Parameter token: goes with every request as a bearer token.
    init(token: String?) {
        authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    }

    /// Adds a request on a path below the application.
    ///
    /// - Parameter lines: further field lines, each with its CRLF.
    mutating func append(_ method: StaticString, _ path: String, lines: String = "", body: [UInt8]? = nil) {
        var head =
            "\(method) /\(Seed.organization)/\(Seed.application)\(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += authorization + lines
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n" }
        bytes += (head + "\r\n").utf8
        if let body { bytes += body }
    }

    /// One request alone.
    static func one(_ method: StaticString, _ path: String, token: String, body: [UInt8]? = nil) -> [UInt8] {
        var requests = Requests(token: token)
        requests.append(method, path, body: body)
        return requests.bytes
    }
}
