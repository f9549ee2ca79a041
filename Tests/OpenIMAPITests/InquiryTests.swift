// Endpoints that are asked before something happens: OpenIM's commands, and their words in every dialect's refusal.

import TestKit
import Testing
import Threads

@Suite struct InquiryTests {
    /// An application with users, and an endpoint in a form that refuses what a test names.
    private struct World {
        let app: TestApp
        let receiver: WebhookReceiver

        /// - Parameter answer: is given the request, and answers 200 with this body.
        init(
            format: String,
            events: TestJSON,
            scope: String = "all",
            _ answer: @escaping @Sendable (ReceivedWebhook) -> String
        ) async throws {
            app = try await TestServer.shared().makeApp()
            for user in ["ann", "bob", "cid"] { try await app.register(user) }
            receiver = try WebhookReceiver { request, _ in .status(200, answer(request)) }
            try await app.perform(
                "POST",
                "/webhooks",
                [
                    "url": .string(receiver.url()), "events": events, "before": .string(scope),
                    "format": .string(format), "timeout_ms": 5000,
                ]
            )
        }

        func third(_ path: String, _ body: TestJSON, as user: String? = nil) async throws -> TestJSON {
            var request = HTTPRequest("POST", app.prefix + "/openim" + path, json: body)
            request.headers.add("operationID", "test")
            let token = if let user { try await app.sessionToken(user) } else { try await app.managerToken() }
            return try await app.server.client().send(request.authorized(token)).json()
        }

        /// The commands that were asked, in their order.
        var commands: [String] {
            receiver.received.map { String($0.path.split(separator: "/").last ?? "") }
        }
    }

    private static let refusal =
        #"{"actionCode":0,"errCode":5555,"errMsg":"not today","errDlt":"","nextCode":1}"#
    private static let consent = #"{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}"#

    // MARK: Messages

    @Test(arguments: [
        ("standard", #"{"allow":false,"reason":"not today","code":5555}"#),
        ("easemob", #"{"valid":false,"code":"not today"}"#), ("openim", refusal),
        ("openim", #"{"actionCode":1,"errCode":5555,"errMsg":"not today","nextCode":0}"#),
    ])
    func `a refused message carries the endpoint's words in every dialect's error, and is stored nowhere`(
        _ format: String,
        _ answer: String
    ) async throws {
        let world = try await World(format: format, events: ["message.sent"]) { _ in answer }
        let (app, client) = (world.app, try world.app.server.client())
        let token = try await app.userToken("ann", password: "123")
        let platform = try await client.post(
            app.prefix + "/messages/users",
            ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "hi"]],
            token: try await app.token()
        )
        #expect(platform.status == 403)
        #expect(platform.text.contains("not today"), "\(platform.text)")
        let third = try await world.third(
            "/msg/send_msg",
            [
                "sendID": "ann", "recvID": "bob", "content": ["content": "hi"], "contentType": 101,
                "sessionType": 1,
            ],
            as: "ann"
        )
        #expect(third["errMsg"] == "not today")
        if format != "easemob" { #expect(third["errCode"] == 5555) }
        let session = try await app.sessionToken("ann")
        let second = try await app.ask(
            "/msg/manage_send_msg",
            [
                "operationID": "1", "sendID": "ann", "recvID": "bob", "content": ["text": "hi"],
                "contentType": 101, "sessionType": 1,
            ],
            token: try await app.managerToken()
        )
        #expect(try second.json()["errMsg"] == "not today")
        let made = try await client.post(app.path(ofMethod: "NewSession"), [:], token: token)
        let group = try #require(try made.json()["sessionId"]?.string)
        let method = try await client.post(
            app.path(ofMethod: "SendMsg"),
            ["sessionId": .string(group), "markdownText": "hi"],
            token: token
        )
        #expect(method.status == 403)
        #expect(try method.json()["code"] == "permission_denied")
        #expect(try method.json()["message"] == "not today")
        let frame: TestJSON = [
            "code": 0, "sender": ["session_id": .string(group)], "msg": [["type": 0, "text": "hi"]],
        ]
        let reply = try await onOwnThread {
            var socket = try app.socket(token: session)
            return try socket.ask(frame)
        }
        #expect(reply["details"] == "not today", "\(reply)")
        #expect(try await app.perform("GET", "/messages").json()["data"] == [])
    }

    @Test func `a message goes on with the text that an endpoint in any form puts in its place`() async throws
    {
        for (format, answer) in [
            ("standard", #"{"allow":true,"message":{"payload":{"bodies":[{"type":"txt","msg":"softer"}]}}}"#),
            ("easemob", #"{"valid":true,"payload":{"bodies":[{"type":"txt","msg":"softer"}]}}"#),
            (
                "openim",
                #"{"actionCode":0,"errCode":0,"errMsg":"","nextCode":0,"content":"{\"content\":\"softer\"}"}"#
            ),
            ("openim", #"{"actionCode":0,"errCode":0,"errMsg":"","nextCode":0,"content":"softer"}"#),
        ] {
            let world = try await World(format: format, events: ["message.sent"]) { _ in answer }
            try await world.app.perform(
                "POST",
                "/messages/users",
                ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "hard"]]
            )
            let stored = try await world.app.perform("GET", "/messages").json()["data"]?[0]
            #expect(stored?["payload"]?["bodies"]?[0]?["msg"] == "softer", "\(format)")
        }
    }

    @Test(arguments: [
        ("standard", #"{"allow":true}"#), ("standard", #"{"allow":true,"message":{}}"#),
        ("easemob", #"{"valid":true}"#), ("easemob", #"{"valid":true,"payload":{}}"#), ("openim", consent),
        ("openim", #"{"actionCode":0,"nextCode":0,"content":""}"#),
    ])
    func `an answer without a text changes nothing`(_ format: String, _ answer: String) async throws {
        let world = try await World(format: format, events: ["message.sent"]) { _ in answer }
        try await world.app.perform(
            "POST",
            "/messages/users",
            ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "as it is"]]
        )
        let stored = try await world.app.perform("GET", "/messages").json()["data"]?[0]
        #expect(stored?["payload"]?["bodies"]?[0]?["msg"] == "as it is")
    }

    @Test func `only clients' messages are asked about where that is wanted`() async throws {
        let world = try await World(format: "standard", events: ["message.sent"], scope: "clients") { _ in
            #"{"allow":false,"reason":"not today"}"#
        }
        let body: TestJSON = ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "hi"]]
        try await world.app.perform("POST", "/messages/users", body)
        #expect(world.receiver.received.isEmpty)
        let sent = try await world.third(
            "/msg/send_msg",
            [
                "sendID": "ann", "recvID": "bob", "content": ["content": "hi"], "contentType": 101,
                "sessionType": 1,
            ],
            as: "ann"
        )
        #expect(sent["errMsg"] == "not today")
        #expect(world.receiver.received.count == 1)
    }

    @Test func `a sender's messages stay in their order, whether they are asked about or not`() async throws {
        let app = try await TestServer.shared().makeApp()
        for user in ["ann", "bob"] { try await app.register(user) }
        let receiver = try WebhookReceiver { _, _ in .held(#"{"valid":true}"#) }
        // Of the messages of clients, only texts are asked about.
        try await app.perform(
            "POST",
            "/msghooks",
            [
                "name": "texts", "interested": ["chat"], "msgTypes": ["TEXT"],
                "targetUrl": .string(receiver.url()), "timeout": 5000, "status": 1,
            ]
        )
        let token = try await app.sessionToken("ann")
        let other = try await app.sessionToken("bob")
        func send(_ type: Int64, _ content: TestJSON, from sender: String = "ann") async throws -> Int? {
            let (receiver, token) = sender == "ann" ? ("bob", token) : ("ann", other)
            let body: TestJSON = [
                "operationID": "1", "sendID": .string(sender), "recvID": .string(receiver),
                "content": content, "contentType": .integer(type), "sessionType": 1,
            ]
            var request = HTTPRequest("POST", app.prefix + "/openim/msg/send_msg", json: body)
            request.headers.add("operationID", "test")
            return try await app.server.client().send(request.authorized(token)).errCode
        }
        async let text = send(101, ["content": "first"])
        _ = try await receiver.wait(for: 1)
        let place: TestJSON = ["longitude": 1, "latitude": 2, "description": "second"]
        async let second = send(109, place)
        // Another sender waits for nobody.
        for _ in 0..<5 { #expect(try await send(109, place, from: "bob") == 0) }
        receiver.letGo()
        #expect(try await text == 0)
        #expect(try await second == 0)
        let kinds = try await app.perform("GET", "/messages?order=asc&from=ann").json()["data"]?.array?.map {
            $0["payload"]?["bodies"]?[0]?["type"]
        }
        #expect(kinds == ["txt", "loc"])
        #expect(receiver.received.count == 1)
    }

    // MARK: Contacts, blocks, groups, users

    private struct Question: Sendable, CustomStringConvertible {
        let event: String
        let path: String
        let body: TestJSON
        var user: String?
        /// The commands that are asked where each is allowed.
        let commands: [String]
        /// A fact of the first question's body.
        let fact: (name: String, value: TestJSON)
        var description: String { event + " " + path }
    }

    private static let questions: [Question] = [
        Question(
            event: "contact.requested",
            path: "/friend/add_friend",
            body: ["fromUserID": "ann", "toUserID": "bob", "reqMsg": "hello"],
            commands: ["callbackBeforeAddFriendCommand"],
            fact: ("reqMsg", "hello")
        ),
        Question(
            event: "contact.accepted",
            path: "/friend/add_friend_response",
            body: ["fromUserID": "cid", "toUserID": "ann", "handleResult": 1, "handleMsg": "yes"],
            commands: ["callbackBeforeAddFriendAgreeCommand"],
            fact: ("HandleMsg", "yes")
        ),
        Question(
            event: "block.added",
            path: "/friend/add_black",
            body: ["ownerUserID": "ann", "blackUserID": "bob"],
            commands: ["callbackBeforeAddBlackCommand"],
            fact: ("blackUserID", "bob")
        ),
        Question(
            event: "group.created",
            path: "/group/create_group",
            body: ["ownerUserID": "ann", "memberUserIDs": ["bob"], "groupInfo": ["groupName": "Friends"]],
            commands: ["callbackBeforeCreateGroupCommand"],
            fact: ("groupName", "Friends")
        ),
        Question(
            event: "group.updated",
            path: "/group/set_group_info",
            body: ["groupInfoForSet": ["groupID": "team", "groupName": "Foes"]],
            commands: ["callbackBeforeSetGroupInfoCommand"],
            fact: ("groupName", "Foes")
        ),
        Question(
            event: "group.member_added",
            path: "/group/invite_user_to_group",
            body: ["groupID": "team", "invitedUserIDs": ["cid"], "reason": ""],
            commands: ["callbackBeforeInviteJoinGroupCommand", "callbackBeforeMembersJoinGroupCommand"],
            fact: ("invitedUserIDs", ["cid"])
        ),
        Question(
            event: "group.member_added",
            path: "/group/join_group",
            body: ["groupID": "team", "inviterUserID": "cid", "reqMessage": "", "joinSource": 3],
            user: "cid",
            // The group decides about it first: nobody is a member yet.
            commands: ["callbackBeforeJoinGroupCommand"],
            fact: ("applyID", "cid")
        ),
        Question(
            event: "user.updated",
            path: "/user/update_user_info",
            body: ["userInfo": ["userID": "ann", "nickname": "Ann"]],
            commands: ["callbackBeforeUpdateUserInfoCommand"],
            fact: ("nickname", "Ann")
        ),
        Question(
            event: "user.registered",
            path: "/user/user_register",
            body: ["users": [["userID": "dan", "nickname": "Dan", "faceURL": ""]]],
            commands: ["callbackBeforeUserRegisterCommand"],
            fact: ("users", [["userID": "dan", "nickname": "Dan"]])
        ),
    ]

    @Test(arguments: questions)
    private func `OpenIM's command is asked before the change, a refusal undoes it and is the caller's error`(
        _ question: Question
    ) async throws {
        let allows = Flag()
        let world = try await World(format: "openim", events: [.string(question.event)]) { _ in
            allows.isOn ? Self.consent : Self.refusal
        }
        allows.isOn = true
        let team: TestJSON = ["groupID": "team", "groupName": "Team"]
        let group = try await world.third(
            "/group/create_group",
            ["ownerUserID": "ann", "memberUserIDs": ["bob"], "groupInfo": team]
        )
        #expect(group["errCode"] == 0)
        let wish: TestJSON = ["fromUserID": "cid", "toUserID": "ann", "reqMsg": ""]
        #expect(try await world.third("/friend/add_friend", wish)["errCode"] == 0)
        let before = world.commands.count
        allows.isOn = false
        let refused = try await world.third(question.path, question.body, as: question.user)
        #expect(refused["errCode"] == 5555, "\(refused)")
        #expect(refused["errMsg"] == "not today")
        let first = try #require(world.receiver.received.dropFirst(before).first)
        #expect(world.commands.dropFirst(before) == [question.commands[0]])
        #expect(try first.json()["callbackCommand"]?.string == question.commands[0])
        let body = try first.json()
        #expect(body[question.fact.name] == question.fact.value, "\(body)")
        // Nothing was left behind by the call that was refused.
        allows.isOn = true
        let allowed = try await world.third(question.path, question.body, as: question.user)
        #expect(allowed["errCode"] == 0, "\(allowed)")
        #expect(Array(world.commands.dropFirst(before + 1)) == question.commands)
    }

    @Test func `a refusal speaks to every generation, and to the platform's own calls`() async throws {
        let world = try await World(format: "openim", events: ["block.added", "group.created"]) { _ in
            Self.refusal
        }
        let app = world.app
        let first = try await app.ask(
            "/friend/add_blacklist",
            ["operationID": "1", "ownerUid": "ann", "uid": "bob"],
            token: try await app.sessionToken("ann")
        )
        #expect(first.errCode != 0, "\(first.text)")
        #expect(first.text.contains("not today"), "\(first.text)")
        let platform = try await app.server.client().post(
            app.prefix + "/users/ann/blocks/users",
            ["usernames": ["bob"]],
            token: try await app.token()
        )
        #expect(platform.status == 403)
        #expect(platform.text.contains("not today"), "\(platform.text)")
        #expect(try await app.perform("GET", "/users/ann/blocks/users").json()["data"] == [])
    }

    // MARK: How far is read

    @Test func `what is delivered isn't read, and each is an event with its last message`() async throws {
        let app = try await TestServer.shared().makeApp()
        for user in ["ann", "bob"] { try await app.register(user) }
        let receiver = try WebhookReceiver()
        try await app.perform(
            "POST",
            "/webhooks",
            ["url": .string(receiver.url()), "events": ["message.delivered", "message.read"]]
        )
        var ids: [String] = []
        for text in ["one", "two", "three"] {
            let sent = try await app.perform(
                "POST",
                "/messages/users",
                ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": .string(text)]]
            ).json()
            ids.append(try #require(sent["data"]?["bob"]?.string))
        }
        func third(_ path: String, _ body: TestJSON) async throws -> TestJSON {
            var request = HTTPRequest("POST", app.prefix + "/openim" + path, json: body)
            request.headers.add("operationID", "test")
            let reply = try await app.server.client().send(request.authorized(try await app.managerToken()))
            return try reply.json()
        }
        func read() async throws -> TestJSON? {
            let all = try await third("/msg/get_conversations_has_read_and_max_seq", ["userID": "bob"])
            return all["data"]?["seqs"]?["si_ann_bob"]?["hasReadSeq"]
        }
        try await app.perform("POST", "/users/bob/messages/ack", ["msg_id": .string(ids[1])])
        #expect(try await read() == 0)
        let mark: TestJSON = ["userID": "bob", "conversationID": "si_ann_bob", "hasReadSeq": 1]
        #expect(try await third("/msg/set_conversation_has_read_seq", mark)["errCode"] == 0)
        #expect(try await read() == 1)
        // Once more it is no change.
        #expect(try await third("/msg/set_conversation_has_read_seq", mark)["errCode"] == 0)
        #expect(
            try await third("/msg/set_conversation_has_read_seq", mark.setting("hasReadSeq", 3))["errCode"]
                == 0
        )
        #expect(try await read() == 3)
        #expect(try await app.perform("GET", "/users/bob/messages").json()["data"] == [])
        let events = try await receiver.wait(for: 3).map { try $0.json() }
        #expect(
            events.map { $0["type"]?.string } == ["message.delivered", "message.read", "message.read"]
        )
        let messages: [String?] = [ids[1], ids[0], ids[2]]
        #expect(events.map { $0["data"]?["message"]?.string } == messages)
        #expect(events.allSatisfy { $0["data"]?["user"] == "bob" && $0["data"]?["from"] == "ann" })
    }
}

/// A switch that a receiver reads and a test turns.
private final class Flag: Sendable {
    private let state = Guarded(false)
    var isOn: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
