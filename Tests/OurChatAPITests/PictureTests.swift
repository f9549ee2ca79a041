// The small addresses that apps load beside their calls: the server's state, its picture and its users'.

import Crypto
import HTTP
import Protobuf
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct PictureTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<5000).map { UInt8(truncatingIfNeeded: $0) }

    /// Uploads a file, and makes it the user's picture.
    private static func setPicture(_ content: [UInt8], of token: String, in app: TestApp) async throws {
        let header = UploadHeader(hash: SHA256.hash(content).bytes, size: UInt64(content.count))
        let messages = [UploadRequest(data: .metadata(header)), UploadRequest(data: .content(content))]
        var request = HTTPRequest("POST", app.path(ofMethod: "Upload"))
        request.headers.add("Content-Type", EnvelopeStream.binaryType)
        request.body = .bytes(messages.flatMap { EnvelopeStream.envelope($0.binary) })
        let stream = try await app.server.client().send(request.authorized(token)).stream()
        let key = try UploadResponse(binary: try #require(stream.messages.first)).key
        try await setKey(key, of: token, in: app)
    }

    private static func setKey(_ key: String, of token: String, in app: TestApp) async throws {
        let set = try await app.server.client().post(
            app.path(ofMethod: "SetSelfInfo"),
            ["avatarKey": .string(key)],
            token: token
        )
        try #require(set.status == 200, "\(set.text)")
    }

    private static func id(of name: String, in app: TestApp) async throws -> String {
        let path = app.path(ofMethod: "GetId", in: "service.basic.v1.BasicService")
        let reply = try await app.server.client().post(path, ["ocid": .string(name)])
        return try #require(try reply.json()["id"]?.string)
    }

    private static func avatar(_ query: String, in app: TestApp) async throws -> HTTPReply {
        try await app.server.client().get("\(app.prefix)/v1/avatar\(query)")
    }

    @Test func `a picture of nobody is not found, and what is no number is refused`() async throws {
        let app = try await TestServer.shared().makeApp()
        for query in ["?user_id=1", "?user_id=18446744073709551615", "?user_id=0"] {
            #expect(try await Self.avatar(query, in: app).status == 404, "\(query)")
        }
        for query in [
            "", "?user_id=", "?user_id=ann", "?user_id=-1", "?user_id=1.0", "?user_id=18446744073709551616",
            "?user_id=1&user_id=2", "?user_id=%2B1",
        ] {
            #expect(try await Self.avatar(query, in: app).status == 400, "\(query)")
        }
    }

    @Test func `a user's own file is its picture for everybody, whatever else the address says`() async throws
    {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let token = try await app.userToken("ann", password: "123")
        let query = "?user_id=\(try await Self.id(of: "ann", in: app))"
        let standard = try await Self.avatar(query, in: app)
        #expect(standard.status == 200 && standard.headers["Content-Type"] == "image/png")
        try await Self.setPicture(Self.png, of: token, in: app)
        let own = try await Self.avatar(query + "&avatar_key=other", in: app)
        #expect(own.status == 200 && own.body == Self.png && own.headers["Content-Type"] == "image/png")
        let head = try await app.server.client().send(HTTPRequest("HEAD", "\(app.prefix)/v1/avatar\(query)"))
        #expect(head.status == 200 && head.headers["Content-Length"] == "\(Self.png.count)")
    }

    @Test func `another's file, a page and a text are nobody's picture`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let ann = try await app.userToken("ann", password: "123")
        let bob = try await app.userToken("bob", password: "123")
        let query = "?user_id=\(try await Self.id(of: "bob", in: app))"
        let standard = try await Self.avatar(query, in: app).body
        try await Self.setPicture(Self.png, of: ann, in: app)
        let ask: TestJSON = ["requestValues": [6]]
        let info = try await app.server.client().post(
            app.path(ofMethod: "GetAccountInfo"),
            ask,
            token: ann
        )
        let key = try #require(try info.json()["avatarKey"]?.string)
        for text in [key, "https://example.org/a.png", "../../parley.db"] {
            try await Self.setKey(text, of: bob, in: app)
            #expect(try await Self.avatar(query, in: app).body == standard, "\(text)")
        }
        try await Self.setPicture(Array("<script>alert(1)</script>".utf8), of: bob, in: app)
        let page = try await Self.avatar(query, in: app)
        #expect(page.body == standard && page.headers["Content-Type"] == "image/png")
        #expect(page.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func `the server has a picture, and says that it is up, under maintenance too`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let logo = try await server.client().get("\(app.prefix)/v1/logo")
        #expect(logo.status == 200 && logo.headers["Content-Type"] == "image/png")
        #expect(logo.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try await server.command("maintenance", "on").succeeded)
        #expect(try await server.client().get("\(app.prefix)/v1/status").status == 200)
    }
}
