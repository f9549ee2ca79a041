// Inputs: the shape that a trial run learns, and the same reader at work on requests.

import Domain
import HTTP
import JSON
import Testing

@testable import Routing

/// An input with everything: query, required and optional members, objects in lists.
private struct Order: Input, Equatable {
    struct Item: Equatable, Sendable {
        let name: String
        let count: Int?
    }
    struct Body: Equatable, Sendable {
        let items: [Item]
        let note: String?
    }
    let limit: Int?
    let word: String?
    let body: Body

    init(_ reader: inout InputReader) throws(FieldProblem) {
        limit = try reader.query("limit", .integer(1...100))
        word = try reader.query("word", .text(1...8))
        body = try reader.body(Self.body)
    }

    private static let item = Value<Item>.object(named: "Item") { object throws(FieldProblem) in
        Item(
            name: try object.required("name", .text(1...8)),
            count: try object.optional("count", .integer(1...9))
        )
    }
    private static let body = Value<Body>.object { object throws(FieldProblem) in
        let items = try object.required("items", .list(of: item, maximum: 3))
        let note = try object.optional("note", .text(0...8))
        guard !items.isEmpty || note != nil else { throw FieldProblem(.empty, at: "items") }
        return Body(items: items, note: note)
    }
}

/// A query parameter that must be there, and one that may.
private struct Search: Input {
    static let bodyKind = BodyKind.none
    let name: String
    let limit: Int?

    init(_ reader: inout InputReader) throws(FieldProblem) {
        name = try reader.requiredQuery("name", .text(1...8))
        limit = try reader.query("limit", .integer(1...100))
    }
}

private struct File: Input {
    static let bodyKind = BodyKind.multipart
    init(_ reader: inout InputReader) throws(FieldProblem) { _ = try reader.file() }
}

private struct Message: Input {
    static let bodyKind = BodyKind.message
    init(_ reader: inout InputReader) throws(FieldProblem) { _ = try reader.message(shaped: .any) }
}

private struct MaybeNumber: Input {
    let number: Int?
    init(_ reader: inout InputReader) throws(FieldProblem) {
        number = try reader.optionalBody(
            .object { object throws(FieldProblem) in
                try object.required("number", .integer(0...9))
            }
        )
    }
}

private struct Form: Input {
    static let bodyKind = BodyKind.form
    let pairs: [String]
    init(_ reader: inout InputReader) throws(FieldProblem) {
        pairs = reader.form(.map(.string())).map { "\($0.name)=\($0.value)" }
    }
}

private struct Empty: Reply, ReplyObject {
    static let fields: [ReplyField<Empty>] = []
}

@Suite struct InputTests {
    private static func action<In: Input>(_ input: In.Type) -> Action {
        Action.pure { (_: Call, _: In) throws(Failure) in Empty() }
    }

    @Test func `a trial run tells query, body and what must be there`() {
        let action = Self.action(Order.self)
        #expect(
            action.query == [
                .init("limit", .integer(1...100), isRequired: false),
                .init("word", .string(length: 1...8), isRequired: false),
            ]
        )
        let item = Shape.object(
            name: "Item",
            [
                .init("name", .string(length: 1...8)),
                .init("count", Value<Int>.integer(1...9).shape, isRequired: false),
            ]
        )
        #expect(
            action.body
                == .object([
                    .init("items", .array(item, maximum: 3)),
                    .init("note", .string(length: 0...8), isRequired: false),
                ])
        )
        #expect(action.bodyIsRequired)
        #expect(action.bodyKind == .json)
    }

    @Test func `an optional body, a form and no body tell their shapes`() {
        let maybe = Self.action(MaybeNumber.self)
        #expect(maybe.body == .object([.init("number", Value<Int>.integer(0...9).shape)]))
        #expect(!maybe.bodyIsRequired)
        let form = Self.action(Form.self)
        #expect(form.bodyKind == .form)
        #expect(form.body == .map(.string()))
        let none = Self.action(NoInput.self)
        #expect(none.body == nil)
        #expect(none.query == [])
        #expect(none.bodyKind == .none)
    }

    @Test func `a whole request is read`() throws {
        let body = #"{"items":[{"name":"a","count":"2"},{"name":"b"}],"note":"n","other":{"ignored":true}}"#
        let order = try incoming("/x?limit=5&word=hi&other=1", body: body).decode(Order.self)
        #expect(order.limit == 5)
        #expect(order.word == "hi")
        #expect(order.body.items == [.init(name: "a", count: 2), .init(name: "b", count: nil)])
        #expect(order.body.note == "n")
    }

    @Test func `null, like absence, is no value`() throws {
        let order = try incoming(body: #"{"items":[{"name":"a","count":null}],"note":null}"#).decode(
            Order.self
        )
        #expect(order.body == .init(items: [.init(name: "a", count: nil)], note: nil))
        #expect(throws: Failure.invalid(field: "items", .missing)) {
            try incoming(body: #"{"items":null}"#).decode(Order.self)
        }
    }

    @Test(arguments: ["/x", "/x?", "/x?limit=", "/x?limit=&word=", "/x?limit"])
    func `an absent and an empty query parameter are the same`(_ target: String) throws {
        let order = try incoming(target, body: #"{"items":[],"note":""}"#).decode(Order.self)
        #expect(order.limit == nil)
        #expect(order.word == nil)
    }

    @Test func `a required query parameter is declared so, and refused where it is absent or empty`() throws {
        #expect(
            Self.action(Search.self).query == [
                .init("name", .string(length: 1...8)), .init("limit", .integer(1...100), isRequired: false),
            ]
        )
        #expect(try incoming("/x?name=ann").decode(Search.self).name == "ann")
        for target in ["/x", "/x?name=", "/x?name", "/x?limit=1"] {
            #expect(throws: Failure.invalid(field: "name", .missing)) {
                try incoming(target).decode(Search.self)
            }
        }
    }

    @Test(arguments: [
        ("/x?name=a&name=b", "name"), ("/x?name=a&name=a", "name"), ("/x?name=&name=a", "name"),
        ("/x?name=a&%6Eame=b", "name"), ("/x?name=a&limit=1&limit=2", "limit"),
        ("/x?name=a&limit=1&x=1&limit=", "limit"),
    ])
    func `a query parameter with one value is refused where it is given more than once`(
        _ target: String,
        _ name: String
    ) throws {
        #expect(throws: Failure.invalid(field: name, .repeated)) { try incoming(target).decode(Search.self) }
    }

    @Test func `a query parameter that isn't read may be given any number of times`() throws {
        #expect(try incoming("/x?name=a&x=1&x=2&Name=b").decode(Search.self).name == "a")
    }

    @Test(arguments: [
        [], [""], ["identity"], ["Identity"], ["gzip"], ["x-gzip"], ["deflate"], ["br"],
        ["identity", "gzip"],
        ["gzip", "gzip"], ["", "gzip"], ["gzip, identity"], ["none"],
    ])
    func `a body is taken in a coding that its route undoes, and in no other`(lines: [String]) {
        func isAdmitted<In: Input>(_ input: In.Type) -> Bool {
            do throws(Failure) {
                try Self.action(input).admit(contentEncoding: lines)
                return true
            } catch {
                #expect(error == .unsupportedEncoding(known: Self.action(input).contentCodings))
                return false
            }
        }
        let isPlain = [[], [""], ["identity"], ["Identity"]].contains(lines)
        #expect(isAdmitted(MaybeNumber.self) == isPlain)
        #expect(isAdmitted(Form.self) == isPlain)
        #expect(isAdmitted(File.self) == isPlain)
        #expect(isAdmitted(Message.self) == (isPlain || lines == ["gzip"]))
        // An unread member has no reading.
        #expect(isAdmitted(NoInput.self))
    }

    @Test(
        arguments: [
            ("/", #"{}"#, "items", .missing), ("/", #"{"items":[]}"#, "items", .empty),
            ("/", #"{"items":{}}"#, "items", .wrongType(expected: "an array")),
            ("/", #"{"items":[{}]}"#, "items[0].name", .missing),
            ("/", #"{"items":[{"name":"a"},{"name":""}]}"#, "items[1].name", .empty),
            ("/", #"{"items":[1]}"#, "items[0]", .wrongType(expected: "an object")),
            (
                "/", #"{"items":[{"name":"a","count":10}]}"#, "items[0].count",
                .outOfRange(minimum: 1, maximum: 9)
            ),
            ("/", #"{"items":[],"note":5}"#, "note", .wrongType(expected: "a string")),
            ("/?limit=0", #"{"items":[],"note":""}"#, "limit", .outOfRange(minimum: 1, maximum: 100)),
            ("/?limit=abc", #"{"items":[],"note":""}"#, "limit", .wrongType(expected: "a whole number")),
            ("/?limit=%2B5", #"{"items":[],"note":""}"#, "limit", .wrongType(expected: "a whole number")),
            (
                "/?word=123456789", #"{"items":[],"note":""}"#, "word",
                .tooLong(maximum: 8, unit: "characters")
            ),
            ("/", "", "", .missing), ("/", "[]", "items", .missing),
            ("/", "null", "", .wrongType(expected: "an object")),
            ("/", "7", "", .wrongType(expected: "an object")),
        ] as [(String, String, String, InvalidReason)]
    )
    func `what is wrong is told with its place`(
        _ target: String,
        _ body: String,
        _ field: String,
        _ reason: InvalidReason
    ) throws {
        let request = try incoming(target, body: body)
        #expect(throws: Failure.invalid(field: field, reason)) { try request.decode(Order.self) }
    }

    @Test func `an optional body may be absent, yet not wrong`() throws {
        #expect(try incoming().decode(MaybeNumber.self).number == nil)
        #expect(try incoming(body: #"{"number":3}"#).decode(MaybeNumber.self).number == 3)
        #expect(throws: Failure.invalid(field: "number", .missing)) {
            try incoming(body: "{}").decode(MaybeNumber.self)
        }
    }

    @Test(arguments: [
        "{", "{}x", "[1,]", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"a":01}"#, #"{"a":NaN}"#,
        #"{"a":"\ud800"}"#,
        "{'a':1}", "\u{FEFF}{}", " ", "\n",
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    ])
    func `a body that is no JSON is refused whatever its media type`(_ body: String) throws {
        for type in [nil, "application/json", "application/x-www-form-urlencoded", "text/plain"] {
            let request = try incoming(body: body, contentType: type)
            let failure = #expect(throws: Failure.self) { try request.decode(Order.self) }
            guard case .malformedBody(let text) = failure else {
                Issue.record("\(body): \(String(describing: failure))")
                continue
            }
            #expect(!text.isEmpty)
        }
    }

    @Test func `a body that isn't UTF-8 is refused`() throws {
        let request = try incoming(bytes: Array(#"{"note":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
        let failure = #expect(throws: Failure.self) { try request.decode(Order.self) }
        guard case .malformedBody = failure else {
            return #expect(Bool(false), "\(String(describing: failure))")
        }
    }

    @Test func `JSON is read under any media type or none`() throws {
        for type in [nil, "application/json", "application/x-www-form-urlencoded", "text/plain", "nonsense"] {
            let request = try incoming(body: #"{"number":3}"#, contentType: type)
            #expect(try request.decode(MaybeNumber.self).number == 3)
        }
    }

    @Test func `a form is read under its own media type only`() throws {
        for type in ["application/x-www-form-urlencoded", "Application/X-WWW-Form-URLEncoded; charset=utf-8"]
        {
            let request = try incoming(body: "a=1&b=x+y%26&A=2&c", contentType: type)
            #expect(try request.decode(Form.self).pairs == ["a=1", "b=x y&", "A=2", "c="])
        }
        let expected = Failure.unsupportedMediaType(expected: "application/x-www-form-urlencoded")
        for type in [
            nil, "", "application/json", "multipart/form-data", "nonsense",
            "application/x-www-form-urlencoded2",
        ] {
            let request = try incoming(body: "a=1", contentType: type)
            #expect(throws: expected) { try request.decode(Form.self) }
        }
    }

    @Test(arguments: ["a=%", "a=%zz", "a=%00", "a=%FF", "a=\0", "a=1&a=2", "a=1&b=2&a=1", "a&a", "a=1&%61=2"])
    func `a form with broken escapes, NUL, foreign bytes or one name twice is refused`(_ body: String) throws
    {
        let request = try incoming(body: body, contentType: "application/x-www-form-urlencoded")
        let failure = #expect(throws: Failure.self) { try request.decode(Form.self) }
        guard case .malformedBody = failure else {
            return #expect(Bool(false), "\(String(describing: failure))")
        }
    }

    @Test func `no input leaves the body alone`() throws {
        _ = try incoming(body: "{broken").decode(NoInput.self)
    }

    @Test func `an object that can't be read from placeholders stops the start`() async {
        await #expect(processExitsWith: .failure) {
            _ = Value<Int>.object { object throws(FieldProblem) in
                let number = try object.required("number", .integer(0...9))
                guard number > 0 else { throw FieldProblem(.empty) }
                return number
            }
        }
    }
}
