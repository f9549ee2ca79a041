// Fixture files are read strictly: what the reader doesn't know is an error, never ignored.

import TestKit
import Testing

@Suite struct ExchangeFileTests {
    private static let minimal: TestJSON = [
        "name": "x", "source": "s", "description": "d", "caller": "application",
        "request": ["method": "GET", "path": "/{org}/{app}/users"],
        "response": ["status": 200, "body": ["count": 0]],
    ]

    @Test func `the least that an exchange needs is enough`() throws {
        let exchange = try Exchange(name: "x", json: Self.minimal)
        #expect(exchange.stages.count == 1)
        #expect(exchange.stages[0].caller == .application)
        #expect(exchange.given.isEmpty)
    }

    @Test(arguments: ["name", "source", "description", "caller", "request", "response"])
    func `every part is required`(part: String) {
        #expect(throws: Exchange.Unreadable.self) {
            try Exchange(name: "x", json: Self.minimal.removing(part))
        }
    }

    @Test(
        arguments: [
            ["comment": "unknown"], ["caller": "anybody"], ["name": "y"], ["given": [["users": [:]]]],
            ["given": [["user": [:], "block": ["a", "b"]]]], ["given": [["contact": ["a"]]]],
            ["request": ["method": "GET", "path": "/", "query": "x"]], ["request": ["method": "GET"]],
            ["request": ["method": "GET", "path": "/", "body": ["$file": "x"]]],
            ["request": ["method": "GET", "path": "/", "headers": ["A": 1]]],
            ["response": ["status": 200]], ["response": ["status": 99, "body": [:]]],
            ["response": ["status": 200, "body": "$nothing"]],
            ["then": [["response": ["status": 200, "body": [:]]]]],
            ["given": [["app": ["open_registration": false]]]],
        ] as [TestJSON]
    )
    func `an unknown or wrong part is an error`(change: TestJSON) throws {
        let member = try #require(change.members?.first)
        #expect(throws: (any Error).self) {
            try Exchange(name: "x", json: Self.minimal.setting(member.name, member.value))
        }
    }

    @Test func `further exchanges keep the caller unless they name another`() throws {
        let next: TestJSON = [
            "request": ["method": "GET", "path": "/"], "response": ["status": 200, "body": "$empty"],
        ]
        let json = Self.minimal.setting("then", [next, next.setting("caller", "user:user1")])
        let exchange = try Exchange(name: "x", json: json)
        #expect(exchange.stages.map(\.caller) == [.application, .application, .user("user1")])
    }

    @Test func `every caller has a word of its own`() throws {
        let callers = Caller.strangers(user: "u") + [.application, .organizationAdministrator]
        #expect(Set(callers.map(\.description)).count == callers.count)
        for caller in callers {
            let json = Self.minimal.setting("caller", .string(caller.description))
            #expect(try Exchange(name: "x", json: json).stages[0].caller == caller)
        }
    }

    @Test func `text bodies are taken as they are`() throws {
        func body(_ json: TestJSON) throws -> String? {
            let request: TestJSON = ["method": "POST", "path": "/", "body": json]
            let exchange = try Exchange(name: "x", json: Self.minimal.setting("request", request))
            if case .text(let text) = exchange.stages[0].request.body { return text }
            return nil
        }
        #expect(try body(["$text": "{\"a\":"]) == "{\"a\":")
        #expect(try body(["$repeat": "[]", "times": 3]) == "[][][]")
        #expect(try body(["a": 1]) == nil)
    }

    @Test(arguments: ["platform"])
    func `every fixture file can be read`(folder: String) throws {
        let exchanges = try Exchange.all(in: folder)
        #expect(Set(exchanges.map { $0.name.prefix(3) }).count == exchanges.count, "two files share a number")
    }
}
