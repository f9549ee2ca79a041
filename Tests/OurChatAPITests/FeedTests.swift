// FetchMsgs: what was missed and what comes, each once and in order, and what ends it.

import Foundation
import TestKit
import Testing

@Suite struct FeedTests {
    /// Users `ann` and `bob` with a session of the two.
    struct World {
        let app: TestApp
        let ann: String
        let bob: String
        /// The application's own token.
        let token: String
        let session: String

        static func make(_ server: TestServer? = nil) async throws -> World {
            let server = if let server { server } else { try await TestServer.shared() }
            let app = try await server.makeApp()
            for name in ["ann", "bob"] { try await app.register(name) }
            let made = try await app.perform(
                "POST",
                "/chatgroups",
                ["groupname": "g", "desc": "d", "public": true, "owner": "ann", "members": ["bob"]]
            )
            return World(
                app: app,
                ann: try await app.userToken("ann", password: "123"),
                bob: try await app.userToken("bob", password: "123"),
                token: try await app.token(),
                session: try #require(try made.json()["data"]?["groupid"]?.string)
            )
        }

        /// Says something in the session; the reply has its number and time.
        @discardableResult
        func say(_ text: String, by token: String? = nil) async throws -> TestJSON {
            let reply = try await app.server.client().post(
                app.path(ofMethod: "SendMsg"),
                ["sessionId": .string(session), "markdownText": .string(text)],
                token: token ?? bob
            )
            try #require(reply.status == 200)
            return try reply.json()
        }

        /// Calls a method on a thread of the test's own.
        @discardableResult
        func callNow(_ method: String, _ body: TestJSON, by token: String) throws -> HTTPReply {
            let request = HTTPRequest("POST", app.path(ofMethod: method), json: body).authorized(token)
            return try app.server.client().sendBlocking(request)
        }

        /// The same for `say`.
        func sayNow(_ text: String) throws {
            let body: TestJSON = ["sessionId": .string(session), "markdownText": .string(text)]
            try #require(try callNow("SendMsg", body, by: bob).status == 200)
        }

        /// The same for a request of the application.
        @discardableResult
        func performNow(_ method: String, _ path: String, _ body: TestJSON? = nil) throws -> HTTPReply {
            let request =
                body.map { HTTPRequest(method, app.prefix + path, json: $0) }
                ?? HTTPRequest(method, app.prefix + path)
            return try app.server.client().sendBlocking(request.authorized(token))
        }

        /// The records behind a time, as they are now.
        func records(from time: TestJSON = "1970-01-01T00:00:00Z") async throws -> EnvelopeStream {
            try await app.server.client().send(
                .stream(app.path(ofMethod: "FetchMsgs"), [["time": time]], token: ann, timeoutMilliseconds: 1)
            ).stream()
        }
    }

    private static func texts(_ records: [TestJSON]) -> [String?] {
        records.map { $0["msg"]?["markdownText"]?.string }
    }

    @Test func `what was missed comes first, then what is said, each once and in order`() async throws {
        let world = try await World.make()
        // More than one page of the reader.
        for number in 0..<130 { try await world.say("missed \(number)") }
        let feed = Task {
            try await onOwnThread {
                var feed = try world.app.feed(token: world.ann)
                return try feed.next(200)
            }
        }
        for number in 0..<70 {
            try await world.say("said \(number)", by: number % 2 == 0 ? world.ann : world.bob)
        }
        let records = try await feed.value
        #expect(Self.texts(records) == (0..<130).map { "missed \($0)" } + (0..<70).map { "said \($0)" })
        let numbers = records.compactMap { $0["msgId"]?.string }.compactMap { Int64($0) }
        #expect(numbers.count == 200 && numbers == numbers.sorted() && Set(numbers).count == 200)
    }

    @Test func `a record's time is exactly where the next call goes on`() async throws {
        let world = try await World.make()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 { group.addTask { try await world.say("\(number)") } }
            try await group.waitForAll()
        }
        let all = try await world.records().json
        #expect(all.count == 40)
        for (index, record) in all.enumerated() {
            let rest = try await world.records(from: try #require(record["time"])).json
            #expect(rest == Array(all[(index + 1)...]), "behind \(index)")
        }
    }

    @Test func `what SendMsg answers with is the record's number and time`() async throws {
        let world = try await World.make()
        let sent = try await world.say("x")
        let record = try #require(try await world.records().json.first)
        #expect(record["msgId"] == sent["msgId"] && record["time"] == sent["time"])
    }

    @Test func `a time to come means from now on`() async throws {
        let world = try await World.make()
        try await world.say("before")
        let records = try await onOwnThread {
            var feed = try world.app.feed(token: world.ann, from: "9999-12-31T23:59:59.999999999Z")
            try world.sayNow("after")
            return try feed.next(1)
        }
        #expect(Self.texts(records) == ["after"])
    }

    @Test func `what other dialects send comes too`() async throws {
        let world = try await World.make()
        for (type, target) in [("chatgroups", world.session), ("users", "ann")] {
            try await world.app.perform(
                "POST",
                "/messages",
                [
                    "target_type": .string(type), "target": [.string(target)], "from": "bob",
                    "msg": ["type": "txt", "msg": .string(type)],
                ]
            )
        }
        let records = try await world.records().json
        #expect(Self.texts(records) == ["chatgroups", "users"])
        #expect(records[0]["msg"]?["sessionId"]?.string == world.session)
        #expect(records[1]["msg"]?["sessionId"]?.string != world.session)
        #expect(records[0]["msg"]?["senderId"] == records[1]["msg"]?["senderId"])
    }

    @Test
    func `a recall is a record of its own: for who listens, who was away after reading, and who comes later`()
        async throws
    {
        let world = try await World.make()
        let sent = try await world.say("regretted")
        let number = try #require(sent["msgId"])
        let read = try #require(try await world.records().json.first?["time"])
        let live = try await onOwnThread {
            var feed = try world.app.feed(token: world.ann)
            _ = try feed.next()
            let recall: TestJSON = ["msgId": number, "sessionId": .string(world.session)]
            let reply = try world.callNow("RecallMsg", recall, by: world.bob)
            let record = try feed.next()
            #expect(try reply.json() == ["msgId": try #require(record["msgId"])])
            return record
        }
        #expect(live["recall"]?["msgId"] == number && live["msg"] == nil && live["msgId"] != number)
        try await world.say("after")
        let later = try await world.records(from: read).json
        #expect(later.count == 2 && later[0] == live && later[1]["msg"]?["markdownText"] == "after")
        // The message isn't pushed again to anybody.
        #expect(try await world.records().json == later)
        let time = try #require(live["time"])
        #expect(try await world.records(from: time).json == [later[1]])
    }

    @Test func `who comes later gets nothing of before, who has left nothing of after`() async throws {
        let world = try await World.make()
        try await world.app.register("cid")
        try await world.say("before")
        try await world.app.perform("POST", "/chatgroups/\(world.session)/users/cid")
        try await world.say("between")
        let cid = try await world.app.userToken("cid", password: "123")
        let call = { (token: String) in
            try await world.app.server.client().send(
                .stream(
                    world.app.path(ofMethod: "FetchMsgs"),
                    [["time": "1970-01-01T00:00:00Z"]],
                    token: token,
                    timeoutMilliseconds: 1
                )
            ).stream().json
        }
        #expect(Self.texts(try await call(cid)) == ["between"])
        try await world.app.perform("DELETE", "/chatgroups/\(world.session)/users/cid")
        try await world.say("after")
        #expect(try await call(cid) == [])
    }

    // MARK: The end

    @Test func `a call ends when its time has passed, behind what there was to tell`() async throws {
        let world = try await World.make()
        try await world.say("x")
        let stream = try await world.records()
        #expect(Self.texts(try stream.json) == ["x"])
        #expect(stream.code == "deadline_exceeded")
    }

    @Test(
        arguments: [
            ("POST", "/users/ann/deactivate", nil), ("DELETE", "/users/ann", nil),
            ("PUT", "/users/ann/password", ["newpassword": "456"]), ("GET", "/users/ann/disconnect", nil),
        ] as [(String, String, TestJSON?)]
    )
    func `the end of a user's tokens ends the stream with 16`(method: String, path: String, body: TestJSON?)
        async throws
    {
        let world = try await World.make()
        try await world.say("x")
        let (messages, end) = try await onOwnThread {
            var feed = try world.app.feed(token: world.ann)
            _ = try feed.next()
            try world.performNow(method, path, body)
            return try feed.end()
        }
        #expect(messages == [])
        #expect(end == ["error": ["code": "unauthenticated", "message": "Token Invalid"]])
    }

    @Test func `the end of the token's time ends the stream with 16`() async throws {
        let world = try await World.make()
        try await world.say("x")
        var end: TestJSON?
        // A machine with much else to do may ask when the shortest of them has ended already, and gets no
        // stream then.
        for seconds: UInt32 in [2, 10, 50] where end == nil {
            let token = try world.app.token(world.ann, endingInSeconds: seconds)
            end = try await onOwnThread {
                guard var feed = try? world.app.feed(token: token, timeoutSeconds: Deadline.patience) else {
                    return nil
                }
                return try feed.end().end
            }
        }
        #expect(end == ["error": ["code": "unauthenticated", "message": "Token Expired"]])
    }

    @Test func `the log has a stream's line at its end, with the bytes of its body`() async throws {
        let server = try await TestServer.start()
        let world = try await World.make(server)
        for number in 0..<3 { try await world.say("\(number)") }
        let reply = try await server.client().send(
            .stream(
                world.app.path(ofMethod: "FetchMsgs"),
                [["time": "1970-01-01T00:00:00Z"]],
                token: world.ann,
                timeoutMilliseconds: 1
            )
        )
        #expect(try reply.stream().json.count == 3)
        let deadline = Deadline()
        var lines: [TestJSON] = []
        while lines.isEmpty, !deadline.hasPassed {
            lines = server.logEntries().filter { $0["route"] == "ourChatFetchMsgs" }
        }
        #expect(lines.count == 1 && lines[0]["status"] == 200)
        #expect(lines.first?["bytes"]?.integer == Int64(reply.body.count))
    }

    @Test func `a user is online for as long as a stream is open`() async throws {
        let world = try await World.make()
        let status = { @Sendable in
            try world.performNow("GET", "/users/ann/status").json()["data"]?["ann"]?.string
        }
        try await world.say("x")
        let during = try await onOwnThread {
            var feed = try world.app.feed(token: world.ann)
            _ = try feed.next()
            return try status()
        }
        #expect(during == "online")
        let after = try await onOwnThread {
            let deadline = Deadline(afterSeconds: 10)
            while !deadline.hasPassed, try status() != "offline" {}
            return try status()
        }
        #expect(after == "offline")
    }

    @Test func `a server that stops ends its streams`() async throws {
        let server = try await TestServer.start()
        let world = try await World.make(server)
        try await world.say("x")
        let (_, end) = try await onOwnThread {
            var feed = try world.app.feed(token: world.ann)
            _ = try feed.next()
            try server.signal(SIGTERM)
            return try feed.end()
        }
        #expect(end["error"]?["code"] == "unavailable")
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test func `a client that reads late gets everything`() async throws {
        let world = try await World.make()
        let text = String(repeating: "x", count: 4000)
        let (missed, count) = (1490, 1500)
        // Beforehand, so that the client isn't later than a server waits for one.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for first in 0..<10 {
                group.addTask {
                    for number in stride(from: first, to: missed, by: 10) {
                        try await world.say("\(number) \(text)")
                    }
                }
            }
            try await group.waitForAll()
        }
        let records = try await onOwnThread {
            // The kernel's buffers hold far less than the sent bytes.
            var feed = try world.app.feed(token: world.ann, receiveBufferBytes: 64 << 10, timeoutSeconds: 60)
            for number in missed..<count { try world.sayNow("\(number) \(text)") }
            return try feed.next(count)
        }
        let texts = Self.texts(records).compactMap(\.self)
        #expect(texts.count == count && Set(texts) == Set((0..<count).map { "\($0) \(text)" }))
        #expect(Array(texts[missed...]) == (missed..<count).map { "\($0) \(text)" })
        let numbers = records.compactMap { $0["msgId"]?.string }.compactMap { Int64($0) }
        #expect(numbers.count == count && numbers == numbers.sorted())
    }
}
