// The gateway: who gets a socket, what comes through it without having been asked for, and what ends it.

import Foundation
import TestKit
import Testing

@Suite struct GatewayTests {
    /// An application with users `ann`, `bob` and `cid`, and their tokens.
    private struct World {
        let app: TestApp
        var tokens: [String: String] = [:]

        static func make(_ server: TestServer? = nil) async throws -> World {
            let server = if let server { server } else { try await TestServer.shared() }
            var world = World(app: try await server.makeApp())
            for name in ["ann", "bob", "cid"] {
                try await world.app.register(name)
                world.tokens[name] = try await world.app.userToken(name, password: "123")
            }
            return world
        }

        /// Sends a text over HTTP.
        func send(_ text: String, from: String = "bob", to users: [String] = ["ann"]) async throws {
            try await app.perform(
                "POST",
                "/messages",
                [
                    "target_type": "users", "target": .array(users.map { .string($0) }),
                    "from": .string(from),
                    "msg": ["type": "txt", "msg": .string(text)],
                ]
            )
        }

        func group(_ owner: String, _ members: [String], kind: String = "chatgroups") async throws -> String {
            let body: TestJSON =
                kind == "chatgroups"
                ? [
                    "groupname": "g", "desc": "d", "public": true, "owner": .string(owner),
                    "members": .array(members.map { .string($0) }),
                ]
                : [
                    "name": "r", "description": "d", "owner": .string(owner),
                    "members": .array(members.map { .string($0) }),
                ]
            let reply = try await app.perform("POST", "/\(kind)", body)
            return try #require(try reply.json()["data"]?[kind == "chatgroups" ? "groupid" : "id"]?.string)
        }

        func post(_ text: String, from: String, to group: String, type: String = "chatgroups") async throws {
            try await app.perform(
                "POST",
                "/messages",
                [
                    "target_type": .string(type), "target": [.string(group)], "from": .string(from),
                    "msg": ["type": "txt", "msg": .string(text)],
                ]
            )
        }

        func status(_ user: String) async throws -> String? {
            try await app.perform("GET", "/users/\(user)/status").json()["data"]?[user]?.string
        }

        func waiting(_ user: String) async throws -> TestJSON? {
            try await app.perform("GET", "/users/\(user)/offline_msg_count").json()["data"]?[user]
        }

        /// Looks again until it is so, as something else decides when.
        func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
            let deadline = Deadline()
            while !deadline.hasPassed { if try await isSo() { return true } }
            return false
        }
    }

    private static func text(_ frame: TestJSON) -> String? { frame["msg"]?[0]?["text"]?.string }

    // MARK: Opening

    @Test func `what doesn't open a socket is told why, in the order of the checks`() async throws {
        let world = try await World.make()
        let other = try await World.make()
        let (path, port) = ("\(world.app.prefix)/gateway", try world.app.server.port)
        let applicationToken = try await world.app.token()
        let expired = try await world.app.expiredToken()
        let cases: [(String, String, Int)] = [
            ("no upgrade", "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n", 426),
            (
                "another version", WebSocketClient.request(path).replacing("Version: 13", with: "Version: 8"),
                426
            ),
            ("a wrong key", WebSocketClient.request(path).replacing("dGhl", with: "!!!!"), 400),
            ("a wrong position", WebSocketClient.request(path + "?after=x"), 400),
            ("a forged token", WebSocketClient.request(path, fields: ["Authorization: Bearer YWMtx"]), 401),
            ("a forged token in the query", WebSocketClient.request(path + "?access_token=YWMtx"), 401),
            (
                "an expired token",
                WebSocketClient.request(path, fields: ["Authorization: Bearer \(expired)"]), 401
            ),
            (
                "the token of another application's user",
                WebSocketClient.request(path, fields: ["Authorization: Bearer \(other.tokens["ann"]!)"]), 401
            ),
            (
                "the application's token",
                WebSocketClient.request(path, fields: ["Authorization: Bearer \(applicationToken)"]), 403
            ),
            ("no such application", WebSocketClient.request("/no/app/gateway"), 404),
            ("another method", "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 405),
        ]
        let found = try await onOwnThread {
            try cases.map { _, request, _ in
                var socket = try RawSocket(port: port)
                try socket.send(request)
                return try socket.readResponse().status
            }
        }
        for (index, entry) in cases.enumerated() { #expect(found[index] == entry.2, "\(entry.0)") }
        #expect(try await world.status("ann") == "offline")
    }

    @Test func `a user's token opens a socket, in a field or in the query`() async throws {
        let world = try await World.make()
        let token = try #require(world.tokens["ann"])
        for target in ["\(world.app.prefix)/gateway?access_token=\(token)", "\(world.app.prefix)/gateway"] {
            let inQuery = target.contains("?")
            try await onOwnThread {
                var socket = try WebSocketClient(
                    port: try world.app.server.port,
                    target,
                    token: inQuery ? nil : token
                )
                let reply = try socket.ask(["code": 10, "ocid": "ann", "request_values": ["ocid"]])
                guard reply["data"]?["ocid"] == "ann" else { throw RawSocket.Failure("\(reply)") }
                try socket.close()
            }
        }
    }

    // MARK: Messages

    @Test func `a message reaches every live socket of its receiver, whatever dialect sent it`() async throws
    {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"]), cid = try #require(world.tokens["cid"])
        let (sent, ready) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let received = onOwnThread {
            var one = try world.app.socket(token: ann)
            var two = try world.app.socket(token: ann)
            var other = try world.app.socket(token: cid)
            // Each is past its log-in once it has answered.
            _ = (try one.isQuiet(), try two.isQuiet(), try other.isQuiet())
            ready.signal()
            guard sent.wait(timeout: .now() + Deadline.patience) == .success else {
                throw DeadlinePassed(description: "sent")
            }
            let frames = [try one.message(), try two.message()]
            guard try other.isQuiet() else { throw RawSocket.Failure("a stranger got it") }
            return frames
        }
        try await onOwnThread { _ = ready.wait(timeout: .now() + Deadline.patience) }
        try await world.send("hello 你好")
        sent.signal()
        let frames = try await received
        for frame in frames {
            #expect(frame["code"] == 0 && frame["sender"]?["ocid"] == "bob", "\(frame)")
            #expect(frame["msg"] == [["type": 0, "text": "hello 你好"]])
            #expect(frame["msg_id"] == frames[0]["msg_id"] && frame["msg_id"]?.string != nil)
        }
    }

    @Test func `a group's and a room's messages reach their members, and nobody else`() async throws {
        let world = try await World.make()
        let tokens = world.tokens
        let group = try await world.group("ann", ["bob"])
        let room = try await world.group("ann", ["cid"], kind: "chatrooms")
        let ready = DispatchSemaphore(value: 0), sent = DispatchSemaphore(value: 0)
        async let received = onOwnThread {
            var found: [[String?]] = []
            var ann = try world.app.socket(token: tokens["ann"])
            var bob = try world.app.socket(token: tokens["bob"])
            var cid = try world.app.socket(token: tokens["cid"])
            _ = (try ann.isQuiet(), try bob.isQuiet(), try cid.isQuiet())
            ready.signal()
            guard sent.wait(timeout: .now() + Deadline.patience) == .success else {
                throw DeadlinePassed(description: "sent")
            }
            found.append([Self.text(try ann.message()), Self.text(try ann.message())])
            found.append([Self.text(try bob.message())])
            found.append([Self.text(try cid.message())])
            _ = (try ann.isQuiet(), try bob.isQuiet(), try cid.isQuiet())
            return found
        }
        try await onOwnThread { _ = ready.wait(timeout: .now() + Deadline.patience) }
        try await world.post("to the group", from: "admin", to: group)
        try await world.post("to the room", from: "admin", to: room, type: "chatrooms")
        sent.signal()
        #expect(try await received == [["to the group", "to the room"], ["to the group"], ["to the room"]])
    }

    @Test func `what was missed comes after the log-in, in order, once, and then counts as delivered`()
        async throws
    {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        let group = try await world.group("bob", ["ann"])
        var expected: [String] = []
        for number in 0..<150 {
            expected.append("m\(number)")
            if number % 3 == 0 {
                try await world.post("m\(number)", from: "bob", to: group)
            } else {
                try await world.send("m\(number)", from: number % 3 == 1 ? "bob" : "cid")
            }
        }
        #expect(try await world.waiting("ann") == 150)
        let count = expected.count
        let first = try await onOwnThread {
            var socket = try world.app.socket(token: ann)
            var texts: [String] = []
            while texts.count < count { texts.append(Self.text(try socket.message()) ?? "") }
            try socket.acknowledge()
            return texts
        }
        #expect(first == expected)
        #expect(try await world.eventually { try await world.waiting("ann") == 0 })
        let isQuiet = try await onOwnThread {
            var socket = try world.app.socket(token: ann)
            return try socket.isQuiet()
        }
        #expect(isQuiet)
    }

    @Test func `what nobody has acknowledged waits on, and comes again`() async throws {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        try await world.send("once")
        for _ in 0..<2 {
            let text = try await onOwnThread {
                var socket = try world.app.socket(token: ann)
                socket.answersPings = false
                return Self.text(try socket.message())
            }
            #expect(text == "once")
            #expect(try await world.waiting("ann") == 1)
        }
    }

    @Test func `a device that says what it has gets all that came behind it, whatever another one got`()
        async throws
    {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        for text in ["a", "b", "c"] { try await world.send(text) }
        let ids = try await onOwnThread {
            var socket = try world.app.socket(token: ann)
            var ids: [String] = []
            while ids.count < 3 { ids.append(try socket.message()["msg_id"]?.string ?? "") }
            try socket.acknowledge()
            return ids
        }
        #expect(try await world.eventually { try await world.waiting("ann") == 0 })
        for (position, expected) in [("0", ["a", "b", "c"]), (ids[0], ["b", "c"]), (ids[2], [])] {
            let texts = try await onOwnThread {
                var socket = try world.app.socket(token: ann, after: position)
                var texts: [String?] = []
                while texts.count < expected.count { texts.append(Self.text(try socket.message())) }
                guard try socket.isQuiet() else { throw RawSocket.Failure("more came") }
                return texts
            }
            #expect(texts == expected)
        }
    }

    @Test func `what is for some members only comes to each of their devices once, and to nobody else`()
        async throws
    {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        let group = try await world.group("bob", ["ann", "cid"])
        func direct(_ text: String) async throws {
            let body: TestJSON = [
                "to": [.string(group)], "from": "bob", "users": ["ann"], "type": "txt",
                "body": ["msg": .string(text)],
            ]
            let sent = try await world.app.perform("POST", "/messages/chatgroups/users", body)
            try #require(sent.status == 200, "\(sent.text)")
        }
        try await world.post("before", from: "bob", to: group)
        try await direct("for ann")
        try await world.post("after", from: "bob", to: group)
        func read(_ position: String?, _ count: Int) async throws -> [String?] {
            try await onOwnThread {
                var socket = try world.app.socket(token: ann, after: position)
                var texts: [String?] = []
                while texts.count < count { texts.append(Self.text(try socket.message())) }
                try socket.acknowledge()
                guard try socket.isQuiet() else { throw RawSocket.Failure("more came") }
                return texts
            }
        }
        // The phone reads and acknowledges; the tablet has nothing yet.
        #expect(try await read(nil, 3) == ["before", "for ann", "after"])
        #expect(try await world.eventually { try await world.waiting("ann") == 0 })
        #expect(try await read("0", 3) == ["before", "for ann", "after"])
        #expect(try await read(nil, 0) == [])
        let cid = try #require(world.tokens["cid"])
        let others = try await onOwnThread {
            var socket = try world.app.socket(token: cid, after: "0")
            let texts = [Self.text(try socket.message()), Self.text(try socket.message())]
            guard try socket.isQuiet() else { throw RawSocket.Failure("more came") }
            return texts
        }
        #expect(others == ["before", "after"])
    }

    @Test func `a socket that a token opened is closed when the token's time is over`() async throws {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        let code = try await onOwnThread { () throws -> Int? in
            // On a machine that is slow enough the token may be over before the socket is open.
            for seconds: UInt32 in [2, 8, 32] {
                let token = try world.app.token(ann, endingInSeconds: seconds)
                guard var socket = try? world.app.socket(token: token) else { continue }
                return try socket.waitForClose()
            }
            return nil
        }
        #expect(code == 1008)
        #expect(try await world.eventually { try await world.status("ann") == "offline" })
    }

    // MARK: Presence, and its end

    @Test func `a device of somebody who is online can be thrown out, another one can't`() async throws {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        let opened = DispatchSemaphore(value: 0)
        async let code: Int? = onOwnThread {
            var socket = try world.app.socket(token: ann)
            _ = try socket.isQuiet()
            opened.signal()
            return try socket.waitForClose()
        }
        try await onOwnThread { _ = opened.wait(timeout: .now() + Deadline.patience) }
        let other = try await world.app.perform("GET", "/users/ann/disconnect/tablet")
        #expect(try other.json()["data"]?["result"] == false)
        #expect(try await world.status("ann") == "online")
        let own = try await world.app.perform("GET", "/users/ann/disconnect/socket")
        #expect(try own.json()["data"]?["result"] == true)
        #expect(try await code == 1008)
        #expect(try await world.eventually { try await world.status("ann") == "offline" })
        #expect(try await world.app.perform("GET", "/users/ann/resources").json()["data"] == [])
    }

    @Test func `online is who has a socket, and nobody any more when the last one is closed`() async throws {
        let world = try await World.make()
        let ann = try #require(world.tokens["ann"])
        #expect(try await world.status("ann") == "offline")
        let opened = DispatchSemaphore(value: 0), close = DispatchSemaphore(value: 0)
        async let ended: Void = onOwnThread {
            var one = try world.app.socket(token: ann)
            var two = try world.app.socket(token: ann)
            _ = (try one.isQuiet(), try two.isQuiet())
            opened.signal()
            _ = close.wait(timeout: .now() + Deadline.patience)
            try one.close()
            opened.signal()
            _ = close.wait(timeout: .now() + Deadline.patience)
            try two.close()
        }
        try await onOwnThread { _ = opened.wait(timeout: .now() + Deadline.patience) }
        #expect(try await world.status("ann") == "online")
        #expect(try await world.status("bob") == "offline")
        let batch = try await world.app.perform("POST", "/users/batch/status", ["usernames": ["ann", "bob"]])
        #expect(try batch.json()["data"] == [["ann": "online"], ["bob": "offline"]])
        let devices = try await world.app.perform("GET", "/users/ann/resources")
        #expect(try devices.json()["data"] == [["res": "socket", "device_uuid": "socket"]])
        #expect(try await world.app.perform("GET", "/users/bob/resources").json()["data"] == [])
        close.signal()
        try await onOwnThread { _ = opened.wait(timeout: .now() + Deadline.patience) }
        #expect(try await world.status("ann") == "online")
        close.signal()
        try await ended
        #expect(try await world.eventually { try await world.status("ann") == "offline" })
    }

    @Test(
        arguments: [
            ("GET", "/users/ann/disconnect", nil), ("POST", "/users/ann/deactivate", nil),
            ("DELETE", "/users/ann", nil),
            ("PUT", "/users/ann/password", ["newpassword": "456"]),
        ] as [(String, String, TestJSON?)]
    )
    func `throwing a user out closes its sockets, and only its`(method: String, path: String, body: TestJSON?)
        async throws
    {
        let world = try await World.make()
        let tokens = world.tokens
        let ready = DispatchSemaphore(value: 0)
        async let code = onOwnThread {
            var ann = try world.app.socket(token: tokens["ann"])
            var bob = try world.app.socket(token: tokens["bob"])
            _ = (try ann.isQuiet(), try bob.isQuiet())
            ready.signal()
            let code = try ann.waitForClose()
            guard try bob.isQuiet() else { throw RawSocket.Failure("another one heard of it") }
            return code
        }
        try await onOwnThread { _ = ready.wait(timeout: .now() + Deadline.patience) }
        try await world.app.perform(method, path, body)
        #expect(try await code == 1008)
        let token = try #require(tokens["ann"])
        let reply = try await onOwnThread {
            var socket = try world.app.server.rawSocket()
            try socket.send(
                WebSocketClient.request(
                    "\(world.app.prefix)/gateway",
                    fields: ["Authorization: Bearer \(token)"]
                )
            )
            return try socket.readResponse().status
        }
        #expect(reply == 401)
    }

    @Test func `a stopping server says 1001 and ends in time`() async throws {
        let server = try await TestServer.start()
        let world = try await World.make(server)
        let ann = try #require(world.tokens["ann"])
        let ready = DispatchSemaphore(value: 0)
        async let code = onOwnThread {
            var socket = try world.app.socket(token: ann)
            // One that never answers must not hold the server up.
            let silent = try world.app.socket(token: ann)
            _ = try socket.isQuiet()
            ready.signal()
            let code = try socket.waitForClose()
            _ = silent.opening
            return code
        }
        try await onOwnThread { _ = ready.wait(timeout: .now() + Deadline.patience) }
        try await server.stop()
        #expect(try await code == 1001)
    }
}
