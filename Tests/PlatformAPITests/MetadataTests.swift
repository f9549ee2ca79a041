// User metadata: a form in, a small dictionary out.

import TestKit
import Testing

@Suite struct MetadataTests {
    private static func put(
        _ form: String,
        _ app: TestApp,
        type: String = "application/x-www-form-urlencoded"
    )
        async throws -> HTTPReply
    {
        let request = HTTPRequest(
            "PUT",
            "\(app.prefix)/metadata/user/user1",
            headers: ["Content-Type": type],
            body: .bytes(Array(form.utf8))
        )
        return try await app.server.client().send(request.authorized(try await app.token()))
    }

    private static func app() async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1")
        return app
    }

    @Test(
        arguments: [
            ("a=b", ["a": "b"]), ("a=b&c=d", ["a": "b", "c": "d"]), ("a=b+c", ["a": "b c"]),
            ("a=b%2Bc", ["a": "b+c"]),
            ("a=%E4%BD%A0", ["a": "你"]), ("a=1=2", ["a": "1=2"]),
            ("a=b&", ["a": "b"]),
            ("%61=b", ["a": "b"]), ("a=%26", ["a": "&"]), ("a", [:]),
        ] as [(String, TestJSON)]
    )
    func `a form is read as the form rules say`(form: String, data: TestJSON) async throws {
        let app = try await Self.app()
        let reply = try await Self.put(form, app)
        #expect(reply.status == 200)
        #expect(try reply.json()["data"] == data)
        #expect(try await app.perform("GET", "/metadata/user/user1").json()["data"] == data)
    }

    @Test(arguments: [
        "a=%", "a=%zz", "a=%FF", "=b", "a=b&=c", "a=b&a=c", "a=b&a=b", "a=b&a=", "a&a", "a=b&c=d&%61=e",
    ])
    func `what is no form is refused, and nothing is stored`(form: String) async throws {
        let app = try await Self.app()
        #expect(try await Self.put(form, app).status == 400)
        #expect(try await app.perform("GET", "/metadata/user/capacity").json()["data"] == 0)
    }

    @Test(arguments: [
        "", "application/json", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form",
    ])
    func `another media type than a form's is refused`(type: String) async throws {
        let app = try await Self.app()
        #expect(try await Self.put("a=b", app, type: type).status == 415)
    }

    @Test(arguments: [
        "application/x-www-form-urlencoded; charset=utf-8", "APPLICATION/X-WWW-FORM-URLENCODED",
    ])
    func `a form's media type may be spelled in any case, with parameters`(type: String) async throws {
        #expect(try await Self.put("a=b", try await Self.app(), type: type).status == 200)
    }

    @Test func `a user has 2048 bytes, counted over all keys and values`() async throws {
        let app = try await Self.app()
        #expect(try await Self.put("k=" + String(repeating: "v", count: 1024), app).status == 200)
        let refused = try await Self.put("l=" + String(repeating: "v", count: 1023), app)
        #expect(refused.status == 403)
        #expect(refused.complaint == "user metadata length exceed the limit")
        #expect(try await app.perform("GET", "/metadata/user/capacity").json()["data"] == 1025)
        #expect(try await Self.put("l=" + String(repeating: "v", count: 1022), app).status == 200)
        #expect(try await app.perform("GET", "/metadata/user/capacity").json()["data"] == 2048)
        // A value that is replaced or removed in the same call makes room.
        #expect(try await Self.put("k=&m=" + String(repeating: "w", count: 1024), app).status == 200)
    }

    @Test func `an unknown user's metadata is empty to read and to delete, and can't be set`() async throws {
        let app = try await TestServer.shared().makeApp()
        #expect(try await app.perform("GET", "/metadata/user/nobody").json()["data"] == [:])
        #expect(try await app.perform("DELETE", "/metadata/user/nobody").json()["data"] == true)
        #expect(try await Self.put("a=b", app).status == 404)
    }

    @Test func `properties of many users come by name, and only those asked for`() async throws {
        let app = try await Self.app()
        try await app.register("user2")
        _ = try await Self.put("a=1&b=2", app)
        let reply = try await app.perform(
            "POST",
            "/metadata/user/get",
            ["targets": ["user1", "user2", "nobody", "user1"], "properties": ["a", "c"]]
        ).json()
        #expect(reply["data"] == ["user1": ["a": "1"], "user2": [:], "nobody": [:]])
    }

    @Test func `a user reads and writes its own metadata, and reads that of others`() async throws {
        let app = try await Self.app()
        try await app.register("user2")
        _ = try await Self.put("a=1", app)
        let token = try await app.userToken("user2", password: "123")
        #expect(try await app.ask("GET", "/metadata/user/user1", token: token).status == 401)
        let many: TestJSON = ["targets": ["user1"], "properties": ["a"]]
        let read = try await app.ask("POST", "/metadata/user/get", many, token: token)
        #expect(try read.json()["data"] == ["user1": ["a": "1"]])
        let own = HTTPRequest(
            "PUT",
            "\(app.prefix)/metadata/user/user2",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: .bytes(Array("b=2".utf8))
        )
        #expect(try await app.server.client().send(own.authorized(token)).status == 200)
    }
}
