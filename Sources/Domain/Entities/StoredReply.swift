// Replies that are stored under a key of the client's, so that a repetition is answered and not run again.

/// The name under which a client may repeat a request.
public struct IdempotencyKey: Hashable, Sendable {
    /// Whose key it is: the caller, as the audit names it.
    public let owner: String
    /// The client's text, 1–255 characters.
    public let text: String

    /// Memberwise; unchecked.
    public init(owner: String, text: String) {
        self.owner = owner
        self.text = text
    }

    /// Whether a text may be a key: 1–255 visible ASCII characters and spaces.
    public static func isLegal(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}

/// What was answered to a request with a key.
public struct StoredReply: Equatable, Sendable {
    /// SHA-256 of the request's method, target and body.
    public let fingerprint: [UInt8]
    /// When it was stored.
    public let created: Timestamp
    /// The status code.
    public let status: Int
    /// The media type of the body; nil for none.
    public let contentType: String?
    /// The body; nil where it was too long to be stored, or no bytes.
    public let body: [UInt8]?

    /// Memberwise.
    public init(fingerprint: [UInt8], created: Timestamp, status: Int, contentType: String?, body: [UInt8]?) {
        self.fingerprint = fingerprint
        self.created = created
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
