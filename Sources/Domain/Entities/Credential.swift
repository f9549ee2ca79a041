// The clients of an application: what they prove themselves with, and what they may do.

/// A client of an application: an id, the hash of its secret, and what it may do.
public struct Credential: Equatable, Sendable {
    /// Row key, part of each token.
    public let id: CredentialID
    /// The public half.
    public let clientID: String
    /// Its owner's name for it, at most 64 characters; may be empty.
    public let name: String
    /// What its tokens may do at most.
    public let scopes: Scopes
    /// SHA-256 of the secret, 32 bytes.
    ///
    /// A secret has 256 random bits, so a fast hash gives nothing away.
    public let secretHash: [UInt8]
    /// The secret before this one; nil where there is none that could still be good.
    public let formerSecret: FormerSecret?
    /// When it was made.
    public let created: Timestamp
    /// When it and its tokens end; nil for never.
    public let expires: Timestamp?
    /// How many calls it may make, by group, beside what its application may.
    public let rates: Rates
    /// The hour in which it was used last; nil where it never was.
    public let lastUsed: Timestamp?
    /// The generation of the server key that its secret is derived from; nil for a secret of random bits, which nobody can
    /// show again.
    public let derivation: Int?

    /// A secret that was replaced, and until when it is good.
    public struct FormerSecret: Equatable, Sendable {
        /// SHA-256 of it, 32 bytes.
        public let hash: [UInt8]
        /// The first moment at which it isn't good any more.
        public let expires: Timestamp

        /// Memberwise.
        public init(hash: [UInt8], expires: Timestamp) {
            self.hash = hash
            self.expires = expires
        }
    }

    /// Memberwise.
    public init(
        id: CredentialID,
        clientID: String,
        name: String = "",
        scopes: Scopes = .all,
        secretHash: [UInt8],
        formerSecret: FormerSecret? = nil,
        created: Timestamp,
        expires: Timestamp? = nil,
        lastUsed: Timestamp? = nil,
        derivation: Int? = nil,
        rates: Rates = Rates()
    ) {
        self.rates = rates
        self.id = id
        self.clientID = clientID
        self.name = name
        self.scopes = scopes
        self.secretHash = secretHash
        self.formerSecret = formerSecret
        self.created = created
        self.expires = expires
        self.lastUsed = lastUsed
        self.derivation = derivation
    }

    /// Whether it hasn't expired.
    public func isLive(at now: Timestamp) -> Bool { expires.map { now < $0 } ?? true }
}
