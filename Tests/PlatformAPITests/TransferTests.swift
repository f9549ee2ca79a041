// Imports and exports over HTTP: a file goes in, a job tells what became of its lines, a file comes out.

import TestKit
import Testing

@Suite struct TransferTests {
    private static func app() async throws -> TestApp { try await TestServer.shared().makeApp() }

    private static func send(_ body: String, _ query: String = "", on app: TestApp, token: String? = nil)
        async throws -> HTTPReply
    {
        let request = HTTPRequest("POST", app.prefix + "/imports" + query, body: .bytes(Array(body.utf8)))
        let own = try await app.token()
        return try await app.server.client().send(request.authorized(token ?? own))
    }

    private static func end(_ reply: HTTPReply, _ app: TestApp) async throws -> TestJSON {
        let id = try #require(try reply.json()["data"]?["id"]?.string, "\(reply.text)")
        return try await eventually("the end of the job") {
            let job = try await app.perform("GET", "/jobs/\(id)").json()["data"]
            return job?["state"] == "running" ? nil : job
        }
    }

    private static func errors(_ job: TestJSON, _ app: TestApp) async throws -> [String] {
        let id = job["id"]?.string ?? ""
        let list = try await app.perform("GET", "/jobs/\(id)/errors").json()["data"]?.array ?? []
        return list.map { "\($0["line"]?.integer ?? 0) \($0["reason"]?.string ?? "")" }
    }

    // MARK: Refusals

    @Test func `An empty file, an unknown parameter and a stranger are refused`() async throws {
        let app = try await Self.app()
        #expect(try await Self.send("", on: app).status == 400)
        #expect(try await Self.send("{}", "?updat=true", on: app).status == 400)
        #expect(try await Self.send("{}", "?format=xml", on: app).status == 400)
        try await app.register("ann")
        let user = try await app.userToken("ann", password: "123")
        #expect([401, 403].contains(try await Self.send("{}", on: app, token: user).status))
        #expect(try await app.askAsNobody("POST", "/exports").status == 401)
        for path in ["/jobs/1", "/jobs/x", "/jobs/0/errors", "/jobs/1/result"] {
            #expect(try await app.ask("GET", path).status == 404, "\(path)")
        }
        #expect(try await app.ask("GET", "/jobs?cursor=x").status == 400)
        let other = try await Self.app()
        let job = try await Self.send("{}", on: app).json()["data"]?["id"]?.string ?? ""
        #expect(try await other.ask("GET", "/jobs/\(job)").status == 404)
    }

    @Test func `Each bad line is told with its number and reason, and the others go on`() async throws {
        let app = try await Self.app()
        let long = String(repeating: "x", count: 1_100_000)
        let lines = [
            #"{"type":"user","username":"ann","password_hash":"$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"}"#,
            "not json", #"{"type":"robot"}"#, #"{"type":"user","username":"a b"}"#,
            #"{"type":"user","username":"ann"}"#, "", #"{"type":"group","name":"g"}"#,
            #"{"type":"user","username":"b\#u{0}c"}"#,
            #"{"type":"user","username":"x","nickname":"\#(long)"}"#,
            #"{"type":"user","username":"bob","password":"secret"}"#, #"{"username":"cid"}"#,
            #"{"type":"user","username":"dan","password_hash":"plain"}"#,
        ]
        let job = try await Self.end(Self.send(lines.joined(separator: "\n"), on: app), app)
        #expect(job["state"] == "done")
        #expect(job["counts"]?["user"]?["created"] == 2)
        #expect(job["counts"]?["user"]?["existing"] == 1)
        #expect(job["lines"] == 12)
        let errors = try await Self.errors(job, app)
        #expect(errors.map { $0.prefix { $0 != " " } } == ["2", "3", "4", "7", "8", "9", "11", "12"])
        #expect(errors.contains("7 owner is required"))
        #expect(errors.contains("9 the line has more than 1048576 bytes"))
        #expect(try await app.logIn("bob", "secret").status == 200)
    }

    // MARK: Files

    @Test func `A trial counts what would be, and changes nothing`() async throws {
        let app = try await Self.app()
        let file =
            #"{"type":"user","username":"ann"}"# + "\n" + #"{"type":"block","username":"ann","blocked":"x"}"#
        let job = try await Self.end(Self.send(file, "?dry_run=true", on: app), app)
        #expect(job["state"] == "done")
        #expect(job["dry_run"] == true)
        #expect(job["counts"]?["user"]?["created"] == 1)
        #expect(job["errors"] == 1)
        #expect(try await app.userNames() == [])
    }

    @Test func `Users come from a CSV with its columns in the first line`() async throws {
        let app = try await Self.app()
        let file =
            "username,password_hash,nickname\r\nann,$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234,\"A, n\"\"n\"\r\n"
            + "bob,,Bob\r\ncid\r\n"
        let job = try await Self.end(Self.send(file, "?format=csv", on: app), app)
        #expect(job["counts"]?["user"]?["created"] == 2)
        #expect(try await Self.errors(job, app) == ["4 the line has 1 fields instead of 3"])
        #expect(try await app.perform("GET", "/users/ann").json()["entities"]?[0]?["nickname"] == "A, n\"n")
        let bad = try await Self.end(Self.send("name,x\n", "?format=csv", on: app), app)
        #expect(bad["state"] == "failed")
        #expect(bad["failure"] == "the column name is not known")
    }

    @Test func `An export is the import of another application, and is fetched in ranges`() async throws {
        let (source, target) = (try await Self.app(), try await Self.app())
        for name in ["ann", "bob"] { try await source.register(name) }
        _ = try await source.perform("POST", "/users/ann/contacts/users/bob")
        _ = try await source.perform(
            "POST",
            "/messages/users",
            ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "hello"]]
        )
        let job = try await Self.end(source.perform("POST", "/exports"), source)
        #expect(job["state"] == "done")
        #expect(job["counts"]?["message"]?["created"] == 1)
        let id = job["id"]?.string ?? ""
        let file = try await source.perform("GET", "/jobs/\(id)/result")
        let lines = file.text.split(separator: "\n").map(String.init).sorted()
        #expect(lines.count == Int(job["lines"]?.integer ?? 0))
        let imported = try await Self.end(Self.send(file.text, on: target), target)
        #expect(imported["errors"] == 0)
        let again = try await Self.end(target.perform("POST", "/exports"), target)
        let copy = try await target.perform("GET", "/jobs/\(again["id"]?.string ?? "")/result")
        #expect(copy.text.split(separator: "\n").map(String.init).sorted() == lines)
        let token = try await source.token()
        let ranged = HTTPRequest("GET", source.prefix + "/jobs/\(id)/result", headers: ["Range": "bytes=0-6"])
        let part = try await source.server.client().send(ranged.authorized(token))
        #expect(part.status == 206)
        #expect(part.text == #"{"type""#)
        #expect(try await target.perform("GET", "/users/bob/offline_msg_count").json()["data"]?["bob"] == 0)
        #expect(try await source.perform("GET", "/jobs").json()["data"]?.array?.count == 1)
    }
}
