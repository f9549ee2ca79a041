// The callers of each route: every route of the table against every kind of caller.

import Domain
import Routing
import TestKit
import Testing

@Suite struct AuthorizationWalkTests {
    @Test func `every route refuses everybody it is not for, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        // Who tries to read the audit leaves a row there.
        let others = EveryRoute.all.filter { $0.scope != .audit }
        for route in others where route.requirement != .open && route.requirement != .operator {
            for visitor in Visitor.allCases where !visitor.mayCall(route.requirement) {
                let reply = try await client.send(world.request(route.request(world.names), by: visitor))
                #expect(reply.status == 401, "\(route.name) by \(visitor): \(reply.text)")
                #expect(reply.headers.contains("WWW-Authenticate"), "\(route.name)")
            }
            #expect(try await world.storedBytes() == before, "\(route.name) changed something")
        }
    }

    @Test func `over TCP, the operator's routes are like paths that no route has, to everybody`() async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in EveryRoute.all where route.requirement == .operator {
            for visitor in Visitor.allCases {
                let request = world.request(route.request(world.names), by: visitor)
                var absent = request
                absent.target = request.target.replacing("/admin/", with: "/nosuch/", maxReplacements: 1)
                #expect(absent.target != request.target)
                let (reply, expected) = (try await client.send(request), try await client.send(absent))
                #expect([404, 405].contains(reply.status), "\(route.name) by \(visitor): \(reply.text)")
                #expect(reply.status == expected.status, "\(route.name) by \(visitor)")
                #expect(reply.headers["Allow"] == expected.headers["Allow"], "\(route.name) by \(visitor)")
                #expect(reply.complaint == expected.complaint, "\(route.name) by \(visitor)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `every route lets in whom it is for`() async throws {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        // A link of an export is let in by its signature, whoever follows it; nobody asked for what the others
        // decide. The deletion of an application leaves none for the routes after it.
        let others = [
            "downloadHistory", "decideGroupApplication", "answerGroupInvitation",
            "deleteApplicationOfOrganization",
        ]
        for route in EveryRoute.all where route.requirement != .operator && !others.contains(route.name) {
            for visitor in Visitor.allCases where visitor.mayCall(route.requirement) {
                try await world.renewUsers()
                let reply = try await client.send(world.request(route.request(world.names), by: visitor))
                let isRefused = reply.status == 401 || reply.status == 404
                #expect(!isRefused, "\(route.name) by \(visitor): \(reply.status) \(reply.text)")
            }
        }
    }

    @Test func `the administration socket opens every route without a token, but those of users themselves`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = world.server.administrationClient()
        for route in EveryRoute.all where route.requirement != .user {
            let reply = try await client.send(route.request(world.names))
            #expect(reply.status != 401, "\(route.name): \(reply.text)")
            let isUnknown = reply.status == 404 && reply.text.contains("no_such_route")
            #expect(!isUnknown, "\(route.name)")
        }
    }
}
