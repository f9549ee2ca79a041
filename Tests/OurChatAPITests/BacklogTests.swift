// A backlog arrives whole, whatever its size and however often the socket changes hands.

import Foundation
import TestKit
import Testing

@Suite struct BacklogTests {
    private static func text(_ frame: TestJSON) -> String? { frame["msg"]?[0]?["text"]?.string }

    private static func send(_ text: String, to user: String, _ app: TestApp) async throws {
        try await app.perform(
            "POST",
            "/messages",
            [
                "target_type": "users", "target": [.string(user)], "from": "bob",
                "msg": ["type": "txt", "msg": .string(text)],
            ]
        )
    }

    private static func logIn(_ user: String) -> TestJSON {
        ["code": 6, "login_type": 1, "account": .string(user), "password": "123"]
    }

    @Test
    func `a page of more bytes than a connection holds is followed by the next one, and by what comes live`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let filling = String(repeating: "x", count: 3000)
        for number in 0..<130 { try await Self.send("\(number) \(filling)", to: "ann", app) }
        let token = try await app.userToken("ann", password: "123")
        var socket = try app.socket(token: token)
        var heard: [String] = []
        while heard.count < 130 { heard.append(Self.text(try socket.message()) ?? "") }
        #expect(heard.map { $0.prefix { $0 != " " } } == (0..<130).map { Substring("\($0)") })
        try await Self.send("live", to: "ann", app)
        #expect(Self.text(try socket.message()) == "live")
    }

    @Test func `who takes a socket over gets what waits for him, whatever position the first one said`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob", "cid"] { try await app.register(name) }
        for number in 0..<3 { try await Self.send("old\(number)", to: "cid", app) }
        let token = try await app.userToken("ann", password: "123")
        let position = String(Int64.max)
        var socket = try app.socket(token: token, after: position)
        #expect(try socket.ask(Self.logIn("cid"))["status_code"]?.integer == 0)
        try await Self.send("new", to: "cid", app)
        var heard: [String?] = []
        for _ in 0..<4 { heard.append(Self.text(try socket.message())) }
        #expect(heard == ["old0", "old1", "old2", "new"])
    }

    @Test(arguments: [true, false])
    func `who logs in again on his socket hears nothing twice`(saysPosition: Bool) async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        for number in 0..<5 { try await Self.send("m\(number)", to: "ann", app) }
        let token = try await app.userToken("ann", password: "123")
        var socket = try app.socket(token: token, after: saysPosition ? "0" : nil)
        for number in 0..<5 { #expect(Self.text(try socket.message()) == "m\(number)") }
        #expect(try socket.ask(Self.logIn("ann"))["status_code"]?.integer == 0)
        try await Self.send("new", to: "ann", app)
        #expect(Self.text(try socket.message()) == "new")
    }

    @Test func `five wrong passwords close an account by every name, for frames and calls alike`()
        async throws
    {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let account: TestJSON = [
            "code": 4, "name": "Ann", "email": "ann@example.org", "password": "StrongP@ssw0rd",
        ]
        let outcome = try await onOwnThread {
            var socket = try app.socket()
            let made = try socket.ask(account)
            func byMail(_ password: String) -> TestJSON {
                ["code": 6, "login_type": 0, "account": "ann@example.org", "password": .string(password)]
            }
            var codes: [Int64?] = []
            var other = try app.socket()
            for _ in 0..<5 { codes.append(try other.ask(byMail("wrong"))["status_code"]?.integer) }
            let id = made["ocid"]?.string ?? ""
            let byID = try other.ask([
                "code": 6, "login_type": 1, "account": .string(id), "password": "StrongP@ssw0rd",
            ])
            return (id, codes, byID)
        }
        #expect(!outcome.0.isEmpty)
        #expect(Set(outcome.1).count == 1 && outcome.1.first != 0)
        #expect(outcome.2["status_code"]?.integer != 0, "\(outcome.2)")
        #expect(outcome.2["status"]?.integer != 0, "\(outcome.2)")
    }
}
