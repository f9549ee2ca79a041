// Objects of another application answer as absent ones: on every route, to every caller.

import Foundation
import HTTP
import Routing
import TestKit
import Testing

@Suite struct TenantWalkTests {
    /// The same request about a user of the other application, and about nobody at all.
    private struct Pair {
        let route: Route
        /// Where the user is named.
        let place: String
        let foreign, absent: RouteNames
        /// The values that differ between the two by nature.
        let foreignTexts, absentTexts: [String]
    }

    @Test func `a user of another application is answered like an absent one, by name and by UUID`()
        async throws
    {
        let world = try await WalkWorld.make()
        for pair in try await Self.pairs(in: world) {
            let foreign = try await Self.answer(pair.route.request(pair.foreign), world, .application)
            let absent = try await Self.answer(pair.route.request(pair.absent), world, .application)
            #expect(
                Self.normal(foreign, pair.foreignTexts) == Self.normal(absent, pair.absentTexts),
                "\(pair.route.name), \(pair.place)"
            )
        }
    }

    @Test func `nothing that is asked about a user of another application changes it`() async throws {
        let world = try await WalkWorld.make()
        for pair in try await Self.pairs(in: world) {
            let name = pair.foreignTexts[0]
            let before = try await world.otherApp.perform("GET", "/users/\(name)").json()
            _ = try await Self.answer(pair.route.request(pair.foreign), world, .application)
            let after = try await world.otherApp.perform("GET", "/users/\(name)").json()
            #expect(before["entities"] == after["entities"], "\(pair.route.name), \(pair.place)")
        }
    }

    @Test
    func `a group, room, message or file of another application is like an absent one, and stays as it is`()
        async throws
    {
        let world = try await WalkWorld.make()
        let foreign = try await world.foreignPlaces()
        #expect(foreign.count == 9)
        let before = try await Self.photograph(foreign, of: world.otherApp)
        var parameters: Set<String> = []
        for route in EveryRoute.all where route.requirement != .operator {
            for parameter in route.pattern.parameterNames {
                guard let id = foreign[parameter] else { continue }
                parameters.insert(parameter)
                // Of the same form, and never given out.
                let absent = UUID(uuidString: id) == nil ? "880000000000001" : UUID().uuidString.lowercased()
                let answers = try await Self.each([id, absent]) { id in
                    var names = world.names
                    names.parameters[parameter] = id
                    let reply = try await Self.answer(route.request(names), world, .application)
                    return Self.normal(reply, [id])
                }
                #expect(answers[0] == answers[1], "\(route.name), \(parameter)")
            }
        }
        #expect(parameters == Set(foreign.keys))
        #expect(try await Self.photograph(foreign, of: world.otherApp) == before)
    }

    /// The other application's own view of its objects.
    private static func photograph(_ places: [String: String], of app: TestApp) async throws -> [String] {
        let (group, room) = (places["group_id"] ?? "", places["chatroom_id"] ?? "")
        let paths = [
            "/chatgroups/\(group)", "/chatrooms/\(room)", "/chatgroups/\(group)/share_files",
            "/chatgroups/\(group)/announcement", "/chatrooms/\(room)/announcement", "/messages",
            "/chatfiles/\(places["file_uuid"] ?? "")",
            "/chatgroups/\(group)/share_files/\(places["file_id"] ?? "")",
        ]
        return try await each(paths) { path in normal(try await app.perform("GET", path), []) }
    }

    private static func each<Value>(
        _ texts: [String],
        _ answer: (String) async throws -> Value
    ) async throws -> [Value] {
        var values: [Value] = []
        for text in texts { values.append(try await answer(text)) }
        return values
    }

    @Test(arguments: [
        Visitor.nobody, .forged, .expired, .otherApplication, .userOfOtherApplication, .anotherUser,
    ])
    func `who is refused can't tell whether a user exists`(visitor: Visitor) async throws {
        let world = try await WalkWorld.make()
        for route in EveryRoute.all where !visitor.mayCall(route.requirement) {
            var absentNames = world.names
            for parameter in route.userParameters { absentNames.parameters[parameter] = "nobody" }
            absentNames.userInBody = "nobody"
            let known = try await Self.answer(route.request(world.names), world, visitor)
            let absent = try await Self.answer(route.request(absentNames), world, visitor)
            #expect(
                Self.normal(known, ["alice", "bob"]) == Self.normal(absent, ["nobody"]),
                "\(route.name)"
            )
        }
    }

    @Test func `a cursor of another application or another collection is no cursor`() async throws {
        let world = try await WalkWorld.make()
        let page = try await world.otherApp.perform("GET", "/users?limit=1").json()
        let foreign = try #require(page["cursor"]?.string)
        let client = try world.server.client()
        let token = try await world.app.token()
        for route in EveryRoute.all where route.action.query.contains(where: { $0.name == "cursor" }) {
            var answers: [String] = []
            for cursor in [foreign, "AAAA", String(foreign.dropLast()), foreign + "A"] {
                let target = route.path(world.names) + "?limit=1&cursor=\(cursor)"
                let reply = try await client.send(HTTPRequest(route.method.text, target).authorized(token))
                #expect(reply.status == 400, "\(route.name) with \(cursor)")
                answers.append(Self.normal(reply, []))
            }
            #expect(Set(answers).count == 1, "\(route.name): \(answers)")
        }
    }

    @Test func `a client id of another application is an unknown one`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        var answers: [String] = []
        for id in [world.otherApp.credentials.clientID, "YXA6nobody"] {
            let reply = try await client.post(
                "\(world.app.prefix)/token",
                [
                    "grant_type": "client_credentials", "client_id": .string(id),
                    "client_secret": .string(world.otherApp.credentials.clientSecret),
                ]
            )
            answers.append(Self.normal(reply, [id]))
            let socket = world.server.administrationClient()
            let credentials = world.app.credentials
            let revoked = try await socket.delete(
                "/admin/applications/\(credentials.organization)/\(credentials.applicationName)/credentials/\(id)"
            )
            #expect(revoked.status == 404)
        }
        #expect(answers[0] == answers[1])
        // It is still good where it belongs.
        let fresh = TestApp(server: world.server, credentials: world.otherApp.credentials)
        _ = try await fresh.token()
    }

    // MARK: Parts

    /// Every route by every place of it where a user is named.
    private static func pairs(in world: WalkWorld) async throws -> [Pair] {
        var pairs: [Pair] = []
        for route in EveryRoute.all where route.requirement != .operator {
            for place in route.userParameters + (route.namesUsersInBody ? ["the body"] : []) {
                for isByUUID in place == "the body" ? [false] : [false, true] {
                    let name = "zoe\(pairs.count)"
                    let uuid = try await world.otherApp.register(name)
                    let absentName = "nil\(pairs.count)"
                    let absentUUID = UUID().uuidString.lowercased()
                    let foreign = naming(isByUUID ? uuid : name, at: place, world.names)
                    let absent = naming(isByUUID ? absentUUID : absentName, at: place, world.names)
                    pairs.append(
                        Pair(
                            route: route,
                            place: isByUUID ? "\(place) by UUID" : place,
                            foreign: foreign,
                            absent: absent,
                            foreignTexts: [name, uuid],
                            absentTexts: [absentName, absentUUID]
                        )
                    )
                }
            }
        }
        return pairs
    }

    private static func naming(_ user: String, at place: String, _ names: RouteNames) -> RouteNames {
        var names = names
        if place == "the body" { names.userInBody = user } else { names.parameters[place] = user }
        return names
    }

    private static func answer(_ request: HTTPRequest, _ world: WalkWorld, _ visitor: Visitor) async throws
        -> HTTPReply
    {
        try await world.server.client().send(world.request(request, by: visitor))
    }

    /// Status and body without times, and with one word for whoever was asked about.
    private static func normal(_ reply: HTTPReply, _ texts: [String]) -> String {
        var text = reply.text
        for name in texts { text = text.replacing(name, with: "SOMEBODY") }
        text = text.replacing(#/"(timestamp|duration|created|modified|unixtime)":\d+/#) { "\"\($0.1)\":0" }
        text = text.replacing(#/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#, with: "UUID")
        return "\(reply.status) \(text.replacing("UUID", with: "SOMEBODY"))"
    }
}
