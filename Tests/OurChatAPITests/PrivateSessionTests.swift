// The session of two friends is the conversation that every dialect knows by the two names.

import TestKit
import Testing

@Suite struct PrivateSessionTests {
    @Test func `what friends say by method, frame or over HTTP is one conversation under one number`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        var tokens: [String: String] = [:]
        var ids: [String: TestJSON] = [:]
        let client = try app.server.client()
        for name in ["ann", "bob"] {
            try await app.register(name)
            tokens[name] = try await app.userToken(name, password: "123")
            let found = try await client.post(
                "\(app.prefix)/service.basic.v1.BasicService/GetId",
                ["ocid": .string(name)]
            )
            ids[name] = try found.json()["id"]
        }
        let service = "\(app.prefix)/service.ourchat.v1.OurChatService"
        let asked = try await client.post(
            "\(service)/AddFriend",
            ["friendId": ids["bob"] ?? nil],
            token: tokens["ann"]
        )
        #expect(asked.status == 200, "\(asked.text)")
        let accepted = try await client.post(
            "\(service)/AcceptFriend",
            ["friendId": ids["ann"] ?? nil, "status": 1],
            token: tokens["bob"]
        )
        let session = try #require(try accepted.json()["sessionId"]?.string)

        let said = try await client.post(
            "\(service)/SendMsg",
            ["sessionId": .string(session), "markdownText": "by method"],
            token: tokens["ann"]
        )
        #expect(said.status == 200, "\(said.text)")
        try await app.perform(
            "POST",
            "/messages/users",
            ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "over HTTP"]]
        )
        let token = tokens["bob"]
        let frames = try await onOwnThread { () throws -> [TestJSON] in
            var socket = try app.socket(token: token)
            var frames = try (0..<2).map { _ in try socket.message() }
            let frame: TestJSON = [
                "code": 0, "sender": ["session_id": .string(session)],
                "msg": [["type": 0, "text": "by frame"]],
            ]
            try socket.send(frame)
            frames.append(try socket.message())
            return frames
        }
        #expect(frames.map { $0["msg"]?[0]?["text"]?.string } == ["by method", "over HTTP", "by frame"])
        #expect(frames.allSatisfy { $0["sender"]?["session_id"]?.string == session })
        let waiting = try await app.perform("GET", "/users/ann/offline_msg_count").json()
        #expect(waiting["data"]?["ann"] == 2)
    }
}
