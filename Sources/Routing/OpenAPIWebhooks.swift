// The requests that a server sends by itself, as the API document has them.

public import JSON

/// The member `webhooks` of a document, with the schemas that it refers to.
public struct OpenAPIWebhooks: Sendable {
    let requests: JSONValue
    let schemas: [JSONValue.Member]

    /// Memberwise.
    ///
    /// - Parameters:
    ///   - requests: an object with a path item for each request.
    ///   - schemas: the schemas of their bodies, by names that no route's value has.
    public init(requests: JSONValue, schemas: [JSONValue.Member]) {
        (self.requests, self.schemas) = (requests, schemas)
    }
}
