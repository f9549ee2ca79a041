// What every dialect is asked in a group, by the permission that it needs.

import TestKit
import Testing

/// One act by one way.
struct AuthorityAttempt: Sendable, CustomStringConvertible {
    /// How an act is asked for, which says what a refusal looks like.
    enum Way: Sendable {
        case rpc(String)
        /// A generation, its path, and the code of its refusal.
        case openIM(Int, String, refusal: Int64)
        case frame
    }

    let permission: Int64
    let way: Way
    /// Makes what the act is about, and returns what is sent.
    let body: @Sendable (AuthorityScene) async throws -> TestJSON
    /// What else a role needs for it to be done.
    var more: [Int64] = []

    var description: String { "permission \(permission) by \(way)" }

    static let all = Array(Int64(1)...14)

    private static func rpc(
        _ permission: Int64,
        _ method: String,
        _ body: @escaping @Sendable (AuthorityScene) async throws -> TestJSON
    ) -> AuthorityAttempt {
        AuthorityAttempt(permission: permission, way: .rpc(method), body: body)
    }

    /// The same act in the words of several generations.
    private static func openIM(
        _ permission: Int64,
        _ path: String,
        first: Int64 = 800,
        more: [Int64] = [],
        _ bodies: [Int: @Sendable (AuthorityScene) async throws -> TestJSON]
    ) -> [AuthorityAttempt] {
        bodies.sorted { $0.key < $1.key }.map { generation, body in
            AuthorityAttempt(
                permission: permission,
                way: .openIM(
                    generation,
                    path,
                    refusal: generation == 1 ? first : generation == 2 ? 801 : 1002
                ),
                body: { scene in try await body(scene).setting("groupID", .string(scene.group)) },
                more: more
            )
        }
    }

    /// The same body in all these generations.
    private static func openIM(
        _ permission: Int64,
        _ path: String,
        first: Int64 = 800,
        in generations: [Int],
        _ body: @escaping @Sendable (AuthorityScene) async throws -> TestJSON = { _ in [:] }
    ) -> [AuthorityAttempt] {
        openIM(
            permission,
            path,
            first: first,
            Dictionary(uniqueKeysWithValues: generations.map { ($0, body) })
        )
    }

    // MARK: What is asked

    private static let methods: [AuthorityAttempt] = [
        rpc(1, "SendMsg") { _ in ["markdownText": "x"] },
        rpc(2, "RecallMsg") { ["msgId": try await $0.said()] },
        rpc(3, "BanUser") { ["userIds": [try $0.number("mem")]] },
        rpc(3, "BanUser") { _ in [:] },
        rpc(4, "UnbanUser") { scene in
            try await scene.prepare("BanUser", ["userIds": [try scene.number("mem")]])
            return ["userIds": [try scene.number("mem")]]
        },
        rpc(5, "KickUser") { ["userId": try $0.number("mem")] },
        rpc(6, "SetSessionInfo") { _ in ["name": "n"] },
        rpc(7, "SetSessionInfo") { _ in ["avatarKey": "k"] },
        rpc(8, "SetSessionInfo") { _ in ["description": "d"] },
        rpc(9, "DeleteSession") { _ in [:] },
        rpc(10, "AddRole") { _ in ["name": "r"] },
        rpc(10, "SetRole") { scene in
            let role = try await scene.prepare("AddRole", ["name": "r"])
            return ["roleId": try #require(role["roleId"]), "memberId": try scene.number("mem")]
        },
        rpc(11, "MuteUser") { ["userIds": [try $0.number("mem")]] },
        rpc(11, "MuteUser") { _ in [:] },
        rpc(12, "UnmuteUser") { scene in
            try await scene.prepare("MuteUser", ["userIds": [try scene.number("mem")]])
            return ["userIds": [try scene.number("mem")]]
        },
        rpc(12, "UnmuteUser") { scene in
            try await scene.prepare("MuteUser")
            return [:]
        },
        rpc(13, "AllowUserJoinSession") { scene in
            try await scene.prepare("JoinSession", by: "out")
            return ["userId": try scene.number("out"), "accepted": true]
        },
    ]

    /// A client's message in the form that the first two generations wrap.
    private static func message(_ scene: AuthorityScene, _ more: TestJSON = [:]) -> TestJSON {
        [
            "sessionType": 3, "contentType": 101, "recvID": "", "groupID": .string(scene.group),
            "content": "x", "clientMsgID": "", "options": more,
        ]
    }

    private static func sending() -> [AuthorityAttempt] {
        var attempts = openIM(
            1,
            "/chat/send_msg",
            first: 401,
            [1: { ["reqIdentifier": 1003, "platformID": 1, "sendID": "actor", "data": message($0)] }]
        )
        let plain: TestJSON = [
            "sendID": "actor", "content": ["content": "x"], "contentType": 101, "sessionType": 3,
        ]
        attempts += openIM(
            1,
            "/msg/send_msg",
            [
                2: { scene in
                    [
                        "reqIdentifier": 1003, "senderPlatformID": 1, "sendID": "actor",
                        "senderNickname": "a", "senderFaceURL": "", "data": message(scene),
                    ]
                },
                3: { _ in plain },
            ]
        )
        // Nothing of it is stored.
        attempts += openIM(1, "/msg/send_msg", [3: { _ in plain.setting("isOnlineOnly", true) }])
        attempts += openIM(
            2,
            "/msg/revoke_msg",
            first: 401,
            [
                1: { ["uid": "actor", "clientMsgID": try await $0.said()] },
                2: { ["userID": "actor", "clientMsgID": try await $0.said()] },
                3: { ["userID": "actor", "clientMsgID": try await $0.said()] },
            ]
        )
        return attempts
    }

    /// A change of the group's data.
    private static func info(_ permission: Int64, _ name: String, _ value: TestJSON = "words")
        -> [AuthorityAttempt]
    {
        let body: TestJSON = .object([.init(name, value)])
        return openIM(
            permission,
            "/group/set_group_info",
            first: 622,
            [1: { _ in body }, 2: { _ in body }, 3: { _ in body }]
        )
    }

    private static func groupInfos() -> [AuthorityAttempt] {
        var attempts = info(6, "groupName") + info(6, "needVerification", 2)
        attempts += info(8, "introduction") + info(8, "notification")
        attempts += openIM(
            7,
            "/group/set_group_info",
            first: 622,
            [
                1: { _ in ["faceUrl": "words"] }, 2: { _ in ["faceURL": "words"] },
                3: { _ in ["faceURL": "words"] },
            ]
        )
        attempts += openIM(9, "/group/dismiss_group", in: [2, 3])
        return attempts
    }

    private static func members() -> [AuthorityAttempt] {
        var attempts = openIM(
            5,
            "/group/kick_group",
            [
                1: { _ in ["uidListInfo": [["userId": "mem"]], "reason": ""] },
                2: { _ in ["kickedUserIDList": ["mem"], "reason": ""] },
                3: { _ in ["kickedUserIDs": ["mem"], "reason": ""] },
            ]
        )
        attempts += openIM(
            10,
            "/group/set_group_member_info",
            // Nobody gives permissions that it lacks, and administrators have most.
            more: all,
            [
                1: { _ in ["uid": "mem", "setRole": 2] },
                2: { _ in ["userID": "mem", "roleLevel": 3] },
                3: { scene in
                    ["members": [["groupID": .string(scene.group), "userID": "mem", "roleLevel": 60]]]
                },
            ]
        )
        attempts += openIM(
            13,
            "/group/group_application_response",
            [
                1: { try await application($0, ["toUserID": "0"]) }, 2: { try await application($0, [:]) },
                3: { try await application($0, [:]) },
            ]
        )
        return attempts
    }

    private static func mutes() -> [AuthorityAttempt] {
        var attempts = openIM(
            11,
            "/group/set_group_member_nickname",
            [
                1: { _ in ["uid": "mem", "nickName": "n"] },
                2: { _ in ["userID": "mem", "nickname": "n"] },
                3: { _ in ["userID": "mem", "nickname": "n"] },
            ]
        )
        attempts += openIM(
            11,
            "/group/mute_group_member",
            [
                1: { _ in ["uid": "mem", "mutedSeconds": 9] },
                2: { _ in ["userID": "mem", "mutedSeconds": 9] },
                3: { _ in ["userID": "mem", "mutedSeconds": 9] },
            ]
        )
        attempts += openIM(
            12,
            "/group/cancel_mute_group_member",
            [1: { _ in ["uid": "mem"] }, 2: { _ in ["userID": "mem"] }, 3: { _ in ["userID": "mem"] }]
        )
        attempts += openIM(11, "/group/mute_group", in: [2, 3])
        attempts += openIM(12, "/group/cancel_mute_group", in: [2, 3])
        return attempts
    }

    /// `out` asks for a place.
    private static func application(_ scene: AuthorityScene, _ more: TestJSON) async throws
        -> TestJSON
    {
        try await scene.prepare("JoinSession", by: "out")
        return more.setting("fromUserID", "out").setting("handledMsg", "").setting("handleResult", 1)
    }

    static let attempts =
        methods + sending() + groupInfos() + members() + mutes()
        + [AuthorityAttempt(permission: 1, way: .frame, body: { _ in [:] })]
}
