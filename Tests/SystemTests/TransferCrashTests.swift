// Imports that a crash breaks off: they go on behind what was stored, and nothing comes twice.

import Foundation
import TestKit
import Testing

@Suite struct TransferCrashTests {
    /// The size of a file in bytes; 0 where there is none.
    private static func size(of path: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    /// Users, and messages without an id, which nothing but the position in the file keeps from coming twice.
    private static func lines(_ count: Int) -> String {
        var lines = (0..<count).map {
            #"{"type":"user","username":"u\#($0)","password_hash":"$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"}"#
        }
        lines += (0..<count).map {
            #"{"type":"message","from":"u\#($0)","to":"u\#(($0 + 1) % count)","timestamp":1700000000000,"#
                + #""payload":{"bodies":[{"type":"txt","msg":"m \#($0)"}]}}"#
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func `An import that is killed again and again ends with every line once`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let count = 4000
        let token = try await app.token()
        let request = HTTPRequest(
            "POST",
            app.prefix + "/imports",
            body: .bytes(Array(Self.lines(count).utf8))
        )
        let begun = try await server.client().send(request.authorized(token)).json()["data"]
        let id = try #require(begun?["id"]?.string)
        var kills = 0
        let job = try await eventually("the end of the job") { () -> TestJSON? in
            let job = try await app.perform("GET", "/jobs/\(id)").json()["data"]
            if job?["state"] != "running" { return job }
            if kills < 10 {
                kills += 1
                try await server.kill9()
                try await server.startAgain()
            }
            return nil
        }
        #expect(job["state"] == "done", "\(job)")
        #expect(job["counts"]?["user"]?["created"]?.integer == Int64(count))
        #expect(job["counts"]?["message"]?["created"]?.integer == Int64(count))
        #expect(job["errors"] == 0)
        let stats = try await app.perform("GET", "/stats").json()["data"]
        #expect(stats?["users"]?.integer == Int64(count))
        let sample = try await app.perform("GET", "/messages?conversation=u7:u8").json()
        #expect(sample["data"]?.array?.count == 1)
        #expect(kills > 0)
    }

    @Test
    func `A command that is killed goes on with --resume, and refuses a file whose read part has changed`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let name = String(app.prefix.dropFirst())
        try await server.stop()
        let folder = try TemporaryFolder()
        let file = folder.path + "/users.ndjson"
        let lines = Self.lines(3000)
        try lines.write(toFile: file, atomically: true, encoding: .utf8)
        let arguments = ["import", name, file, "--data", server.dataPath]
        let nothing = try await onOwnThread { try CommandLineRun.runBlocking(arguments + ["--resume"]) }
        #expect(!nothing.succeeded && nothing.errors.contains("No import of this file was broken off"))
        let child = try ChildProcess(
            path: try Project.binaryPath(),
            arguments: arguments,
            environment: ChildProcess.cleanEnvironment(adding: [:]),
            errorPath: folder.path + "/errors"
        )
        // Somewhere in its course: once the database has grown, or the command has ended.
        let before = try Self.size(of: server.dataPath + "/parley.db-wal")
        _ = try await eventually("the first lines") {
            try child.exitStatus != nil || Self.size(of: server.dataPath + "/parley.db-wal") > before
                ? true : nil
        }
        child.kill(SIGKILL)
        _ = try? child.waitForExit(withinSeconds: 10)
        let resumed = try await onOwnThread {
            try CommandLineRun.runBlocking(arguments + ["--resume", "--json"])
        }
        // The command may have been killed before its file had arrived.
        if resumed.succeeded {
            let job = try resumed.json()
            #expect(job["counts"]?["user"]?["created"] == 3000)
            #expect(job["counts"]?["message"]?["created"] == 3000)
        } else {
            #expect(resumed.errors.contains("No import of this file was broken off"))
        }
    }
}
