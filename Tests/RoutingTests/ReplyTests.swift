// Replies: bytes, order and shape come from one list of fields.

import Domain
import HTTP
import JSON
import Routing
import Testing

private struct Person: ReplyObject {
    let name: String
    var age: Int?
    var friends: [Person] = []

    static let schemaName: String? = "Person"
    static let fields: [ReplyField<Person>] = [
        .field("name") { $0.name },
        .optional("age") { $0.age },
        .field("isAdult") { ($0.age ?? 0) >= 18 },
        .field("friends") { $0.friends.map(\.name) },
    ]
}

private struct Answer: Reply, ReplyObject {
    static let fields: [ReplyField<Answer>] = [.field("answer") { _ in 42 }]
}

private enum Plain: TextKind {
    static let mediaType: StaticString = "text/plain"
}

@Suite struct ReplyTests {
    @Test func `an object is written in the order of its fields, without values that are nil`() {
        let anna = Person(name: "Anna \"A\"", age: 20, friends: [Person(name: "Bo")])
        #expect(text(anna) == #"{"name":"Anna \"A\"","age":20,"isAdult":true,"friends":["Bo"]}"#)
        #expect(text(Person(name: "Bo")) == #"{"name":"Bo","isAdult":false,"friends":[]}"#)
    }

    @Test func `an object's shape has its fields, and only the optional ones may be absent`() {
        #expect(
            Person.shape
                == .object(
                    name: "Person",
                    [
                        .init("name", .string()), .init("age", .integer(), isRequired: false),
                        .init("isAdult", .boolean), .init("friends", .array(.string())),
                    ]
                )
        )
        #expect(Answer.shape == .object([.init("answer", .integer())]))
    }

    @Test func `every value fits the shape it declares`() throws {
        let uuid = UUID(high: 1, low: 2)
        let values: [any ReplyValue] = [
            "text", "", true, 5, Int64.min, Timestamp(milliseconds: -1), uuid, [1, 2], [String](), [[true]],
            ReplyMap([("b", 1), ("a", 2)]), ReplyMap<Int>([]), [NoElement](), Person(name: "x"), Answer(),
        ]
        for value in values {
            #expect(type(of: value).shape.violations(in: try json(text(value))) == [], "\(text(value))")
        }
    }

    @Test func `a map keeps the order it was given`() {
        #expect(text(ReplyMap([("b", 1), ("a", 2)])) == #"{"b":1,"a":2}"#)
    }

    @Test func `a JSON reply is 200 with the media type of JSON`() {
        let response = Answer().response()
        #expect(response.status == .ok)
        #expect(response.contentType?.description == "application/json;charset=UTF-8")
        guard case .bytes(let bytes) = response.body else { return #expect(Bool(false), "no body") }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"answer":42}"#)
    }

    @Test func `a text reply has its kind's media type and its bytes`() {
        let response = TextReply<Plain>(Array("hello".utf8)).response()
        #expect(response.status == .ok)
        #expect(response.contentType?.description == "text/plain")
        guard case .bytes(let bytes) = response.body else { return #expect(Bool(false), "no body") }
        #expect(bytes == Array("hello".utf8))
        guard case .other("text/plain") = TextReply<Plain>.content else {
            return #expect(Bool(false), "no text")
        }
    }
}
