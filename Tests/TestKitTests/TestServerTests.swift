// The server under test is the real executable; the kit starts it, ends it every way, and finds it again.

import Foundation
import Testing

@testable import TestKit

@Suite struct TestServerTests {
    @Test(arguments: [
        ("listening on http://127.0.0.1:8080\n", 8080), ("welcome\nlistening on http://[::1]:1\nmore\n", 1),
        ("listening on http://127.0.0.1:80", nil), ("listening on https://127.0.0.1:1\n", nil), ("", nil),
        ("now listening on http://127.0.0.1:1\n", nil), ("listening on http://127.0.0.1:x\n", nil),
    ])
    func `the port is read once its line is whole`(output: String, port: Int?) {
        #expect(TestServer.portInAnnouncement(output) == port)
    }

    @Test func `a server that can't start says why`() async throws {
        let error = await #expect(throws: TestServer.StartFailure.self) {
            try await TestServer.start(flags: ["--fail"])
        }
        #expect(error?.description.contains("--fail") == true, "\(String(describing: error))")
    }

    @Test func `a server asked to stop ends with exit code 0 and answers no more`() async throws {
        let server = try await TestServer.start()
        let client = try server.client()
        try await client.get("/a/b/users")
        #expect(server.isRunning)
        #expect(try await server.stop() == .exited(code: 0))
        #expect(!server.isRunning)
        await #expect(throws: HTTPClient.TransferError.self) { try await client.get("/a/b/users") }
        #expect(throws: TestServer.StartFailure.self) { try server.port }
    }

    @Test func `a restart keeps port and data`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("user1")
        let port = try server.port
        try await server.restart()
        #expect(try server.port == port)
        #expect(try await app.perform("GET", "/users/user1").status == 200)
    }

    @Test func `a killed server is found dead and starts again on its data`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("user1")
        #expect(try await server.kill9() == .signaled(SIGKILL))
        try await server.startAgain()
        #expect(try await app.perform("GET", "/users/user1").status == 200)
    }

    @Test func `standard error is collected over all lives`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("user1")
        try await server.restart()
        #expect(server.logEntries().contains { $0.description.contains("users") }, "\(server.log())")
    }

    @Test func `the data folder goes with the server`() async throws {
        var server: TestServer? = try await TestServer.start()
        let path = try #require(server?.dataPath)
        let pid = try #require(try server?.processID)
        #expect(FileManager.default.fileExists(atPath: path))
        server = nil
        let deadline = Deadline()
        while FileManager.default.fileExists(atPath: path) && !deadline.hasPassed { poll(nil, 0, 5) }
        #expect(!FileManager.default.fileExists(atPath: path))
        while kill(pid, 0) == 0 && !deadline.hasPassed { poll(nil, 0, 5) }
        #expect(kill(pid, 0) != 0)
    }
}

@Suite struct TestAppTests {
    @Test func `every app is another and so are its tokens' owners`() async throws {
        let server = try await TestServer.shared()
        let one = try await server.makeApp()
        let two = try await server.makeApp()
        #expect(one.prefix != two.prefix)
        #expect(one.credentials.application != two.credentials.application)
        #expect(one.credentials.clientID != two.credentials.clientID)
        let again = try await one.token()
        #expect(try await one.token() == again)
    }

    @Test func `a forged token differs from the good one in one character`() async throws {
        let app = try await TestServer.shared().makeApp()
        let good = try await app.token()
        let forged = try await app.forgedToken()
        #expect(good.utf8.count == forged.utf8.count)
        #expect(zip(good.utf8, forged.utf8).filter { $0 != $1 }.count == 1)
    }

    @Test func `a refused setup step is an error with the reply in it`() async throws {
        let app = try await TestServer.shared().makeApp()
        let error = await #expect(throws: TestApp.SetupFailure.self) {
            try await app.perform("GET", "/users/ghost")
        }
        #expect(error?.description.contains("service_resource_not_found") == true)
    }

    @Test func `a run of the command line has status and both outputs`() async throws {
        let run = try await CommandLineRun.run("serve", "--fail", "--port", "0")
        #expect(!run.succeeded)
        #expect(run.errors.contains("--fail"))
        #expect(throws: CommandLineRun.Refused.self) { try run.json() }
    }
}

@Suite struct ReplayerTests {
    private let exchange: TestJSON = [
        "name": "x", "source": "s", "description": "d",
        "given": [["user": ["username": "user1", "password": "1"]]],
        "caller": "application", "request": ["method": "GET", "path": "/{org}/{app}/users/user1"],
        "response": ["status": 200, "body": ["$contains": ["count": 1, "uri": "$uri:/users/user1"]]],
    ]

    private func differences(_ json: TestJSON) async throws -> [String] {
        try await Replayer(server: .shared()).differences(Exchange(name: "x", json: json))
    }

    @Test func `an exchange that happens as recorded has no differences`() async throws {
        #expect(try await differences(exchange) == [])
    }

    @Test(
        arguments: [
            ["status": 201, "body": "$any"], ["status": 200, "body": ["count": 1]],
            ["status": 200, "body": "$empty"],
            ["status": 200, "body": ["$contains": ["count": 2]]],
            ["status": 200, "headers": ["X": "$any"], "body": "$any"],
        ] as [TestJSON]
    )
    func `an exchange that happens otherwise is told with request and reply`(response: TestJSON) async throws
    {
        let found = try await differences(exchange.setting("response", response))
        #expect(found.count >= 2)
        #expect(found.last?.contains("/users/user1") == true)
    }

    @Test func `a difference in a later stage is found`() async throws {
        let next: TestJSON = [
            "request": ["method": "GET", "path": "/{org}/{app}/users/{uuid:user1}x"],
            "response": ["status": 200, "body": "$any"],
        ]
        #expect(try await differences(exchange.setting("then", [next])) != [])
    }

    @Test func `a setup step that is refused stops the replay`() async {
        await #expect(throws: TestApp.SetupFailure.self) {
            _ = try await differences(exchange.setting("given", [["deactivated": "ghost"]]))
        }
    }

    @Test func `a report never shows a token`() {
        let request = HTTPRequest("GET", "/").authorized("YWMtsecret")
        let text = Replayer.transcript(request, HTTPReply(status: 200, headers: [:], body: []))
        #expect(!text.contains("YWMtsecret"))
    }
}
