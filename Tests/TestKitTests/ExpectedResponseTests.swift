// A reply is held to status, headers and body at once, and to the headers that every reply owes.

import TestKit
import Testing

@Suite struct ExpectedResponseTests {
    private static let good: HeaderFields = [
        "content-type": "application/json", "x-content-type-options": "nosniff",
    ]

    private func complaints(_ expected: ExpectedResponse, _ reply: HTTPReply) -> [String] {
        var facts = ReplayFacts(organization: "o", applicationName: "a", application: "u", authority: "h")
        return expected.complaints(about: reply, facts: &facts)
    }

    private func reply(_ status: Int, _ body: String, _ headers: HeaderFields = Self.good) -> HTTPReply {
        HTTPReply(status: status, headers: headers, body: Array(body.utf8))
    }

    @Test func `the reply that is expected draws no complaint`() {
        #expect(complaints(.body(200, ["a": "$int"]), reply(200, #"{"a":1}"#)) == [])
        #expect(complaints(.keys(200, "a", "b"), reply(200, #"{"a":1,"b":2}"#)) == [])
        #expect(complaints(ExpectedResponse(204, body: .empty), reply(204, "")) == [])
    }

    @Test func `another status is a complaint though the body matches`() {
        #expect(complaints(.body(200, ["a": 1]), reply(201, #"{"a":1}"#)).count == 1)
    }

    @Test(arguments: [#"{"a":1}"#, #"{"b":1,"a":2}"#, #"{"a":1,"b":2,"c":3}"#, "[]", "", "{"])
    func `other keys are a complaint`(body: String) {
        #expect(complaints(.keys(200, "a", "b"), reply(200, body)) != [])
    }

    @Test(arguments: ["", "{\"a\":1", "{\"a\":1,\"a\":1}", "{\"a\":1}x", "\u{0}"])
    func `a body that is not JSON is a complaint`(body: String) {
        #expect(complaints(.body(200, ["a": 1]), reply(200, body)) != [])
    }

    @Test func `a body where none belongs is a complaint`() {
        #expect(complaints(ExpectedResponse(204, body: .empty), reply(204, "x")) != [])
    }

    @Test func `a body needs its type and every reply needs nosniff`() {
        let expected = ExpectedResponse.body(200, [:])
        #expect(complaints(expected, reply(200, "{}", ["X-Content-Type-Options": "nosniff"])) != [])
        #expect(complaints(expected, reply(200, "{}", ["Content-Type": "application/json"])) != [])
        #expect(
            complaints(
                expected,
                reply(200, "{}", ["Content-Type": "text/html", "X-Content-Type-Options": "nosniff"])
            ) != []
        )
    }

    @Test func `a 401 must say how to authenticate`() {
        let expected = ExpectedResponse.body(401, [:])
        #expect(complaints(expected, reply(401, "{}")) != [])
        #expect(complaints(expected, reply(401, "{}", Self.good.adding("WWW-Authenticate", "Bearer"))) == [])
    }

    @Test func `named headers are held to their patterns`() throws {
        let expected = ExpectedResponse(
            200,
            headers: [("Allow", try BodyPattern("$regex:.*GET.*")), ("Cursor", nil)],
            body: .anything
        )
        #expect(complaints(expected, reply(200, "{}", Self.good.adding("allow", "HEAD, GET"))) == [])
        #expect(complaints(expected, reply(200, "{}", Self.good.adding("allow", "POST"))) != [])
        #expect(complaints(expected, reply(200, "{}")) != [])
        #expect(
            complaints(expected, reply(200, "{}", Self.good.adding("allow", "GET").adding("Cursor", "x")))
                != []
        )
    }
}
