// One set of users, groups and messages, seen and changed through two dialects.

import Foundation
import TestKit
import Testing

@Suite struct CrossDialectTests {
    /// An application with some users, and short ways to speak OpenIM's third generation to it.
    private struct World {
        let app: TestApp

        init(_ users: [String] = ["ann", "bob", "cid"]) async throws {
            app = try await TestServer.shared().makeApp()
            for user in users { try await app.register(user) }
        }

        /// Asks as the application, or as a user.
        func ask(_ path: String, _ body: TestJSON, as user: String? = nil) async throws -> TestJSON {
            var request = HTTPRequest("POST", app.prefix + "/openim" + path, json: body)
            request.headers.add("operationID", "test")
            let token = if let user { try await app.sessionToken(user) } else { try await app.managerToken() }
            return try await app.server.client().send(request.authorized(token)).json()
        }

        /// The same, where nothing may be wrong.
        @discardableResult
        func done(_ path: String, _ body: TestJSON, as user: String? = nil) async throws -> TestJSON {
            let reply = try await ask(path, body, as: user)
            try #require(reply["errCode"]?.integer == 0, "\(path): \(reply)")
            return try #require(reply["data"])
        }

        func makeGroup(_ id: String, members: [TestJSON] = ["bob"]) async throws {
            let group: TestJSON = ["groupID": .string(id), "groupName": "g"]
            try await done(
                "/group/create_group",
                ["ownerUserID": "ann", "memberUserIDs": .array(members), "groupInfo": group]
            )
        }

        func send(_ text: String, to receiver: String = "bob") async throws -> String {
            let sent = try await done(
                "/msg/send_msg",
                [
                    "sendID": "ann", "recvID": .string(receiver), "content": ["content": .string(text)],
                    "contentType": 101, "sessionType": 1,
                ]
            )
            return try #require(sent["serverMsgID"]?.string)
        }

        /// The types of the messages between `ann` and `bob`, as a user sees them.
        func types(for user: String) async throws -> [Int64] {
            let range: TestJSON = ["conversationID": "si_ann_bob", "begin": 1, "end": 100]
            let body: TestJSON = ["userID": .string(user), "seqRanges": [range]]
            let pulled = try await done("/msg/pull_msg_by_seq", body)
            return pulled["msgs"]?["si_ann_bob"]?["Msgs"]?.array?.compactMap { $0["contentType"]?.integer }
                ?? []
        }
    }

    @Test func `a group whose id the caller chose is the same group under it in the other dialect`()
        async throws
    {
        let world = try await World()
        try await world.makeGroup("team")
        try await world.app.perform("POST", "/chatgroups/team/users/cid")
        let listing: TestJSON = ["groupID": "team", "pagination": ["pageNumber": 1, "showNumber": 9]]
        let members = try await world.done("/group/get_group_member_list", listing)
        #expect(members["members"]?.array?.map { $0["userID"]?.string } == ["bob", "cid", "ann"])

        try await world.app.perform(
            "POST",
            "/chatgroups/team/mute",
            ["usernames": ["bob"], "mute_duration": 60_000]
        )
        let message: TestJSON = [
            "sendID": "bob", "groupID": "team", "content": ["content": "x"], "contentType": 101,
            "sessionType": 3,
        ]
        #expect(try await world.ask("/msg/send_msg", message, as: "bob")["errCode"] == 1402)

        try await world.app.perform("DELETE", "/chatgroups/team")
        let infos = try await world.done("/group/get_groups_info", ["groupIDs": ["team"]])
        #expect(infos["groupInfos"] == [])
        // Nobody has the id any more.
        try await world.makeGroup("team")
    }

    @Test func `a message that is taken back in one dialect is taken back in the other`() async throws {
        let world = try await World()
        let first = try await world.send("one")
        let second = try await world.send("two")
        try await world.app.perform(
            "POST",
            "/messages/msg_recall",
            ["msg_id": .string(first), "to": "bob", "chat_type": "chat"]
        )
        #expect(try await world.types(for: "bob") == [111, 101])
        try await world.done("/msg/revoke_msg", ["userID": "ann", "clientMsgID": .string(second)])
        let history = try await world.app.perform("GET", "/messages?user=bob").json()["data"]?.array
        #expect(history?.map { $0["recalled"] } == [true, true])
    }

    @Test
    func `what a user removes or clears is gone from its view in both dialects, and from nobody else's`()
        async throws
    {
        let world = try await World()
        for text in ["one", "two", "three"] { _ = try await world.send(text) }
        try await world.done(
            "/msg/delete_msgs",
            ["userID": "bob", "conversationID": "si_ann_bob", "seqs": [2]],
            as: "bob"
        )
        func history(_ user: String) async throws -> Int? {
            try await world.app.perform("GET", "/messages?user=\(user)").json()["data"]?.array?.count
        }
        #expect(try await [history("bob"), history("ann")] == [2, 3])
        try await world.app.perform("POST", "/rest/message/roaming/user/bob/delete/all")
        #expect(try await world.types(for: "bob") == [])
        #expect(try await world.types(for: "ann") == [101, 101, 101])
    }

    @Test func `pulling leaves messages waiting; only an acknowledgement takes them as delivered`()
        async throws
    {
        let world = try await World()
        let id = try await world.send("one")
        #expect(try await world.types(for: "bob") == [101])
        let count = try await world.app.perform("GET", "/users/bob/offline_msg_count").json()["data"]
        #expect(count == ["bob": 1])
        try await world.app.perform("POST", "/users/bob/messages/ack", ["msg_id": .string(id)])
        #expect(try await world.app.perform("GET", "/users/bob/messages").json()["data"] == [])
    }

    @Test func `a user who is deleted takes its groups along, in both dialects`() async throws {
        let world = try await World()
        try await world.makeGroup("team")
        try await world.app.perform("DELETE", "/users/ann")
        #expect(try await world.ask("/group/dismiss_group", ["groupID": "team"])["errCode"] == 1201)
        #expect(try await world.app.statusOfGroup("team") == 404)
    }

    @Test func `a member may do what its role allows, and nothing above it`() async throws {
        let world = try await World(["ann", "adm", "bob", "cid", "eve"])
        try await world.makeGroup("team", members: ["bob", "cid", "adm"])
        let group: TestJSON = "team"
        try await world.done(
            "/group/set_group_member_info",
            ["members": [["groupID": group, "userID": "adm", "roleLevel": 60]]]
        )
        let pages: TestJSON = ["pageNumber": 1, "showNumber": 9]
        let refused: [(path: String, body: TestJSON, users: [String])] = [
            ("/group/get_group_member_list", ["groupID": group, "pagination": pages], ["eve"]),
            ("/group/get_group_members_info", ["groupID": group, "userIDs": ["bob"]], ["eve"]),
            ("/group/invite_user_to_group", ["groupID": group, "invitedUserIDs": ["eve"]], ["eve"]),
            ("/group/kick_group", ["groupID": group, "kickedUserIDs": ["cid"]], ["bob", "cid", "eve"]),
            (
                "/group/kick_group", ["groupID": group, "kickedUserIDs": ["cid", "adm"]],
                ["adm", "bob", "eve"]
            ),
            (
                "/group/kick_group", ["groupID": group, "kickedUserIDs": ["ann"]],
                ["ann", "adm", "bob", "eve"]
            ),
            (
                "/group/mute_group_member", ["groupID": group, "userID": "ann", "mutedSeconds": 9],
                ["ann", "adm", "bob", "eve"]
            ),
            ("/group/mute_group", ["groupID": group], ["bob", "eve"]),
            ("/group/cancel_mute_group", ["groupID": group], ["bob", "eve"]),
            (
                "/group/set_group_info", ["groupInfoForSet": ["groupID": group, "groupName": "x"]],
                ["bob", "eve"]
            ),
            (
                "/group/set_group_member_info",
                ["members": [["groupID": group, "userID": "bob", "roleLevel": 60]]], ["adm", "bob", "eve"]
            ),
            (
                "/group/set_group_member_info",
                ["members": [["groupID": group, "userID": "bob", "nickname": "x"]]], ["cid", "eve"]
            ),
            ("/group/transfer_group", ["groupID": group, "newOwnerUserID": "bob"], ["adm", "bob", "eve"]),
            ("/group/dismiss_group", ["groupID": group], ["adm", "bob", "eve"]),
            (
                "/group/group_application_response",
                ["groupID": group, "fromUserID": "eve", "handleResult": 1], ["bob", "eve"]
            ),
        ]
        let listing: TestJSON = ["groupID": group, "pagination": pages]
        let before = try await world.done("/group/get_group_member_list", listing)
        for (path, body, users) in refused {
            for user in users {
                let reply = try await world.ask(path, body, as: user)
                #expect(reply["errCode"] == 1002, "\(path) by \(user): \(reply)")
            }
        }
        #expect(try await world.done("/group/get_group_member_list", listing) == before)
    }
}

extension TestApp {
    /// The status of a group's page.
    fileprivate func statusOfGroup(_ group: String) async throws -> Int {
        let request = HTTPRequest("GET", "\(prefix)/chatgroups/\(group)")
        return try await server.client().send(request.authorized(try await token())).status
    }
}
