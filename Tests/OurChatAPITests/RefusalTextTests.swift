// The words of refusals that clients compare, in both codecs and on streams.

import Protobuf
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct RefusalTextTests {
    private static func app() async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        return app
    }

    @Test func `a number that names no value is refused in the binary codec as in JSON`() async throws {
        let app = try await Self.app()
        let token = try await app.userToken("ann", password: "123")
        let made = try await app.server.client().post(app.path(ofMethod: "NewSession"), [:], token: token)
        let session = try #require(UInt64(try made.json()["sessionId"]?.string ?? ""))
        var roles = AddRoleRequest()
        (roles.name, roles.sessionID, roles.permissions) = ("r", session, [15])
        let calls: [(String, [UInt8])] = [
            (
                "GetAccountInfo",
                GetAccountInfoRequest(requestValues: [.init(.ocid), .init(number: 12)]).binary
            ),
            ("GetAccountInfo", GetAccountInfoRequest(requestValues: [.init(number: -1)]).binary),
            (
                "GetSessionInfo",
                GetSessionInfoRequest(sessionID: session, queryValues: [.init(number: 10)]).binary
            ),
            (
                "AcceptFriendInvitation",
                AcceptFriendInvitationRequest(friendID: 1, status: .init(number: 3)).binary
            ),
            ("AcceptFriendInvitation", AcceptFriendInvitationRequest(friendID: 1).binary),
            ("AddRole", roles.binary),
        ]
        for (method, body) in calls {
            let request = HTTPRequest(
                "POST",
                app.path(ofMethod: method),
                headers: ["Content-Type": "application/proto"],
                body: .bytes(body)
            )
            let reply = try await app.server.client().send(request.authorized(token))
            #expect(reply.status == 400)
            #expect(
                reply.text == #"{"code":"invalid_argument","message":"Request Invalid Value"}"#,
                "\(method)"
            )
        }
    }

    @Test(arguments: [
        ("ann", nil), ("carl", nil), ("", "Ocid Is Invalid"),
        (String(repeating: "x", count: 51), "Ocid Too Long"),
    ])
    func `an ocid becomes what a name can be`(ocid: String, message: String?) async throws {
        let app = try await Self.app()
        let reply = try await app.server.client().post(
            app.path(ofMethod: "SetSelfInfo"),
            ["ocid": .string(ocid)],
            token: try await app.userToken("ann", password: "123")
        )
        #expect(reply.status == (message == nil ? 200 : 400))
        #expect(try reply.json()["message"]?.string == message)
    }

    @Test(arguments: [
        (String(repeating: "x", count: 4097), 400), (String(repeating: "é", count: 2049), 400),
        (String(repeating: "é", count: 2048), 200),
    ])
    func `a text is bounded in bytes, under its own field's name`(text: String, status: Int) async throws {
        let session = try await SharedSession.make()
        let reply = try await session.call("SendMsg", by: "ann", ["markdownText": .string(text)])
        #expect(reply.status == status)
        guard status == 400 else { return }
        #expect(try reply.json()["message"]?.string == "markdown_text must have at most 4096 bytes")
    }

    private static let format = "Correct format is Authorization: Bearer <jwt>"

    @Test(
        arguments: [
            (nil, "Token Missing"), ("", format), ("Bearer", format), ("x", format), ("Bearer x y", format),
            ("Basic x y", format), ("Bearer\tx", format), ("Basic x", "Only Support Bearer"),
            ("bearer x", "Only Support Bearer"), ("Bearer: x", "Only Support Bearer"),
            ("Bearer x", "Token Invalid"),
            ("Bearer  x", "Token Invalid"), ("Bearer x ", "Token Invalid"),
        ] as [(String?, String)]
    )
    func `what is wrong with Authorization is told, by unary methods and by streams`(
        field: String?,
        message: String
    ) async throws {
        let app = try await Self.app()
        for (method, type) in [
            ("GetAccountInfo", "application/json"), ("GetAccountInfo", "application/proto"),
            ("FetchMsgs", EnvelopeStream.jsonType), ("Download", EnvelopeStream.binaryType),
        ] {
            var request = HTTPRequest(
                "POST",
                app.path(ofMethod: method),
                headers: ["Content-Type": type],
                body: .bytes(type == "application/json" ? Array("{}".utf8) : [])
            )
            if let field { request.headers.add("Authorization", field) }
            let reply = try await app.server.client().send(request)
            #expect(reply.code == "unauthenticated", "\(method): \(reply.text)")
            let told = reply.isStream ? try reply.stream().message : try reply.json()["message"]?.string
            #expect(told == message, "\(method)")
            #expect(reply.isStream || reply.status == 401)
        }
    }

    @Test func `a token whose account is gone says so`() async throws {
        let app = try await Self.app()
        let token = try await app.userToken("ann", password: "123")
        try await app.perform("DELETE", "/users/ann")
        let reply = try await app.server.client().post(
            app.path(ofMethod: "GetAccountInfo"),
            [:],
            token: token
        )
        #expect(reply.status == 401)
        #expect(reply.text == #"{"code":"unauthenticated","message":"User Not Found"}"#)
    }
}
