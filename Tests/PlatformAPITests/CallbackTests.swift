// Rules of callbacks in the words of this platform's clients: made, read back, changed and removed, and what they cause.

import Crypto
import TestKit
import Testing

@Suite struct CallbackTests {
    private static let everything: TestJSON = [
        "chat", "chatroom", "recall", "sensitiveWords", "muc", "userStatus", "groupchat", "read_ack",
        "roster",
    ]

    private func rule(_ receiver: WebhookReceiver) -> TestJSON {
        [
            "name": "rule", "msgTypes": ["chat", "chat_offline"], "interested": Self.everything,
            "hxSecret": "40088182666", "secret": "9582402158", "targetUrl": .string(receiver.url()),
            "status": 1,
            "appkeyBanExpire": 300, "userPhone": "13400000000", "acceptRestMessage": false,
        ]
    }

    @Test func `A rule is read back as it was made, and PUT changes what it names`() async throws {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver()
        let made = try await app.perform("POST", "/callbacks", rule(receiver)).json()
        let entity = try #require(made["entities"]?[0])
        #expect(made["path"] == "/callbacks")
        #expect(made["uri"]?.string?.hasSuffix("/callbacks") == true)
        #expect(entity["actionParams"]?["secret"] == "9582402158")
        #expect(entity["actionParams"]?["uri"]?.string == receiver.url())
        #expect(
            entity["interested"] == [
                "roster", "userStatus", "groupchat", "chat", "recall", "chatroom", "muc", "sensitiveWords",
                "read_ack",
            ]
        )
        let change: TestJSON = ["appkeyBanExpire": 200, "userPhone": "2"]
        let changed = try await app.perform("PUT", "/callbacks/rule", change).json()["entities"]?[0]
        #expect(changed?["appkeyBanExpire"] == 200)
        #expect(changed?["interested"] == entity["interested"])
        #expect(try await app.perform("GET", "/callbacks/rule").json()["entities"]?[0] == changed)
        #expect(try await app.perform("GET", "/callbacks").json()["entities"]?.array?.count == 1)
        // It is an endpoint like others.
        let id = try #require(entity["ruleId"]?.string)
        #expect(try await app.perform("GET", "/webhooks/\(id)").json()["data"]?["format"] == "easemob")
        try await app.perform("DELETE", "/callbacks/rule")
        #expect(try await app.ask("GET", "/callbacks/rule").status == 404)
    }

    @Test(
        arguments: [
            (["targetUrl": "http://127.0.0.1:8080"], 400), (["name": "x"], 400),
            (["name": "x", "targetUrl": "ftp://127.0.0.1"], 400),
            (["name": "x", "targetUrl": "http://127.0.0.1:8080", "interested": ["nothing"]], 400),
            (["name": "x", "targetUrl": "http://127.0.0.1:8080", "interested": ["sensitiveWords"]], 400),
            (["name": "x", "targetUrl": "http://127.0.0.1:8080", "interested": []], 400),
            (["name": "taken", "targetUrl": "http://127.0.0.1:8080"], 400),
        ] as [(TestJSON, Int)]
    )
    func `A rule that can't be is refused, and none is made`(_ body: TestJSON, _ status: Int) async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.perform("POST", "/callbacks", ["name": "taken", "targetUrl": "http://127.0.0.1:8080"])
        #expect(try await app.ask("POST", "/callbacks", body).status == status)
        #expect(try await app.perform("GET", "/callbacks").json()["entities"]?.array?.count == 1)
    }

    @Test func `Its requests are signed with its own secret, and backends' messages are left out`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver()
        try await app.perform("POST", "/callbacks", rule(receiver))
        for name in ["alice", "bob"] { try await app.register(name) }
        try await app.perform(
            "POST",
            "/messages/users",
            ["from": "alice", "to": ["bob"], "type": "txt", "body": ["msg": "hi"]]
        )
        try await app.perform("POST", "/users/alice/contacts/users/bob")
        let body = try #require(try await receiver.wait(for: 1).first).json()
        #expect(body["chat_type"] == "roster")
        let call = try #require(body["callId"]?.string)
        let time = try #require(body["timestamp"]?.integer)
        #expect(body["security"]?.string == Hex.encode(MD5.hash(Array("\(call)9582402158\(time)".utf8))))
    }

    @Test func `A message hook is asked before, and its path takes name or id`() async throws {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver { _, _ in .status(200, #"{"valid":false,"code":"no"}"#) }
        let hook: TestJSON = [
            "name": "hook", "msgTypes": ["TEXT", "CUSTOM"], "interested": ["chat"],
            "targetUrl": .string(receiver.url()), "defaultAction": 0, "error_code": 1, "status": 1,
            "callType": "before",
        ]
        let made = try await app.perform("POST", "/msghooks", hook).json()
        let entity = try #require(made["entities"]?[0])
        #expect(entity["actionParams"]?["timeout"] == 200)
        #expect(entity["actionParams"]?["defaultAction"] == 0)
        #expect(entity["actionParams"]?["secret"]?.string?.count == 16)
        let id = try #require(entity["id"]?.string)
        let one = try await app.perform("GET", "/msghooks/\(id)").json()
        #expect(one["path"] == "/msghooks/hook")
        #expect(one["entities"]?[0] == entity)
        let renamed = try await app.perform("PUT", "/msghooks/hook", ["name": "other"]).json()
        #expect(renamed["entities"]?[0]?["name"] == "other")
        let gone = try await app.perform("DELETE", "/msghooks/other").json()
        #expect(gone["entities"] == [])
        #expect(try await app.perform("GET", "/msghooks").json()["entities"] == [])
    }

    @Test func `What has failed is counted by ten minutes, and tried again`() async throws {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver { _, count in .status(count == 0 ? 410 : 200) }
        try await app.perform("POST", "/callbacks", rule(receiver))
        for name in ["alice", "bob"] { try await app.register(name) }
        try await app.perform("POST", "/users/alice/contacts/users/bob")
        func failures() async throws -> TestJSON? {
            try await app.perform("GET", "/callbacks/storage/info").json()["data"]?[0]
        }
        let failed = try await eventually("a failed callback", failures)
        #expect(failed["size"] == 1)
        let date = try #require(failed["date"]?.string)
        #expect(date.count == 12)
        for body in [
            ["date": "202013010000"], ["date": .string(date), "targetUrl": "http://127.0.0.1:9999"],
            ["date": .string(date), "retry": 10],
        ] as [TestJSON] {
            #expect(try await app.ask("POST", "/callbacks/storage/retry", body).status == 400)
        }
        try await app.perform("PUT", "/callbacks/rule", ["status": 1])
        let done = try await app.perform(
            "POST",
            "/callbacks/storage/retry",
            ["date": .string(date), "retry": 0, "targetUrl": .string(receiver.url())]
        )
        #expect(try done.json()["data"] == "success")
        #expect(try await receiver.wait(for: 2).count == 2)
        let again = try await app.ask("POST", "/callbacks/storage/retry", ["date": "202001010000"])
        #expect(again.status == 404)
    }
}
