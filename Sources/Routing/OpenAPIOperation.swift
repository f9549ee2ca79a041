// One route as an operation of the API document.

import Domain
import HTTP
import JSON

/// A route with its schemas found and its responses gathered.
struct OpenAPIOperation {
    let route: Route
    let dialect: String
    /// By status; what every route may answer with is in none of them.
    let responses: [OpenAPIResponse]
    private let parameters: [JSONValue]
    private let body: JSONValue?

    init(_ route: Route, examples: [RouteExample], _ schemas: inout OpenAPISchemas) {
        guard let dialect = route.dialect else { preconditionFailure("\(route.name) has no dialect.") }
        self.route = route
        self.dialect = dialect.name
        schemas.glossary = dialect.glossary
        parameters = Self.parameters(of: route, &schemas)
        body = Self.body(of: route, examples, &schemas)
        let failures = route.declaredFailures
        var responses = route.declaredStatuses.map { status in
            if route.action.reply.statuses.contains(status) {
                return Self.success(
                    status,
                    of: route,
                    failures: failures.filter { $0.response.status == status },
                    &schemas
                )
            }
            return OpenAPIResponse(
                status: status.code,
                description: status.reasonPhrase,
                failures: failures.filter { $0.response.status == status },
                of: dialect,
                &schemas
            )
        }
        for example in examples {
            guard let index = responses.firstIndex(where: { $0.status == example.status }) else {
                preconditionFailure(
                    "\(route.name) doesn't declare status \(example.status): \(example.title)"
                )
            }
            let isShown = responses[index].shape?.isShown(example.reply) ?? true
            guard isShown else { continue }
            responses[index].examples.append(JSONValue.Member(example.title, example.reply))
        }
        self.responses = responses
    }

    /// The operation object.
    func object(_ sharing: OpenAPISharing) -> JSONValue {
        var members = responses.map { JSONValue.Member("\($0.status)", sharing.place($0)) }
        members.append(
            .init("default", ["$ref": .string("#/components/responses/\(Self.refusalName(dialect))")])
        )
        return .present([
            "operationId": .string(route.name),
            "summary": .string(route.summary),
            "description": .string(OpenAPIText.caller(route.requirement, route.scope)),
            "tags": route.topic.map { [.string($0.name)] },
            "security": security,
            "parameters": parameters.isEmpty ? nil : .array(parameters),
            "requestBody": body,
            "responses": .object(members),
            "servers": route.requirement == .operator ? OpenAPIText.operatorServers : nil,
        ])
    }

    /// The name of a dialect's refusals under components.
    static func refusalName(_ dialect: String) -> String { "\(dialect)-Refused" }

    /// The name of a dialect's refusals under components.
    static func refusalName(_ dialect: any Dialect) -> String { refusalName(dialect.name) }

    /// The security scheme: the field in which the dialect's tokens are sent.
    private var scheme: String { route.dialect?.tokenField?.description ?? "bearer" }

    private var security: JSONValue {
        switch route.requirement {
        case .open, .operator: []
        case .openRegistration, .applicationOrSecret, .userOrNobody, .anybody:
            [.object([.init(scheme, scopes)]), [:]]
        case .user, .application, .applicationOrUser, .applicationOrAnyUser, .organization:
            [.object([.init(scheme, scopes)])]
        }
    }

    /// The scope that a token of the application needs, in the place that OpenAPI 3.1 has for the roles of any scheme.
    private var scopes: JSONValue { .array(route.scope.map { [.string($0.rawValue)] } ?? []) }

    /// Those of the path, the query and the head, in full: several readers don't follow a reference here.
    private static func parameters(of route: Route, _ schemas: inout OpenAPISchemas) -> [JSONValue] {
        var parameters = route.pattern.parameterNames.map { name in
            OpenAPIText.parameter(name, in: route.dialect?.glossary ?? Glossary())
        }
        for member in route.action.query {
            parameters.append(parameter(member, in: "query", &schemas))
        }
        for member in route.action.fields {
            parameters.append(parameter(member, in: "header", &schemas))
        }
        if route.takesKey { parameters.append(OpenAPIText.keyParameter) }
        return parameters
    }

    private static func parameter(
        _ member: Shape.Member,
        in place: String,
        _ schemas: inout OpenAPISchemas
    ) -> JSONValue {
        let (schema, description) = schemas.parameter(of: member)
        return .present([
            "name": .string(member.name), "in": .string(place), "required": member.isRequired ? true : nil,
            "description": description.map(JSONValue.string), "schema": schema,
        ])
    }

    private static func body(
        of route: Route,
        _ examples: [RouteExample],
        _ schemas: inout OpenAPISchemas
    ) -> JSONValue? {
        guard let shape = route.action.body else { return nil }
        // A body that was refused would be a bad example.
        let shown = examples.filter { $0.status == Status.ok.code }.compactMap {
            example -> JSONValue.Member? in
            guard let request = example.request, shape.isShown(request) else { return nil }
            return JSONValue.Member(example.title, ["value": request])
        }
        let content = JSONValue.present([
            "schema": schemas.schema(of: shape), "examples": shown.isEmpty ? nil : .object(shown),
        ])
        return [
            "required": .bool(route.action.bodyIsRequired),
            "content": .object([JSONValue.Member(mediaType(of: route.action.bodyKind), content)]),
        ]
    }

    private static func mediaType(of kind: BodyKind) -> String {
        switch kind {
        case .form: "application/x-www-form-urlencoded"
        case .multipart: "multipart/form-data"
        case .none, .json, .message: "application/json"
        case .envelopes: MessageForm.jsonStream.mediaType.description
        }
    }

    /// A success, and those failures that a dialect answers with the same status.
    private static func success(
        _ status: Status,
        of route: Route,
        failures: [DeclaredFailure],
        _ schemas: inout OpenAPISchemas
    ) -> OpenAPIResponse {
        var response = OpenAPIResponse(
            status: status.code,
            description: status.reasonPhrase,
            fields: [OpenAPIText.requestIDField]
        )
        if !failures.isEmpty, let dialect = route.dialect {
            response = OpenAPIResponse(
                status: status.code,
                description: status.reasonPhrase,
                failures: failures,
                of: dialect,
                &schemas
            )
        }
        switch route.action.reply {
        case .json(let shape), .message(let shape):
            response.mediaType = "application/json"
            response.shape = failures.isEmpty ? shape : nil
            response.schemas.insert(schemas.schema(of: shape), at: 0)
        case .stream(let shape):
            response.mediaType = MessageForm.jsonStream.mediaType.description
            response.schemas.insert(schemas.schema(of: shape), at: 0)
        case .other(let mediaType):
            response.mediaType = mediaType
            response.schemas = [["type": "string"]]
        case .asset(let mediaType):
            response.fields += status == .found ? ["Location"] : ["ETag"]
            guard status == .ok else { break }
            response.mediaType = mediaType
            response.schemas = [["type": "string"]]
        case .socket:
            response.fields = []
        case .file(let mediaType):
            if status != .ok { response.fields.append("Content-Range") }
            guard status != .rangeNotSatisfiable else { break }
            response.fields += ["Accept-Ranges", "Content-Disposition"]
            response.mediaType = mediaType
            response.schemas = [["type": "string"]]
        }
        return response
    }
}

extension OpenAPIResponse {
    /// Gathers failures into one response: their field lines, the schemas that their bodies really have, the bodies.
    init(
        status: Int,
        description: String,
        failures: [DeclaredFailure],
        of dialect: any Dialect,
        _ schemas: inout OpenAPISchemas
    ) {
        self.init(status: status, description: description, fields: [OpenAPIText.requestIDField])
        for failure in failures {
            for name in failure.response.fields.map(\.name) where !fields.contains(name) {
                fields.append(name)
            }
            guard case .bytes(let bytes) = failure.response.body else { continue }
            mediaType = failure.response.contentType.map { type in
                MediaType(parsing: type.description)?.essence ?? type.description
            }
            let document = try? JSONDocument(bytes)
            let schema = document.map { schemas.schema(of: dialect.failureShape.alternative(for: $0.root)) }
            if let schema = schema ?? ["type": "string"] as JSONValue?, !self.schemas.contains(schema) {
                self.schemas.append(schema)
            }
            examples.append(
                JSONValue.Member(
                    failure.name,
                    document?.root.value() ?? .string(String(decoding: bytes, as: UTF8.self))
                )
            )
        }
    }
}

extension Response.Field {
    /// The field's name.
    fileprivate var name: String {
        switch self {
        case .line(let line): String(line.description.prefix { $0 != ":" })
        case .text(let name, _), .number(let name, _): name.description
        }
    }
}

extension Shape {
    /// Whether a value has the form that the document shows, and not only one that is tolerated.
    fileprivate func isShown(_ value: JSONValue) -> Bool {
        guard let document = try? JSONDocument(value.bytes) else { return false }
        return violations(in: document.root).isEmpty && canonical.violations(in: document.root).isEmpty
    }

    /// The one of several shapes that a value has; the shape itself where there is one only.
    fileprivate func alternative(for value: JSONView) -> Shape {
        guard case .anyOf(let shapes) = plain else { return self }
        return shapes.first { $0.violations(in: value).isEmpty } ?? self
    }
}
