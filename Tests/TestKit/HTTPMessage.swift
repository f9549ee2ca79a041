// The test client's requests and replies: ordered header fields, bytes, and JSON on demand.

/// Header fields in wire order; names compare without case.
public struct HeaderFields: Sendable, Equatable, ExpressibleByDictionaryLiteral, CustomStringConvertible {
    /// One field line.
    public struct Field: Sendable, Equatable {
        /// The name as it stood on the wire.
        public let name: String
        /// The value without surrounding white space.
        public let value: String

        /// Makes a field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The field lines in order, repeats included.
    public private(set) var fields: [Field]

    /// Takes field lines as they are.
    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Writes fields as a dictionary literal; order and repeats are kept.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0.0, $0.1) }
    }

    /// The first value of that name, or nil.
    public subscript(name: String) -> String? { all(name).first }

    /// Every value of that name, in order.
    public func all(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// Whether a field of that name is there.
    public func contains(_ name: String) -> Bool { self[name] != nil }

    /// Adds a field line at the end.
    public mutating func add(_ name: String, _ value: String) { fields.append(Field(name, value)) }

    /// These fields with one more at the end.
    public func adding(_ name: String, _ value: String) -> HeaderFields {
        HeaderFields(fields + [Field(name, value)])
    }

    /// One line a field.
    public var description: String { fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n") }
}

/// One request as a test writes it.
///
/// Nothing is added to it but Host, Content-Length and what libcurl must send.
public struct HTTPRequest: Sendable {
    /// The body behind the head.
    public enum Body: Sendable {
        /// No body and, unless the method is POST or PUT, no Content-Length.
        case none
        /// Bytes with a Content-Length.
        case bytes([UInt8])
        /// Bytes sent in chunks of at most that many, with Transfer-Encoding.
        case chunked([UInt8], chunkBytes: Int)

        /// The bytes, whatever the framing.
        public var content: [UInt8] {
            switch self {
            case .none: []
            case .bytes(let bytes), .chunked(let bytes, _): bytes
            }
        }
    }

    /// The method, sent as written.
    public var method: String
    /// The request target, sent byte for byte as written.
    public var target: String
    /// Header fields beside those libcurl makes.
    ///
    /// `Host` here replaces its own.
    public var headers: HeaderFields
    /// The body.
    public var body: Body
    /// How long the whole exchange may take.
    public var timeoutSeconds: Double

    /// Makes a request.
    public init(
        _ method: String,
        _ target: String,
        headers: HeaderFields = [:],
        body: Body = .none,
        timeoutSeconds: Double = Deadline.patience
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.timeoutSeconds = timeoutSeconds
    }

    /// Makes a request with a JSON body and `Content-Type: application/json`.
    public init(_ method: String, _ target: String, headers: HeaderFields = [:], json: TestJSON) {
        self.init(
            method,
            target,
            headers: headers.contains("Content-Type")
                ? headers : headers.adding("Content-Type", "application/json"),
            body: .bytes(json.bytes)
        )
    }

    /// This request with a token, in the field that its dialect has for it.
    public func authorized(_ token: String) -> HTTPRequest {
        var copy = self
        if isOpenIM {
            copy.headers.add("token", token)
        } else {
            copy.headers.add("Authorization", "Bearer \(token)")
        }
        return copy
    }

    /// Whether it is sent to the OpenIM dialect.
    public var isOpenIM: Bool {
        target.contains("/openim/") || OpenIMRoot.firstSegments.contains { target.hasPrefix("/\($0)/") }
    }
}

/// One final reply.
///
/// Interim replies (100 Continue) are counted, not kept.
public struct HTTPReply: Sendable {
    /// The status code.
    public let status: Int
    /// The header fields in wire order.
    public let headers: HeaderFields
    /// The body, transfer coding removed.
    public let body: [UInt8]
    /// The status codes of the interim replies before this one.
    public let interimStatuses: [Int]
    /// How many new connections libcurl opened for this exchange: 0 means keep-alive worked.
    public let newConnections: Int
    /// From the start of the call to the last byte.
    public let seconds: Double

    /// Makes a reply.
    public init(
        status: Int,
        headers: HeaderFields,
        body: [UInt8],
        interimStatuses: [Int] = [],
        newConnections: Int = 0,
        seconds: Double = 0
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.interimStatuses = interimStatuses
        self.newConnections = newConnections
        self.seconds = seconds
    }

    /// The body as text; bytes that aren't UTF-8 are replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON.
    ///
    /// - Throws: `TestJSON.SyntaxError` when it isn't.
    public func json() throws(TestJSON.SyntaxError) -> TestJSON { try TestJSON(parsing: body) }
}
