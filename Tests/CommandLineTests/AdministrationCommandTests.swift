// Administration from the command line, beside a running server and without one: the same words, the same outcome.

import Foundation
import TestKit
import Testing

struct AdministrationCommandTests {
    /// Runs a command on a folder.
    private func parley(
        on folder: String,
        _ words: String...,
        environment: [String: String] = ["PARLEY_PASSWORD_COST": "1"]
    ) async throws -> CommandLineRun {
        try await onOwnThread {
            try CommandLineRun.runBlocking(words + ["--data", folder], environment: environment)
        }
    }

    @Test
    func `Without a server a command opens the folder itself and lets it go`() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        let created = try await parley(on: data, "app", "create", "org1/app1", "--json")
        #expect(created.succeeded, "\(created.errors)")
        let credentials = try AppCredentials(created.json())
        #expect(credentials.organization == "org1" && credentials.applicationName == "app1")
        #expect(!FileManager.default.fileExists(atPath: data + "/parley.sock"))

        let listed = try await parley(on: data, "app", "list")
        #expect(listed.output.contains("org1/app1"))
        let shown = try await parley(on: data, "app", "show", "org1/app1")
        #expect(shown.output.contains(credentials.clientID))
        #expect(!shown.output.contains(credentials.clientSecret))
    }

    @Test
    func `What a command makes without a server is there for one`() async throws {
        let server = try await TestServer.start()
        try await server.stop()
        let made = try await server.command("app", "create", "org1/app1", "--json")
        try await server.startAgain()
        let app = TestApp(server: server, credentials: try AppCredentials(made.json()))
        #expect(try await server.client().get("/org1/app1/users", token: try await app.token()).status == 200)
        try await server.stop()
    }

    @Test
    func `A socket that a crash left behind is nobody's`() async throws {
        let server = try await TestServer.start()
        try await server.kill9()
        #expect(FileManager.default.fileExists(atPath: server.socketPath))
        let run = try await server.command("app", "create", "org1/app1")
        #expect(run.succeeded, "\(run.errors)")
    }

    @Test(arguments: [
        ["app", "list"], ["check"], ["backup", "copy.db"], ["keys", "rotate"], ["maintenance"],
    ])
    func `A mistyped folder is not answered with an empty one`(words: [String]) async throws {
        let folder = try TemporaryFolder()
        let missing = folder.path + "/typo"
        let run = try await onOwnThread { try CommandLineRun.runBlocking(words + ["--data", missing]) }
        #expect(run.status == .exited(code: 1))
        #expect(run.errors == "parley: There is no data of parley in \(missing).\n")
        #expect(!FileManager.default.fileExists(atPath: missing))
    }

    @Test
    func `The server's refusal is the command's sentence`() async throws {
        let server = try await TestServer.shared()
        let name = server.freshName("org") + "/app1"
        #expect(try await server.command("app", "create", name).succeeded)
        let again = try await server.command("app", "create", name)
        #expect(again.status == .exited(code: 1))
        #expect(again.errors == "parley: There is an application app1 already.\n")
        #expect(again.output == "")
    }

    @Test(arguments: [([], false), (["--open-registration"], true), (["--open-registration", "off"], false)])
    func `Registration is open when the flag says so`(flags: [String], isOpen: Bool) async throws {
        let server = try await TestServer.shared()
        let name = server.freshName("org") + "/app1"
        let words = ["app", "create", name] + flags + ["--max-blocks", "3", "--data", server.dataPath]
        #expect(try await onOwnThread { try CommandLineRun.runBlocking(words) }.succeeded)
        let shown = try await server.command("app", "show", name, "--json").json()
        #expect(shown["settings"]?["open_registration"] == .bool(isOpen))
        #expect(shown["settings"]?["max_blocks"] == 3)
    }

    @Test
    func `An application is deleted only with the word`() async throws {
        let server = try await TestServer.shared()
        let name = server.freshName("org") + "/app1"
        #expect(try await server.command("app", "create", name).succeeded)
        #expect(try await server.command("app", "delete", name).status == .exited(code: 64))
        #expect(try await server.command("app", "show", name).succeeded)
        #expect(try await server.command("app", "delete", name, "--yes").succeeded)
        #expect(try await server.command("app", "show", name).status == .exited(code: 1))
    }

    @Test
    func `Rotation overlaps, revocation ends`() async throws {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        let name = String(app.prefix.dropFirst())
        let rotated = try AppCredentials(try await server.command("app", "rotate", name, "--json").json())
        let second = TestApp(server: server, credentials: rotated)
        let (old, new) = (try await app.token(), try await second.token())
        let revoked = try await server.command("app", "revoke", name, app.credentials.clientID)
        #expect(revoked.succeeded, "\(revoked.errors)")
        #expect(try await server.client().get(app.prefix + "/users", token: old).status == 401)
        #expect(try await server.client().get(app.prefix + "/users", token: new).status == 200)
    }

    @Test
    func `A backup is a database of its own, in the caller's folder`() async throws {
        // A server of its own: bytes of files don't travel with the database alone, and would be missing.
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("user1")
        let folder = try TemporaryFolder()
        let copy = folder.path + "/data/parley.db"
        try FileManager.default.createDirectory(
            atPath: folder.path + "/data",
            withIntermediateDirectories: true
        )
        let backup = try await server.command("backup", copy)
        #expect(backup.succeeded, "\(backup.errors)")
        let check = try await parley(on: folder.path + "/data", "check")
        #expect(check.succeeded && check.output == "ok\n")
        let list = try await parley(on: folder.path + "/data", "app", "list")
        #expect(list.output.contains(String(app.prefix.dropFirst())))
    }

    @Test
    func `An organisation's administrator gets a password that works`() async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization(administrator: server.freshName("admin"))
        let login = try await server.client().post(
            "/management/token",
            [
                "grant_type": "password", "username": .string(organization.administrator),
                "password": .string(organization.password),
            ]
        )
        #expect(login.status == 200)
        let listed = try await server.command("org", "list")
        #expect(listed.output.contains(organization.administrator))
        #expect(!listed.output.contains(organization.password))
    }
}
