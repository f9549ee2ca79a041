// The parts that the API document can be asked for in, one a dialect.

import JSON

/// A part of the API document: what one kind of caller reads.
public enum OpenAPIPart: String, CaseIterable, Sendable {
    /// `/{org}/{app}/…`.
    case platform
    /// `/{org}/{app}/openim/…`.
    case openim
    /// The gateway with its frames, and the RPC methods.
    case ourchat
    /// Health, metrics, and the operator's routes, which stand in no other part.
    case operations

    /// Whether a route belongs to the part: the part's name is the first word of its dialect's.
    func covers(_ route: Route) -> Bool {
        route.dialect?.name.split(separator: "-").first.map(String.init) == rawValue
    }
}

/// The texts that the API document is written as.
public enum OpenAPIFormat: CaseIterable, Sendable {
    /// `application/yaml` (RFC 9512).
    case yaml
    /// `application/json`.
    case json
}

extension OpenAPIDocument {
    /// The document as bytes.
    public func bytes(_ format: OpenAPIFormat) -> [UInt8] {
        switch format {
        case .yaml: Array(yaml().utf8)
        case .json: value().bytes
        }
    }
}
