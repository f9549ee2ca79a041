// The server is killed under its connected clients: whoever comes back with its position has lost nothing and
// gets nothing twice.

import Foundation
import TestKit
import Testing
import Threads

/// Lets clients through while the server is up.
private final class Gate: Sendable {
    private let condition = NSCondition()
    private let isOpen = Guarded(true)

    func set(_ open: Bool) {
        condition.lock()
        isOpen.withLock { $0 = open }
        condition.broadcast()
        condition.unlock()
    }

    func pass() {
        condition.lock()
        while !isOpen.withLock({ $0 }) { condition.wait() }
        condition.unlock()
    }
}

@Suite struct SocketDurabilityTests {
    private static let clients = 500, messages = 60

    @Test func `five hundred clients of a killed server get each acknowledged message once, in order`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let names = (0..<Self.clients).map { "u\($0)" }
        let users = TestJSON.array(names.map { ["username": .string($0), "password": "123"] })
        // As many as one call takes.
        for start in stride(from: 0, to: names.count, by: 50) {
            try await app.perform("POST", "/users", .array(Array((users.array ?? [])[start..<start + 50])))
        }
        let group = try await app.perform(
            "POST",
            "/chatgroups",
            [
                "groupname": "g", "desc": "d", "public": true, "owner": "u0", "maxusers": 600,
            ]
        )
        let id = try #require(try group.json()["data"]?["groupid"]?.string)
        for start in stride(from: 1, to: names.count, by: 60) {
            let some = names[start..<min(start + 60, names.count)].map { TestJSON.string($0) }
            try await app.perform("POST", "/chatgroups/\(id)/users", ["usernames": .array(some)])
        }
        var tokens: [String] = []
        for name in names { tokens.append(try await app.userToken(name, password: "123")) }
        let (gate, known) = (Gate(), tokens)
        async let received = onOwnThread {
            try parallel(clients: Self.clients) { try Self.listen(app, known[$0], gate) }
        }
        let told = try await say(Self.messages, to: id, app, server, gate)
        let lists = try await received
        for list in lists {
            #expect(Set(list).count == list.count, "something came twice")
            let acknowledged = list.filter { told.contains($0) }
            #expect(acknowledged == told, "of \(told.count) acknowledged messages \(acknowledged.count) came")
        }
        try await server.stop()
    }

    /// Says so many things, kills the server in the middle, and says `end` at last.
    ///
    /// - Returns: what was acknowledged, in order.
    private func say(
        _ count: Int,
        to group: String,
        _ app: TestApp,
        _ server: TestServer,
        _ gate: Gate
    ) async throws -> [String] {
        var told: [String] = []
        for number in 0...count {
            if number == count / 2 {
                gate.set(false)
                try await server.kill9()
                try await server.startAgain()
                gate.set(true)
            }
            let text = number == count ? "end" : "m\(number)"
            try await app.perform(
                "POST",
                "/messages",
                [
                    "target_type": "chatgroups", "target": [.string(group)], "from": "admin",
                    "msg": ["type": "txt", "msg": .string(text)],
                ]
            )
            told.append(text)
        }
        return told
    }

    /// The messages of one device, over as many sockets as it takes, up to `end`.
    private static func listen(_ app: TestApp, _ token: String, _ gate: Gate) throws -> [String] {
        let deadline = Deadline()
        var (texts, position) = ([String](), "0")
        while !deadline.hasPassed {
            gate.pass()
            guard var socket = try? app.socket(token: token, after: position) else { continue }
            while let frame = try? socket.message() {
                guard let id = frame["msg_id"]?.string, let text = frame["msg"]?[0]?["text"]?.string else {
                    throw RawSocket.Failure("no message but \(frame)")
                }
                position = id
                texts.append(text)
                if text == "end" { return texts }
            }
        }
        throw DeadlinePassed(description: "the end of what was said")
    }
}
