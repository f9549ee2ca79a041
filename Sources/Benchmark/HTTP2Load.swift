// Load from h2load: the same program for both versions of HTTP and for every form of a call.

/// h2load (Debian's package nghttp2-client) with one thread, against one address.
struct HTTP2Load {
    /// How the requests are put on connections.
    enum Shape {
        /// One connection of HTTP/2 with 32 streams.
        case streams
        /// 32 connections of HTTP/1.1.
        case connections

        fileprivate var arguments: [String] {
            switch self {
            case .streams: ["-c1", "-m32"]
            case .connections: ["--h1", "-c32", "-m1"]
            }
        }
    }

    private let program: String
    private let folder: String
    private let requests: Int

    /// - Returns: nil where h2load isn't installed.
    init?(requests: Int, in place: Workplace) throws {
        guard let program = Program.find("h2load") else { return nil }
        self.program = program
        self.requests = requests
        folder = try place.freshFolder("h2load")
    }

    /// A file with a body for `run`.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = "\(folder)/\(name)"
        try Program.write(bytes, to: path)
        return path
    }

    /// One run.
    ///
    /// - Parameter bodyPath: a file that each request has as its body, which makes it a POST.
    /// - Returns: requests a second.
    /// - Throws: when a request failed or its reply wasn't 2xx.
    func run(
        _ shape: Shape,
        _ path: String,
        port: UInt16,
        fields: [String],
        bodyPath: String? = nil
    ) throws -> Double {
        let lines = try ChildProcess.output(
            of: program,
            shape.arguments + ["-t1", "-n\(requests)"] + fields.flatMap { ["-H", $0] }
                + (bodyPath.map { ["-d", $0] } ?? []) + ["http://127.0.0.1:\(port)\(path)"],
            errorPath: folder + "/stderr"
        )
        // "finished in 1.20s, 41666.67 req/s, 5.12MB/s" and "status codes: 50000 2xx, 0 3xx, 0 4xx, 0 5xx"
        guard let finished = lines.first(where: { $0.hasPrefix("finished in ") }),
            let word = finished.split(separator: " ").dropFirst(3).first, let rate = Double(word),
            lines.contains(where: { $0.hasPrefix("status codes: \(requests) 2xx") })
        else { throw BenchmarkError("h2load: \(lines.suffix(8).joined(separator: "; "))") }
        return rate
    }
}
