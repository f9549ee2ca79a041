// Shapes as judges of values: conformance of every reply rests on their refusals.

import Routing
import Testing

@Suite struct ShapeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shape: Shape
        let fitting: [String]
        /// Each with the place that is told.
        let wrong: [(text: String, place: String)]

        init(_ shape: Shape, fits fitting: [String], wrong: [(String, String)]) {
            (self.shape, self.fitting, self.wrong) = (shape, fitting, wrong.map { (text: $0.0, place: $0.1) })
        }

        var testDescription: String { "\(shape)" }
    }

    private static let user = Shape.object([
        .init("name", .string(length: 1...3)), .init("age", .integer(0...150), isRequired: false),
    ])

    private static let cases: [Case] = [
        Case(
            .string(),
            fits: [#""""#, #""text""#],
            wrong: [("1", "$"), ("null", "$"), ("[]", "$"), ("true", "$")]
        ),
        Case(
            .string(length: 2...3),
            fits: [#""ab""#, #""äöü""#, #""😀😀""#],
            wrong: [(#""a""#, "$"), (#""abcd""#, "$"), (#""e\u0301e\u0301""#, "$")]
        ),
        Case(
            .string(format: "uuid"),
            fits: [#""5b3e90d4-17ac-8f62-a7c1-04f8d29b6e35""#],
            wrong: [(#""""#, "$"), (#""5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3g""#, "$")]
        ),
        Case(
            .oneOfTexts(["on", "off"]),
            fits: [#""on""#, #""off""#],
            wrong: [(#""On""#, "$"), ("1", "$")]
        ),
        Case(
            .integer(),
            fits: ["0", "-9223372036854775808", "9223372036854775807"],
            wrong: [("1.0", "$"), ("1e2", "$"), ("9223372036854775808", "$"), (#""1""#, "$"), ("null", "$")]
        ),
        Case(.integer(1...5), fits: ["1", "5"], wrong: [("0", "$"), ("6", "$"), ("-1", "$")]),
        Case(.number, fits: ["1", "1.5", "-1e3"], wrong: [(#""1""#, "$"), ("true", "$")]),
        Case(.boolean, fits: ["true", "false"], wrong: [("0", "$"), (#""true""#, "$"), ("null", "$")]),
        Case(
            .array(.integer(), maximum: 2),
            fits: ["[]", "[1,2]"],
            wrong: [("[1,2,3]", "$"), (#"[1,"2"]"#, "$[1]"), ("{}", "$"), ("1", "$")]
        ),
        Case(
            user,
            fits: [#"{"name":"Ann"}"#, #"{"age":7,"name":"Ann"}"#],
            wrong: [
                ("{}", "$.name"), (#"{"age":1}"#, "$.name"), (#"{"name":null}"#, "$.name"),
                (#"{"name":""}"#, "$.name"),
                (#"{"name":"Ann","age":151}"#, "$.age"), (#"{"name":"Ann","age":null}"#, "$.age"),
                (#"{"name":"Ann","Age":1}"#, "$.Age"), (#"{"name":"Ann","x":1}"#, "$.x"), ("[]", "$"),
            ]
        ),
        Case(.object([]), fits: ["{}"], wrong: [(#"{"a":1}"#, "$.a")]),
        Case(
            .map(.integer()),
            fits: ["{}", #"{"a":1,"b":2}"#],
            wrong: [(#"{"a":1,"b":"2"}"#, "$.b"), ("[1]", "$")]
        ),
        Case(.array(user), fits: [#"[{"name":"A"}]"#], wrong: [(#"[{"name":"A"},{"name":1}]"#, "$[1].name")]),
        Case(
            .anyOf([.integer(), .array(.integer())]),
            fits: ["1", "[1]", "[]"],
            wrong: [(#""1""#, "$"), ("[true]", "$"), ("null", "$")]
        ),
        Case(.anyOf([]), fits: [], wrong: [("1", "$"), ("null", "$"), ("{}", "$")]),
        Case(.array(.anyOf([])), fits: ["[]"], wrong: [("[1]", "$[0]"), ("[null]", "$[0]"), ("{}", "$")]),
        Case(.any, fits: ["null", "1", "[{}]"], wrong: []),
    ]

    @Test(arguments: cases) func `a fitting value has no violation`(_ row: Case) throws {
        for text in row.fitting { #expect(row.shape.violations(in: try json(text)) == [], "\(text)") }
    }

    @Test(arguments: cases) func `each wrong value is told once, with its place`(_ row: Case) throws {
        for (text, place) in row.wrong {
            let found = row.shape.violations(in: try json(text))
            #expect(found.count == 1, "\(text)")
            #expect(found.first?.hasPrefix(place + ":") == true, "\(text): \(found)")
        }
    }

    @Test func `every violation of an object is told`() throws {
        let found = Self.user.violations(in: try json(#"{"age":-1,"x":1,"y":2}"#))
        #expect(found.count == 4)
    }
}
