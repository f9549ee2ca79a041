// A full disk: writes are refused honestly, reads go on, nothing acknowledged is lost, and service resumes by itself.

import Foundation
import TestKit
import Testing

@Suite struct FullDiskTests {
    @Test
    func `While no file can grow, writes answer 503 and reads answer, and writing resumes with the space`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.token()
        let client = try server.client()
        try await app.register("before")

        // The process may make no file longer than 600 000 bytes: to SQLite that is a disk that is full.
        try await server.limitFileSize(to: "600000")
        var acknowledged: [String] = []
        var refusal: HTTPReply?
        for number in 0..<20_000 where refusal == nil {
            let reply = try await register("full\(number)", client, app, token)
            if reply.status == 200 { acknowledged.append("full\(number)") } else { refusal = reply }
        }
        let full = try #require(refusal, "the disk never became full")
        #expect(full.status == 503)
        #expect(try full.json()["error"]?.string == "storage_failure")

        for name in ["before"] + acknowledged.suffix(5) {
            let reply = try await client.send(
                HTTPRequest("GET", "\(app.prefix)/users/\(name)").authorized(token)
            )
            #expect(reply.status == 200, "\(name) can't be read on a full disk")
        }
        // A small write may still fit; with no byte to spare the server says that it isn't ready.
        try await server.limitFileSize(to: "0")
        #expect(try await client.get("/readyz").status == 503)

        try await server.limitFileSize(to: "unlimited")
        let resumed = try await resumption(client, app, token)
        #expect(resumed, "writing didn't resume")
        for name in acknowledged {
            let reply = try await client.send(
                HTTPRequest("GET", "\(app.prefix)/users/\(name)").authorized(token)
            )
            #expect(reply.status == 200, "\(name) was acknowledged and is gone")
        }
        #expect(try await server.command("check").succeeded)
        #expect(try await server.stop() == .exited(code: 0))
    }

    private func register(
        _ name: String,
        _ client: HTTPClient,
        _ app: TestApp,
        _ token: String
    ) async throws -> HTTPReply {
        try await client.send(
            HTTPRequest(
                "POST",
                "\(app.prefix)/users",
                json: [
                    "username": .string(name), "password": "123",
                    "nickname": .string(String(repeating: "n", count: 100)),
                ]
            ).authorized(token)
        )
    }

    /// Whether one of some further registrations succeeds: the first ones may meet the writer while it recovers.
    private func resumption(_ client: HTTPClient, _ app: TestApp, _ token: String) async throws -> Bool {
        for number in 0..<50 where try await register("after\(number)", client, app, token).status == 200 {
            return true
        }
        return false
    }
}
