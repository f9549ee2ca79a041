// Receive options on the way to who is connected, and across the dialects.

import Foundation
import TestKit
import Testing

@Suite struct ReceiveOptionTests {
    @Test func `who refuses messages is told none, by whatever dialect they are sent`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob", "cid"] { try await app.register(name) }
        let manager = try await app.managerToken()
        let (ann, bob) = (try await app.sessionToken("ann"), try await app.sessionToken("bob"))
        let group = try await app.perform(
            "POST",
            "/chatgroups",
            ["groupname": "g", "desc": "d", "public": true, "owner": "cid", "members": ["ann", "bob"]]
        ).json()["data"]?["groupid"]?.string
        let id = try #require(group)
        func done(_ path: String, _ body: TestJSON, token: String) async throws {
            let reply = try await app.ask(path, body.setting("operationID", "1"), token: token)
            try #require(reply.errCode == 0, "\(reply.text)")
        }
        func send(_ text: String, type: Int64 = 101, to receiver: String, session: Int64) async throws {
            let content: TestJSON =
                type == 101
                ? ["text": .string(text)]
                : ["notificationName": "n", "notificationType": 1, "text": .string(text)]
            try await done(
                "/msg/manage_send_msg",
                [
                    "sendID": "cid", "recvID": .string(receiver), "groupID": .string(receiver),
                    "content": content, "contentType": .integer(type), "sessionType": .integer(session),
                ],
                token: manager
            )
        }
        func platform(_ text: String, to receiver: String, _ kind: String) async throws {
            let message: TestJSON = ["msg": .string(text)]
            try await app.perform(
                "POST",
                "/messages/\(kind)",
                ["from": "cid", "to": [.string(receiver)], "type": "txt", "body": message]
            )
        }
        // Ann wants none at all, Bob none of the group.
        try await done("/user/set_global_msg_recv_opt", ["globalRecvMsgOpt": 1], token: ann)
        try await done(
            "/conversation/set_receive_message_opt",
            ["conversationIdList": [.string("group_\(id)")], "option": 1],
            token: bob
        )
        let ready = DispatchSemaphore(value: 0), sent = DispatchSemaphore(value: 0)
        async let told = onOwnThread {
            var first = try app.socket(token: ann)
            var second = try app.socket(token: bob)
            guard try first.isQuiet(), try second.isQuiet() else { throw RawSocket.Failure("not quiet") }
            ready.signal()
            guard sent.wait(timeout: .now() + Deadline.patience) == .success else {
                throw DeadlinePassed(description: "sent")
            }
            let messages = [try first.message(), try second.message(), try second.message()]
            guard try first.isQuiet(), try second.isQuiet() else { throw RawSocket.Failure("more was told") }
            return messages
        }
        try await onOwnThread { _ = ready.wait(timeout: .now() + Deadline.patience) }
        for receiver in ["ann", "bob"] { try await send("single", to: receiver, session: 1) }
        try await send("group", to: id, session: 2)
        try await platform("platform", to: "ann", "users")
        try await platform("platform", to: "bob", "users")
        try await platform("platform", to: id, "chatgroups")
        // System messages reach everybody.
        try await send("notice", type: 1400, to: "ann", session: 4)
        sent.signal()
        let messages = try await told
        #expect(messages[0]["msg"]?[0]?["text"]?.string?.hasSuffix("text: notice") == true, "\(messages[0])")
        #expect(messages[1]["msg"] == [["type": 0, "text": "single"]])
        #expect(messages[2]["msg"]?.array?.first?["text"] == "platform", "\(messages[2])")
        // Nothing is lost to the history.
        #expect(try await app.perform("GET", "/messages").json()["data"]?.array?.count == 7)
    }

    @Test func `a user can't make its message one that nobody can refuse`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let (ann, bob) = (try await app.sessionToken("ann"), try await app.sessionToken("bob"))
        let set = try await app.ask(
            "/user/set_global_msg_recv_opt",
            ["operationID": "1", "globalRecvMsgOpt": 1],
            token: ann
        )
        #expect(set.errCode == 0)
        for session in [1, 4] as [Int64] {
            let sent = try await app.ask(
                "/chat/send_msg",
                [
                    "reqIdentifier": 1003, "platformID": 1, "sendID": "bob", "operationID": "1",
                    "data": [
                        "sessionType": .integer(session), "contentType": 101, "recvID": "ann", "content": "x",
                        "clientMsgID": "", "options": [:],
                    ],
                ],
                token: bob
            )
            #expect(sent.errCode == 0, "\(sent.text)")
        }
        #expect(try await app.perform("GET", "/users/ann/offline_msg_count").json()["data"] == ["ann": 0])
    }
}
