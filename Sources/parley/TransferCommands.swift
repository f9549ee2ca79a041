// parley import and parley export: an application from a file and to a file, with the progress of the job.

import CLinux
import Glibc
import HTTP
import JSON
import Server

enum TransferCommands {
    static let all: [Command] = [
        Command(
            name: "import",
            operands: ["ORG/APP", "FILE"],
            summary: "Bring users, groups, messages and more in from a file.",
            flags: [
                Flag("dry-run", nil, "check each line and change nothing"),
                Flag("resume", nil, "go on with an import of this file that was broken off"),
                Flag("update", nil, "overwrite profiles and groups that are there, never a password"),
                .data, .json,
            ],
            notes: [
                "FILE has one JSON object a line, packed with gzip or not; FILE.csv has users with a line of column names.",
                "Refused lines are listed with their numbers, and the exit status is 1 where there is one.",
            ],
            run: bringIn
        ),
        Command(
            name: "export",
            operands: ["ORG/APP", "FILE"],
            summary: "Write an application to a new file, which an import can read.",
            flags: [.data, .json],
            run: writeOut
        ),
    ]

    private static func bringIn(_ invocation: Invocation) throws -> Int32 {
        let names = try application(invocation)
        let path = invocation.operands[1]
        let file = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard file >= 0 else { throw CommandFailure("\(path) can't be read: \(lastError()).") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure("\(path) is no file.")
        }
        let name = String(path.suffix(200))
        var query = [(name: "name", value: name)]
        if path.hasSuffix(".csv") { query.append((name: "format", value: "csv")) }
        if try invocation.isOn("dry-run") { query.append((name: "dry_run", value: "true")) }
        if try invocation.isOn("update") { query.append((name: "update", value: "true")) }
        let isResumed = try invocation.isOn("resume")
        return try AdministrationSession.on(invocation) { session in
            if isResumed {
                query.append((name: "resume", value: try unfinished(name, names, session)))
            }
            let begun = try session.send(
                .post,
                names + ["imports"],
                query: query,
                sending: file,
                length: Int(status.st_size)
            ).value()
            return try follow(begun, names, session, invocation)
        }
    }

    private static func writeOut(_ invocation: Invocation) throws -> Int32 {
        let names = try application(invocation)
        let path = invocation.operands[1]
        let file = clinux_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CommandFailure("\(path) can't be made: \(lastError()).") }
        defer { close(file) }
        do {
            return try AdministrationSession.on(invocation) { session in
                let begun = try session.request(.post, names + ["exports"])
                let result = try follow(begun, names, session, invocation)
                guard result == 0, let id = begun["data"]?["id"]?.string else { return result }
                try session.fetch(names + ["jobs", id, "result"], to: file)
                guard fsync(file) == 0 else {
                    throw CommandFailure("\(path) can't be written: \(lastError()).")
                }
                return 0
            }
        } catch {
            unlink(path)
            throw error
        }
    }

    /// The last import of this file that didn't come to its end.
    private static func unfinished(_ name: String, _ names: [String], _ session: AdministrationSession) throws
        -> String
    {
        let jobs = try session.request(.get, names + ["jobs"], query: [(name: "limit", value: "100")])
        for job in jobs["data"].elements
        where job["kind"]?.string == "import" && job["name"]?.string == name {
            guard job["state"]?.string != "done", let id = job["id"]?.string else { break }
            return id
        }
        throw CommandFailure("No import of this file was broken off.")
    }

    // MARK: Progress

    /// Waits for the end of a job, and says how far it is.
    private static func follow(
        _ begun: JSONValue,
        _ names: [String],
        _ session: AdministrationSession,
        _ invocation: Invocation
    ) throws -> Int32 {
        guard let id = begun["data"]?["id"]?.string else { throw CommandFailure("The server began no job.") }
        let isQuiet = try invocation.isOn("json")
        let started = seconds()
        var told = started
        while true {
            let job = try session.request(.get, names + ["jobs", id])["data"] ?? .null
            if job["state"]?.string != "running" {
                return try end(job, id, names, session, isQuiet: isQuiet)
            }
            if !isQuiet, seconds() - told >= 1 {
                told = seconds()
                progress(job, after: told - started)
            }
            usleep(100_000)
        }
    }

    private static func progress(_ job: JSONValue, after elapsed: Double) {
        let lines = job["lines"]?.int64 ?? 0
        var text = "\(lines) lines, \(Int(Double(lines) / max(elapsed, 0.001))) a second"
        if let bytes = job["bytes"]?.int64, let total = job["total_bytes"]?.int64, bytes > 0, total >= bytes {
            text += ", \(Int(elapsed * Double(total - bytes) / Double(bytes))) seconds left"
        }
        let isTerminal = isatty(STDERR_FILENO) == 1
        tell(isTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
    }

    private static func end(
        _ job: JSONValue,
        _ id: String,
        _ names: [String],
        _ session: AdministrationSession,
        isQuiet: Bool
    ) throws -> Int32 {
        if !isQuiet, isatty(STDERR_FILENO) == 1 { tell("\r\u{1B}[K") }
        var cursor: String?
        repeat {
            var query = [(name: "limit", value: "100")]
            if let cursor { query.append((name: "cursor", value: cursor)) }
            let page = try session.request(.get, names + ["jobs", id, "errors"], query: query)
            for error in page["data"].elements {
                tell("line \(error["line"]?.int64 ?? 0): \(error["reason"]?.string ?? "")\n")
            }
            cursor = page["cursor"]?.string
        } while cursor != nil
        if isQuiet {
            _ = Output.json(job)
        } else {
            for member in job["counts"].members {
                let (type, count) = (member.key, member.value)
                let parts = ["created", "existing", "updated"].compactMap { word -> String? in
                    guard let number = count[word]?.int64, number > 0 else { return nil }
                    return "\(number) \(word)"
                }
                Terminal.say("\(type): \(parts.isEmpty ? "none" : parts.joined(separator: ", "))")
            }
            if let refused = job["errors"]?.int64, refused > 0 { Terminal.say("refused: \(refused) lines") }
        }
        if let failure = job["failure"]?.string {
            throw CommandFailure(failure.prefix(1).uppercased() + failure.dropFirst() + ".")
        }
        return (job["errors"]?.int64 ?? 0) > 0 ? 1 : 0
    }

    private static func tell(_ text: String) { Terminal.write(Array(text.utf8), to: STDERR_FILENO) }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func application(_ invocation: Invocation) throws(UsageError) -> [String] {
        let (organization, application) = try AppCommands.name(invocation)
        return [organization, application]
    }

    private static func lastError() -> String { String(cString: strerror(errno)) }
}

extension JSONValue? {
    /// The elements of an array; none of anything else.
    fileprivate var elements: [JSONValue] {
        if case .array(let elements)? = self { elements } else { [] }
    }

    /// The members of an object; none of anything else.
    fileprivate var members: [JSONValue.Member] {
        if case .object(let members)? = self { members } else { [] }
    }
}
