// The access log: one JSON line a request, gathered and handed to the log's thread a few times a second.

import Domain
import HTTP
import JSON
import Reactor

/// Gathers the lines of one loop.
///
/// No line ever holds a query, a header other than the request id, or a body.
final class AccessLog {
    private let loop: EventLoop
    private let isOn: Bool
    private var lines = JSONWriter()
    private var count = 0
    private var isScheduled = false

    /// Lines wait for at most this long, and for at most so many bytes.
    private static let delay = Duration.milliseconds(100), maximumBytes = 32 << 10

    init(loop: EventLoop, isOn: Bool) {
        self.loop = loop
        self.isOn = isOn
    }

    /// One finished request.
    struct Entry {
        let requestID: String
        let peer: PeerAddress
        /// Nil where no head could be read.
        let method: HTTP.Method?
        let path: String
        /// The version of HTTP that the connection speaks.
        let version: HTTPVersion
        /// The outcome of a call of gRPC or gRPC-Web; nil for any other request.
        let callStatus: Int?
        /// The route's name; nil where none matched.
        let route: String?
        /// The caller; nil where that isn't known.
        let caller: CallerName?
        /// The application that the path names; nil where it names none.
        let application: Application?
        let status: HTTP.Status
        let microseconds: UInt64
        let bytes: Int
    }

    /// Adds a line.
    func add(_ entry: Entry) {
        guard isOn else { return }
        Self.write(entry, at: loop.wallMilliseconds, to: &lines)
        count += 1
        if lines.count >= Self.maximumBytes {
            flush()
        } else if !isScheduled {
            isScheduled = true
            loop.schedule(after: Self.delay) { [weak self] in
                self?.isScheduled = false
                self?.flush()
            }
        }
    }

    /// In place: a copy of what was gathered would cost more than the line.
    private static func write(_ entry: Entry, at milliseconds: Int64, to json: inout JSONWriter) {
        json.beginObject()
        json.key("time"); json.integer(milliseconds)
        json.key("request"); json.string(entry.requestID)
        json.key("peer"); json.string(entry.peer.description)
        json.key("method"); json.literal(entry.method?.token ?? "-")
        json.key("path"); json.string(entry.path)
        if let route = entry.route { json.key("route"); json.string(route) }
        entry.caller?.write(to: &json)
        if let application = entry.application {
            json.key("application");
            json.string(concatenating: application.organization.name, "/", application.name)
        }
        json.key("protocol"); json.literal(entry.version == .http2 ? "h2" : "http/1.1")
        json.key("status"); json.integer(Int64(entry.status.code))
        if let code = entry.callStatus { json.key("grpc_status"); json.integer(Int64(code)) }
        json.key("microseconds"); json.integer(entry.microseconds)
        json.key("bytes"); json.integer(Int64(entry.bytes))
        json.endObject()
        json.endLine()
    }

    /// Writes what was gathered.
    func flush() {
        guard lines.count > 0 else { return }
        lines.withBytes { Log.output.write($0, lines: count) }
        count = 0
        lines.reset(keepingCapacity: lines.count <= Self.maximumBytes * 2)
    }
}
