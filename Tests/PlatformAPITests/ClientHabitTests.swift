// What client libraries do on every route: each habit is walked through the table of routes.

import Foundation
import JSON
import Routing
import TestKit
import Testing

@Suite struct ClientHabitTests {
    private static func guest(of route: Route) -> Visitor {
        switch route.requirement {
        case .open: .nobody
        case .organization: .administrator
        default: .application
        }
    }

    private static var routes: [Route] { EveryRoute.all.filter { $0.requirement != .operator } }

    /// The ways in which a member may say that it isn't there, where it has no such value.
    private static func nothings(for shape: Shape) -> [TestJSON] {
        [nil, "", []].filter { value in
            guard let document = try? JSONDocument(Array("\(value)".utf8)) else { return false }
            return shape.readsAsAbsent(document.root)
        }
    }

    @Test func `an optional member that is null or empty is as absent, on every route`() async throws {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        var count = 0
        for route in Self.routes where route.action.bodyKind == .json {
            guard case .object(_, let members) = route.action.body?.bare,
                members.contains(where: { !$0.isRequired })
            else { continue }
            let needed = Shape.object(members.filter(\.isRequired)).example(naming: world.names.userInBody)
            let ask = { (body: TestJSON) in
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                request.body = .bytes(Array("\(body)".utf8))
                return try await client.send(request)
            }
            if route.action.work.changes { try await world.renewUsers() }
            let base = try await ask(needed)
            // A message from nobody is refused, as the original does.
            for member in members where !member.isRequired && member.name != "from" {
                for nothing in Self.nothings(for: member.shape) {
                    guard case .object(var fields) = needed else { continue }
                    fields.append(.init(member.name, nothing))
                    let reply = try await ask(.object(fields))
                    var isAlike = (reply.status == 400) == (base.status == 400)
                    // Some calls can be made once only.
                    if !isAlike { isAlike = try await ask(needed).complaint == reply.complaint }
                    #expect(
                        isAlike,
                        "\(route.name), \(member.name) \(nothing): \(reply.status) \(reply.text)"
                    )
                    count += 1
                }
            }
        }
        #expect(count > 100)
    }

    @Test func `a required member that is null is refused like an absent one, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in Self.routes where route.action.bodyKind == .json {
            guard case .object(_, let members) = route.action.body?.bare else { continue }
            for member in members where member.isRequired {
                let others = Shape.object(members.filter { $0.isRequired && $0.name != member.name })
                guard case .object(var fields) = others.example(naming: world.names.userInBody) else {
                    continue
                }
                let ask = { (body: TestJSON) in
                    var request = world.request(route.request(world.names), by: Self.guest(of: route))
                    request.body = .bytes(Array("\(body)".utf8))
                    return try await client.send(request)
                }
                let absent = try await ask(.object(fields))
                fields.append(.init(member.name, nil))
                let null = try await ask(.object(fields))
                #expect(null.status == absent.status, "\(route.name), \(member.name): \(null.text)")
                #expect(null.complaint == absent.complaint, "\(route.name), \(member.name)")
                #expect(absent.status >= 400, "\(route.name), \(member.name)")
            }
            #expect(try await world.storedBytes() == before, "\(route.name) changed something")
        }
    }

    @Test func `an empty list is an object without members, on every route that reads an object`()
        async throws
    {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        var count = 0
        for route in Self.routes where route.action.bodyKind == .json {
            guard case .object = route.action.body?.bare else { continue }
            var answers: [HTTPReply] = []
            for body in ["{}", "[]"] {
                if route.action.work.changes { try await world.renewUsers() }
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                request.body = .bytes(Array(body.utf8))
                answers.append(try await client.send(request))
            }
            let isAlike =
                answers[0].status == answers[1].status && answers[0].complaint == answers[1].complaint
            #expect(isAlike, "\(route.name): \(answers[1].status) \(answers[1].text)")
            count += 1
        }
        #expect(count > 50)
    }

    @Test func `a call on a whole collection names the parameter that it doesn't know, and changes nothing`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        let wide = Self.routes.filter(\.action.refusesUnknownQuery)
        #expect(wide.map(\.name).contains("deleteUsers") && wide.count >= 6)
        for route in wide {
            for name in ["order", "Limit", "%E4%BD%A0"] {
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                request.target += (request.target.contains("?") ? "&" : "?") + "\(name)=1"
                let reply = try await client.send(request)
                #expect(reply.status == 400, "\(route.name), \(name): \(reply.text)")
                #expect(reply.text.contains("is not a parameter of this call"), "\(route.name)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a refused part of a multipart body is no broken JSON, on every route with a file`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let uploads = Self.routes.filter { $0.action.bodyKind == .multipart }
        #expect(uploads.count >= 2)
        for route in uploads {
            for body in [
                MultipartForm.file([1], name: ".."), MultipartForm.file([1], name: "a\u{1}"),
                Array("--b\r\n".utf8), Array("--b\r\nx\r\n\r\n--b--".utf8),
            ] {
                var request = world.request(route.request(world.names), by: .application)
                request.body = .bytes(body)
                let reply = try await client.send(request)
                #expect(reply.status == 400, "\(route.name): \(reply.text)")
                let error = try reply.json()["error"]?.string
                #expect(error == "illegal_argument" || error == "invalid_parameter", "\(route.name)")
            }
        }
    }

    @Test func `the text of a refused call is alike for names that are there and names that aren't`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let form =
            /\[applications:get:[0-9a-f-]{36}:\/users\/([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\]/
        var times: [String: UInt64] = [:]
        for name in ["ann", "ANN", "nobody", "Nobody", "somebody"] {
            let first = try await app.askAsNobody("GET", "/users/\(name)")
            let second = try await app.askAsNobody("GET", "/users/\(name)")
            #expect(first.status == 401 && first.complaint == second.complaint)
            let found = try #require(first.complaint?.firstMatch(of: form))
            times[name] = UInt64(found.1 + found.2, radix: 16)
        }
        #expect(times["ann"] == times["ANN"] && times["nobody"] == times["Nobody"])
        let now = UInt64(Date().timeIntervalSince1970 * 1000)
        for (name, time) in times { #expect(now - 3_600_000...now ~= time, "\(name)") }
    }
}

extension Shape {
    /// The shape without what is said of it.
    fileprivate var bare: Shape {
        if case .noted(let shape, _) = self { shape } else { self }
    }
}
