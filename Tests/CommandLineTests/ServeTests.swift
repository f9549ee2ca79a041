// parley serve: what it says at the start, why it doesn't start, how it ends.

import Foundation
import TestKit
import Testing

struct ServeTests {
    @Test
    func `A second server on one folder is refused in one sentence`() async throws {
        let server = try await TestServer.start()
        let run = try await server.command("serve", "--port", "0")
        #expect(run.status == .exited(code: 1))
        #expect(run.errors.contains("is in use by process \(try server.processID)"))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.output == "")
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test
    func `A port that is taken is refused in one sentence`() async throws {
        let server = try await TestServer.shared()
        let folder = try TemporaryFolder()
        let run = try await CommandLineRun.run(
            "serve",
            "--port",
            String(try server.port),
            "--data",
            folder.path + "/data"
        )
        #expect(run.status == .exited(code: 1))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.output == "")
    }

    @Test
    func `It raises the soft limit of open descriptors as far as its connections need`() async throws {
        let folder = try TemporaryFolder()
        let binary = try Project.binaryPath()
        // Soft limits are inherited: the shell lowers its own.
        let server = try ChildProcess(
            path: "/bin/sh",
            arguments: [
                "-c", "ulimit -S -n 256 && exec \"$0\" \"$@\"", binary, "serve", "--port", "0",
                "--connections", "500",
                "--data", folder.path + "/data",
            ],
            errorPath: folder.path + "/log"
        )
        let limits = try await onOwnThread {
            _ = server.output.wait(until: Deadline()) { text in
                text.contains("listening on") ? true : nil
            }
            return try String(contentsOfFile: "/proc/\(server.processID)/limits", encoding: .utf8)
        }
        server.kill(SIGTERM)
        _ = try await onOwnThread { try server.waitForExit(withinSeconds: Deadline.patience) }
        let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
        let soft = try #require(line.split(separator: " ").dropFirst(3).first.flatMap { Int($0) })
        #expect(soft > 500)
    }

    @Test
    func `An application that is to answer at the root and doesn't exist is named in the log`() async throws {
        let server = try await TestServer.start(flags: [
            "--openim-app", "no/such", "--ourchat-app", "no/such",
        ])
        try await server.stop()
        let events = server.log().split(separator: "\n").filter {
            $0.contains(#""event":"no such application""#)
        }
        #expect(events.count == 1)
        #expect(events.first?.contains(#""application":"no/such""#) == true)
    }

    @Test
    func `A flag wins over its variable`() async throws {
        let folder = try TemporaryFolder()
        let server = try await TestServer.start(environment: ["PARLEY_DATA": folder.path + "/other"])
        #expect(FileManager.default.fileExists(atPath: server.dataPath + "/parley.db"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/other"))
        try await server.stop()
    }

    @Test
    func `The demo application is open to registration and made once`() async throws {
        let server = try await TestServer.start(flags: ["--demo"])
        let list = try await server.command("app", "list")
        #expect(list.output.contains("chat-demo/testapp"))
        let open = try await server.client().post(
            "/chat-demo/testapp/users",
            ["username": "user1", "password": "123"]
        )
        #expect(open.status == 200)
        try await server.restart()
        let shown = try await server.command("app", "show", "chat-demo/testapp", "--json")
        #expect(try shown.json()["credentials"]?.array?.count == 1)
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test(arguments: [("error", false), ("warning", false), ("info", true), ("debug", true)])
    func `Lines of requests are of the level info`(level: String, areWritten: Bool) async throws {
        let server = try await TestServer.start(flags: ["--log-level", level])
        #expect(try await server.client().get("/healthz").status == 200)
        try await server.stop()
        #expect(server.logEntries().contains { $0["route"] == "getHealth" } == areWritten)
    }

    @Test
    func `No line is logged when the access log is off`() async throws {
        let server = try await TestServer.start(flags: ["--access-log", "off"])
        #expect(try await server.client().get("/healthz").status == 200)
        try await server.stop()
        #expect(server.logEntries().filter { $0["route"] == "getHealth" }.isEmpty)
    }
}
