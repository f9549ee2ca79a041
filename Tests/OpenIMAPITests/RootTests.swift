// One application at the root, as the original serves it.

import TestKit
import Testing

@Suite struct RootTests {
    @Test func `the application that was named answers at the root as it does below its path`() async throws {
        let server = try await TestServer.start(flags: ["--openim-app", "acme/chat"])
        let client = try server.client()
        let early = try await client.post("/auth/user_token", ["secret": "x", "platform": 1, "uid": "u1"])
        #expect(early.status == 404 && early.errCode == 404)
        let made = try await server.command("app", "create", "acme/chat", "--json").json()
        let secret = try #require(made["client_secret"]?.string)
        for prefix in ["", "/acme/chat/openim"] {
            let reply = try await client.post(
                "\(prefix)/auth/user_token",
                ["secret": .string(secret), "platform": 1, "uid": "openIM123456"]
            )
            let token = try #require(try reply.json()["data"]?["token"]?.string)
            let request = HTTPRequest(
                "POST",
                "\(prefix)/manager/get_all_users_uid",
                json: ["operationID": "1"]
            )
            let names = try await client.send(request.authorized(token))
            #expect(names.errCode == 0 && names.headers["X-Request-Id"] != nil)
        }
        let options = try await client.send(HTTPRequest("OPTIONS", "/friend/add_friend"))
        #expect(options.headers["Allow"]?.hasPrefix("POST") == true)
        for path in ["/friend/nothing/at/all", "/auth", "/acme/chat/openim/nothing"] {
            let reply = try await client.post(path, [:])
            #expect(reply.status == 404 && reply.errCode == 404, "\(path): \(reply.text)")
        }
        for path in [
            "/third/fcm_update_token", "/object/part_limit", "/super_group/x/users", "/config/users/u1",
        ] {
            let reply = try await client.post(path, [:])
            #expect(reply.status == 404 && reply.errCode == 404, "\(path): \(reply.text)")
        }
        let other = try await client.get("/friend/add_friend")
        #expect(other.status == 405 && other.errCode == 405 && other.headers["Allow"] == "POST, OPTIONS")
    }

    @Test func `nobody answers at the root where no application was named`() async throws {
        let client = try await TestServer.shared().client()
        // Such a path could be an application's, which takes other methods.
        #expect(try await client.post("/auth/user_token", [:]).status == 405)
        #expect(try await client.post("/auth/user_token/", [:]).errCode == nil)
    }

    @Test func `whoever sends an operationID is answered in this dialect's words, wherever nothing is`()
        async throws
    {
        let client = try await TestServer.shared().client()
        for path in ["/statistics/user/register", "/object/part_limit", "/a/b/c/d", "/x"] {
            var request = HTTPRequest("POST", path, json: [:])
            #expect(try await client.send(request).errCode == nil, "\(path)")
            request.headers.add("operationID", "1")
            let reply = try await client.send(request)
            #expect(reply.status == 404 && reply.errCode == 404, "\(path): \(reply.text)")
        }
    }

    @Test func `the demonstration serves its own application at the root`() async throws {
        let server = try await TestServer.start(flags: ["--demo"])
        let reply = try await server.client().post(
            "/auth/user_token",
            ["secret": "x", "platform": 1, "uid": "u1"]
        )
        #expect(reply.status == 400 && reply.errCode == 401)
    }
}
