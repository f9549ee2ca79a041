// The envelopes of successful replies: families that differ in which keys they have, in what order.

import Domain
import HTTP
import JSON
import Routing

/// A key of an envelope.
enum EnvelopeKey: Sendable {
    case action, application, params, path, uri, entities, data, timestamp, duration, organization,
        applicationName
    case cursor, count
    /// The number of all rows, of which these are a part.
    case total
    /// An object with the cursor in it.
    case properties
}

/// One family of envelopes.
protocol EnvelopeFamily: Sendable {
    /// Its keys in the order written. `params` and `cursor` are left out where there is nothing to say.
    static var keys: [EnvelopeKey] { get }
}

/// A successful reply of the platform dialect.
struct Envelope<Family: EnvelopeFamily, Entity: ReplyValue, Content: ReplyValue>: Reply, ReplyValue {
    let call: Call
    /// `get`, `post`… or the sentence a route has instead.
    var action: StaticString
    /// Query parameters as sent, by name.
    var params: [(key: String, value: [String])]?
    /// Path of the collection below the application.
    var path = ""
    /// Path below the application that `uri` ends with; nil for the path as requested.
    var uriPath: String?
    var entities: [Entity] = []
    var data: Content?
    var cursor: Cursor?
    var count = 0
    /// The messages of users in it, for the audit.
    var reading: MessageReading?

    init(
        _ call: Call,
        _ action: StaticString,
        path: String = "",
        entities: [Entity] = [],
        data: Content? = nil
    ) {
        self.call = call
        self.action = action
        self.path = path
        self.entities = entities
        self.data = data
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        for key in Family.keys { write(key, to: &json) }
        json.endObject()
    }

    private func write(_ key: EnvelopeKey, to json: inout JSONWriter) {
        switch key {
        case .action: json.key("action"); json.literal(action)
        case .application: json.key("application"); call.application.uuid.write(to: &json)
        case .params: if let params { json.key("params"); ReplyMap(params).write(to: &json) }
        case .path: json.key("path"); json.string(path)
        case .uri: json.key("uri"); writeURI(to: &json)
        case .entities: json.key("entities"); entities.write(to: &json)
        case .data: if let data { json.key("data"); data.write(to: &json) }
        case .timestamp: json.key("timestamp"); call.now.write(to: &json)
        case .duration: json.key("duration"); json.integer(Int64(call.durationMilliseconds))
        case .organization: json.key("organization"); json.string(call.application.organization.name)
        case .applicationName: json.key("applicationName"); json.string(call.application.name)
        case .cursor: if let cursor { json.key("cursor"); json.string(cursor.text) }
        case .count: json.key("count"); json.integer(Int64(count))
        case .total: json.key("total"); json.integer(Int64(count))
        case .properties: json.key("properties"); EnvelopeProperties(cursor: cursor).write(to: &json)
        }
    }

    private func writeURI(to json: inout JSONWriter) {
        let target = call.target
        guard let uriPath else {
            return json.string(concatenating: target.scheme, "://", target.host, target.path)
        }
        let application = call.application
        json.string(
            concatenating: target.scheme,
            "://",
            target.host,
            "/",
            application.organization.name,
            "/",
            application.name,
            uriPath
        )
    }

    static var shape: Shape { .object(name: schemaName, Family.keys.map(member)) }

    /// Envelopes without data are alike in many routes, so they have names in the API document.
    private static var schemaName: String? {
        guard Content.self == NoElement.self else { return nil }
        return "\(Family.self)" + ((Entity.self as? any ReplyObject.Type)?.schemaName ?? "")
    }

    private static func member(_ key: EnvelopeKey) -> Shape.Member {
        switch key {
        case .action: .init("action", .string())
        case .application: .init("application", UUID.shape)
        case .params: .init("params", ReplyMap<[String]>.shape, isRequired: false)
        case .path: .init("path", .string())
        case .uri: .init("uri", .string(format: "uri"))
        case .entities: .init("entities", [Entity].shape)
        case .data: .init("data", Content.shape)
        case .timestamp: .init("timestamp", Timestamp.shape)
        case .duration: .init("duration", .integer(0...Int64.max))
        case .organization: .init("organization", .string())
        case .applicationName: .init("applicationName", .string())
        case .cursor: .init("cursor", .string(), isRequired: false)
        case .count: .init("count", .integer(0...Int64.max))
        case .total: .init("total", .integer(0...Int64.max))
        case .properties: .init("properties", EnvelopeProperties.shape)
        }
    }
}

/// The member of later routes' lists beside their rows: the cursor, until the last page.
struct EnvelopeProperties: ReplyObject {
    let cursor: Cursor?

    static let schemaName: String? = "ListProperties"
    static let fields: [ReplyField<EnvelopeProperties>] = [.optional("cursor") { $0.cursor?.text }]
}
