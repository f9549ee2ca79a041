// The place where every reply of every test passes by, so that it can be held to its route's declaration.

import Foundation
import Threads

/// One exchange as an audit sees it.
public struct ObservedExchange: Sendable {
    /// The request.
    public let request: HTTPRequest
    /// The reply.
    public let reply: HTTPReply
    /// Whether the program under test answered, and not something that a test set up in its place.
    public let isOfTestServer: Bool

    /// Pairs a request with its reply.
    public init(request: HTTPRequest, reply: HTTPReply, isOfTestServer: Bool = true) {
        self.request = request
        self.reply = reply
        self.isOfTestServer = isOfTestServer
    }

    /// The target without its query.
    public var path: String {
        String(request.target.prefix { $0 != "?" })
    }
}

/// Looks at every exchange that an `HTTPClient` makes, on the thread that made it.
public protocol ResponseAudit: Sendable {
    /// Called once a final reply, after it is whole and before the test sees it.
    ///
    /// An audit reports what it finds by `Issue.record`, or by writing it down for a later step.
    func inspect(_ exchange: ObservedExchange)
}

/// The audits of this process.
public enum ResponseAudits {
    private static let installed = Guarded<[any ResponseAudit]>(
        [Conformance.installed] + (RouteLog.fromEnvironment.map { [$0] } ?? [])
    )
    private static let serverPorts = Guarded<Set<Int>>([])

    /// Says that a test server listens there; its replies are held to the table of routes.
    static func watch(port: Int) { _ = serverPorts.withLock { $0.insert(port) } }

    /// Says that the test server there has ended, since another one may get its port.
    static func unwatch(port: Int) { _ = serverPorts.withLock { $0.remove(port) } }

    /// Whether a test server listens there.
    static func isWatched(_ endpoint: HTTPClient.Endpoint) -> Bool {
        switch endpoint {
        case .tcp(_, let port): serverPorts.withLock { $0.contains(port) }
        case .unix: true
        }
    }

    /// Adds an audit for the rest of the process.
    public static func install(_ audit: any ResponseAudit) {
        installed.withLock { $0.append(audit) }
    }

    /// Shows an exchange to every audit.
    public static func inspect(_ exchange: ObservedExchange) {
        let audits = installed.withLock { $0 }
        for audit in audits { audit.inspect(exchange) }
    }
}

/// Appends one line an exchange, `METHOD path status`, to a file; a step after the run finds the routes never hit.
public struct RouteLog: ResponseAudit {
    private let descriptor: Int32

    /// The log that `PARLEY_ROUTE_LOG` names, or nil.
    public static let fromEnvironment: RouteLog? = ProcessInfo.processInfo.environment["PARLEY_ROUTE_LOG"]
        .flatMap { $0.isEmpty ? nil : RouteLog(path: $0) }

    /// Opens a file for appending; several processes may share it.
    ///
    /// Nil when it can't be opened.
    public init?(path: String) {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
    }

    /// Writes the exchange's line in one call, so that lines of several threads never mix.
    public func inspect(_ exchange: ObservedExchange) {
        guard exchange.isOfTestServer else { return }
        let line = "\(exchange.request.method) \(exchange.path) \(exchange.reply.status)\n"
        _ = Array(line.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
