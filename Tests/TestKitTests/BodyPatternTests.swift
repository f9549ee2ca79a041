// The matcher accepts what a pattern describes and, which matters more, nothing else.

import TestKit
import Testing

@Suite struct BodyPatternTests {
    private static let uuid = "0ffe2d80-ed76-11e8-8d66-279e3e1c214b"

    private func facts() -> ReplayFacts {
        ReplayFacts(
            organization: "acme",
            applicationName: "chat",
            application: "8be024f0-e978-11e8-b697-5d598d5f8402",
            authority: "127.0.0.1:8080",
            values: ["client-id": "id1"],
            userIDs: ["user1": Self.uuid]
        )
    }

    private func mismatches(_ pattern: TestJSON, _ value: String) throws -> [String] {
        var facts = facts()
        return try BodyPattern(pattern).mismatches(TestJSON(parsing: value), facts: &facts)
    }

    /// A pattern, a value that it must match, and values that it must not.
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: TestJSON
        let good: [String]
        let bad: [String]
        var testDescription: String { pattern.description }

        init(_ pattern: TestJSON, good: [String], bad: [String]) {
            self.pattern = pattern
            self.good = good
            self.bad = bad
        }
    }

    static let cases: [Case] = [
        Case(1, good: ["1"], bad: ["2", "1.0", "\"1\"", "true", "null", "[1]"]),
        Case(true, good: ["true"], bad: ["false", "1", "\"true\""]),
        Case(nil, good: ["null"], bad: ["0", "\"\"", "false", "{}"]),
        Case(1.5, good: ["1.5"], bad: ["1", "2", "\"1.5\""]),
        Case("x", good: ["\"x\""], bad: ["\"X\"", "\"x \"", "\"\"", "1", "null"]),
        Case("$$x", good: ["\"$x\""], bad: ["\"x\"", "\"$$x\""]),
        Case("{org}/{app}", good: ["\"acme/chat\""], bad: ["\"acme/other\"", "\"{org}/{app}\""]),
        Case("{\"a\"", good: [#""{\"a\"""#], bad: ["\"a\""]),
        Case([], good: ["[]"], bad: ["{}", "[1]", "null"]),
        Case([1, "$int"], good: ["[1,5]"], bad: ["[1]", "[5,1]", "[1,5,6]", "[1,\"5\"]"]),
        Case([:], good: ["{}"], bad: ["[]", "{\"a\":1}", "null"]),
        Case(
            ["a": 1, "b": ["c": "$int"]],
            good: [#"{"a":1,"b":{"c":0}}"#],
            bad: [
                #"{"a":1}"#, #"{"b":{"c":0}}"#, #"{"a":1,"b":{}}"#, #"{"a":1,"b":{"c":0},"d":null}"#,
                #"{"a":1,"b":{"c":0,"d":1}}"#, #"{"b":{"c":0},"a":1}"#, #"{"a":2,"b":{"c":0}}"#,
                #"{"a":1,"b":{"c":"0"}}"#, #"{"A":1,"b":{"c":0}}"#, #"{"a":1,"b":[0]}"#, "[]",
            ]
        ),
        Case(
            ["$contains": ["a": 1, "b": "$any"]],
            good: [#"{"b":null,"x":1,"a":1}"#, #"{"a":1,"b":2}"#],
            bad: [#"{"a":1}"#, #"{"a":2,"b":1}"#, "[]"]
        ),
        Case(["{org}": "$bool"], good: [#"{"acme":false}"#], bad: [#"{"org":false}"#, #"{"acme":0}"#]),
        Case(
            "$uuid",
            good: ["\"\(uuid)\""],
            bad: [
                "\"\(uuid.uppercased())\"", "\"\(uuid)0\"", "\"x\(uuid)\"", "\"\(uuid.dropLast())\"",
                "\"\(uuid.replacing("-", with: ""))\"", "\"\"", "1", "\"\(uuid)\\n\"",
            ]
        ),
        Case(
            "$uuid:user1",
            good: ["\"\(uuid)\""],
            bad: ["\"8be024f0-e978-11e8-b697-5d598d5f8402\"", "\"user1\""]
        ),
        Case("$app", good: ["\"8be024f0-e978-11e8-b697-5d598d5f8402\""], bad: ["\"\(uuid)\"", "\"chat\""]),
        Case("$org", good: ["\"acme\""], bad: ["\"Acme\"", "\"chat\""]),
        Case("$appname", good: ["\"chat\""], bad: ["\"acme\""]),
        Case("$int", good: ["0", "7"], bad: ["-1", "7.0", "\"7\"", "null", "true"]),
        Case("$bool", good: ["true", "false"], bad: ["0", "\"true\"", "null"]),
        Case("$string", good: ["\"a\""], bad: ["\"\"", "1", "null"]),
        Case("$any", good: ["null", "1", "{}", "\"\""], bad: []),
        Case(
            "$token",
            good: ["\"YWMt\(String(repeating: "a", count: 40))\""],
            bad: [
                "\"YWMt\"", "\"WMte\(String(repeating: "a", count: 40))\"",
                "\"YWMt\(String(repeating: "=", count: 40))\"",
            ]
        ),
        Case("$cursor", good: ["\"LTgz_-8\"", "\"LTgz==\""], bad: ["\"\"", "\"a b\"", "null", "5"]),
        Case(
            "$uri:/users/{uuid:user1}/contacts",
            good: ["\"http://127.0.0.1:8080/acme/chat/users/\(uuid)/contacts\""],
            bad: [
                "\"https://127.0.0.1:8080/acme/chat/users/\(uuid)/contacts\"",
                "\"/acme/chat/users/\(uuid)/contacts\"",
                "\"http://127.0.0.1:8080/acme/chat/users/\(uuid)/contacts?limit=2\"",
                "\"http://localhost:8080/acme/chat/users/\(uuid)/contacts\"",
            ]
        ),
        Case(
            "$uri:",
            good: ["\"http://127.0.0.1:8080/acme/chat\""],
            bad: ["\"http://127.0.0.1:8080/acme/chat/\""]
        ),
        Case(
            "$regex:a{2}|b",
            good: ["\"aa\"", "\"b\""],
            bad: ["\"aab\"", "\"xaa\"", "\"a\"", "2", "\"b\\n\""]
        ),
        Case(
            "$regex:in app {app-uuid}",
            good: ["\"in app 8be024f0-e978-11e8-b697-5d598d5f8402\""],
            bad: ["\"in app x\""]
        ),
    ]

    @Test(arguments: cases)
    func `a pattern matches what it describes`(example: Case) throws {
        for value in example.good { #expect(try mismatches(example.pattern, value) == [], "\(value)") }
    }

    @Test(arguments: cases)
    func `a pattern matches nothing else`(example: Case) throws {
        for value in example.bad { #expect(try mismatches(example.pattern, value) != [], "\(value)") }
    }

    @Test func `milliseconds must be plausible now`() throws {
        let now = ReplayFacts.nowMs()
        #expect(try mismatches("$ms", "\(now)") == [])
        for wrong in [
            "\(now - 60_000)", "\(now + 60_000)", "\(now / 1000)", "0", "\"\(now)\"", "\(now).5", "-1",
        ] {
            #expect(try mismatches("$ms", wrong) != [], "\(wrong)")
        }
    }

    @Test(arguments: [
        ("{}", "missing a, b"), (#"{"a":1,"b":2,"c":3}"#, "surplus c"),
        (#"{"b":2,"a":1}"#, "members in the order"),
        (#"{"a":1,"b":"2"}"#, #"$.b: expected 2, got "2""#),
    ])
    func `a difference is named by its path and kind`(value: String, message: String) throws {
        let found = try mismatches(["a": 1, "b": 2], value)
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test func `every difference is reported, not only the first`() throws {
        #expect(try mismatches(["a": 1, "b": [2, 3]], #"{"a":2,"b":[3,2],"c":0}"#).count == 4)
    }

    @Test(arguments: [
        "$uuid4", "$Int", "$", "$ms:5", "$regex:(", "$uri",
    ])
    func `an unknown wildcard is an error and no literal`(text: String) {
        #expect(throws: BodyPattern.Malformed.self) { try BodyPattern(.string(text)) }
    }

    @Test(
        arguments: [
            ["$contain": ["a": 1]], ["$contains": 1], ["$contains": [:], "a": 1], ["$capture": 1],
            ["$capture": "a", "like": "$int"],
        ] as [TestJSON]
    )
    func `an unknown object pattern is an error`(pattern: TestJSON) {
        #expect(throws: BodyPattern.Malformed.self) { try BodyPattern(pattern) }
    }

    @Test func `an unknown placeholder never matches`() throws {
        #expect(try mismatches("{capture:cursor}", "\"{capture:cursor}\"") != [])
        #expect(try mismatches("$uuid:user9", "\"\(Self.uuid)\"") != [])
    }

    @Test func `a captured value is known afterwards, but only when all matched`() throws {
        let pattern = try BodyPattern(["cursor": ["$capture": "c", "as": "$cursor"], "count": 1])
        var facts = facts()
        #expect(pattern.mismatches(["cursor": "abc", "count": 2], facts: &facts) != [])
        #expect(facts.captures.isEmpty)
        #expect(pattern.mismatches(["cursor": "", "count": 1], facts: &facts) != [])
        #expect(facts.captures.isEmpty)
        #expect(pattern.mismatches(["cursor": "abc", "count": 1], facts: &facts) == [])
        #expect(try facts.expand("/users?cursor={capture:c}") == "/users?cursor=abc")
    }
}

@Suite struct ReplayFactsTests {
    private let facts = ReplayFacts(
        organization: "acme",
        applicationName: "chat",
        application: "u",
        authority: "h",
        values: ["client-id": "id1"]
    )

    @Test(arguments: [
        ("/{org}/{app}/users", "/acme/chat/users"), ("{client-id}", "id1"), ("{app-uuid}{app-uuid}", "uu"),
        ("no braces", "no braces"), (#"{"a":1}"#, #"{"a":1}"#), ("a{2,3}", "a{2,3}"), ("{", "{"),
        ("{}", "{}"), ("}{org", "}{org"),
    ])
    func `placeholders are replaced and other braces stay`(text: String, expected: String) throws {
        #expect(try facts.expand(text) == expected)
    }

    @Test(arguments: ["{organisation}", "{uuid:user1}", "{capture:x}", "{client-secret}"])
    func `an unknown placeholder is an error`(text: String) {
        #expect(throws: ReplayFacts.UnknownPlaceholder.self) { try facts.expand(text) }
    }
}
