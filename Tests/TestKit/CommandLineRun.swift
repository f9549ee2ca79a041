// Runs the executable as a person at a terminal would, and keeps what it printed.

import Foundation

/// One finished run of the executable.
public struct CommandLineRun: Sendable {
    /// The command, for messages.
    public let arguments: [String]
    /// How it ended.
    public let status: ChildProcess.ExitStatus
    /// Its standard output.
    public let output: String
    /// Its standard error.
    public let errors: String

    /// Whether it ended with exit code 0.
    public var succeeded: Bool { status == .exited(code: 0) }

    /// Runs the executable with those arguments and blocks until it ends.
    ///
    /// - Throws: `DeadlinePassed` when it runs longer than that, after ending it.
    public static func runBlocking(
        _ arguments: [String],
        environment: [String: String] = [:],
        timeoutSeconds: Double = Deadline.patience
    ) throws -> CommandLineRun {
        let folder = try TemporaryFolder()
        let errorPath = folder.path + "/stderr"
        let child = try ChildProcess(
            path: try Project.binaryPath(),
            arguments: arguments,
            environment: ChildProcess.cleanEnvironment(adding: environment),
            errorPath: errorPath
        )
        let deadline = Deadline(afterSeconds: timeoutSeconds)
        let status: ChildProcess.ExitStatus
        do {
            status = try child.waitForExit(withinSeconds: timeoutSeconds)
        } catch {
            child.kill(SIGKILL)
            throw DeadlinePassed(
                description: "parley \(arguments.joined(separator: " ")) runs longer than \(timeoutSeconds) s"
            )
        }
        let errors = String(wholeFile: errorPath)
        SanitizerReports.look(in: errors)
        return CommandLineRun(
            arguments: arguments,
            status: status,
            output: child.output.waitForEnd(until: deadline),
            errors: errors
        )
    }

    /// Runs the executable on a thread of its own.
    public static func run(
        _ arguments: String...,
        environment: [String: String] = [:],
        timeoutSeconds: Double = Deadline.patience
    ) async throws -> CommandLineRun {
        try await onOwnThread {
            try runBlocking(arguments, environment: environment, timeoutSeconds: timeoutSeconds)
        }
    }

    /// The standard output as one JSON document.
    ///
    /// - Throws: `Refused` when the run failed, `TestJSON.SyntaxError` when the output isn't JSON.
    public func json() throws -> TestJSON {
        guard succeeded else { throw Refused(run: self) }
        return try TestJSON(parsing: output)
    }

    /// Thrown when a run that should have succeeded didn't.
    public struct Refused: Error, CustomStringConvertible {
        /// The run.
        public let run: CommandLineRun
        /// The command, how it ended and what it said.
        public var description: String {
            "parley \(run.arguments.joined(separator: " ")) ended with \(run.status): \(run.errors)\(run.output)"
        }
    }
}

/// The output of `parley app create ORG/APP --json`.
public struct AppCredentials: Sendable, Equatable {
    /// The organisation's name.
    public let organization: String
    /// The application's name.
    public let applicationName: String
    /// The application's uuid.
    public let application: String
    /// The public half of the credential.
    public let clientID: String
    /// The secret half, printed only once.
    public let clientSecret: String

    /// Reads the printed object.
    ///
    /// - Throws: `Unreadable` unless it has exactly the five documented members.
    public init(_ json: TestJSON) throws {
        let names = ["organization", "application_name", "application", "client_id", "client_secret"]
        let values = names.compactMap { json[$0]?.string }
        guard json.keys == names, values.count == names.count else { throw Unreadable(json: json) }
        organization = values[0]
        applicationName = values[1]
        application = values[2]
        clientID = values[3]
        clientSecret = values[4]
    }

    /// Thrown when the command line printed something else than documented.
    public struct Unreadable: Error, CustomStringConvertible {
        /// The output.
        public let json: TestJSON
        /// The same in a sentence.
        public var description: String { "not the credentials of an application: \(json)" }
    }
}
