// The binary codec and compressed bodies, as generated clients use them by default.

import Foundation
import HTTP
import JSON
import Protobuf
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct CodecTests {
    private static func send<In: ProtobufMessage>(
        _ message: In,
        to method: String,
        of app: TestApp,
        token: String? = nil,
        gzip: Bool = false
    ) async throws -> HTTPReply {
        var request = HTTPRequest(
            "POST",
            "\(app.prefix)/\(method)",
            headers: ["Content-Type": "application/proto"],
            body: .bytes(gzip ? Self.compressed(message.binary) : message.binary)
        )
        if gzip { request.headers.add("Content-Encoding", "gzip") }
        if let token { request = request.authorized(token) }
        return try await app.server.client().send(request)
    }

    /// Stored, not made smaller: the container is what matters here.
    private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var gzip = GzipWriter()
        gzip.append(bytes)
        return gzip.finish()
    }

    @Test(arguments: [false, true])
    func `a message in its binary form is answered in its binary form, compressed or not`(gzip: Bool)
        async throws
    {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let request = RegisterRequest(email: "ann@example.org", password: "StrongP@ssw0rd", name: "Änn")
        let registered = try await Self.send(
            request,
            to: "service.auth.v1.AuthService/Register",
            of: app,
            gzip: gzip
        )
        #expect(registered.status == 200)
        #expect(registered.headers["Content-Type"] == "application/proto")
        let account = try RegisterResponse(binary: registered.body)
        #expect(account.ocid.count == 10)
        let query = GetAccountInfoRequest(requestValues: [
            .init(.email), .init(.userName), .init(.registerTime),
        ])
        let told = try await Self.send(
            query,
            to: "service.ourchat.v1.OurChatService/GetAccountInfo",
            of: app,
            token: account.token,
            gzip: gzip
        )
        let info = try GetAccountInfoResponse(binary: told.body)
        #expect(info.email == "ann@example.org")
        #expect(info.userName == "Änn")
        #expect(info.registerTime?.isValid == true)
        #expect(info.ocid == nil)
    }

    @Test func `an error is JSON whatever the codec`() async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await Self.send(
            AuthRequest(account: .ocid("nobody"), password: "x"),
            to: "service.auth.v1.AuthService/Auth",
            of: app
        )
        #expect(reply.status == 404)
        #expect(reply.headers["Content-Type"] == "application/json")
        #expect(reply.text == #"{"code":"not_found","message":"User Not Found"}"#)
    }

    @Test func `a token tells the account's number and its end in five days`() async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let before = Int64(Date().timeIntervalSince1970)
        let reply = try await Self.send(
            RegisterRequest(email: "ann@example.org", password: "StrongP@ssw0rd", name: "Ann"),
            to: "service.auth.v1.AuthService/Register",
            of: app
        )
        let after = Int64(Date().timeIntervalSince1970)
        let account = try RegisterResponse(binary: reply.body)
        let parts = account.token.split(separator: ".")
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        let claims = try TestJSON(parsing: Array(try #require(Data(base64Encoded: text))))
        #expect(claims["id"]?.integer.map { UInt64($0) } == account.id)
        let end = try #require(claims["exp"]?.integer)
        #expect((before + 432_000...after + 432_000).contains(end))
    }

    @Test func `a body that grows beyond the bound when it is decompressed is refused`() async throws {
        let app = try await TestServer.shared().makeApp()
        let bomb = try Data(contentsOf: URL(filePath: Project.fixtures).appending(path: "fuzz/gzip/bomb"))
        for type in ["application/json", "application/proto"] {
            let reply = try await app.server.client().send(
                HTTPRequest(
                    "POST",
                    "\(app.prefix)/service.basic.v1.BasicService/Ping",
                    headers: ["Content-Type": type, "Content-Encoding": "gzip"],
                    body: .bytes(Array(bomb))
                )
            )
            #expect([400, 413].contains(reply.status), "\(reply.text)")
        }
    }
}
