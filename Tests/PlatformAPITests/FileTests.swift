// Files: sent and read back byte for byte, held to their bounds, shared in groups.

import Foundation
import TestKit
import Testing

@Suite struct FileTests {
    private static func send(
        _ body: [UInt8],
        to path: String = "/chatfiles",
        _ app: TestApp,
        headers: HeaderFields = [:],
        type: String = MultipartForm.contentType
    ) async throws -> HTTPReply {
        let request = HTTPRequest(
            "POST",
            app.prefix + path,
            headers: headers.adding("Content-Type", type),
            body: .bytes(body)
        )
        return try await app.server.client().send(request.authorized(try await app.token()))
    }

    private static func read(
        _ path: String,
        _ app: TestApp,
        headers: HeaderFields = [:],
        method: String = "GET"
    )
        async throws -> HTTPReply
    {
        let request = HTTPRequest(method, app.prefix + path, headers: headers)
        return try await app.server.client().send(request.authorized(try await app.token()))
    }

    private static func group(_ app: TestApp) async throws -> String {
        try await app.register("ann")
        let body: TestJSON = ["groupname": "g", "desc": "d", "public": true, "owner": "ann"]
        let reply = try await app.ask("POST", "/chatgroups", body)
        return try #require(try reply.json()["data"]?["groupid"]?.string)
    }

    @Test(arguments: [0, 1, 4096, 65_536, 1_000_003])
    func `a file comes back byte for byte`(size: Int) async throws {
        let app = try await TestServer.shared().makeApp()
        let data = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
        let sent = try await Self.send(MultipartForm.file(data), app)
        #expect(sent.status == 200)
        #expect(sent.entity?["type"] == "chatfile")
        #expect(sent.entity?["share-secret"] == nil)
        let uuid = try #require(sent.entity?["uuid"]?.string)
        let found = try await Self.read("/chatfiles/\(uuid)", app, headers: ["thumbnail": "true"])
        #expect(found.status == 200)
        #expect(found.body == data)
        #expect(found.headers["Content-Disposition"]?.hasPrefix("attachment") == true)
        #expect(found.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func `a range is a part of the file, and HEAD has no body`() async throws {
        let app = try await TestServer.shared().makeApp()
        let sent = try await Self.send(MultipartForm.file(Array("0123456789".utf8)), app)
        let path = "/chatfiles/\(try #require(sent.entity?["uuid"]?.string))"
        let part = try await Self.read(path, app, headers: ["Range": "bytes=2-4"])
        #expect(part.status == 206)
        #expect(part.body == Array("234".utf8))
        #expect(part.headers["Content-Range"] == "bytes 2-4/10")
        let beyond = try await Self.read(path, app, headers: ["Range": "bytes=10-"])
        #expect(beyond.status == 416)
        #expect(beyond.headers["Content-Range"] == "bytes */10")
        let head = try await Self.read(path, app, method: "HEAD")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
    }

    @Test func `a restricted file is read with its share secret only`() async throws {
        let app = try await TestServer.shared().makeApp()
        let sent = try await Self.send(MultipartForm.file([1]), app, headers: ["restrict-access": "false"])
        let secret = try #require(sent.entity?["share-secret"]?.string)
        let path = "/chatfiles/\(try #require(sent.entity?["uuid"]?.string))"
        #expect(try await Self.read(path, app).status == 403)
        #expect(try await Self.read(path, app, headers: ["share-secret": secret + "x"]).status == 403)
        #expect(try await Self.read(path, app, headers: ["share-secret": secret]).body == [1])
    }

    @Test func `a group's restricted file is read with its share secret only, which the list doesn't tell`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let path = "/chatgroups/\(try await Self.group(app))/share_files"
        let sent = try await Self.send(
            MultipartForm.file([1]),
            to: path,
            app,
            headers: ["restrict-access": "true"]
        )
        let file = try #require(try sent.json()["data"])
        let secret = try #require(file["share-secret"]?.string)
        let own = "\(path)/\(try #require(file["file_id"]?.string))"
        #expect(try await Self.read(own, app).status == 403)
        #expect(try await Self.read(own, app, headers: ["share-secret": ""]).status == 403)
        #expect(try await Self.read(own, app, headers: ["share-secret": secret + "x"]).status == 403)
        #expect(try await Self.read(own, app, headers: ["share-secret": secret]).body == [1])
        let list = try await Self.read(path, app)
        #expect(list.status == 200)
        #expect(!list.text.contains(secret))
        // An administrator of a group may remove a file without reading it.
        #expect(try await Self.read(own, app, method: "DELETE").status == 200)
    }

    @Test func `another application doesn't have the file`() async throws {
        let app = try await TestServer.shared().makeApp()
        let other = try await TestServer.shared().makeApp()
        let sent = try await Self.send(MultipartForm.file([1]), app)
        let path = "/chatfiles/\(try #require(sent.entity?["uuid"]?.string))"
        #expect(try await Self.read(path, other).status == 404)
    }

    static let bad: [(String, String, Int)] = [
        ("", "multipart/form-data; boundary=b", 400),
        (String(decoding: MultipartForm.file([1]), as: UTF8.self), "multipart/form-data; boundary=c", 400),
        (
            String(decoding: MultipartForm.file([1]).dropLast(6), as: UTF8.self),
            "multipart/form-data; boundary=b", 400
        ),
        (
            String(decoding: MultipartForm.file([1], name: ".."), as: UTF8.self),
            "multipart/form-data; boundary=b", 400
        ),
        (String(decoding: MultipartForm.file([1]), as: UTF8.self), "multipart/form-data", 400),
        (String(decoding: MultipartForm.file([1]), as: UTF8.self), "application/json", 415),
        (
            "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--",
            "multipart/form-data; boundary=b", 400
        ),
        (
            String(repeating: "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n", count: 10_000)
                + "--b--",
            "multipart/form-data; boundary=b", 400
        ),
    ]

    @Test(arguments: bad) func `what carries no file is refused`(body: String, type: String, status: Int)
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let reply = try await Self.send(Array(body.utf8), app, type: type)
        #expect(reply.status == status)
    }

    @Test func `a file beyond the bound or the quota is refused`() async throws {
        let server = try await TestServer.start(flags: ["--file-bytes", "100000"])
        let app = try await server.makeApp()
        #expect(
            try await Self.send(MultipartForm.file(Array(repeating: 0, count: 100_000)), app).status == 200
        )
        #expect(
            try await Self.send(MultipartForm.file(Array(repeating: 0, count: 100_001)), app).status == 413
        )
        try await app.set("--max-file-bytes", "100010")
        #expect(try await Self.send(MultipartForm.file(Array(repeating: 1, count: 11)), app).status == 403)
        #expect(try await Self.send(MultipartForm.file(Array(repeating: 1, count: 10)), app).status == 200)
        #expect(try FileManager.default.contentsOfDirectory(atPath: server.dataPath + "/incoming").isEmpty)
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test func `a group's files are listed newest first, read, and deleted once`() async throws {
        let app = try await TestServer.shared().makeApp()
        let path = "/chatgroups/\(try await Self.group(app))/share_files"
        var ids: [String] = []
        for number in 0..<3 {
            let reply = try await Self.send(
                MultipartForm.file([UInt8(number)], name: "f\(number)"),
                to: path,
                app
            )
            #expect(reply.status == 200)
            ids.append(try #require(try reply.json()["data"]?["file_id"]?.string))
        }
        let rows = try await Self.read(path + "?pagenum=1&pagesize=2", app).json()["data"]?.array
        #expect(rows?.compactMap { $0["file_id"]?.string } == [ids[2], ids[1]])
        #expect(try await Self.read("\(path)/\(ids[0])", app).body == [0])
        // An attachment's address doesn't open it.
        #expect(try await Self.read("/chatfiles/\(ids[0])", app).status == 404)
        #expect(try await Self.read("\(path)/\(ids[0])", app, method: "DELETE").status == 200)
        let gone = try await Self.read("\(path)/\(ids[0])", app)
        #expect(gone.status == 404)
        #expect(gone.complaint?.hasPrefix("null for uri: http://") == true)
        #expect(try await Self.read("\(path)/\(ids[0])", app, method: "DELETE").status == 404)
    }
}
