// What clients send beside what is asked for: empty members, members in two spellings, names in other cases, at every route.

import Domain
import HTTP
import Routing
import TestKit
import Testing

@Suite struct ToleranceWalkTests {
    /// The members of a request's body.
    private static func members(of spoken: SpokenRoute) -> [Shape.Member] {
        guard case .object(_, let members) = spoken.shape else { return [] }
        return members
    }

    private static func example(_ spoken: SpokenRoute, _ names: RouteNames) -> TestJSON {
        spoken.shape.example(naming: names.userInBody, secret: names.secret, group: names.groupInBody)
    }

    /// Whether a reply refuses a member.
    private static func refuses(_ name: String, _ reply: HTTPReply) -> Bool {
        guard reply.errCode == 400 || reply.errCode == 1001 else { return false }
        return reply.text.contains("\"\(name) ") || reply.text.contains("\"\(name).")
    }

    @Test func `an optional member that is null or empty is refused only where an absent one is`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        var count = 0
        for spoken in SpokenRoute.all {
            let whole = Self.example(spoken, world.names)
            for member in Self.members(of: spoken) where !member.isRequired {
                for empty in [nil, "", []] as [TestJSON] {
                    let body = whole.setting(member.name, empty)
                    let request = spoken.request(world.names, body: body.bytes)
                    let reply = try await client.send(world.request(request, by: .manager))
                    count += 1
                    guard Self.refuses(member.name, reply) else { continue }
                    // One that another stands for, or without which a manager's request is about nobody.
                    let without = spoken.request(world.names, body: whole.removing(member.name).bytes)
                    let absent = try await client.send(world.request(without, by: .manager))
                    // Without this name a request may be of another generation, which has another one for it.
                    let isMissing = empty != nil && absent.text.contains(" is required")
                    #expect(reply.text == absent.text || isMissing, "\(spoken), \(member.name): \(empty)")
                }
            }
        }
        #expect(count > 1000)
    }

    @Test func `a required member that is null is refused like an absent one`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for spoken in SpokenRoute.all {
            let whole = Self.example(spoken, world.names)
            for member in Self.members(of: spoken) where member.isRequired {
                var texts: [String] = []
                for body in [whole.setting(member.name, nil), whole.removing(member.name)] {
                    let request = spoken.request(world.names, body: body.bytes)
                    texts.append(try await client.send(world.request(request, by: .manager)).text)
                }
                #expect(texts[0] == texts[1], "\(spoken), \(member.name)")
            }
        }
    }

    @Test func `an empty list is an object without members, at every route`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for spoken in SpokenRoute.all where !Self.members(of: spoken).isEmpty {
            var codes: [Int] = []
            for body in ["{}", "[]"] {
                let request = spoken.request(world.names, body: Array(body.utf8))
                codes.append(try await client.send(world.request(request, by: .manager)).errCode ?? -1)
            }
            #expect(codes[0] == codes[1], "\(spoken)")
        }
    }

    @Test func `two spellings of a member pass where they say the same, and are refused where they don't`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for spoken in SpokenRoute.all {
            let whole = Self.example(spoken, world.names)
            for member in Self.members(of: spoken) {
                guard let value = whole[member.name], let other = member.name.inOtherCase else { continue }
                for (second, isRefused) in [(value, false), ([["not": "that"]], true)] as [(TestJSON, Bool)] {
                    let body = whole.setting(other, second)
                    let request = spoken.request(world.names, body: body.bytes)
                    let reply = try await client.send(world.request(request, by: .manager))
                    let isRepeated = reply.text.contains("must be given once only")
                    #expect(isRepeated == isRefused, "\(spoken), \(member.name): \(reply.text)")
                }
            }
        }
    }

    @Test func `a name is found in any case, wherever one stands`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for spoken in SpokenRoute.all {
            var isFound: [Bool] = []
            for name in ["bob", "BOB"] {
                var names = world.namesInGroup
                names.userInBody = name
                let reply = try await client.send(world.request(spoken.request(names), by: .manager))
                isFound.append(![614, 10003, 1101].contains(reply.errCode))
            }
            #expect(isFound[0] == isFound[1], "\(spoken)")
        }
    }
}

extension String {
    /// The same letters in other cases; nil where there are none.
    fileprivate var inOtherCase: String? {
        let other = String(map { $0.isUppercase ? Character($0.lowercased()) : Character($0.uppercased()) })
        return other == self ? nil : other
    }
}
