// Managers are there from the start: whatever is asked first finds them, and nobody who never asks has them.

import TestKit
import Testing

@Suite struct ManagerTests {
    private static let managers: [TestJSON] = ["openIM123456", "openIM654321", "openIMAdmin", "imAdmin"]

    /// Asks for the first time in a new application, with its own token.
    private static func first(_ path: String, _ body: TestJSON) async throws -> (TestApp, TestJSON) {
        let app = try await TestServer.shared().makeApp()
        return (app, try await app.ask(path, body, token: app.token()).json())
    }

    @Test func `a new application's first question about users finds its managers`() async throws {
        let (_, infos) = try await Self.first(
            "/user/get_users_info",
            ["operationID": "1", "userIDList": ["openIMAdmin", "nobody"]]
        )
        #expect(infos["data"]?.array?.map { $0["userID"] } == ["openIMAdmin"])
        let (_, checked) = try await Self.first(
            "/manager/account_check",
            ["operationID": "1", "userIDList": ["openIM654321", "nobody"]]
        )
        #expect(
            checked["result"]?.array?.map { $0["accountStatus"] } == ["registered", "unregistered"],
            "\(checked)"
        )
        let (app, names) = try await Self.first("/manager/get_all_users_uid", ["operationID": "1"])
        #expect(names["uidList"] == .array(Self.managers))
        let listed = try await app.perform("GET", "/users").json()["entities"]?.array
        #expect(listed?.map { $0["username"] } == Self.managers)
    }

    @Test func `a new application's first message is for a manager, and by one`() async throws {
        let (app, sent) = try await Self.first(
            "/manager/send_msg",
            [
                "operationID": "1", "sendID": "openIM123456", "recvID": "openIMAdmin", "senderPlatformID": 1,
                "content": ["text": "x"], "contentType": 101, "sessionType": 1,
            ]
        )
        #expect(sent["errCode"] == 0, "\(sent)")
        let count = try await app.perform("GET", "/users/openIMAdmin/offline_msg_count").json()
        #expect(count["data"] == ["openIMAdmin": 1])
    }

    @Test func `managers are there as soon as they are set`() async throws {
        let (app, _) = try await Self.first("/manager/get_all_users_uid", ["operationID": "1"])
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        _ = try await app.server.command("app", "set", name, "--managers", "boss", "--json").json()
        let found = try await app.ask(
            "/manager/account_check",
            ["operationID": "1", "userIDList": ["boss"]],
            token: app.token()
        ).json()
        #expect(found["result"] == [["userID": "boss", "accountStatus": "registered"]])
    }

    @Test(arguments: ["forged", "wrong secret", "broken body", "misfit", "refused"])
    func `a first request that is refused makes nobody`(how: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let refused =
            switch how {
            case "forged":
                try await app.ask("/manager/get_all_users_uid", ["operationID": "1"], token: "x")
            case "wrong secret":
                try await app.ask(
                    "/user/get_users_online_status",
                    ["operationID": "1", "secret": "x", "userIDList": ["u1"]]
                )
            case "broken body":
                try await app.server.client().send(
                    HTTPRequest(
                        "POST",
                        "\(app.prefix)/openim/user/get_users_info",
                        body: .bytes(Array("{".utf8))
                    )
                    .authorized(app.token())
                )
            case "misfit":
                try await app.ask(
                    "/user/get_users_info",
                    ["operationID": "1", "userIDList": 7],
                    token: app.token()
                )
            default:
                try await app.ask(
                    "/user/update_user_info",
                    ["operationID": "1", "uid": "nobody", "name": "x"],
                    token: app.token()
                )
            }
        #expect(refused.errCode != 0)
        #expect(try await app.perform("GET", "/users").json()["entities"] == [])
    }
}
