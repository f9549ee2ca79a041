// Sessions: what opens one, what it is worth, and what ends it.

import Foundation
import TestKit
import Testing

extension TestApp {
    /// Asks the dialect, with a token where one is given.
    func ask(_ path: String, _ body: TestJSON, token: String? = nil) async throws -> HTTPReply {
        let request = HTTPRequest("POST", "\(prefix)/openim\(path)", json: body)
        return try await server.client().send(token.map { request.authorized($0) } ?? request)
    }

    /// The code of the answer to somebody who asks for its own profile: 0 where the token is good.
    func code(of token: String) async throws -> Int? {
        try await ask("/user/get_self_user_info", ["operationID": "1"], token: token).errCode
    }

    fileprivate var name: String { "\(credentials.organization)/\(credentials.applicationName)" }
}

@Suite struct SessionTests {
    @Test(arguments: ["password", "disconnect", "deactivate", "delete", "force_logout", "secret"])
    func `what ends a session ends it at once`(end: String) async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("u1")
        let token = try await app.sessionToken("u1")
        #expect(try await app.code(of: token) == 0)
        switch end {
        case "password": try await app.perform("PUT", "/users/u1/password", ["newpassword": "456"])
        case "disconnect": try await app.perform("GET", "/users/u1/disconnect")
        case "deactivate": try await app.perform("POST", "/users/u1/deactivate")
        case "delete": try await app.perform("DELETE", "/users/u1")
        case "force_logout":
            let reply = try await app.ask(
                "/auth/force_logout",
                ["operationID": "1", "platform": 1, "fromUserID": "u1"],
                token: app.managerToken()
            )
            #expect(reply.errCode == 0)
        default:
            _ = try await app.server.command("app", "rotate", app.name, "--json").json()
            _ = try await app.server.command("app", "revoke", app.name, app.credentials.clientID, "--json")
                .json()
        }
        #expect(try await app.code(of: token) == 702)
    }

    @Test func `no change of one character of a token is let in`() async throws {
        let app = try await TestServer.shared().makeApp()
        let token = try await app.managerToken()
        #expect(try await app.code(of: token) == 0)
        for place in stride(from: 0, to: token.utf8.count, by: 7) {
            var bytes = Array(token.utf8)
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let changed = String(decoding: bytes, as: UTF8.self)
            #expect(try await app.code(of: changed) == 705, "\(place)")
        }
    }

    @Test func `the algorithm of a token isn't the token's to choose`() async throws {
        let app = try await TestServer.shared().makeApp()
        let parts = try await app.managerToken().split(separator: ".").map(String.init)
        for header in [#"{"alg":"none","typ":"JWT"}"#, #"{"alg":"HS512","typ":"JWT"}"#, "{}"] {
            let encoded = Data(header.utf8).base64EncodedString().replacing("=", with: "")
            for signature in [parts[2], ""] {
                let token = "\(encoded).\(parts[1]).\(signature)"
                #expect(try await app.code(of: token) == 705, "\(header)")
            }
        }
    }

    @Test func `a manager's session is worth the application's token, a manager's password is not`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let client = try app.server.client()
        let session = try await app.managerToken()
        let users = "\(app.prefix)/users"
        #expect(try await client.get(users, token: session).status == 200)
        try await app.perform("PUT", "/users/\(TestApp.manager)/password", ["newpassword": "123"])
        let user = try await app.userToken(TestApp.manager, password: "123")
        #expect(try await client.get(users, token: user).status == 401)
        #expect(
            try await app.ask("/manager/get_all_users_uid", ["operationID": "1"], token: user).errCode == 401
        )
    }

    @Test func `who takes a manager's name where registration is open gains nothing`() async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let reply = try await app.server.client().post(
            "\(app.prefix)/users",
            ["username": "OpenIMadmin", "password": "123"]
        )
        #expect(reply.status == 400)
        // The name is the manager's, for whoever has the secret.
        let names = try await app.ask(
            "/manager/get_all_users_uid",
            ["operationID": "1"],
            token: app.sessionToken("openIMAdmin")
        )
        #expect(try names.json()["uidList"] == ["openIM123456", "openIM654321", "openIMAdmin", "imAdmin"])
    }

    @Test func `managers are a setting: who is taken off the list is a user from then on`() async throws {
        let app = try await TestServer.shared().makeApp()
        let old = try await app.managerToken()
        _ = try await app.server.command("app", "set", app.name, "--managers", "boss,chief", "--json").json()
        let ask: TestJSON = ["operationID": "1"]
        #expect(try await app.ask("/manager/get_all_users_uid", ask, token: old).errCode == 401)
        let names = try await app.ask("/manager/get_all_users_uid", ask, token: app.sessionToken("boss"))
        #expect(
            try names.json()["uidList"]
                == ["openIM123456", "openIM654321", "openIMAdmin", "imAdmin", "boss", "chief"]
        )
    }

    @Test func `an application that never speaks OpenIM has no users that it didn't make`() async throws {
        let app = try await TestServer.shared().makeApp()
        let before = try await app.perform("GET", "/users").json()
        #expect(before["entities"] == [])
        _ = try await app.ask("/auth/user_token", ["secret": "wrong", "platform": 1, "uid": "openIMAdmin"])
        #expect(try await app.perform("GET", "/users").json()["entities"] == [])
    }

    @Test func `who guesses the secret is slowed down, and told when to try again`() async throws {
        let server = try await TestServer.start(flags: ["--token-failures", "6"])
        let app = try await server.makeApp()
        var statuses: [Int] = []
        var last: HTTPReply?
        // Six failures close the account, in the minute after this one if it ends meanwhile.
        while statuses.last != 429, statuses.count < 20 {
            last = try await app.ask("/auth/user_token", ["secret": "wrong", "platform": 1, "uid": "u1"])
            statuses.append(last?.status ?? 0)
        }
        #expect(statuses.dropLast().allSatisfy { $0 == 400 } && statuses.last == 429)
        #expect(last?.errCode == 429 && last?.headers["Retry-After"] != nil)
    }
}
