// parley kit: the files around a server, for this version and the flags that it is to be started with.

import Glibc
import Server

enum KitCommand {
    /// A file that can be printed.
    struct File: Sendable {
        let name: String
        let summary: String
        let text: @Sendable (KitPlan) throws -> String
    }

    static let files = [
        File(name: "systemd", summary: "unit of the service manager", text: UnitFile.text),
        File(name: "nginx", summary: "site of nginx in front, with TLS", text: NginxFile.text),
        File(name: "caddy", summary: "site of Caddy in front, with TLS", text: CaddyFile.text),
        File(name: "prometheus-rules", summary: "alerts of Prometheus", text: PrometheusRules.text),
        File(name: "grafana", summary: "dashboard of Grafana", text: GrafanaDashboard.text),
        File(name: "sysusers", summary: "user of the service", text: SmallFiles.sysusers),
        File(name: "logrotate", summary: "rotation of the log file", text: SmallFiles.logrotate),
        File(name: "dockerfile", summary: "image with the program", text: SmallFiles.dockerfile),
        File(name: "man", summary: "manual page", text: ManualPage.text),
        File(name: "completion", summary: "completion for bash", text: Completion.text),
    ]

    static let command = Command(
        name: "kit",
        operands: ["FILE"],
        summary: "Print a file for running the server: \(files.map(\.name).joined(separator: ", ")).",
        flags: [
            Flag("binary", "PATH", "where the program is installed", details: "default: where this one is")
        ]
            + ServeCommand.command.flags,
        notes: files.map { "\($0.name): \($0.summary)" }
            + ["The other flags are those of parley serve that the server is to be started with."],
        run: { invocation in
            let name = invocation.operands[0]
            guard let file = files.first(where: { $0.name == name }) else {
                throw UsageError(
                    "There is no file \"\(name.prefix(64))\" in the kit; parley help kit lists them."
                )
            }
            let text = try file.text(try KitPlan(invocation))
            Terminal.write(Array(text.utf8), to: STDOUT_FILENO)
            return 0
        }
    )
}

/// How the server is to be run.
struct KitPlan {
    let configuration: Configuration
    /// The flags that were given, as they are typed.
    let flags: [(name: String, value: String?)]
    /// The program's path.
    let binary: String

    init(_ invocation: Invocation) throws {
        configuration = try invocation.flagsAlone()
        flags = invocation.flags.filter { !["binary", "data"].contains($0.name) }
        let own = realpath("/proc/self/exe", nil)
        defer { free(own) }
        binary = invocation.value("binary") ?? own.map { String(cString: $0) } ?? "/usr/bin/parley"
        isFolderGiven = invocation.value("data") != nil
        guard !isFolderGiven || configuration.dataFolder.hasPrefix("/") else {
            throw UsageError("--data must be an absolute path here.")
        }
        for (name, value) in flags {
            let text = value ?? ""
            guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw UsageError("--\(name) must not have control characters here.")
            }
        }
    }

    private let isFolderGiven: Bool

    /// The data folder; where none was said, that of a service.
    var folder: String { isFolderGiven ? configuration.dataFolder : "/var/lib/parley" }
    var port: UInt16 { configuration.port ?? 8080 }
    /// Where a proxy on this machine reaches the server.
    var upstream: String {
        let isEverywhere = ["0.0.0.0", "::", "[::]", "localhost"].contains(configuration.host)
        let host = isEverywhere ? "127.0.0.1" : configuration.host
        return "\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)"
    }
    /// The name by which clients reach it.
    var site: String {
        let url = configuration.publicURL ?? "https://chat.example.org"
        return url.firstRange(of: "://").map { String(url[$0.upperBound...]) } ?? url
    }
    /// The largest body of a request, in bytes: a file with what is around it.
    var largestBody: Int { max(configuration.fileBytes, configuration.bodyBytes) + (1 << 20) }
    /// How a file begins, after the sign of its comments.
    func heading(_ file: String) -> String { "parley \(Program.version), parley kit \(file)" }
}
