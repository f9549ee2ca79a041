// The API document: a pure function of the routes, so that it can be committed and compared byte for byte.

import HTTP
public import JSON

/// The OpenAPI 3.1 description of a set of routes.
public struct OpenAPIDocument: Sendable {
    let routes: [Route]
    private let version: String
    private let examples: [String: [RouteExample]]
    private let webhooks: OpenAPIWebhooks?

    /// Takes what there is to describe.
    ///
    /// - Parameters:
    ///   - routes: in the order of the document; each with a dialect.
    ///   - version: of the program.
    ///   - examples: exchanges to show with their routes, in the order shown.
    ///   - part: the dialect that it is about; nil for everything that is served to anybody.
    ///   - webhooks: the requests that the server sends by itself; nil for none.
    public init(
        routes: [Route],
        version: String,
        examples: [RouteExample],
        part: OpenAPIPart? = nil,
        webhooks: OpenAPIWebhooks? = nil
    ) {
        self.webhooks = webhooks
        self.routes = routes.filter { route in
            part.map { $0.covers(route) } ?? (route.requirement != .operator)
        }
        self.version = version
        self.examples = Dictionary(grouping: examples, by: \.route).mapValues(Self.numbered)
        let names = Set(routes.map(\.name))
        for example in examples {
            precondition(names.contains(example.route), "An example of \(example.route), which is no route")
        }
    }

    /// The examples of one route with titles that differ: repeats get a number.
    private static func numbered(_ examples: [RouteExample]) -> [RouteExample] {
        var uses: [String: Int] = [:]
        return examples.map { example in
            uses[example.title, default: 0] += 1
            guard let number = uses[example.title], number > 1 else { return example }
            return RouteExample(
                route: example.route,
                title: "\(example.title) (\(number))",
                request: example.request,
                status: example.status,
                reply: example.reply
            )
        }
    }

    /// The document as YAML.
    public func yaml() -> String {
        "# Written by `parley openapi` from the table of routes. Don't edit.\n" + YAML.document(value())
    }

    /// The document as a value.
    public func value() -> JSONValue {
        var schemas = OpenAPISchemas()
        var operations: [OpenAPIOperation] = []
        for route in routes {
            operations.append(OpenAPIOperation(route, examples: examples[route.name] ?? [], &schemas))
        }
        let refusals = refusals(&schemas)
        let channels = channels(&schemas)
        let sharing = OpenAPISharing(
            operations.flatMap { operation in operation.responses.map { (operation.dialect, $0) } },
            shared: refusals
        )
        return .present([
            "openapi": "3.1.0",
            "info": [
                "title": "Parley", "version": .string(version), "summary": .string(OpenAPIText.summary),
                "description": .string(OpenAPIText.description),
            ],
            // Where the document is: whatever host, port and prefix a proxy shows.
            "servers": [["url": "/", "description": .string(OpenAPIText.server)]],
            "tags": tags,
            "paths": paths(operations, sharing),
            "components": components(schemas, sharing),
            "webhooks": webhooks?.requests,
            "x-channels": channels,
        ])
    }

    /// The replies of each dialect where there is no route, shared by all of its routes.
    private func refusals(_ schemas: inout OpenAPISchemas) -> [(name: String, response: OpenAPIResponse)] {
        var found: [(name: String, response: OpenAPIResponse)] = []
        for dialect in routes.compactMap(\.dialect) {
            let name = OpenAPIOperation.refusalName(dialect)
            guard !found.contains(where: { $0.name == name }) else { continue }
            schemas.glossary = dialect.glossary
            let response = OpenAPIResponse(
                status: 0,
                description: OpenAPIText.refusals,
                failures: dialect.declaredRefusals,
                of: dialect,
                &schemas
            )
            found.append((name, response))
        }
        return found
    }

    /// Those topics that some route is filed under, in the order of the dialects.
    private var tags: JSONValue {
        let used = Set(routes.compactMap(\.topic?.name))
        var tags: [JSONValue] = []
        var listed: Set<String> = []
        for dialect in routes.compactMap(\.dialect) {
            for topic in dialect.topics
            where used.contains(topic.name) && listed.insert(topic.name).inserted {
                let summary = Self.summary(of: topic, frames: dialect.frames)
                tags.append(["name": .string(topic.name), "description": .string(summary)])
            }
        }
        return .array(tags)
    }

    /// Paths in the order of their first route, which has the order of methods, too.
    private func paths(_ operations: [OpenAPIOperation], _ sharing: OpenAPISharing) -> JSONValue {
        var paths: [(pattern: PathPattern, operations: [JSONValue.Member])] = []
        for operation in operations {
            let pattern = operation.route.pattern
            let member = JSONValue.Member(operation.route.method.text.lowercased(), operation.object(sharing))
            if let known = paths.firstIndex(where: { $0.pattern == pattern }) {
                paths[known].operations.append(member)
            } else {
                paths.append((pattern, [member]))
            }
        }
        return .object(paths.map { JSONValue.Member($0.pattern.description, .object($0.operations)) })
    }

    private func components(_ schemas: OpenAPISchemas, _ sharing: OpenAPISharing) -> JSONValue {
        let fields = OpenAPIText.fields.map { name, description, schema in
            JSONValue.Member(name, ["description": .string(description), "schema": schema])
        }
        var schemes: [JSONValue.Member] = [
            .init("bearer", ["type": "http", "scheme": "bearer", "description": .string(OpenAPIText.bearer)])
        ]
        for name in Set(routes.compactMap { $0.dialect?.tokenField?.description }).sorted() {
            schemes.append(
                .init(
                    name,
                    [
                        "type": "apiKey", "in": "header", "name": .string(name),
                        "description": .string(OpenAPIText.tokenField),
                    ]
                )
            )
        }
        return [
            "securitySchemes": .object(schemes),
            "headers": .object(fields),
            "responses": .object(sharing.responses.sorted { $0.key < $1.key }),
            "examples": .object(sharing.examples.sorted { $0.key < $1.key }),
            "schemas": .object(schemas.components + (webhooks?.schemas ?? [])),
        ]
    }
}
