// Who is let in where: every route of the table against every kind of caller.

import Routing
import TestKit
import Testing

@Suite struct AuthorizationWalkTests {
    @Test func `every route refuses everybody it is not for, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in EveryRoute.all where route.requirement != .nobody {
            let expected = route.requirement == .operator ? 404 : 401
            for visitor in Visitor.allCases where !visitor.mayCall(route.requirement) {
                let reply = try await client.send(world.request(route.request(world.names), by: visitor))
                #expect(reply.status == expected, "\(route.name) by \(visitor): \(reply.text)")
                #expect(reply.headers.contains("WWW-Authenticate") == (expected == 401), "\(route.name)")
            }
            #expect(try await world.storedBytes() == before, "\(route.name) changed something")
        }
    }

    @Test func `every route lets in whom it is for`() async throws {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        for route in EveryRoute.all where route.requirement != .operator {
            for visitor in Visitor.allCases where visitor.mayCall(route.requirement) {
                try await world.renewUsers()
                let reply = try await client.send(world.request(route.request(world.names), by: visitor))
                let isRefused = reply.status == 401 || reply.status == 404
                #expect(!isRefused, "\(route.name) by \(visitor): \(reply.status) \(reply.text)")
            }
        }
    }

    @Test func `the administration socket opens every route without a token`() async throws {
        let world = try await WalkWorld.make()
        let client = world.server.administrationClient()
        for route in EveryRoute.all {
            let reply = try await client.send(route.request(world.names))
            #expect(reply.status != 401, "\(route.name): \(reply.text)")
            let isUnknown = reply.status == 404 && reply.text.contains("no_such_route")
            #expect(!isUnknown, "\(route.name)")
        }
    }
}
