// The events of groups and rooms: one for each change that took place, and none for a call that changed nothing.

import TestKit
import Testing

@Suite struct GroupEventTests {
    /// An application whose groups are watched.
    private struct World {
        let app: TestApp
        let receiver: WebhookReceiver

        init(_ events: TestJSON) async throws {
            app = try await TestServer.shared().makeApp()
            for name in ["alice", "bob", "carol", "dave"] { try await app.register(name) }
            receiver = try WebhookReceiver()
            try await app.perform("POST", "/webhooks", ["url": .string(receiver.url()), "events": events])
        }

        /// Makes a group or room of `alice` with `bob` in it.
        func make(_ kind: String) async throws -> String {
            let body: TestJSON = [
                "groupname": "Friends", "name": "Friends", "description": "", "public": true,
                "owner": "alice", "members": ["bob"],
            ]
            let data = try await app.perform("POST", "/\(kind)", body).json()["data"]
            return try #require(data?["groupid"]?.string ?? data?["id"]?.string)
        }

        /// The events so far, as `name user`, in the order in which they came.
        func events(_ count: Int) async throws -> [String] {
            try await receiver.wait(for: count).map { request in
                let event = try request.json()
                let user = event["data"]?["user"]?.string.map { " \($0)" } ?? ""
                return (event["type"]?.string ?? "") + user
            }
        }
    }

    private struct Step: Sendable {
        let method: String
        let path: String
        var body: TestJSON?
        let events: [String]
    }

    private static let steps: [Step] = [
        Step(method: "POST", path: "/users/carol", events: ["member_added carol"]),
        Step(method: "PUT", path: "", body: ["description": "Foes"], events: ["updated"]),
        Step(method: "PUT", path: "", body: ["description": "Foes"], events: []),
        Step(
            method: "POST",
            path: "/announcement",
            body: ["announcement": "Friday."],
            events: ["announcement_updated"]
        ),
        Step(method: "POST", path: "/admin", body: ["newadmin": "bob"], events: ["admin_added bob"]),
        Step(method: "DELETE", path: "/admin/bob", events: ["admin_removed bob"]),
        Step(
            method: "POST",
            path: "/mute",
            body: ["usernames": ["bob"], "mute_duration": 60_000],
            events: ["muted bob"]
        ),
        Step(method: "DELETE", path: "/mute/bob", events: ["unmuted bob"]),
        Step(method: "DELETE", path: "/mute/bob", events: []),
        Step(method: "POST", path: "/ban", events: ["all_muted"]),
        Step(method: "DELETE", path: "/ban", events: ["all_unmuted"]),
        Step(method: "DELETE", path: "/ban", events: []),
        Step(method: "POST", path: "/white/users/bob", events: ["allowed bob"]),
        Step(method: "POST", path: "/white/users/bob", events: []),
        Step(method: "DELETE", path: "/white/users/bob", events: ["disallowed bob"]),
        Step(method: "POST", path: "/blocks/users/carol", events: ["member_removed carol", "blocked carol"]),
        Step(method: "DELETE", path: "/blocks/users/carol", events: ["unblocked carol"]),
        Step(method: "DELETE", path: "/blocks/users/carol", events: []),
        Step(method: "DELETE", path: "/users/bob", events: ["member_removed bob"]),
        Step(method: "DELETE", path: "", events: ["deleted"]),
    ]

    @Test(arguments: [("chatgroups", "group"), ("chatrooms", "room")])
    func `Every change is an event, and what changes nothing is none`(_ kind: String, _ family: String)
        async throws
    {
        let world = try await World(["group.*", "room.*"])
        let id = try await world.make(kind)
        var expected = ["created"]
        for step in Self.steps {
            try await world.app.perform(step.method, "/\(kind)/\(id)\(step.path)", step.body)
            expected += step.events
        }
        // One that comes after all others of the group, in another lane, ends the wait where an event is missing.
        #expect(try await world.events(expected.count) == expected.map { "\(family).\($0)" })
    }

    @Test func `A group's new owner, its end and its state are events`() async throws {
        let world = try await World(["group.*"])
        let id = try await world.make("chatgroups")
        try await world.app.perform("POST", "/chatgroups/\(id)/disable")
        try await world.app.perform("POST", "/chatgroups/\(id)/enable")
        try await world.app.perform("PUT", "/chatgroups/\(id)", ["newowner": "bob"])
        #expect(
            try await world.events(4) == [
                "group.created", "group.disabled", "group.enabled", "group.owner_changed",
            ]
        )
        let events = try world.receiver.received.map { try $0.json()["data"] }
        #expect(events[0]?["members"] == ["alice", "bob"])
        #expect(events[0]?["group"]?.string == id)
        #expect(events[3]?["owner"] == "bob")
        #expect(events[3]?["previous_owner"] == "alice")
    }

    @Test func `Five that are added are five events, and the first members none of their own`() async throws {
        let world = try await World(["group.member_added"])
        let id = try await world.make("chatgroups")
        try await world.app.perform("POST", "/chatgroups/\(id)/users", ["usernames": ["carol", "dave"]])
        #expect(try await world.events(2) == ["group.member_added carol", "group.member_added dave"])
    }

    @Test func `A refused change is no event`() async throws {
        let world = try await World(["group.*"])
        let id = try await world.make("chatgroups")
        #expect(try await world.app.ask("POST", "/chatgroups/\(id)/users/nobody").status == 404)
        #expect(try await world.app.ask("PUT", "/chatgroups/\(id)", ["newowner": "carol"]).status >= 400)
        try await world.app.perform("DELETE", "/chatgroups/\(id)")
        #expect(try await world.events(2) == ["group.created", "group.deleted"])
    }
}
