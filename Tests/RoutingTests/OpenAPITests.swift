// The API document: a golden one of a few routes, and what must hold for the real ones.

import Dialects
import Domain
import HTTP
import JSON
import OpenIMAPI
import OperationsAPI
import OurChatAPI
import PlatformAPI
import Testing
import Webhooks

@testable import Routing

/// A body of `{"name"}` and two query parameters.
private struct Naming: Input {
    let name: String

    init(_ reader: inout InputReader) throws(FieldProblem) {
        _ = try reader.query("limit", .integer(1...100))
        _ = try reader.query("quiet", .flag)
        name = try reader.body(Self.value)
    }

    private static let value = Value<String>.object(named: "Naming") { object throws(FieldProblem) in
        try object.required("name", .text(1...8))
    }
}

/// A form.
private struct Filling: Input {
    static let bodyKind = BodyKind.form
    init(_ reader: inout InputReader) throws(FieldProblem) { _ = reader.form(.map(.string())) }
}

/// Another object of the same name.
private struct OtherNaming: Input {
    init(_ reader: inout InputReader) throws(FieldProblem) {
        _ = try reader.body(
            Value<Int>.object(named: "Naming") { object throws(FieldProblem) in
                try object.required("number", .integer(0...9))
            }
        )
    }
}

private struct Thing: Reply, ReplyObject {
    let id: Int
    static let schemaName: String? = "Thing"
    static let fields: [ReplyField<Thing>] = [
        .field("id") { $0.id }, .field("empty") { _ in [NoElement]() },
        .optional("uuid") { _ in nil as UUID? },
        .field("tags") { _ in ReplyMap([("a", true)]) },
    ]
}

private enum Plain: TextKind {
    static let mediaType: StaticString = "text/plain"
}

private func get(_: Call, _: NoInput, _: any Reader) throws(Failure) -> Thing { Thing(id: 1) }
private func name(_: Call, _: Naming, _: any Writer) throws(Failure) -> Thing { Thing(id: 1) }
private func other(_: Call, _: OtherNaming) throws(Failure) -> Thing { Thing(id: 1) }
private func fill(_: Call, _: Filling) throws(Failure) -> Thing { Thing(id: 1) }
private func stop(_: Call, _: NoInput) throws(Failure) -> TextReply<Plain> { TextReply([]) }

/// Routes of a plain dialect, one of each kind.
private let routes: [Route] = [
    Route(
        .get,
        "/{org}/{app}/things/{id}",
        "getThing",
        "Get a thing.",
        auth: .application,
        failures: [.notFound(.user, id: "x")],
        .read(get)
    ),
    Route(.put, "/{org}/{app}/things/{id}", "nameThing", "Name a thing.", auth: .application, .write(name)),
    Route(.post, "/admin/stop", "stop", "Stop.", auth: .operator, .pure(stop)),
].map { $0.speaking(PlainDialect()) }

private let examples = [
    RouteExample(
        route: "nameThing",
        title: "A new name",
        request: ["name": "No. 5"],
        status: 200,
        reply: ["id": 5, "empty": [], "tags": [:]]
    ),
    RouteExample(
        route: "nameThing",
        title: "A name too long",
        request: ["name": "123456789"],
        status: 400,
        reply: ["code": 10, "text": "name is too long"]
    ),
]

@Suite struct OpenAPITests {
    @Test func `a small document is written so`() {
        let yaml = OpenAPIDocument(routes: routes, version: "1.2.3", examples: examples).yaml()
        // The prose is the same in every document.
        let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.drop { $0 != "tags:" }.joined(separator: "\n")
        #expect(body == OpenAPIGolden.small)
        #expect(lines[1] == "openapi: '3.1.0'")
        #expect(lines[2...4] == ["info:", "  title: Parley", "  version: '1.2.3'"])
    }

    @Test func `an operator's route stands in the operations' part only, and says where it is`() throws {
        let operations: [Route] = [
            Route(.post, "/admin/stop", "stop", "Stop.", auth: .operator, .pure(stop)),
            Route(.get, "/up", "up", "Up.", auth: .open, .pure(stop)),
        ].map { $0.speaking(PlainDialect(name: "operations")) }
        let all = routes + operations
        func paths(_ part: OpenAPIPart?) -> JSONValue? {
            OpenAPIDocument(routes: all, version: "1", examples: [], part: part).value()["paths"]
        }
        #expect(paths(nil)?["/admin/stop"] == nil && paths(nil)?["/up"] != nil)
        #expect(paths(.operations)?["/admin/stop"] != nil && paths(.operations)?["/up"] != nil)
        #expect(paths(.operations)?["/{org}/{app}/things/{id}"] == nil)
        #expect(paths(.platform) == [:])
        let server = paths(.operations)?["/admin/stop"]?["post"]?["servers"]?[0]
        #expect(server?["description"]?.string?.contains("parley.sock") == true)
        #expect(paths(.operations)?["/up"]?["get"]?["servers"] == nil)
    }

    @Test func `the same routes give the same bytes`() {
        let first = OpenAPIDocument(routes: routes, version: "1", examples: examples).yaml()
        for _ in 0..<5 {
            #expect(OpenAPIDocument(routes: routes, version: "1", examples: examples).yaml() == first)
        }
    }

    @Test func `examples of one title are numbered`() {
        let document = OpenAPIDocument(routes: routes, version: "1", examples: examples + examples + examples)
            .value()
        let place = document["paths"]?["/{org}/{app}/things/{id}"]?["put"]?["responses"]?["200"]?["content"]
        guard case .object(let shown)? = place?["application/json"]?["examples"] else {
            Issue.record("There are no examples.")
            return
        }
        #expect(shown.map(\.key) == ["A new name", "A new name (2)", "A new name (3)"])
    }

    @Test func `two different shapes of one name don't render`() async {
        await #expect(processExitsWith: .failure) {
            let clash = Route(.post, "/x", "other", "Other.", auth: .open, .pure(other)).speaking(
                PlainDialect()
            )
            _ = OpenAPIDocument(routes: routes + [clash], version: "1", examples: []).yaml()
        }
    }

    @Test func `an example of no route, or of an undeclared status, doesn't render`() async {
        await #expect(processExitsWith: .failure) {
            let example = RouteExample(route: "none", title: "t", request: nil, status: 200, reply: [:])
            _ = OpenAPIDocument(routes: routes, version: "1", examples: [example]).yaml()
        }
        await #expect(processExitsWith: .failure) {
            let example = RouteExample(route: "getThing", title: "t", request: nil, status: 418, reply: [:])
            _ = OpenAPIDocument(routes: routes, version: "1", examples: [example]).yaml()
        }
    }

    @Test func `a route without a dialect has no failures to declare`() async {
        await #expect(processExitsWith: .failure) {
            _ = Route(.get, "/x", "x", "X.", auth: .open, .pure(stop)).declaredFailures
        }
    }
}

@Suite struct NoteTests {
    private static let size = Value<Int>.integer(1...100).meaning("How big it is.").remark("In bytes.")
        .standard(10)
    private static let either = Shape.oneOfTexts(["a"]).tolerating(
        [.oneOfTexts(["b"])],
        "`b` is taken for `a`."
    )

    private static func schema(_ member: Shape.Member, _ glossary: Glossary = Glossary()) -> JSONValue? {
        var schemas = OpenAPISchemas()
        schemas.glossary = glossary
        return schemas.schema(of: .object([member]))["properties"]?[member.name]
    }

    @Test func `meaning, unit and default stand with a member's schema`() {
        #expect(
            Self.schema(.init("size", Self.size.shape)) == [
                "type": "integer", "minimum": 1, "maximum": 100,
                "description": "How big it is. In bytes.", "default": 10,
            ]
        )
    }

    @Test func `a name means what the glossary says, unless its owner or its declaration says otherwise`() {
        let glossary = Glossary(["x": "Common.", "Owner.x": "Its own."])
        #expect(Self.schema(.init("x", .boolean), glossary)?["description"] == "Common.")
        #expect(Self.schema(.init("x", .boolean, meaning: "Here."), glossary)?["description"] == "Here.")
        var schemas = OpenAPISchemas()
        schemas.glossary = glossary
        _ = schemas.schema(of: .object(name: "Owner", [.init("x", .boolean)]))
        let owner = schemas.components.first?.value
        #expect(owner?["properties"]?["x"]?["description"] == "Its own.")
    }

    @Test func `what is tolerated is accepted, said in a sentence, and in no schema`() throws {
        #expect(
            Self.schema(.init("x", Self.either)) == [
                "type": "string", "enum": ["a"], "description": "`b` is taken for `a`.",
            ]
        )
        for (text, isShown) in [("a", true), ("b", false)] {
            let value = try JSONDocument(Array("\"\(text)\"".utf8))
            #expect(Self.either.violations(in: value.root) == [])
            #expect(Self.either.canonical.violations(in: value.root).isEmpty == isShown)
        }
        let other = try JSONDocument(Array("\"c\"".utf8))
        #expect(Self.either.violations(in: other.root) == ["$: not one of [\"a\"]"])
    }

    @Test func `alternatives among alternatives stand beside the others`() {
        let nested = Shape.anyOf([.boolean, .anyOf([.number, .boolean]).remark("Either.")])
        var schemas = OpenAPISchemas()
        #expect(schemas.schema(of: nested) == ["anyOf": [["type": "boolean"], ["type": "number"]]])
    }

    @Test func `a reference with a description is wrapped, as beside it nothing is read`() {
        let shape = Shape.object(name: "Inner", []).meaning("What is inside.")
        #expect(
            Self.schema(.init("x", shape)) == [
                "allOf": [["$ref": "#/components/schemas/Inner"]], "description": "What is inside.",
            ]
        )
    }

    @Test func `a name with two meanings is refused`() async {
        await #expect(processExitsWith: .failure) { _ = Glossary(["x": "One."], ["x": "Another."]) }
    }
}

@Suite struct DeclaredFailureTests {
    private static func statuses(
        _ auth: Requirement,
        _ pattern: String = "/{org}/{app}/x",
        failures: [Failure] = [],
        _ action: Action = .pure(stop)
    ) -> [Int] {
        Route(.get, pattern, "x", "X.", auth: auth, failures: failures, action).speaking(PlainDialect())
            .declaredStatuses.map(\.code)
    }

    @Test func `who may call a route, and where it lies, add their failures`() {
        #expect(Self.statuses(.open, "/x") == [200, 413, 503])
        // A suspended application refuses everybody.
        #expect(Self.statuses(.open) == [200, 403, 404, 413, 503])
        #expect(Self.statuses(.operator, "/x") == [200, 404, 413, 503])
        for auth in [
            Requirement.application, .applicationOrAnyUser, .applicationOrUser(parameter: "x"),
            .openRegistration,
        ] {
            #expect(Self.statuses(auth) == [200, 401, 403, 404, 413, 503], "\(auth)")
        }
        #expect(Self.statuses(.organization(parameter: "org"), "/m/{org}") == [200, 401, 403, 404, 413, 503])
    }

    @Test func `what a route reads adds its failures`() {
        #expect(Self.statuses(.open, "/x", .pure(fill)) == [200, 400, 413, 415, 503])
        #expect(Self.statuses(.open, "/x", .write(name)) == [200, 400, 413, 415, 503])
        #expect(
            Self.statuses(.open, "/x", failures: [.throttled(retryAfterSeconds: 1)]) == [
                200, 413, 429, 503,
            ]
        )
    }

    @Test func `each failure has a name of its own, and the route's own come first`() {
        for route in OpenAPIRealTests.routes {
            let names = route.declaredFailures.map(\.name)
            #expect(Set(names).count == names.count, "\(route.name)")
            #expect(names.count >= route.failures.count, "\(route.name)")
        }
        #expect(routes[0].declaredFailures.first?.name == "user.notFound")
    }

    @Test func `a name is letters, digits, dots and underscores`() {
        for name in OpenAPIRealTests.routes.flatMap({ $0.declaredFailures.map(\.name) }) {
            #expect(name.wholeMatch(of: /[A-Za-z0-9._]+/) != nil, "\(name)")
        }
    }
}

/// The routes that the program serves.
@Suite struct OpenAPIRealTests {
    static let routes = PlatformAPI.routes + OperationsAPI.routes
    private static let served = routes.filter { $0.requirement != .operator }
    private static let document = OpenAPIDocument(routes: routes, version: "1", examples: []).value()
    /// Of all dialects.
    private static let whole = OpenAPIDocument(
        routes: ServedDialect.routes,
        version: "1",
        examples: []
    ).value()

    @Test func `every reference leads somewhere`() throws {
        let references = Self.references(in: Self.whole)
        #expect(references.count > 100)
        for reference in Set(references) {
            var place: JSONValue? = Self.whole
            for key in try #require(reference.hasPrefix("#/") ? reference.dropFirst(2) : nil).split(
                separator: "/"
            ) {
                place = place?[String(key)]
            }
            #expect(place != nil, "\(reference)")
        }
    }

    @Test func `every component is used`() throws {
        let used = Set(Self.references(in: Self.whole))
        for kind in ["headers", "responses", "examples", "schemas"] {
            for member in Self.members(Self.whole["components"]?[kind]) {
                #expect(used.contains("#/components/\(kind)/\(member.key)"), "\(kind) \(member.key)")
            }
        }
    }

    @Test func `every route is one operation, with a name of its own and its declared statuses`() throws {
        for route in Self.served {
            let operation = try #require(
                Self.document["paths"]?[route.pattern.description]?[route.method.text.lowercased()]
            )
            #expect(operation["operationId"]?.string == route.name)
            #expect(operation["responses"]?["200"]?["$ref"] == nil, "\(route.name)")
            let statuses = Self.members(operation["responses"]).map(\.key)
            #expect(statuses == route.declaredStatuses.map { "\($0.code)" } + ["default"], "\(route.name)")
        }
        let operations = Self.members(Self.document["paths"]).flatMap { Self.members($0.value) }
        #expect(operations.count == Self.served.count)
        #expect(Set(operations.compactMap { $0.value["operationId"]?.string }).count == Self.served.count)
    }

    @Test func `a query parameter that must be there says so, with the range that it has there`() throws {
        let operation = Self.document["paths"]?["/{org}/{app}/users"]
        guard case .array(let deleting)? = operation?["delete"]?["parameters"],
            case .array(let listing)? = operation?["get"]?["parameters"]
        else {
            Issue.record("There are no parameters.")
            return
        }
        #expect(
            deleting.dropFirst(2).first == [
                "name": "limit", "in": "query", "required": true,
                "description": .string(try #require(PlatformDialect().glossary["limit"])),
                "schema": ["type": "integer", "minimum": 1, "maximum": 500],
            ]
        )
        let limit = try #require(listing.dropFirst(2).first)
        #expect(limit["name"] == "limit" && limit["required"] == nil)
        #expect(limit["schema"] == ["type": "integer", "minimum": 1, "maximum": 100, "default": 10])
    }

    /// Every route, in the part of the document that has it.
    private static let parts: [(part: OpenAPIPart, document: JSONValue)] = {
        return OpenAPIPart.allCases.map { part in
            let webhooks = OpenAPIWebhooks(requests: EventCatalog.webhooks, schemas: EventCatalog.schemas)
            return (
                part,
                OpenAPIDocument(
                    routes: ServedDialect.routes,
                    version: "1",
                    examples: [],
                    part: part,
                    webhooks: part == .platform ? webhooks : nil
                )
                .value()
            )
        }
    }()

    @Test(arguments: OpenAPIPart.allCases)
    func `every parameter and every property is described`(part: OpenAPIPart) throws {
        let document = try #require(Self.parts.first { $0.part == part }?.document)
        var count = 0
        func check(_ value: JSONValue, at place: String) {
            guard case .object(let members) = value else {
                if case .array(let elements) = value { for element in elements { check(element, at: place) } }
                return
            }
            for property in Self.members(value["properties"]) where value["type"]?.string == "object" {
                check(described: property.value, "\(place).\(property.key)")
            }
            for parameter in value["parameters"].map({ [$0] }) ?? [] {
                guard case .array(let parameters) = parameter else { continue }
                for parameter in parameters {
                    check(described: parameter, "\(place)?\(parameter["name"]?.string ?? "")")
                }
            }
            for member in members where member.key != "examples" {
                check(member.value, at: "\(place)/\(member.key)")
            }
        }
        func check(described value: JSONValue, _ place: String) {
            count += 1
            let words = (value["description"]?.string ?? "").split(separator: " ")
            #expect(words.count >= 2, "\(place) has no description")
        }
        check(document, at: "\(part)")
        #expect(count > 20)
    }

    @Test(arguments: OpenAPIPart.allCases)
    func `every tag is described, used, and has at most 70 operations`(part: OpenAPIPart) throws {
        let document = try #require(Self.parts.first { $0.part == part }?.document)
        var uses: [String: Int] = [:]
        for operation in Self.members(document["paths"]).flatMap({ Self.members($0.value) }) {
            let tag = try #require(operation.value["tags"]?[0]?.string, "\(operation.key)")
            uses[tag, default: 0] += 1
        }
        guard case .array(let tags)? = document["tags"] else { return }
        #expect(Set(tags.compactMap { $0["name"]?.string }) == Set(uses.keys))
        #expect(tags.allSatisfy { $0["description"]?.string?.isEmpty == false })
        #expect(uses.values.allSatisfy { $0 <= 70 }, "\(uses)")
    }

    @Test(arguments: OpenAPIPart.allCases)
    func `no alternative is a plain value or has alternatives, and names are made for generators`(
        part: OpenAPIPart
    ) throws {
        let document = try #require(Self.parts.first { $0.part == part }?.document)
        let plain = ["string", "integer", "number", "boolean"]
        func check(_ value: JSONValue, at place: String) {
            if case .array(let alternatives)? = value["anyOf"] {
                let types = alternatives.compactMap { $0["type"]?.string }
                #expect(!types.contains { plain.contains($0) }, "\(place)")
                #expect(alternatives.allSatisfy { $0["anyOf"] == nil }, "\(place)")
            }
            if value["type"]?.string == "array" { #expect(value["items"] != nil, "\(place)") }
            for member in Self.members(value) where member.key != "examples" {
                check(member.value, at: "\(place)/\(member.key)")
            }
            if case .array(let elements) = value { for element in elements { check(element, at: place) } }
        }
        check(document, at: "\(part)")
        for kind in Self.members(document["components"]) {
            for name in Self.members(kind.value).map(\.key) {
                #expect(name.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil, "\(name)")
            }
        }
    }

    @Test func `every frame is a schema with a constant code, in the table and in the channel`() throws {
        let document = try #require(Self.parts.first { $0.part == .ourchat }?.document)
        let table = try #require(document["tags"]?[0]?["description"]?.string)
        let channel = try #require(document["x-channels"]?["/{org}/{app}/gateway"])
        let referred = Self.references(in: channel)
        let frames = OurChatDialect().frames
        #expect(frames.count == 23 && referred.count >= frames.count)
        for frame in frames {
            let schema = document["components"]?["schemas"]?[frame.name]
            #expect(schema?["properties"]?["code"]?["const"] == .integer(Int64(frame.code)), "\(frame.name)")
            #expect(referred.contains("#/components/schemas/\(frame.name)"), "\(frame.name)")
            #expect(table.contains("| \(frame.code) | \(frame.sender.rawValue) | `\(frame.name)` |"))
        }
    }

    @Test func `every word of a glossary is some name's meaning`() throws {
        for (dialects, part) in [
            ([PlatformDialect() as any Dialect], OpenAPIPart.platform),
            ([OpenIMAPI.routes[0].dialect].compactMap(\.self), .openim),
            ([OurChatDialect()], .ourchat), ([OperationsDialect()], .operations),
        ] {
            let document = try #require(Self.parts.first { $0.part == part }?.document)
            let text = String(decoding: document.bytes, as: UTF8.self)
            for (name, meaning) in dialects.flatMap(\.glossary.meanings) {
                let quoted = String(decoding: JSONValue.string(meaning).bytes, as: UTF8.self).dropFirst()
                    .dropLast()
                #expect(text.contains(quoted), "\(name) means something and stands nowhere")
            }
        }
    }

    @Test func `paths differ in more than the names of their parameters`() {
        let patterns = Set(Self.routes.map(\.pattern))
        let forms = patterns.map { pattern in
            pattern.segments.map { if case .literal(let text) = $0 { text } else { "{}" } }.joined(
                separator: "/"
            )
        }
        #expect(Set(forms).count == patterns.count)
    }

    @Test func `every declared failure has a body of the shape that its dialect declares`() throws {
        for route in Self.routes {
            let dialect = try #require(route.dialect)
            for failure in route.declaredFailures + dialect.declaredRefusals {
                guard case .bytes(let bytes) = failure.response.body else {
                    Issue.record("\(route.name) \(failure.name) has no body")
                    continue
                }
                let problems = dialect.failureShape.violations(in: try JSONDocument(bytes).root)
                #expect(problems == [], "\(route.name) \(failure.name)")
            }
        }
    }

    @Test func `every 401 says how to authenticate, every throttled or overloaded call when to try again`()
        throws
    {
        for route in Self.routes {
            for failure in route.declaredFailures {
                let fields = Set(failure.response.fields.map(Self.name))
                let name = "\(route.name) \(failure.name)"
                switch failure.response.status.code {
                case 401: #expect(fields.contains("WWW-Authenticate"), "\(name)")
                case 429: #expect(fields.contains("Retry-After"), "\(name)")
                case 503:
                    #expect(fields.contains("Retry-After") || failure.name == "storageFailure", "\(name)")
                default: break
                }
            }
        }
    }

    @Test func `nothing in the document depends on when it is written`() {
        let yaml = OpenAPIDocument(routes: Self.routes, version: "1", examples: []).yaml()
        for line in yaml.split(separator: "\n") where line.contains("timestamp: ") {
            #expect(line.hasSuffix("timestamp: 1767225600000"), "\(line)")
        }
    }

    private static func name(_ field: Response.Field) -> String {
        switch field {
        case .line(let line): String(line.description.prefix { $0 != ":" })
        case .text(let name, _), .number(let name, _): name.description
        }
    }

    private static func members(_ value: JSONValue?) -> [JSONValue.Member] {
        guard case .object(let members) = value else { return [] }
        return members
    }

    private static func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { member in
                member.key == "$ref" ? [member.value.string ?? ""] : references(in: member.value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }
}
