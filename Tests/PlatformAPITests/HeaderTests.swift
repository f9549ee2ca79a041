// Header fields of replies: names of requests, and what browsers may do.

import TestKit
import Testing

@Suite struct HeaderTests {
    @Test(arguments: ["abc", "0f8fad5b-d9cb-469f-a165-70867728950e", "a.b_c:d"])
    func `a request's own name comes back`(name: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await app.server.client().get("\(app.prefix)/users", headers: ["X-Request-Id": name])
        #expect(reply.headers["X-Request-Id"] == name)
    }

    @Test(arguments: ["", "a b", "a\"b", "é", String(repeating: "a", count: 1000)])
    func `a name that could spoil a log is replaced`(name: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await app.server.client().get("\(app.prefix)/users", headers: ["X-Request-Id": name])
        let given = try #require(reply.headers["X-Request-Id"])
        #expect(given != name && !given.isEmpty)
    }

    @Test func `pages of other origins may read nothing unless the operator says so`() async throws {
        let origin = "https://example.org"
        let closed = try await TestServer.shared().makeApp()
        let reply = try await closed.server.client().get(
            "\(closed.prefix)/users",
            headers: ["Origin": origin]
        )
        #expect(reply.headers.fields.allSatisfy { !$0.name.lowercased().hasPrefix("access-control") })
        let open = try await TestServer.start(flags: ["--cors-origin", origin]).makeApp()
        let allowed = try await open.server.client().get("\(open.prefix)/users", headers: ["Origin": origin])
        #expect(allowed.headers["Access-Control-Allow-Origin"] == origin)
        let preflight = try await open.server.client().send(
            HTTPRequest(
                "OPTIONS",
                "\(open.prefix)/users",
                headers: ["Origin": origin, "Access-Control-Request-Method": "POST"]
            )
        )
        #expect(preflight.status == 204)
        // The fields that some route reads, OpenIM's own field for a token among them.
        let allowedFields = preflight.headers["Access-Control-Allow-Headers"]?.split(separator: ", ") ?? []
        for field in [
            "authorization", "content-type", "x-request-id", "token", "operationid", "share-secret",
        ] {
            #expect(allowedFields.contains(Substring(field)), "\(field)")
        }
        let other = try await open.server.client().get(
            "\(open.prefix)/users",
            headers: ["Origin": "https://evil.example"]
        )
        #expect(other.headers["Access-Control-Allow-Origin"] != "https://evil.example")
    }
}
