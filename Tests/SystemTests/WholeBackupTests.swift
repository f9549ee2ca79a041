// Whole backups: taken from a living server, restored elsewhere, and refused where they aren't what they were.

import Foundation
import TestKit
import Testing

@Suite struct WholeBackupTests {
    private static func world() async throws -> (server: TestServer, app: TestApp) {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let token = try await app.token()
        let upload = HTTPRequest.upload(app.prefix + "/chatfiles", "POST")
        let reply = try await server.client().send(upload.authorized(token))
        #expect(reply.status == 200)
        return (server, app)
    }

    private static func backups(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test func `A backup has database, files and keys, and is a server again in an empty folder`()
        async throws
    {
        let (server, app) = try await Self.world()
        let place = try TemporaryFolder()
        let folder = place.path + "/backups"
        for _ in 0..<3 { #expect(try await server.command("backup", folder, "--keep", "2").succeeded) }
        let made = try Self.backups(folder)
        #expect(made.count == 2)
        let names = try Self.backups("\(folder)/\(made[1])")
        #expect(names == ["files", "manifest.json", "parley.db", "signing-keys"])
        let data = place.path + "/restored"
        let restored = try await CommandLineRun.run("restore", folder, "--data", data)
        #expect(restored.succeeded, "\(restored.errors)")
        #expect(restored.output.contains(made[1]))
        let again = try await TestServer.start(flags: ["--data", data])
        let reply = try await again.client().send(
            HTTPRequest("GET", app.prefix + "/users").authorized(try await app.token())
        )
        #expect(reply.status == 200)
        #expect(try await CommandLineRun.run("check", "--files", "--data", data).succeeded)
    }

    @Test func `A restore into a folder that isn't empty, or of bytes that have changed, is refused`()
        async throws
    {
        let (server, _) = try await Self.world()
        let place = try TemporaryFolder()
        let folder = place.path + "/backups"
        let none = try await CommandLineRun.run("restore", folder, "--data", place.path + "/a")
        #expect(!none.succeeded && none.errors.contains("There is no whole backup"))
        #expect(try await server.command("backup", folder).succeeded)
        let live = try await CommandLineRun.run("restore", folder, "--data", server.dataPath)
        #expect(!live.succeeded && live.errors.contains("is not empty"))
        let made = "\(folder)/\(try #require(try Self.backups(folder).first))"
        let path = "\(made)/parley.db"
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: 5000)
        try file.write(contentsOf: Data([1, 2, 3]))
        try file.close()
        let data = place.path + "/b"
        let changed = try await CommandLineRun.run("restore", folder, "--data", data)
        #expect(!changed.succeeded && changed.errors.contains("has changed"))
        #expect(!FileManager.default.fileExists(atPath: data + "/parley.db"))
        let manifest = "\(made)/manifest.json"
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try text.replacing(#/"schema":[0-9]+/#, with: "\"schema\":999")
            .write(toFile: manifest, atomically: true, encoding: .utf8)
        let newer = try await CommandLineRun.run("restore", folder, "--data", data)
        #expect(!newer.succeeded && newer.errors.contains("newer version"))
    }
}
