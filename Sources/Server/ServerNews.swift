// Lines of the log about the server itself: its start with all flags, its draining, its stop, and what is odd about them.

import Domain
import Glibc
import JSON
import Reactor

/// Lines about the life of a server.
struct ServerNews {
    let configuration: Configuration
    let log: EventLog

    /// It answers requests.
    func started(port: UInt16?, schema: Int) {
        let flags = configuration.flags.map { JSONValue.Member($0.name, .string($0.value)) }
        log.write(
            .info,
            "start",
            [
                ("version", .string(configuration.version)), ("pid", .integer(Int64(getpid()))),
                ("folder", .string(Self.absolute(configuration.dataFolder))),
                ("port", port.map { .integer(Int64($0)) } ?? .null), ("schema", .integer(Int64(schema))),
                ("flags", .object(flags)),
            ]
        )
        for name in configuration.unknownVariables {
            let near = Configuration.variable(near: name).map { "; did you mean \($0)?" } ?? "."
            log.write(
                .warning,
                "unknown setting",
                [
                    ("variable", .string(name)),
                    ("note", .string("\(name) is no setting of this version and changes nothing\(near)")),
                ]
            )
        }
        ServiceState.notify("READY=1")
    }

    /// Fewer descriptors may be opened than connections are allowed for.
    func fewDescriptors(_ limit: Int) {
        log.write(
            .warning,
            "few descriptors",
            [
                ("limit", .integer(Int64(limit))),
                ("connections", .integer(Int64(configuration.connections))),
                (
                    "note",
                    .string(
                        "The process may open \(limit) descriptors, fewer than the \(configuration.connections) connections of --connections need; raise the limit (LimitNOFILE=) or lower the setting."
                    )
                ),
            ]
        )
    }

    /// Nothing new is accepted any more.
    func draining(_ reason: String) {
        ServiceState.notify("STOPPING=1")
        log.write(.info, "draining", [("reason", .string(reason))])
    }

    /// All is on disk.
    func stopped() {
        log.write(.info, "stop", [("pid", .integer(Int64(getpid())))])
        Log.output.flush()
    }

    /// The log file was opened anew and the secret files were read again, as far as that could be.
    func reloaded(_ problem: String?) {
        log.write(.info, "reload", problem.map { [("problem", .string($0))] } ?? [])
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
