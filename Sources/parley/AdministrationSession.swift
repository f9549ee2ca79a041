// The one way in which commands reach data: HTTP on the administration socket, of a running server or of one's own.

import Glibc
import HTTP
import JSON
import OperationsAPI
import PlatformAPI
import Server

/// Requests to the administration routes of one data folder.
///
/// A running server holds the folder's lock and is asked through its socket. Where none runs, one without a TCP
/// port is started in this process for as long as the session lasts, so that there is one path to the data and
/// one set of rules.
struct AdministrationSession {
    /// The access to the folder that a command needs.
    enum Need {
        /// A folder with data in it: a mistyped folder must not be answered with an empty one.
        case existing
        /// Any folder; it is made where it is missing.
        case any
    }

    private let socketPath: String
    private let server: Server?

    /// A session with the server that is known to run on this folder.
    init(toServerOn folder: String) {
        socketPath = Self.socketPath(of: folder)
        server = nil
    }

    private init(_ invocation: Invocation, _ need: Need) throws {
        var configuration = try invocation.configuration()
        let folder = configuration.dataFolder
        socketPath = Self.socketPath(of: folder)
        if need == .existing, access(folder + "/parley.db", F_OK) != 0 {
            throw CommandFailure("There is no data of parley in \(folder).")
        }
        guard !(try Self.isAnswering(socketPath)) else {
            server = nil
            return
        }
        configuration.port = nil
        configuration.loops = 1
        configuration.computeThreads = 1
        configuration.accessLog = false
        let own = try Server(
            configuration,
            routes: OperationsAPI.routes + PlatformAPI.routes,
            fallback: OperationsDialect(),
            transfer: PlatformTransfer(),
            document: { _, _ in [] }
        )
        try own.start()
        Self.letSignalsEndThisProcess()
        server = own
    }

    /// Lends a session to `body` and ends it.
    static func on<Result>(
        _ invocation: Invocation,
        _ need: Need = .existing,
        _ body: (AdministrationSession) throws -> Result
    ) throws -> Result {
        let session = try AdministrationSession(invocation, need)
        defer { session.server?.stop() }
        return try body(session)
    }

    /// Sends a request and insists on success.
    ///
    /// - Throws: the server's own sentence for a refusal.
    func request(
        _ method: HTTP.Method,
        _ path: [String],
        query: [(name: String, value: String)] = [],
        _ body: JSONValue? = nil
    ) throws -> JSONValue {
        try send(method, path, query: query, body).value()
    }

    /// Sends a request.
    func send(
        _ method: HTTP.Method,
        _ path: [String],
        query: [(name: String, value: String)] = [],
        _ body: JSONValue? = nil
    ) throws -> AdministrationReply {
        try connect().exchange(AdministrationReply.request(method, path, query: query, body))
    }

    /// Sends a request with a file as its body.
    func send(
        _ method: HTTP.Method,
        _ path: [String],
        query: [(name: String, value: String)],
        sending file: Int32,
        length: Int
    ) throws -> AdministrationReply {
        try connect().exchange(
            AdministrationReply.request(method, path, query: query, nil, length: length),
            sending: file
        )
    }

    /// Fetches the body of a reply to a file.
    func fetch(_ path: [String], to file: Int32) throws {
        let request = AdministrationReply.request(.get, path, query: [], nil)
        _ = try connect().exchange(request, fetchingTo: file)?.value()
    }

    private func connect() throws -> AdministrationSocket {
        do throws(AdministrationSocket.Refusal) {
            return try AdministrationSocket(path: socketPath)
        } catch {
            throw CommandFailure("\(socketPath) can't be reached: \(error).")
        }
    }

    private static func socketPath(of folder: String) -> String { folder + "/parley.sock" }

    /// Whether a server listens there.
    ///
    /// A socket that nobody listens on is left from a crash.
    private static func isAnswering(_ path: String) throws -> Bool {
        do throws(AdministrationSocket.Refusal) {
            _ = try AdministrationSocket(path: path)
            return true
        } catch {
            if error.meansNobody { return false }
            throw CommandFailure("\(path) can't be reached: \(error).")
        }
    }

    /// Servers keep SIGINT for an orderly end; a command ends at once, which the database survives like any crash.
    private static func letSignalsEndThisProcess() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}
