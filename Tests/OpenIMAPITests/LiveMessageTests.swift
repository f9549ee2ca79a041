// Messages for who is connected only: told on live sockets, and gone for everybody else.

import Foundation
import TestKit
import Testing

@Suite struct LiveMessageTests {
    @Test func `typing and online-only messages reach who is connected, and nothing of them is kept`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let group = try await app.perform(
            "POST",
            "/chatgroups",
            ["groupname": "g", "desc": "d", "public": true, "owner": "bob", "members": ["ann"]]
        ).json()["data"]?["groupid"]
        let manager = try await app.managerToken()
        func send(_ type: Int64, _ content: TestJSON, _ more: TestJSON) async throws {
            var body: TestJSON = [
                "operationID": "1", "sendID": "bob", "recvID": "ann", "sessionType": 1, "content": content,
                "contentType": .integer(type),
            ]
            for member in more.members ?? [] { body = body.setting(member.name, member.value) }
            let reply = try await app.ask("/msg/manage_send_msg", body, token: manager)
            try #require(reply.errCode == 0, "\(reply.text)")
        }
        // Nobody is connected yet: this one is gone.
        try await send(113, ["tips": "early"], [:])
        let (ann, bob) = (try await app.sessionToken("ann"), try await app.sessionToken("bob"))
        let ready = DispatchSemaphore(value: 0), sent = DispatchSemaphore(value: 0)
        async let told = onOwnThread {
            var receiver = try app.socket(token: ann)
            var sender = try app.socket(token: bob)
            guard try receiver.isQuiet(), try sender.isQuiet() else {
                throw RawSocket.Failure("something waited")
            }
            ready.signal()
            guard sent.wait(timeout: .now() + Deadline.patience) == .success else {
                throw DeadlinePassed(description: "sent")
            }
            var frames: [TestJSON] = []
            for _ in 0..<5 { frames.append(try receiver.message()) }
            guard try receiver.isQuiet(), try sender.isQuiet() else {
                throw RawSocket.Failure("more was told")
            }
            return frames
        }
        try await onOwnThread { _ = ready.wait(timeout: .now() + Deadline.patience) }
        try await send(113, ["tips": "now"], [:])
        try await send(120, ["data": "d"], [:])
        try await send(101, ["text": "by option"], ["options": ["history": false, "persistent": false]])
        try await send(101, ["text": "by flag"], ["isOnlineOnly": true])
        try await send(
            101,
            ["text": "to all here"],
            ["isOnlineOnly": true, "sessionType": 2, "groupID": group ?? .null]
        )
        sent.signal()
        let frames = try await told
        #expect(frames.map { $0["code"] } == [0, 0, 0, 0, 0])
        #expect(frames[0]["msg"]?[0]?["body"]?["openim"]?["content"] == ["tips": "now"])
        #expect(frames[2]["msg"] == [["type": 0, "text": "by option"]])
        #expect(frames[4]["sender"]?["session_id"] == group)
        // One conversation, whether anything of it is kept or not.
        #expect(Set(frames[..<4].map { $0["sender"]?["session_id"]?.string }).count == 1)
        #expect(try await app.perform("GET", "/messages").json()["data"] == [])
        #expect(try await app.perform("GET", "/users/ann/offline_msg_count").json()["data"] == ["ann": 0])
        let isQuiet = try await onOwnThread {
            var socket = try app.socket(token: ann, after: "0")
            return try socket.isQuiet()
        }
        #expect(isQuiet)
    }
}
