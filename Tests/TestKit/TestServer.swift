// The real executable, serving a fresh folder on a free port.

import Foundation
import Synchronization
import Threads

/// One running server and its data folder.
///
/// It ends with the value, and at the latest with the test run.
public final class TestServer: Sendable {
    /// What every test server gets: the cheapest password hash, and no refusals for the many failed logins of tests.
    public static let standardFlags = [
        "--password-cost", "1", "--token-failures", "1000000", "--webhook-networks", "127.0.0.0/8",
    ]

    /// Why a server didn't start.
    public struct StartFailure: Error, CustomStringConvertible {
        /// The event instead of `listening on`, with the server's standard error.
        public let description: String
    }

    private struct Running {
        let process: ChildProcess
        let port: Int
    }

    fileprivate let folder: TemporaryFolder
    private let flags: [String]
    private let environment: [String: String]
    private let running = Guarded<Running?>(nil)
    private let nameCounter = Atomic<Int>(0)
    private let nameSalt = String(UInt32.random(in: 0...UInt32.max), radix: 36)

    /// The data folder.
    public var dataPath: String { folder.path + "/data" }
    /// The file that collects standard error, over all restarts: the access log, one JSON object a line.
    public var logPath: String { folder.path + "/stderr.log" }
    /// The administration socket.
    public var socketPath: String { dataPath + "/parley.sock" }

    /// Starts a server on a fresh folder and returns when it answers requests.
    ///
    /// - Parameters:
    ///   - flags: Further flags of `parley serve`; `standardFlags` come before them, so that a repeated one wins.
    ///   - environment: Further environment variables, such as `PARLEY_…` settings.
    /// - Throws: `StartFailure` with what the server said.
    public static func start(
        flags: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> TestServer {
        try await onOwnThread {
            let server = try TestServer(flags: standardFlags + flags, environment: environment)
            try server.launch(port: 0)
            return server
        }
    }

    private static let sharedStart = Task { try await start() }

    /// The server that all tests of this process may share; each test makes its own app in it.
    public static func shared() async throws -> TestServer {
        let server = try await sharedStart.value
        SharedServerEnd.watch(server)
        return server
    }

    private init(flags: [String], environment: [String: String]) throws {
        folder = try TemporaryFolder()
        self.flags = flags
        self.environment = environment
    }

    deinit {
        running.withLock { running in
            guard let running else { return }
            ResponseAudits.unwatch(port: running.port)
            running.process.kill(SIGKILL)
        }
        SanitizerReports.look(in: log())
    }

    private func launch(port: Int) throws {
        let process = try ChildProcess(
            path: try Project.binaryPath(),
            arguments: ["serve", "--host", "127.0.0.1", "--port", String(port), "--data", dataPath] + flags,
            environment: ChildProcess.cleanEnvironment(adding: environment),
            errorPath: logPath
        )
        let found = process.output.wait(until: Deadline(), for: Self.portInAnnouncement)
        guard let found else {
            process.kill(SIGKILL)
            let status = try? process.waitForExit(withinSeconds: 5)
            throw StartFailure(
                description:
                    "the server did not say that it listens (\(status.map(String.init(describing:)) ?? "running")); "
                    + "standard error: \(log().suffix(2000)); standard output: \(process.output.text)"
            )
        }
        ResponseAudits.watch(port: found)
        running.withLock { $0 = Running(process: process, port: found) }
    }

    /// The port in the line `listening on http://HOST:PORT`, once the line is whole.
    static func portInAnnouncement(_ output: String) -> Int? {
        for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            guard line.hasPrefix("listening on http://"), let colon = line.lastIndex(of: ":") else {
                continue
            }
            return Int(line[line.index(after: colon)...])
        }
        return nil
    }
}

// MARK: - Talking to it

extension TestServer {
    /// The port it answers on.
    ///
    /// Stays the same over `restart`.
    ///
    /// - Throws: `StartFailure` when it doesn't run.
    public var port: Int {
        get throws { try current().port }
    }

    /// Its process id.
    ///
    /// - Throws: `StartFailure` when it doesn't run.
    public var processID: Int32 {
        get throws { try current().process.processID }
    }

    private func current() throws -> Running {
        guard let value = running.withLock({ $0 }) else {
            throw StartFailure(description: "the server doesn't run")
        }
        return value
    }

    /// A new client for its port.
    ///
    /// - Parameter speaksHTTP2: whether it speaks HTTP/2.
    public func client(speaksHTTP2: Bool = false) throws -> HTTPClient {
        HTTPClient(port: try port, speaksHTTP2: speaksHTTP2)
    }

    /// A new client for its administration socket.
    public func administrationClient() -> HTTPClient { HTTPClient(endpoint: .unix(path: socketPath)) }

    /// A new raw connection to its port.
    public func rawSocket(receiveBufferBytes: Int? = nil, timeoutSeconds: Double = Deadline.patience) throws
        -> RawSocket
    {
        try RawSocket(port: try port, receiveBufferBytes: receiveBufferBytes, timeoutSeconds: timeoutSeconds)
    }

    /// Everything it has written to standard error.
    public func log() -> String {
        String(wholeFile: logPath)
    }

    /// The lines of the log that are JSON objects, in order.
    public func logEntries() -> [TestJSON] {
        log().split(separator: "\n").compactMap { try? TestJSON(parsing: String($0)) }.filter {
            $0.members != nil
        }
    }

    /// Runs a command of the executable on this server's data folder.
    public func command(_ arguments: String..., timeoutSeconds: Double = Deadline.patience) async throws
        -> CommandLineRun
    {
        let all = arguments + ["--data", dataPath]
        return try await onOwnThread { try CommandLineRun.runBlocking(all, timeoutSeconds: timeoutSeconds) }
    }
}

// MARK: - Ending and starting again

extension TestServer {
    /// Asks it to stop (SIGTERM) and returns how it ended.
    ///
    /// - Throws: `DeadlinePassed` when it hasn't ended in time; it is killed then.
    @discardableResult
    public func stop(withinSeconds seconds: Double = Deadline.patience) async throws
        -> ChildProcess.ExitStatus
    {
        try await onOwnThread { try self.endBlocking(SIGTERM, withinSeconds: seconds) }
    }

    /// Ends it at once (SIGKILL), as a crash or a power cut of the process would.
    @discardableResult
    public func kill9() async throws -> ChildProcess.ExitStatus {
        try await onOwnThread { try self.endBlocking(SIGKILL, withinSeconds: Deadline.patience) }
    }

    /// Starts it again on the same folder and the same port; stops it first when it runs.
    public func restart() async throws {
        try await onOwnThread {
            let port = try self.port
            try self.endBlocking(SIGTERM, withinSeconds: Deadline.patience)
            try self.launch(port: port)
        }
    }

    /// Starts it again after `stop` or `kill9`, on the same folder and a free port.
    public func startAgain() async throws {
        try await onOwnThread { try self.launch(port: 0) }
    }

    /// Sends a signal without waiting for anything.
    public func signal(_ signal: Int32) throws {
        try current().process.kill(signal)
    }

    /// Whether its process still runs.
    public var isRunning: Bool { running.withLock { $0?.process.exitStatus == nil && $0 != nil } }

    @discardableResult
    fileprivate func endBlocking(
        _ signal: Int32,
        withinSeconds seconds: Double
    ) throws -> ChildProcess.ExitStatus {
        let (process, port) = (try current().process, try current().port)
        process.kill(signal)
        defer {
            running.withLock { $0 = nil }
            ResponseAudits.unwatch(port: port)
            SanitizerReports.look(in: log())
        }
        do {
            return try process.waitForExit(withinSeconds: seconds)
        } catch {
            process.kill(SIGKILL)
            throw DeadlinePassed(description: "the server still ran \(seconds) s after signal \(signal)")
        }
    }
}

// MARK: - Apps

extension TestServer {
    /// A name that no other test has got: lower-case letters and digits.
    public func freshName(_ prefix: String) -> String {
        "\(prefix)\(nameSalt)\(nameCounter.add(1, ordering: .relaxed).newValue)"
    }

    /// Makes a fresh organisation with one application, as `parley app create` does.
    ///
    /// Most tests begin so; the command itself would start a process for each of them.
    public func makeApp(
        organization: String? = nil,
        openRegistration: Bool = false
    ) async throws -> TestApp {
        let reply = try await administrationClient().post(
            "/admin/applications",
            [
                "organization": .string(organization ?? freshName("org")),
                "application_name": .string(freshName("app")),
                "settings": ["open_registration": .bool(openRegistration)],
            ]
        )
        return TestApp(server: self, credentials: try AppCredentials(reply.json()))
    }

    /// Makes a fresh organisation with an administrator, through the command line.
    ///
    /// - Parameter administrator: The administrator's name, which no other organisation of the server may use; a
    ///   fresh one unless given.
    /// - Throws: `CommandLineRun.Refused` when the command fails or prints no password.
    public func makeOrganization(administrator: String? = nil) async throws -> TestOrganization {
        let name = freshName("org")
        let administrator = administrator ?? freshName("admin")
        let run = try await command("org", "create", name, "--admin", administrator, "--json")
        guard let password = try run.json()["password"]?.string else {
            throw CommandLineRun.Refused(run: run)
        }
        return TestOrganization(name: name, administrator: administrator, password: password)
    }

    /// A token of an organisation's administrator, got by password.
    public func administratorToken(of organization: TestOrganization) async throws -> String {
        let reply = try await client().post(
            "/management/token",
            [
                "grant_type": "password", "username": .string(organization.administrator),
                "password": .string(organization.password),
            ]
        )
        guard let token = try reply.json()["access_token"]?.string else {
            throw TestApp.SetupFailure(description: "no administrator's token: \(reply.status) \(reply.text)")
        }
        return token
    }
}

/// An organisation and who administers it.
public struct TestOrganization: Sendable {
    /// Its name.
    public let name: String
    /// The administrator's login name.
    public let administrator: String
    /// The administrator's password, printed once.
    public let password: String
}

/// Ends the shared server when the process ends, so that sanitizers and coverage get their turn, and fails the run
/// when it ended badly.
private enum SharedServerEnd {
    private static let server = Guarded<TestServer?>(nil)

    static func watch(_ started: TestServer) {
        let isFirst = server.withLock { server in
            defer { server = started }
            return server == nil
        }
        guard isFirst else { return }
        atexit {
            guard let server = SharedServerEnd.server.withLock({ $0 }), server.isRunning else { return }
            let status = try? server.endBlocking(SIGTERM, withinSeconds: Deadline.patience)
            let log = server.log()
            server.folder.remove()
            if status != .exited(code: 0) {
                let text =
                    "the shared server ended with \(status.map(String.init(describing:)) ?? "a time-out"):\n"
                    + "\(log.suffix(4000))\n"
                FileHandle.standardError.write(Data(text.utf8))
                _exit(1)
            }
        }
    }
}
