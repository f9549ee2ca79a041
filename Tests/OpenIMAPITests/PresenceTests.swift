// Presence by platform, and its subscribers.

import Foundation
import TestKit
import Testing

@Suite struct PresenceTests {
    /// Users `ann`, `bob` and `cid`, of whom `bob` follows `ann`, with their sessions by platform.
    private struct World {
        let app: TestApp

        static func make() async throws -> World {
            let world = World(app: try await TestServer.shared().makeApp())
            for name in ["ann", "bob", "cid"] { try await world.app.register(name) }
            let following: TestJSON = ["operationID": "1", "userID": "bob", "userIDs": ["ann"], "genre": 1]
            let token = try await world.app.sessionToken("bob")
            let reply = try await world.app.ask("/user/subscribe_users_status", following, token: token)
            try #require(reply.errCode == 0)
            return world
        }

        /// Asks as a manager, in a generation's manner.
        func ask(_ path: String, _ body: TestJSON, isThird: Bool = false) async throws -> TestJSON {
            var request = HTTPRequest("POST", "\(app.prefix)/openim\(path)", json: body)
            if isThird { request.headers.add("operationID", "1") }
            return try await app.server.client().send(request.authorized(try await app.managerToken())).json()
        }
    }

    private static func frame(_ platforms: [TestJSON], published: TestJSON = [:]) -> TestJSON {
        [
            "code": 100, "ocid": "ann", "online": .bool(!platforms.isEmpty), "platforms": .array(platforms),
            "published": published,
        ]
    }

    @Test func `a user is online from the platforms of its sockets, in the words of each generation`()
        async throws
    {
        let world = try await World.make()
        let android = try await world.app.sessionToken("ann", platform: 2)
        let plain = try await world.app.userToken("ann", password: "123")
        let opened = DispatchSemaphore(value: 0), close = DispatchSemaphore(value: 0)
        async let ended: Void = onOwnThread {
            var one = try world.app.socket(token: android)
            _ = try one.isQuiet()
            var two = try world.app.socket(token: plain)
            _ = try two.isQuiet()
            var three = try world.app.socket(token: android)
            _ = try three.isQuiet()
            opened.signal()
            _ = close.wait(timeout: .now() + Deadline.patience)
        }
        try await onOwnThread { _ = opened.wait(timeout: .now() + Deadline.patience) }
        let names: TestJSON = ["operationID": "1", "userIDList": ["ann", "bob", "nobody"]]
        let first = try await world.ask("/manager/get_users_online_status", names)
        let offline: [TestJSON] = ["bob", "nobody"].map { ["userID": $0, "status": "offline"] }
        let platforms: TestJSON = [
            ["platform": "Android", "status": "online"], ["platform": "Web", "status": "online"],
        ]
        #expect(
            first["successResult"]
                == .array(
                    [["userID": "ann", "status": "online", "detailPlatformStatus": platforms]] + offline
                )
        )
        let second = try await world.ask("/user/get_users_online_status", names)["data"]?[0]
        let devices = second?["detailPlatformStatus"]?.array ?? []
        #expect(devices.map { $0["platform"] } == ["Android", "Web", "Android"])
        #expect(Set(devices.map { $0["connID"]?.string }).count == 3)
        let third = try await world.ask("/user/get_users_online_status", ["userIDs": ["ann"]], isThird: true)
        #expect(third["data"]?[0]?["status"] == 1)
        #expect(third["data"]?[0]?["detailPlatformStatus"]?.array?.map { $0["platformID"] } == [2, 5, 2])
        let followed = try await world.ask(
            "/user/get_subscribe_users_status",
            ["userID": "bob"],
            isThird: true
        )
        #expect(followed["data"]?["statusList"] == [["userID": "ann", "status": 1, "platformIDs": [2, 5]]])
        close.signal()
        try await ended
    }

    @Test func `who follows a user is told from which platforms it is online, and nobody else is`()
        async throws
    {
        let world = try await World.make()
        let android = try await world.app.sessionToken("ann", platform: 2)
        let plain = try await world.app.userToken("ann", password: "123")
        let (bob, cid) = (try await world.app.sessionToken("bob"), try await world.app.sessionToken("cid"))
        let told = try await onOwnThread {
            var follower = try world.app.socket(token: bob)
            var stranger = try world.app.socket(token: cid)
            _ = (try follower.isQuiet(), try stranger.isQuiet())
            var told: [TestJSON] = []
            var one = try world.app.socket(token: android)
            told.append(try follower.message())
            var two = try world.app.socket(token: android)
            _ = try two.isQuiet()
            var three = try world.app.socket(token: plain)
            told.append(try follower.message())
            try three.close()
            told.append(try follower.message())
            try one.close()
            try two.close()
            told.append(try follower.message())
            guard try follower.isQuiet(), try stranger.isQuiet() else {
                throw RawSocket.Failure("more was told")
            }
            return told
        }
        #expect(told == [Self.frame([2]), Self.frame([2, 5]), Self.frame([2]), Self.frame([])])
    }

    @Test func `ending the sessions of a platform closes its sockets, and those of others stay`() async throws
    {
        let world = try await World.make()
        let android = try await world.app.sessionToken("ann", platform: 2)
        let web = try await world.app.sessionToken("ann", platform: 5)
        let bob = try await world.app.sessionToken("bob")
        let opened = DispatchSemaphore(value: 0), published = DispatchSemaphore(value: 0)
        async let told = onOwnThread {
            var follower = try world.app.socket(token: bob)
            _ = try follower.isQuiet()
            var kept = try world.app.socket(token: web)
            var told = [try follower.message()]
            var ended = try world.app.socket(token: android)
            told.append(try follower.message())
            opened.signal()
            guard try ended.waitForClose() == 1008 else { throw RawSocket.Failure("closed otherwise") }
            told.append(try follower.message())
            guard try kept.isQuiet() else { throw RawSocket.Failure("the other heard of it") }
            published.signal()
            told.append(try follower.message())
            return told
        }
        try await onOwnThread { _ = opened.wait(timeout: .now() + Deadline.patience) }
        let reply = try await world.ask(
            "/auth/force_logout",
            ["operationID": "1", "platform": 2, "fromUserID": "ann"]
        )
        #expect(reply["errCode"] == 0)
        try await onOwnThread { _ = published.wait(timeout: .now() + Deadline.patience) }
        // The other dialect's presence goes the same way.
        try await world.app.perform("POST", "/users/ann/presence/ios/busy")
        #expect(
            try await told == [
                Self.frame([5]), Self.frame([2, 5]), Self.frame([5]),
                Self.frame([5], published: ["ios": "busy"]),
            ]
        )
    }

    @Test func `revoking a secret closes the sockets of the sessions that it opened, and no other`()
        async throws
    {
        let world = try await World.make()
        let app = world.app
        let session = try await app.sessionToken("ann")
        let plain = try await app.userToken("ann", password: "123")
        let opened = DispatchSemaphore(value: 0)
        async let code = onOwnThread {
            var ended = try app.socket(token: session)
            var kept = try app.socket(token: plain)
            _ = (try ended.isQuiet(), try kept.isQuiet())
            opened.signal()
            let code = try ended.waitForClose()
            guard try kept.isQuiet() else { throw RawSocket.Failure("the other heard of it") }
            return code
        }
        try await onOwnThread { _ = opened.wait(timeout: .now() + 20) }
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        _ = try await app.server.command("app", "rotate", name, "--json").json()
        _ = try await app.server.command("app", "revoke", name, app.credentials.clientID, "--json").json()
        #expect(try await code == 1008)
    }
}
