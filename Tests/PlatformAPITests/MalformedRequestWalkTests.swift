// Requests that no route accepts: every route of the table against broken bodies, wrong types, impossible paths
// and queries.

import Foundation
import HTTP
import Routing
import TestKit
import Testing

@Suite struct MalformedRequestWalkTests {
    /// Somebody whom the route lets in.
    private static func guest(of route: Route) -> Visitor {
        switch route.requirement {
        case .open: .nobody
        case .organization: .administrator
        case .user: .userOfThePath
        default: .application
        }
    }

    private static var routes: [Route] { EveryRoute.all.filter { $0.requirement != .operator } }

    @Test func `a broken body is refused by every route that reads one, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in Self.routes where route.action.bodyKind == .json {
            // Where a body may be left out, nothing at all isn't broken.
            for body in MalformedBody.broken where route.action.bodyIsRequired || !body.bytes.isEmpty {
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                request.body = .bytes(body.bytes)
                let reply = try await client.send(request)
                #expect(reply.status == 400, "\(route.name), \(body.name): \(reply.text)")
            }
            #expect(try await world.storedBytes() == before, "\(route.name) changed something")
        }
    }

    @Test func `a body that doesn't fit its route's declaration is refused, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        var count = 0
        for route in Self.routes {
            guard route.action.bodyKind == .json, let shape = route.action.body else { continue }
            // Messages carry a file's number for their clients alone: any value is as good as none.
            for body in MalformedBody.misfits(of: shape, emptyIsAbsent: true)
            where !body.name.contains(".uuid = ") {
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                request.body = .bytes(body.bytes)
                let reply = try await client.send(request)
                let isRefused = reply.status == 400 || reply.status == 403
                #expect(isRefused, "\(route.name), \(body.name): \(reply.status) \(reply.text)")
                count += 1
            }
            #expect(try await world.storedBytes() == before, "\(route.name) changed something")
        }
        #expect(count > 200)
    }

    @Test
    func
        `a parameter that a route on a whole collection doesn't know is refused by name, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        var names: Set<String> = []
        for route in Self.routes where route.action.refusesUnknownQuery {
            names.insert(route.name)
            let known = route.request(world.names)
            let separator = known.target.contains("?") ? "&" : "?"
            for parameter in ["only", "username", "before"] {
                var request = world.request(known, by: Self.guest(of: route))
                request.target += "\(separator)\(parameter)=1"
                let reply = try await client.send(request)
                #expect(reply.status == 400, "\(route.name), \(parameter): \(reply.text)")
                #expect(reply.text.contains(parameter), "\(route.name): \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
        #expect(
            names.isSuperset(of: [
                "deleteUsers", "removeAllContacts", "setMetadataOfMembers", "broadcastMessage",
                "broadcastMessageToOnline", "broadcastMessageToRooms", "clearAllMessages", "setPushNicknames",
            ])
        )
    }

    @Test func `too large a body is refused with 413 by every route before it is read`() async throws {
        let world = try await WalkWorld.make()
        let before = try await world.storedBytes()
        for route in Self.routes {
            for size in [route.action.bodyMaximum + 1, route.action.bodyMaximum + 10_000_000] {
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                // Nothing of the body is ever sent: whoever waited for it would wait for ever.
                request.body = .bytes([])
                request.headers.add("Content-Length", "\(size)")
                // A client of its own: the connection ends here.
                let reply = try await world.server.client().send(request)
                #expect(reply.status == 413, "\(route.name), \(size) bytes: \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a body of just the largest size is read`() async throws {
        let world = try await WalkWorld.make()
        for route in Self.routes where route.action.bodyKind == .json {
            var request = world.request(route.request(world.names), by: Self.guest(of: route))
            let blanks = Array(repeating: UInt8(ascii: " "), count: route.action.bodyMaximum - 1)
            request.body = .bytes(blanks + [UInt8(ascii: "{")])
            let reply = try await world.server.client().send(request)
            #expect(reply.status == 400, "\(route.name): \(reply.text)")
        }
    }

    @Test func `a body that a route has no use for is ignored`() async throws {
        var world = try await WalkWorld.make()
        for route in Self.routes where route.action.bodyKind == .none && route.method != .get {
            // Nothing is left of the application for the routes after its deletion.
            if route.name == "deleteApplicationOfOrganization" { continue }
            try await world.renewUsers()
            var request = world.request(route.request(world.names), by: Self.guest(of: route))
            request.body = .bytes(Array("{}".utf8))
            let reply = try await world.server.client().send(request)
            // 403 where the state of the group doesn't allow it, body or not.
            #expect([200, 403].contains(reply.status), "\(route.name): \(reply.text)")
        }
    }

    @Test func `a path that is no text is refused with 400 by every route`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for route in Self.routes {
            for parameter in route.pattern.parameterNames {
                for value in ["%00", "a%00b", "%FF", "%C0%AF", "a%2", "%zz", "%ED%A0%80"] {
                    var names = world.names
                    names.parameters[parameter] = value
                    let request = world.request(route.request(names), by: Self.guest(of: route))
                    let reply = try await client.send(request)
                    #expect(reply.status == 400, "\(route.name), \(parameter) \(value): \(reply.text)")
                }
            }
        }
    }

    @Test func `a name that nobody can have is answered like one that nobody has`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let impossible = [
            String(repeating: "a", count: 65), "a%20b", "a%2Fb", "..%2F..", "%E4%BD%A0", "a@b.c", "a%23b",
            "'%20OR%201=1--", "%22;DROP%20TABLE%20users;--", "%25", "%3Cscript%3E",
        ]
        for route in Self.routes {
            for parameter in route.userParameters {
                var answers: Set<Int> = []
                for name in impossible + ["nobody"] {
                    var names = world.names
                    names.parameters[parameter] = name
                    let request = world.request(route.request(names), by: Self.guest(of: route))
                    answers.insert(try await client.send(request).status)
                }
                #expect(answers.count == 1, "\(route.name), \(parameter): \(answers)")
            }
        }
    }

    @Test func `a number that is none, or out of its range, is refused in every query`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in Self.routes {
            for parameter in route.action.query {
                guard case .integer(let range?) = parameter.shape.plain else { continue }
                var highest = range.upperBound
                for case .integer(let more?) in parameter.shape.note.tolerated {
                    highest = max(highest, more.upperBound)
                }
                let wrong = [
                    "abc", "1.5", "1e1", "0x1", "%2B1", "%201", "--1", "%EF%BC%91", "99999999999999999999",
                    "\(range.lowerBound - 1)", "-1", "\(highest + 1)",
                ]
                for text in wrong {
                    let target = route.path(world.names) + "?\(parameter.name)=\(text)"
                    let request = HTTPRequest(route.method.text, target)
                    let reply = try await client.send(world.request(request, by: Self.guest(of: route)))
                    #expect(reply.status == 400, "\(route.name), \(parameter.name)=\(text): \(reply.text)")
                }
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a query parameter that may be left out is never asked for, and one that may not always is`()
        async throws
    {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        var required = 0
        for route in Self.routes + EveryRoute.ourChat where !route.action.query.isEmpty {
            if route.action.work.changes { try await world.renewUsers() }
            let needed = route.action.query.filter(\.isRequired)
            let ask = { (members: [Shape.Member]) in
                var request = route.request(world.names)
                request.target = route.path(world.names) + Route.query(members, world.names)
                return try await client.send(world.request(request, by: Self.guest(of: route)))
            }
            let reply = try await ask(needed)
            for parameter in route.action.query {
                let complaint = "\(parameter.name) is required"
                #expect(!reply.text.contains(complaint), "\(route.name): \(reply.text)")
                guard parameter.isRequired else { continue }
                required += 1
                let refused = try await ask(needed.filter { $0.name != parameter.name })
                let isRefused = refused.status == 400 && refused.text.contains(complaint)
                #expect(isRefused, "\(route.name), \(parameter.name): \(refused.text)")
            }
        }
        #expect(required >= 10)
    }

    @Test func `a query parameter that is given twice is refused by name, and nothing changes`() async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        // A socket asks first whether it is asked for one.
        for route in Self.routes + EveryRoute.ourChat where route.name != "openGateway" {
            for parameter in route.action.query {
                let others = route.action.query.filter { $0.isRequired && $0.name != parameter.name }
                var request = route.request(world.names)
                request.target =
                    route.path(world.names) + Route.query(others + [parameter, parameter], world.names)
                let reply = try await client.send(world.request(request, by: Self.guest(of: route)))
                let isRefused =
                    reply.status == 400 && reply.text.contains("\(parameter.name) must be given once")
                #expect(isRefused, "\(route.name), \(parameter.name): \(reply.status) \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test
    func
        `a body in a coding that no route undoes is refused by every route that reads one, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in Self.routes where route.action.bodyKind != .none {
            for coding in ["gzip", "br", "identity, gzip"] {
                var request = world.request(route.request(world.names), by: Self.guest(of: route))
                request.headers.add("Content-Encoding", coding)
                let reply = try await client.send(request)
                #expect(reply.status == 415, "\(route.name), \(coding): \(reply.status) \(reply.text)")
                #expect(reply.headers["Accept-Encoding"] == "identity", "\(route.name)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a body that says to be in no coding is read`() async throws {
        let app = try await TestServer.shared().makeApp()
        var request = HTTPRequest(
            "POST",
            "\(app.prefix)/users",
            json: ["username": "ann", "password": "123"]
        )
        request.headers.add("Content-Encoding", "identity")
        #expect(try await app.server.client().send(request.authorized(try await app.token())).status == 200)
    }

    @Test(arguments: ["x=%00", "x=%FF", "x=%", "x=%zz"])
    func `a query that is no text is refused`(query: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await app.server.client().get(
            "\(app.prefix)/users?\(query)",
            token: try await app.token()
        )
        #expect(reply.status == 400)
    }

    @Test func `every method that a path doesn't take is refused with 405, and OPTIONS names those it does`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let methods = ["GET", "POST", "PUT", "DELETE"]
        for path in Set(Self.routes.map { $0.path(world.names) }) {
            let options = try await client.send(HTTPRequest("OPTIONS", path))
            let allowed = (options.headers["Allow"] ?? "").split(separator: ", ").map(String.init)
            #expect(options.status == 204 && allowed.contains("OPTIONS"), "\(path)")
            for method in methods where !allowed.contains(method) {
                let reply = try await client.send(HTTPRequest(method, path))
                #expect(reply.status == 405, "\(method) \(path)")
                #expect(reply.headers["Allow"] == options.headers["Allow"], "\(method) \(path)")
            }
        }
    }

    @Test func `HEAD answers every GET that only reads with its head alone, and no other`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for route in Self.routes where route.method == .get {
            let got = try await client.send(
                world.request(route.request(world.names), by: Self.guest(of: route))
            )
            var request = world.request(route.request(world.names), by: Self.guest(of: route))
            request.method = "HEAD"
            let head = try await client.send(request)
            guard !route.action.work.changes else {
                #expect(head.status == 405, "\(route.name)")
                continue
            }
            #expect(head.status == got.status && head.body.isEmpty, "\(route.name)")
            #expect(head.headers["Content-Type"] == got.headers["Content-Type"], "\(route.name)")
        }
    }
}
