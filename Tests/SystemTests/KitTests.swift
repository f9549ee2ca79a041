// The files of the kit, tried with the programs that they are for.

import Foundation
import TestKit
import Testing

@Suite struct KitTests {
    /// A finished program.
    struct Run {
        let code: Int32
        let text: String
    }

    static func run(_ words: [String], in folder: String = "/") throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Run(code: process.terminationStatus, text: String(decoding: data, as: UTF8.self))
    }

    static func kit(_ words: String...) throws -> String {
        let printed = try CommandLineRun.runBlocking(["kit"] + words)
        #expect(printed.succeeded, "\(printed.errors)")
        return printed.output
    }

    private func inFolder<T: Sendable>(_ body: @escaping @Sendable (String) throws -> T) async throws -> T {
        let folder = try TemporaryFolder()
        return try await onOwnThread { try body(folder.path) }
    }

    private static func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test(arguments: [
        [], ["--port", "80", "--log-file", "/var/log/parley/parley.log"],
        [
            "--data", "/srv/chat data", "--trust-proxy", "127.0.0.1", "--cors-origin",
            "https://100%.example.org",
        ],
    ])
    func `the unit is one that the service manager understands, and exposes next to nothing`(flags: [String])
        async throws
    {
        try await inFolder { folder in
            let printed = try CommandLineRun.runBlocking(["kit", "systemd", "--binary", "/bin/true"] + flags)
            #expect(printed.succeeded, "\(printed.errors)")
            let path = folder + "/parley.service"
            try Self.write(printed.output, path)
            let verified = try Self.run(["systemd-analyze", "verify", "--man=no", path])
            #expect(verified.code == 0 && !verified.text.contains("parley.service:"), "\(verified.text)")
            let rated = try Self.run([
                "systemd-analyze", "security", "--offline=true", "--threshold=15", path,
            ])
            #expect(rated.code == 0, "\(rated.text.suffix(300))")
            #expect(
                printed.output.contains("Type=notify")
                    && printed.output.contains("LoadCredential=signing-keys")
            )
        }
    }

    @Test func `the service manager is told of the start and of the stop`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/notify"
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let code = withUnsafeBytes(of: &address) {
            bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        try #require(code == 0)
        let server = try await TestServer.start(environment: ["NOTIFY_SOCKET": path])
        try await server.stop()
        var states: [String] = []
        var bytes = [UInt8](repeating: 0, count: 256)
        while states.count < 2, case let count = recv(descriptor, &bytes, bytes.count, 0), count > 0 {
            states.append(String(decoding: bytes[..<count], as: UTF8.self))
        }
        #expect(states == ["READY=1", "STOPPING=1"])
    }

    @Test func `alerts and metrics are what promtool takes`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("a")
        let page = try await server.client().get("/metrics").text
        try await inFolder { folder in
            try Self.write(try Self.kit("prometheus-rules"), folder + "/rules.yml")
            let rules = try Self.run(["promtool", "check", "rules", folder + "/rules.yml"])
            #expect(rules.code == 0, "\(rules.text)")
            try Self.write(page, folder + "/metrics")
            let metrics = try Self.run(["sh", "-c", "promtool check metrics < \(folder)/metrics"])
            #expect(metrics.code == 0, "\(metrics.text)")
            // Each metric of an alert or a panel is one that the server has.
            let names = Set(
                page.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map {
                    $0.split(separator: " ")[2]
                }
            )
            for text in [try Self.kit("prometheus-rules"), try Self.kit("grafana")] {
                for found in text.matches(of: /(parley|process)_[a-z_]+/) {
                    let name = found.output.0
                    let base = ["_bucket", "_sum", "_count"].reduce(name) {
                        $0.hasSuffix($1) ? $0.dropLast($1.count) : $0
                    }
                    #expect(names.contains(base) || names.contains(name), "\(name)")
                }
            }
            #expect((try? TestJSON(parsing: try Self.kit("grafana")))?["panels"]?.array?.isEmpty == false)
        }
        #expect(page.contains("parley_application_users{application=\"\(app.prefix.dropFirst())\"} 1"))
    }

    @Test func `metrics are at an address of their own where that is said, and there only`() async throws {
        let port = try FreePort.find()
        let server = try await TestServer.start(
            flags: ["--metrics-address", "127.0.0.1:\(port)", "--metrics-applications", "0"]
        )
        _ = try await server.makeApp()
        #expect(try await server.client().get("/metrics").status == 404)
        let other = HTTPClient(port: port)
        let page = try await other.get("/metrics")
        #expect(page.status == 200 && !page.text.contains("application="))
        #expect(try await other.get("/healthz").status == 404)
        #expect(try await server.client().get("/healthz").status == 200)
    }

    @Test func `the small files are what their programs take`() async throws {
        try await inFolder { folder in
            try Self.write(try Self.kit("sysusers"), folder + "/parley.conf")
            let users = try Self.run(["systemd-sysusers", "--dry-run", folder + "/parley.conf"])
            #expect(users.code == 0, "\(users.text)")
            try Self.write(try Self.kit("completion"), folder + "/completion")
            let asked = """
                . \(folder)/completion
                COMP_WORDS=(parley app cr); COMP_CWORD=2; _parley; echo "${COMPREPLY[@]}"
                COMP_WORDS=(parley app create --da); COMP_CWORD=3; _parley; echo "${COMPREPLY[@]}"
                COMP_WORDS=(parley serve --trust); COMP_CWORD=2; _parley; echo "${COMPREPLY[@]}"
                COMP_WORDS=(parley kit ng); COMP_CWORD=2; _parley; echo "${COMPREPLY[@]}"
                """
            let completed = try Self.run(["bash", "-c", asked])
            #expect(completed.text == "create\n--data\n--trust-proxy\nnginx\n", "\(completed.text)")
            #expect(try Self.kit("man").hasPrefix(".TH PARLEY 1"))
            #expect(try Self.kit("logrotate", "--log-file", "/var/log/x").contains("/var/log/x {"))
            #expect(try Self.kit("dockerfile", "--port", "9000").contains("EXPOSE 9000"))
            #expect(try CommandLineRun.runBlocking(["kit", "nothing"]).status == .exited(code: 64))
            #expect(
                try CommandLineRun.runBlocking(["kit", "nginx", "--port", "x"]).status == .exited(code: 64)
            )
        }
    }

    @Test
    func `the package has the program, its unit, its user, its page and its completion, and runs unpacked`()
        async throws
    {
        try await inFolder { folder in
            let built = try Self.run(
                [Project.folder + "/.ci/deb", try Project.binaryPath(), folder + "/parley.deb"]
            )
            #expect(built.code == 0, "\(built.text)")
            let info = try Self.run(["dpkg-deb", "--info", folder + "/parley.deb"])
            #expect(
                info.code == 0 && info.text.contains("Package: parley") && info.text.contains("libsqlite3-0")
            )
            #expect(
                try Self.run(["dpkg-deb", "--extract", folder + "/parley.deb", folder + "/root"]).code == 0
            )
            for path in [
                "usr/bin/parley", "usr/lib/systemd/system/parley.service", "usr/lib/sysusers.d/parley.conf",
                "usr/share/man/man1/parley.1.gz", "usr/share/bash-completion/completions/parley",
            ] {
                #expect(FileManager.default.fileExists(atPath: folder + "/root/" + path), "\(path)")
            }
            let version = try Self.run([folder + "/root/usr/bin/parley", "version"])
            let number = version.text.split { " \n".contains($0) }.last ?? "?"
            #expect(version.code == 0 && info.text.contains("Version: \(number)"), "\(version.text)")
            let unit = try String(
                contentsOfFile: folder + "/root/usr/lib/systemd/system/parley.service",
                encoding: .utf8
            )
            #expect(unit.contains("ExecStart=/usr/bin/parley serve"))
        }
    }
}
