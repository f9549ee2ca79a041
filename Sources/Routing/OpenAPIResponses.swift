// The responses of a document: those that several routes share are written once, and so are examples.

import HTTP
import JSON

/// One response of one route, before it is known what it shares with others.
struct OpenAPIResponse {
    let status: Int
    let description: String
    /// The names of its field lines, beside those of every response.
    var fields: [String] = []
    var mediaType: String?
    /// The schemas that its bodies have, without repeats.
    var schemas: [JSONValue] = []
    var examples: [JSONValue.Member] = []

    /// The shape of its bodies, where they have one only.
    var shape: Shape?

    /// The key of equal responses.
    fileprivate var identity: [UInt8] { object { ["value": $0.value] }.bytes }

    /// One schema of all: alternatives that are alternatives themselves stand beside the others.
    private var schema: JSONValue {
        var alternatives: [JSONValue] = []
        for schema in schemas.flatMap({ schema -> [JSONValue] in
            if case .object(let members) = schema, members.count == 1, members[0].key == "anyOf",
                case .array(let inner) = members[0].value
            {
                inner
            } else {
                [schema]
            }
        }) where !alternatives.contains(schema) { alternatives.append(schema) }
        return alternatives.count == 1 ? alternatives[0] : ["anyOf": .array(alternatives)]
    }

    /// The response object, its examples as `example` shows them.
    fileprivate func object(_ example: (JSONValue.Member) -> JSONValue) -> JSONValue {
        let headers = fields.map { name in
            JSONValue.Member(name, ["$ref": .string("#/components/headers/\(name)")])
        }
        let examples = self.examples.map { JSONValue.Member($0.key, example($0)) }
        let content = mediaType.map { mediaType in
            JSONValue.object([
                JSONValue.Member(
                    mediaType,
                    .present([
                        "schema": schema,
                        "examples": examples.isEmpty ? nil : .object(examples),
                    ])
                )
            ])
        }
        return .present([
            "description": .string(description), "headers": .object(headers), "content": content,
        ])
    }
}

/// The responses and examples that stand under components.
struct OpenAPISharing {
    private var responseNames: [[UInt8]: String] = [:]
    private var exampleNames: [[UInt8]: String] = [:]
    private(set) var responses: [JSONValue.Member] = []
    private(set) var examples: [JSONValue.Member] = []

    /// Finds what stands more than once.
    ///
    /// - Parameters:
    ///   - all: every response of the document with its dialect's name, in document order.
    ///   - shared: responses that are shared whatever their number, by name.
    init(
        _ all: [(dialect: String, response: OpenAPIResponse)],
        shared: [(name: String, response: OpenAPIResponse)]
    ) {
        var uses: [[UInt8]: Int] = [:]
        for (_, response) in all { uses[response.identity, default: 0] += 1 }
        var distinct = shared.map { (name: $0.name, response: $0.response, isShared: true) }
        var known = Set(shared.map(\.response.identity))
        for (dialect, response) in all where known.insert(response.identity).inserted {
            let reason = response.description.filter(\.isLetter)
            // Successes stay with their routes: there is what they are about.
            let isShared = response.status != Status.ok.code && (uses[response.identity] ?? 0) > 1
            distinct.append((name: "\(dialect)-\(reason)", response: response, isShared: isShared))
        }
        shareExamples(of: distinct.map(\.response))
        var taken: [String: Int] = [:]
        for (name, response, isShared) in distinct where isShared {
            let number = Self.number(of: name, in: &taken)
            responseNames[response.identity] = number
            responses.append(JSONValue.Member(number, object(response)))
        }
    }

    private mutating func shareExamples(of responses: [OpenAPIResponse]) {
        let all = responses.flatMap(\.examples)
        var uses: [[UInt8]: Int] = [:]
        for example in all { uses[Self.identity(example), default: 0] += 1 }
        var taken: [String: Int] = [:]
        for example in all where (uses[Self.identity(example)] ?? 0) > 1 {
            guard exampleNames[Self.identity(example)] == nil else { continue }
            let name = Self.number(of: example.key, in: &taken)
            exampleNames[Self.identity(example)] = name
            examples.append(JSONValue.Member(name, ["value": example.value]))
        }
    }

    /// A response in its place: a reference, or the response itself.
    func place(_ response: OpenAPIResponse) -> JSONValue {
        guard let name = responseNames[response.identity] else { return object(response) }
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    private func object(_ response: OpenAPIResponse) -> JSONValue {
        response.object { example in
            guard let name = exampleNames[Self.identity(example)] else { return ["value": example.value] }
            return ["$ref": .string("#/components/examples/\(name)")]
        }
    }

    private static func identity(_ example: JSONValue.Member) -> [UInt8] { JSONValue.object([example]).bytes }

    /// The name, with a number from its second use on; without what names of components can't have.
    private static func number(of name: String, in taken: inout [String: Int]) -> String {
        let name = name.split(separator: ".").joined(separator: "-").filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
        }
        taken[name, default: 0] += 1
        let count = taken[name] ?? 1
        return count == 1 ? name : "\(name)-\(count)"
    }
}
