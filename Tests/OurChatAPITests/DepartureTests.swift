// The data that stays when a user goes: the session, what was said in it, and the right to take it back.

import TestKit
import Testing

@Suite struct DepartureTests {
    @Test func `a session goes on with who follows its owner, when the owner gives up the account`()
        async throws
    {
        let world = try await SharedSession.make()
        let said = try await world.call("SendMsg", by: "ann", ["markdownText": "stays"])
        #expect(said.status == 200, "\(said.text)")
        #expect(try await world.call("Unregister", by: "ann").status == 200)
        let session = try await world.app.perform("GET", "/chatgroups/\(world.session)").json()["data"]?[0]
        #expect(
            session?["owner"] == "bob" && session?["affiliations_count"] == 1,
            "\(String(describing: session))"
        )
        let history = try await world.app.perform("GET", "/messages?q=stays").json()
        #expect(history["data"]?.array?.count == 1, "\(history)")
        #expect(try await world.call("SendMsg", by: "bob", ["markdownText": "x"]).status == 200)
        // With the last member it ends.
        #expect(try await world.call("Unregister", by: "bob").status == 200)
        let gone = HTTPRequest("GET", "\(world.app.prefix)/chatgroups/\(world.session)")
        let token = try await world.app.token()
        #expect(try await world.app.server.client().send(gone.authorized(token)).status == 404)
    }

    @Test func `it goes on in the same way when the account is given up by a frame`() async throws {
        let world = try await SharedSession.make()
        let (app, token) = (world.app, world.tokens["ann"])
        let reply = try await onOwnThread { () throws -> TestJSON in
            var socket = try app.socket(token: token)
            try socket.send(["code": 16])
            return try socket.message()
        }
        #expect(reply["code"] == 17 && reply["status_code"] == 0, "\(reply)")
        let session = try await world.app.perform("GET", "/chatgroups/\(world.session)").json()["data"]?[0]
        #expect(session?["owner"] == "bob", "\(String(describing: session))")
    }

    @Test func `one's own message can be taken back after leaving, and nobody else's`() async throws {
        let world = try await SharedSession.make()
        var messages: [TestJSON] = []
        for name in ["ann", "bob"] {
            let said = try await world.call("SendMsg", by: name, ["markdownText": "x"]).json()
            messages.append(try #require(said["msgId"]))
        }
        #expect(try await world.call("LeaveSession", by: "bob").status == 200)
        for absent in [messages[0], "1"] {
            let refused = try await world.call("RecallMsg", by: "bob", ["msgId": absent])
            #expect(refused.status == 403, "\(refused.text)")
        }
        let taken = try await world.call("RecallMsg", by: "bob", ["msgId": messages[1]])
        #expect(taken.status == 200, "\(taken.text)")
    }
}
