// Every RPC method against every kind of caller, and against bodies that aren't its message.

import Routing
import TestKit
import Testing

@Suite struct MethodWalkTests {
    @Test func `every method refuses everybody it is not for, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in EveryRoute.methods where route.requirement != .open {
            for visitor in Visitor.allCases where !visitor.mayCall(route.requirement) {
                let reply = try await client.send(world.request(route.request(world.names), by: visitor))
                #expect(
                    reply.refuses(with: [401, 403], "unauthenticated", "permission_denied"),
                    "\(route.name) by \(visitor): \(reply.text)"
                )
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `every method lets in whom it is for`() async throws {
        var world = try await WalkWorld.make()
        let client = try world.server.client()
        for route in EveryRoute.methods {
            try await world.renewUsers()
            let visitor = route.requirement == .open ? Visitor.nobody : .userOfThePath
            let reply = try await client.send(world.request(route.request(world.names), by: visitor))
            #expect(reply.code != "unauthenticated" && reply.status < 500, "\(route.name): \(reply.text)")
            // The user of the walk has another name then.
            if route.name.hasSuffix("SetSelfInfo") { world = try await WalkWorld.make() }
        }
    }

    @Test func `a broken body is refused by every method, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in EveryRoute.methods {
            for body in MalformedBody.broken {
                var request = world.request(route.request(world.names), by: .userOfThePath)
                let isStreamed = route.action.bodyKind == .envelopes
                request.body = .bytes(isStreamed ? EnvelopeStream.envelope(body.bytes) : body.bytes)
                let reply = try await client.send(request)
                let isRefused = reply.refuses(with: [400], "invalid_argument")
                #expect(isRefused, "\(route.name), \(body.name): \(reply.status) \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `bytes that are no message are refused by every method, and nothing changes`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        let broken: [[UInt8]] = [
            [0x0A], [0x0B], [0x00, 0x01], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
            Array(repeating: 0xFF, count: 11),
        ]
        for route in EveryRoute.methods {
            let isStreamed = route.action.bodyKind == .envelopes
            for bytes in broken {
                for encoding in ["identity", "gzip"] {
                    let flags: UInt8 = encoding == "gzip" ? 1 : 0
                    let request = HTTPRequest(
                        "POST",
                        route.path(world.names),
                        headers: isStreamed
                            ? [
                                "Content-Type": EnvelopeStream.binaryType,
                                "Connect-Content-Encoding": encoding,
                            ]
                            : ["Content-Type": "application/proto", "Content-Encoding": encoding],
                        body: .bytes(isStreamed ? EnvelopeStream.envelope(bytes, flags: flags) : bytes)
                    )
                    let reply = try await client.send(world.request(request, by: .userOfThePath))
                    let isRefused = reply.refuses(with: [400], "invalid_argument")
                    #expect(isRefused, "\(route.name), \(bytes), \(encoding): \(reply.status) \(reply.text)")
                }
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `a body in a coding that isn't undone is refused by every method, and nothing changes`()
        async throws
    {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        let before = try await world.storedBytes()
        for route in EveryRoute.methods {
            // Of a stream only its messages may be compressed.
            let codings = route.action.bodyKind == .envelopes ? ["gzip", "br"] : ["br", "gzip, gzip"]
            for coding in codings {
                var request = world.request(route.request(world.names), by: .userOfThePath)
                request.headers.add("Content-Encoding", coding)
                let reply = try await client.send(request)
                #expect(
                    reply.refuses(with: [501], "unimplemented"),
                    "\(route.name), \(coding): \(reply.text)"
                )
            }
        }
        #expect(try await world.storedBytes() == before)
    }

    @Test func `too large a body is refused with 413 by every method before it is read`() async throws {
        let world = try await WalkWorld.make()
        for route in EveryRoute.methods {
            var request = world.request(route.request(world.names), by: .userOfThePath)
            request.body = .bytes([])
            request.headers.add("Content-Length", "\(route.action.bodyMaximum + 1)")
            let reply = try await world.server.client().send(request)
            #expect(reply.refuses(with: [413], "resource_exhausted"), "\(route.name): \(reply.text)")
        }
    }

    @Test func `every method takes POST and nothing else`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        for route in EveryRoute.methods {
            for method in ["GET", "PUT", "DELETE"] {
                let reply = try await client.send(HTTPRequest(method, route.path(world.names)))
                #expect(reply.status == 405 && reply.headers["Allow"] == "POST, OPTIONS", "\(route.name)")
                #expect(try reply.json()["code"]?.string == "unimplemented", "\(route.name): \(reply.text)")
            }
        }
    }
}

extension HTTPReply {
    /// The code of an error.
    var code: String? { isStream ? try? stream().code : try? json()["code"]?.string }
    /// Whether it has this code, with the status that goes with it: a stream's is always 200.
    func refuses(with statuses: [Int], _ codes: String...) -> Bool {
        code.map(codes.contains) == true && (isStream ? status == 200 : statuses.contains(status))
    }
}
