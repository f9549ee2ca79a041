// Messages that are not of the group named, and answers to who asked for a place in one.

import Domain
import TestKit
import Testing

@testable import OpenIMAPI

@Suite struct GroupTests {
    private static func group(_ app: TestApp, _ name: String, approval: Bool = false) async throws -> TestJSON
    {
        let made = try await app.perform(
            "POST",
            "/chatgroups",
            [
                "groupname": .string(name), "description": "d", "public": false, "owner": "ann",
                "members_only": .bool(approval), "members": [approval ? "cid" : "bob"],
            ]
        ).json()
        return try #require(made["data"]?["groupid"])
    }

    @Test func `removing a group's messages leaves those of other conversations`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let manager = try await app.managerToken()
        let (one, other) = (try await Self.group(app, "one"), try await Self.group(app, "other"))
        func send(_ place: String, _ receiver: TestJSON, session: Int64) async throws -> TestJSON {
            let message: TestJSON = [
                "operationID": "1", "sendID": "ann", "content": ["text": "x"], "contentType": 101,
                "sessionType": .integer(session),
            ]
            let sent = try await app.ask(
                "/msg/manage_send_msg",
                message.setting(place, receiver),
                token: manager
            ).json()
            let id = try #require(sent["data"]?["serverMsgID"]?.string.flatMap { Int64($0) }, "\(sent)")
            return .integer(id)
        }
        let ids = TestJSON.array([
            try await send("groupID", other, session: 3), try await send("recvID", "bob", session: 1),
            try await send("groupID", one, session: 3), 5,
        ])
        let removed = try await app.ask(
            "/msg/del_super_group_msg",
            ["operationID": "1", "userID": "bob", "groupID": one, "seqList": ids],
            token: manager
        )
        #expect(removed.errCode == 0, "\(removed.text)")
        let count = try await app.perform("GET", "/users/bob/offline_msg_count").json()
        #expect(count["data"] == ["bob": 2])
    }

    @Test func `0 is an answer to who asked for a place in the first generation only`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob", "cid"] { try await app.register(name) }
        let manager = try await app.managerToken()
        let group = try await Self.group(app, "g", approval: true)
        let bob = try await app.sessionToken("bob")
        let asked = try await app.ask(
            "/group/join_group",
            ["operationID": "1", "groupID": group, "reqMessage": "please"],
            token: bob
        )
        #expect(asked.errCode == 0, "\(asked.text)")
        let answer: TestJSON = ["groupID": group, "fromUserID": "bob", "handledMsg": "", "handleResult": 0]
        let path = "/group/group_application_response"
        var third = HTTPRequest("POST", "\(app.prefix)/openim\(path)", json: answer)
        third.headers.add("operationID", "1")
        #expect(try await app.server.client().send(third.authorized(manager)).errCode == 1001)
        let named = answer.setting("operationID", "1")
        let second = try await app.ask(path, named, token: manager)
        #expect(second.status == 400 && second.errCode == 400, "\(second.text)")
        // It waits until now.
        let first = try await app.ask(path, named.setting("toUserID", "0"), token: manager)
        #expect(first.errCode == 0, "\(first.text)")
    }

    @Test func `what nobody answered in time is told as refused`() {
        let now = Timestamp(milliseconds: 10_000)
        func result(expires: Int64?, isAccepted: Bool? = nil) -> Int {
            Proposal(
                id: ProposalID(rawValue: 1),
                subject: .application(GroupID(rawValue: 1)),
                sender: UserID(rawValue: 1),
                senderName: "u1",
                recipientName: nil,
                message: "",
                remark: nil,
                created: Timestamp(milliseconds: 0),
                expires: expires.map { Timestamp(milliseconds: $0) },
                decision: isAccepted.map {
                    ProposalDecision(
                        isAccepted: $0,
                        reply: "",
                        moment: now,
                        handler: nil,
                        handlerName: nil
                    )
                }
            ).result(at: now)
        }
        #expect([result(expires: nil), result(expires: 10_001), result(expires: 10_000)] == [0, 0, -1])
        #expect([true, false].map { result(expires: 1, isAccepted: $0) } == [1, -1])
    }

    @Test func `all groups are found page by page, with how many there are`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        var made: [TestJSON] = []
        for name in ["a", "b", "c"] { made.insert(try await Self.group(app, name), at: 0) }
        let manager = try await app.managerToken()
        func page(_ number: Int64) async throws -> ([TestJSON], TestJSON?) {
            let body: TestJSON = ["pagination": ["pageNumber": .integer(number), "showNumber": 2]]
            var request = HTTPRequest("POST", "\(app.prefix)/openim/group/get_groups", json: body)
            request.headers.add("operationID", "1")
            let data = try await app.server.client().send(request.authorized(manager)).json()["data"]
            let groups = data?["groups"]?.array ?? []
            return (groups.compactMap { $0["groupInfo"]?["groupID"] }, data?["total"])
        }
        for (number, ids) in [(1, Array(made[..<2])), (2, Array(made[2...])), (3, []), (1_000_000, [])] {
            let (found, total) = try await page(Int64(number))
            #expect(found == ids && total == 3, "page \(number)")
        }
    }
}
