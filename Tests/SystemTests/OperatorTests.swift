// The promises to operators: backups taken under load, and logs that tell no secret.

import Foundation
import TestKit
import Testing

@Suite struct OperatorTests {
    @Test func `A backup taken under load opens, is sound and has what was acknowledged before it`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        for number in 0..<20 { try await app.register("kept\(number)") }
        let file = server.dataPath + "/../backup.db"
        let load = Task {
            for number in 0..<100 { try await app.register("load\(number)") }
        }
        #expect(try await server.command("backup", file).succeeded)
        #expect(try await !server.command("backup", file).succeeded, "a backup replaced a file")
        try await load.value
        try await server.stop()

        let folder = server.dataPath + "/../restored"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: file, toPath: folder + "/parley.db")
        let check = try await CommandLineRun.run("check", "--data", folder)
        #expect(check.succeeded, "\(check.output)\(check.errors)")
    }

    @Test func `No secret, token or password stands in any log line`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp(openRegistration: true)
        let token = try await app.token()
        try await app.register("user1", password: "hunter2-secret")
        let client = try server.client()
        _ = try await client.get("\(app.prefix)/users/user1?access_token=\(token)", token: token)
        _ = try await client.post(
            "\(app.prefix)/token",
            ["grant_type": "password", "username": "user1", "password": "hunter2-secret"]
        )
        try await server.stop()
        let log = server.log()
        #expect(server.logEntries().count >= 4)
        for secret in [token, "hunter2-secret", app.credentials.clientSecret] {
            #expect(!log.contains(secret))
        }
    }
}
