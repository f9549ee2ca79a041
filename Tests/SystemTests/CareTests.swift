// What an operator does to a server and what its disk does: missing bytes, checks, deletions, suspensions, keys.

import Foundation
import TestKit
import Testing

@Suite struct CareTests {
    private func upload(_ app: TestApp, _ token: String, _ text: String) async throws -> HTTPReply {
        let request = HTTPRequest(
            "POST",
            app.prefix + "/chatfiles",
            headers: ["Content-Type": MultipartForm.contentType],
            body: .bytes(MultipartForm.file(Array(text.utf8)))
        )
        return try await app.server.client().send(request.authorized(token))
    }

    private func files(below folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.map { folder + "/" + $0 }.filter {
            (try? FileManager.default.attributesOfItem(atPath: $0)[.type] as? FileAttributeType)
                == .typeRegular
        }
    }

    /// Whether a text stands anywhere in a file.
    private func has(_ path: String, _ text: String) throws -> Bool {
        try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
    }

    // MARK: Files

    @Test func `bytes that are gone are 404 of that file, with a line in the log and a count`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        let uuid = try #require(try await upload(app, token, "bytes").json()["entities"]?[0]?["uuid"]?.string)
        let path = try #require(files(below: server.dataPath + "/files").first)
        try FileManager.default.removeItem(atPath: path)
        let reply = try await app.call("GET", "/chatfiles/\(uuid)", token: token)
        #expect(reply.status == 404)
        let metrics = try await server.client().get("/metrics").text
        #expect(metrics.contains("parley_missing_files_total 1\n"))
        let checked = try await server.command("check")
        #expect(checked.status == .exited(code: 1))
        #expect(checked.output.contains("are missing"))
        try await server.stop()
        let told = server.logEntries().first { $0["event"]?.string == "file bytes missing" }
        #expect(told?["file"]?.string == uuid)
    }

    @Test func `an upload that the disk doesn't take has its cause in the log under its reference`()
        async throws
    {
        let server = try await TestServer.start(flags: ["--access-log", "off"])
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        // Room for the log, which is a file, too.
        try await server.limitFileSize(to: "16384")
        let reply = try await upload(app, token, String(repeating: "bytes", count: 20_000))
        #expect(reply.status == 503)
        try await server.limitFileSize(to: "unlimited")
        try await server.stop()
        let events = server.logEntries().filter { $0["event"]?.string == "file failed" }
        let reference = try #require(events.first?["reference"]?.string)
        #expect(reply.text.contains(reference), "\(reply.text)")
        #expect(events.first?["error"]?.string?.isEmpty == false)
    }

    @Test func `a check looks at files, hashes them where that is asked, and counts what is nobody's`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        _ = try await upload(app, token, "bytes")
        #expect(try await server.command("check", "--files").succeeded)
        let path = try #require(files(below: server.dataPath + "/files").first)
        try Data("BYTES".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await server.command("check").succeeded)
        let hashed = try await server.command("check", "--files")
        #expect(hashed.status == .exited(code: 1) && hashed.output.contains("have changed"))
        try Data("bytes".utf8).write(to: URL(fileURLWithPath: path))
        try await server.stop()
        let orphan = String(repeating: "0", count: 62)
        try FileManager.default.createDirectory(
            atPath: server.dataPath + "/files/ab",
            withIntermediateDirectories: true
        )
        try Data().write(to: URL(fileURLWithPath: server.dataPath + "/files/ab/" + orphan))
        let counted = try await server.command("check")
        #expect(counted.succeeded && counted.output.contains("1 orphans"), "\(counted.output)")
    }

    @Test func `damaged pages are told in SQLite's words`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        for number in 0..<50 { try await app.register("user\(number)") }
        try await server.stop()
        let file = try #require(FileHandle(forUpdatingAtPath: server.dataPath + "/parley.db"))
        let size = try file.seekToEnd()
        for page in 5..<(size / 4096) where page % 3 == 0 {
            try file.seek(toOffset: page * 4096)
            try file.write(contentsOf: Data(repeating: 0x5A, count: 200))
        }
        try file.close()
        let checked = try await server.command("check")
        #expect(checked.status == .exited(code: 1))
        #expect(
            !(checked.output + checked.errors).contains("storage("),
            "\(checked.output) \(checked.errors)"
        )
        #expect(
            (checked.output + checked.errors).lowercased().contains("malformed")
                || checked.output.contains("btree")
        )
    }

    @Test func `a start with keys or files and without their database is refused`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        _ = try await upload(app, try await app.freshToken(), "bytes")
        try await server.stop()
        let database = server.dataPath + "/parley.db"
        try FileManager.default.moveItem(atPath: database, toPath: database + ".away")
        let refused = try await onOwnThread {
            try CommandLineRun.runBlocking(["serve", "--port", "0", "--data", server.dataPath])
        }
        #expect(refused.status == .exited(code: 1))
        #expect(refused.errors.contains("signing-keys is there"))
        // Nor is an empty one beside files taken for theirs.
        let fresh = try await onOwnThread { () -> CommandLineRun in
            let other = try TemporaryFolder()
            _ = try CommandLineRun.runBlocking(["org", "list", "--data", other.path])
            _ = try CommandLineRun.runBlocking(["app", "create", "a/b", "--data", other.path])
            _ = try CommandLineRun.runBlocking(["org", "delete", "a", "--yes", "--data", other.path])
            try? FileManager.default.removeItem(atPath: other.path + "/files")
            try FileManager.default.copyItem(
                atPath: server.dataPath + "/files",
                toPath: other.path + "/files"
            )
            return try CommandLineRun.runBlocking(["serve", "--port", "0", "--data", other.path])
        }
        #expect(fresh.status == .exited(code: 1))
        #expect(fresh.errors.contains("/files is there"), "\(fresh.errors)")
        try FileManager.default.moveItem(atPath: database + ".away", toPath: database)
        try await server.startAgain()
        #expect(files(below: server.dataPath + "/files").count == 1)
    }

    // MARK: Deletions

    /// Pages that are freed are overwritten. A row beside rows of others can leave a copy in the unused part of their page,
    /// until the file is written anew.
    @Test func `what was deleted is in neither the file, nor its log, nor a backup`() async throws {
        let server = try await TestServer.start()
        let (app, other) = (try await server.makeApp(), try await server.makeApp())
        for (app, word) in [(app, "sesquipedalian"), (other, "antediluvian")] {
            let token = try await app.freshToken()
            try await app.register("a")
            for number in 0..<200 {
                let text = "\(word) \(number) " + String(repeating: "x", count: 500)
                _ = try await app.call(
                    "POST",
                    "/messages/users",
                    ["from": "a", "to": ["a"], "type": "txt", "body": ["msg": .string(text)]],
                    token: token
                )
            }
        }
        let name = app.prefix.dropFirst()
        #expect(try await server.command("app", "delete", String(name), "--yes").succeeded)
        let deadline = Deadline()
        let database = server.dataPath + "/parley.db"
        func copies() throws -> Int {
            let data = try Data(contentsOf: URL(fileURLWithPath: database))
            var (count, start) = (0, data.startIndex)
            while let found = data.range(of: Data("sesquipedalian".utf8), in: start..<data.endIndex) {
                (count, start) = (count + 1, found.upperBound)
            }
            return count
        }
        while try copies() > 4 || has(database + "-wal", "sesquipedalian"), !deadline.hasPassed {
            _ = try await server.client().get("/readyz")
        }
        #expect(try copies() <= 4)
        let before = try FileManager.default.attributesOfItem(atPath: database)[.size] as? Int ?? 0
        #expect(try await server.command("compact").succeeded)
        #expect(try copies() == 0)
        #expect(!(try has(database + "-wal", "sesquipedalian")))
        let copy = server.dataPath + "/copy.db"
        #expect(try await server.command("backup", copy).succeeded)
        #expect(!(try has(copy, "sesquipedalian")))
        #expect(try has(copy, "antediluvian"))
        try await server.stop()
        let after = try FileManager.default.attributesOfItem(atPath: database)[.size] as? Int ?? 0
        #expect(after < before)
        #expect(try await server.command("compact").succeeded)
        #expect(try await server.command("check").succeeded)
    }

    @Test func `an organisation is deleted with its administrators and applications, and its name is free`()
        async throws
    {
        let server = try await TestServer.start()
        let name = server.freshName("org")
        let app = try await server.makeApp(organization: name)
        let second = try await server.makeApp(organization: name)
        #expect(try await server.command("org", "create", name, "--admin", name + "x").succeeded)
        #expect(try await server.command("org", "delete", name).status == .exited(code: 64))
        #expect(try await server.command("org", "delete", name, "--yes").succeeded)
        #expect(try await server.command("org", "delete", name, "--yes").status == .exited(code: 1))
        for app in [app, second] { #expect(try await app.call("GET", "/users").status == 404) }
        let listed = try await server.command("org", "list")
        #expect(!listed.output.contains(name) && !listed.output.contains("#"))
        let again = try await server.makeApp(organization: name)
        #expect(try await again.freshToken().isEmpty == false)
        try await server.restart()
        #expect(try await again.freshToken().isEmpty == false)
        #expect(try await server.command("org", "create", name, "--admin", name + "x").succeeded)
    }

    // MARK: Suspension

    @Test
    func `a suspended application refuses every call, closes its sockets, and has all when it is resumed`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        try await app.register("a")
        let user = try await app.userToken("a", password: "123")
        let name = String(app.prefix.dropFirst())
        let port = try server.port
        let suspension = try await onOwnThread { () -> CommandLineRun in
            var socket = try WebSocketClient(port: port, app.prefix + "/gateway", token: user)
            let run = try CommandLineRun.runBlocking(["app", "suspend", name, "--data", server.dataPath])
            #expect(try socket.waitForClose() == 1008)
            return run
        }
        #expect(suspension.succeeded)
        for restarted in [false, true] {
            if restarted { try await server.restart() }
            for (method, path, body) in [
                ("GET", "/users", nil),
                ("POST", "/token", ["grant_type": "password", "username": "a", "password": "123"]),
                ("GET", "/users/a/messages", nil),
                ("POST", "/openim/user/get_users_info", ["userIDList": ["a"]]),
                ("GET", "/gateway", nil),
            ] as [(String, String, TestJSON?)] {
                #expect(try await app.call(method, path, body, token: token).status == 403, "\(path)")
            }
        }
        #expect(try await server.command("app", "resume", name).succeeded)
        #expect(try await app.call("GET", "/users/a", token: token).status == 200)
    }

    // MARK: Keys and tokens

    @Test func `tokens of a key that is retired end, and the key that signs can't be retired`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let old = try await app.freshToken()
        #expect(try await app.call("GET", "/users", token: old).status == 200)
        func ids() async throws -> [Int64] {
            let run = try await server.command("keys", "list", "--json")
            return (try TestJSON(parsing: run.output)["keys"]?.array ?? []).compactMap { $0["id"]?.integer }
        }
        let first = try await ids()
        #expect(try await server.command("keys", "retire", "\(first[0])").status == .exited(code: 1))
        #expect(try await server.command("keys", "rotate").succeeded)
        let new = try await app.freshToken()
        #expect(try await app.call("GET", "/users", token: old).status == 200)
        #expect(try await server.command("keys", "retire", "\(first[0])").succeeded)
        #expect(try await app.call("GET", "/users", token: old).status == 401)
        #expect(try await app.call("GET", "/users", token: new).status == 200)
        let left = try await ids()
        #expect(left.count == 1 && left != first)
        for id in ["\(first[0])", "x", "99999999999"] {
            #expect(try await server.command("keys", "retire", id).status == .exited(code: 1))
        }
        try await server.restart()
        #expect(try await app.call("GET", "/users", token: old).status == 401)
        #expect(try await app.call("GET", "/users", token: new).status == 200)
    }

    @Test func `the life of tokens is the application's, and bounds what is asked for`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let name = String(app.prefix.dropFirst())
        try await app.register("a")
        func life(_ ttl: TestJSON? = nil) async throws -> Int64? {
            var body: TestJSON = ["grant_type": "password", "username": "a", "password": "123"]
            if let ttl { body = body.setting("ttl", ttl) }
            return try await app.call("POST", "/token", body).json()["expires_in"]?.integer
        }
        #expect(try await life() == 5_184_000)
        #expect(try await life(0) == 0)
        #expect(try await server.command("app", "set", name, "--token-ttl", "3600").succeeded)
        #expect(try await life() == 3600)
        #expect(try await life(60) == 60)
        #expect(try await life(7200) == 3600)
        #expect(try await life(0) == 3600)
        #expect(try await life("") == 3600)
        #expect(try await server.command("app", "set", name, "--token-ttl", "-1").status == .exited(code: 64))
    }
}
