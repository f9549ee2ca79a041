// Bytes on the disk live as long as a row that names them: no shorter, and hardly longer.

import Foundation
import TestKit
import Testing

@Suite struct FileRemovalTests {
    /// The bytes that are kept, as texts, in their order.
    private static func kept(_ server: TestServer) throws -> [String] {
        let folder = server.dataPath + "/files"
        return try FileManager.default.subpathsOfDirectory(atPath: folder)
            .compactMap { FileManager.default.contents(atPath: folder + "/" + $0) }
            .map { String(decoding: $0, as: UTF8.self) }
            .sorted()
    }

    /// Waits until exactly these bytes are kept.
    private static func wait(for texts: [String], _ server: TestServer) async throws -> Bool {
        let deadline = Deadline()
        while try kept(server) != texts {
            guard !deadline.hasPassed else { return false }
            // Each answer is a turn that the server has had meanwhile.
            _ = try await server.client().get("/healthz")
        }
        return true
    }

    private static func send(_ text: String, to path: String, _ app: TestApp) async throws -> String {
        let request = HTTPRequest(
            "POST",
            app.prefix + path,
            headers: ["Content-Type": MultipartForm.contentType],
            body: .bytes(MultipartForm.file(Array(text.utf8)))
        )
        let reply = try await app.server.client().send(request.authorized(try await app.token()))
        #expect(reply.status == 200)
        let json = try reply.json()
        return try #require((json["data"]?["file_id"] ?? json["entities"]?[0]?["uuid"])?.string)
    }

    /// A group of this owner, with a shared file of this text.
    private static func share(_ text: String, owner: String, _ app: TestApp) async throws -> String {
        let body: TestJSON = ["groupname": "g", "desc": "d", "public": true, "owner": .string(owner)]
        let reply = try await app.perform("POST", "/chatgroups", body)
        let path = "/chatgroups/\(try #require(try reply.json()["data"]?["groupid"]?.string))"
        _ = try await send(text, to: path + "/share_files", app)
        return path
    }

    @Test func `bytes go with the file, group, user or application that had them last`() async throws {
        let server = try await TestServer.start()
        let (app, other) = (try await server.makeApp(), try await server.makeApp())
        for name in ["ann", "bob"] { try await app.register(name) }
        let first = try await Self.share("of a group", owner: "ann", app)
        _ = try await Self.share("of an owner", owner: "bob", app)
        let third = try await Self.share("of two", owner: "ann", app)
        _ = try await Self.send("of two", to: "/chatfiles", other)
        _ = try await Self.send("of an application", to: "/chatfiles", app)
        let shared = try await app.perform("GET", third + "/share_files").json()["data"]?[0]
        let file = try #require(shared?["file_id"]?.string)
        #expect(try Self.kept(server) == ["of a group", "of an application", "of an owner", "of two"])

        // Another application still has these bytes.
        try await app.perform("DELETE", "\(third)/share_files/\(file)")
        try await app.perform("DELETE", first)
        #expect(try await Self.wait(for: ["of an application", "of an owner", "of two"], server))
        // The group goes with its owner, and the file with the group.
        try await app.perform("DELETE", "/users/bob")
        #expect(try await Self.wait(for: ["of an application", "of two"], server))
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        _ = try await server.command("app", "delete", name, "--yes", "--json").json()
        #expect(try await Self.wait(for: ["of two"], server))
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test func `bytes that a crash left without a row are swept at the next start`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let file = try await Self.send("named", to: "/chatfiles", app)
        _ = try await server.kill9()
        // As after a crash between a commit and the removal, or between the bytes and their row.
        let orphan = String(repeating: "ab", count: 32)
        let folder = server.dataPath + "/files/" + orphan.prefix(2)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("nobody's".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(orphan.dropFirst(2))"))
        try await server.startAgain()
        #expect(try await Self.wait(for: ["named"], server))
        #expect(try await app.perform("GET", "/chatfiles/\(file)").body == Array("named".utf8))
        #expect(try await server.stop() == .exited(code: 0))
    }
}
