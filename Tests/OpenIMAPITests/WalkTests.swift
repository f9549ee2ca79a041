// Every route in every generation against every kind of caller, broken bodies and the users of another application.

import Domain
import Foundation
import HTTP
import Routing
import TestKit
import Testing

@Suite struct WalkTests {
    @Test func `every route refuses everybody it is not for, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for spoken in SpokenRoute.all {
            for visitor in Visitor.allCases where !spoken.admits(visitor) {
                let reply = try await client.send(world.request(spoken.request(world.names), by: visitor))
                #expect(reply.refusesCaller, "\(spoken) by \(visitor): \(reply.status) \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `every route lets in whom it is for`() async throws {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        // A route's reply about a given token isn't about the caller.
        for spoken in SpokenRoute.all where spoken.route.name != "openIMAuthParseToken" {
            for visitor in Visitor.allCases where spoken.admits(visitor) {
                let names = spoken.names(world.namesInGroup, for: visitor)
                // A route that is for any user leaves it to the group whose member may do what.
                let isByRole = { (reply: HTTPReply) in
                    spoken.route.requirement == .applicationOrAnyUser && visitor.isUser && reply.refusesRole
                }
                var reply = try await client.send(world.request(spoken.request(names), by: visitor))
                if reply.refusesCaller, !isByRole(reply) {
                    // The call before may have ended the sessions of users.
                    try await world.renewUsers()
                    let again = spoken.request(spoken.names(world.namesInGroup, for: visitor))
                    reply = try await client.send(world.request(again, by: visitor))
                }
                #expect(
                    (!reply.refusesCaller || isByRole(reply)) && reply.errCode != nil,
                    "\(spoken) by \(visitor): \(reply.text)"
                )
            }
        }
    }

    @Test func `without the secret nobody is let in, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let before = try await world.storedBytes()
        for spoken in SpokenRoute.all where spoken.route.action.account != nil {
            for secret in ["secret", world.otherApp.credentials.clientSecret, world.app.credentials.clientID]
            {
                var names = world.names
                names.secret = secret
                let reply = try await world.server.client().send(spoken.request(names))
                // After a number of failures even the right secret has to wait.
                #expect(reply.refusesCaller || reply.status == 429, "\(spoken): \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a broken body is refused by every route, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for spoken in SpokenRoute.all {
            for body in MalformedBody.broken {
                let request = spoken.request(world.names, body: body.bytes)
                let reply = try await client.send(world.request(request, by: .manager))
                let code = spoken.speech == .third ? 1001 : 400
                // A body that can't be read says nothing of its generation but what its head says.
                let isRefused =
                    reply.errCode == code || (reply.errCode == 1001 && spoken.speech != .third)
                    || (reply.errCode == 400 && spoken.speech != .third)
                #expect(isRefused, "\(spoken), \(body.name): \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a body that doesn't fit its route's declaration is refused, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let before = try await world.storedState()
        // Several clients, each with a share of the routes: while one makes bodies, others wait for answers.
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for share in 0..<4 {
                group.addTask {
                    let client = try world.server.client()
                    var count = 0
                    for place in stride(from: share, to: SpokenRoute.all.count, by: 4) {
                        count += try await Self.sendMisfits(to: SpokenRoute.all[place], client, world)
                        #expect(
                            try await world.isStill(before),
                            "\(SpokenRoute.all[place]) changed something, or another one beside it"
                        )
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(count > 20_000)
    }

    /// - Returns: how many there were.
    private static func sendMisfits(
        to spoken: SpokenRoute,
        _ client: HTTPClient,
        _ world: WalkWorld
    ) async throws -> Int {
        let bodies = MalformedBody.misfits(of: spoken.shape, emptyIsAbsent: true)
        for body in bodies {
            let request = spoken.request(world.names, body: body.bytes)
            let reply = try await client.send(world.request(request, by: .manager))
            let isRefused = reply.errCode == 400 && reply.status == 400 || reply.errCode == 1001
            #expect(isRefused, "\(spoken), \(body.name): \(reply.status) \(reply.text)")
        }
        return bodies.count
    }

    @Test func `too large a body is refused with 413 by every route before it is read`() async throws {
        let world = try await WalkWorld.make()
        for route in EveryRoute.openIM {
            let spoken = SpokenRoute(route: route, speech: .first)
            var request = world.request(spoken.request(world.names, body: []), by: .manager)
            request.headers.add("Content-Length", "\(route.action.bodyMaximum + 1)")
            let reply = try await world.server.client().send(request)
            #expect(reply.status == 413 && reply.errCode == 413, "\(route.name): \(reply.text)")
        }
    }

    @Test func `a body in a coding that isn't undone is refused by every route, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for spoken in SpokenRoute.all {
            var request = world.request(spoken.request(world.names), by: .manager)
            request.headers.add("Content-Encoding", "gzip")
            let reply = try await client.send(request)
            #expect(reply.errCode == 415, "\(spoken): \(reply.text)")
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a token that is sent twice is none`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for spoken in SpokenRoute.all where spoken.route.requirement == .application {
            var request = world.request(spoken.request(world.names), by: .application)
            request.headers.add("token", try await world.app.token())
            let reply = try await client.send(request)
            #expect(reply.refusesCaller, "\(spoken): \(reply.text)")
        }
    }

    @Test func `a user of another application is answered like an absent one`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.otherApp.perform("GET", "/users/mallory").json()["entities"]
        // Two answers that tell the time differ by themselves.
        let clocks: Set = ["openIMAuthParseToken", "openIMMsgGetServerTime"]
        for spoken in SpokenRoute.all where !clocks.contains(spoken.route.name) {
            var answers: [String] = []
            for name in ["mallory", "nobody0"] {
                // Neither is there, whatever a request before made.
                for made in ["mallory", "nobody0"] {
                    try await client.delete("\(world.app.prefix)/users/\(made)", token: world.app.token())
                }
                var names = world.names
                names.userInBody = name
                let reply = try await client.send(world.request(spoken.request(names), by: .manager))
                answers.append(Self.normal(reply, name))
            }
            #expect(answers[0] == answers[1], "\(spoken)")
        }
        #expect(try await world.otherApp.perform("GET", "/users/mallory").json()["entities"] == before)
    }

    @Test(arguments: [Visitor.nobody, .forged, .otherApplication, .managerOfOtherApplication, .anotherUser])
    func `who is refused can't tell whether a user exists`(visitor: Visitor) async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for spoken in SpokenRoute.all where !spoken.admits(visitor) {
            var absent = world.names
            absent.userInBody = "nobody0"
            let known = try await client.send(world.request(spoken.request(world.names), by: visitor))
            let unknown = try await client.send(world.request(spoken.request(absent), by: visitor))
            #expect(Self.normal(known, "bob") == Self.normal(unknown, "nobody0"), "\(spoken)")
        }
    }

    @Test func `every path takes POST and nothing else`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for route in EveryRoute.openIM {
            for method in ["GET", "PUT", "DELETE"] {
                let reply = try await client.send(HTTPRequest(method, route.path(world.names)))
                #expect(reply.status == 405 && reply.headers["Allow"] == "POST, OPTIONS", "\(route.name)")
            }
        }
    }

    /// Status and body without times, as a second may pass between two calls, and with one word for whoever was
    /// asked about.
    private static func normal(_ reply: HTTPReply, _ name: String) -> String {
        let text = reply.text.replacing(name, with: "SOMEBODY")
            .replacing(#/"(sendTime|createTime|expiredTime|expireTimeSeconds)":\d+/#) { "\"\($0.1)\":0" }
            .replacing(#/eyJ[A-Za-z0-9_.-]+/#, with: "TOKEN")
        return "\(reply.status) \(text)"
    }
}
