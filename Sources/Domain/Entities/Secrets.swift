// The cryptographic services that rules use, as a protocol.

/// Hashes and checks passwords.
///
/// Lent to the middle step of a route only, on a thread made for it.
public protocol PasswordHashing {
    /// The password as a modular crypt string.
    ///
    /// - Throws: `.invalid("password", …)` for a password with NUL or of 512 bytes and more.
    func hash(_ password: String) throws(Failure) -> String
    /// Checks a password. With nil, works as long as with a hash and then says wrong.
    func check(_ password: String, against hash: String?) throws(Failure) -> PasswordCheck
}

/// The result of a password check.
public enum PasswordCheck: Equatable, Sendable {
    /// Not this password.
    case wrong
    /// This password.
    case right
    /// This password, but its hash was made at another cost and should be renewed.
    case rightButOutdated
}

/// Makes tokens, identifiers and credentials.
public protocol Secrets: Sendable {
    /// A signed token.
    func token(for grant: Grant) -> String
    /// A signed token of a user's session, as a JSON Web Token.
    func token(for session: SessionGrant) -> String
    /// The claims of a session's token, expired or not; nil for a text that isn't one of ours.
    func session(ofToken token: String) -> OpenSession?
    /// A new public identifier.
    func uuid(at now: Timestamp) -> UUID
    /// A new client id and secret, with what is stored of the secret.
    func credential() -> NewCredential
    /// The first credential of an application: its secret is derived from a key of the server, so that it can
    /// be shown again and is stored nowhere.
    func firstCredential(of application: UUID) -> NewCredential
    /// The secret of a credential, where it is derived and the key of its generation is still there.
    func secret(of credential: Credential, of application: UUID) -> String?
    /// The stored form of a secret of at least 128 random bits: SHA-256, 32 bytes.
    func secretHash(of secret: String) -> [UInt8]
    /// Whether a presented secret is the one hashed; takes the same time either way.
    func secretMatches(_ secret: String, hash: [UInt8]) -> Bool
    /// An identifier that a user of this name could have: the same for some time for the same application and
    /// name, and telling nothing else.
    func pseudonym(of name: String, in application: Application, at now: Timestamp) -> UUID
    /// A signature that only this server can make, of characters that need no escapes in a link.
    func signature(of text: String) -> String
    /// A new secret for the readers of a file, of characters that need no escapes.
    func shareSecret() -> String
    /// Whether two secrets are the same; takes the same time either way.
    func isEqual(_ secret: String, _ expected: String) -> Bool
    /// Bytes that only this server can read, for what is stored of a reply that shows a secret; of veiled bytes, those of before.
    func veiled(_ bytes: [UInt8], under label: String) -> [UInt8]
    /// Whether it is this text's signature, also by a key of before.
    func isSignature(_ signature: String, of text: String) -> Bool
}

/// The caller that a token stands for, and its end.
public struct Grant: Equatable, Sendable {
    /// The caller.
    public enum Subject: Equatable, Sendable {
        /// An application's backend.
        case credential(ApplicationID, CredentialID)
        /// A user.
        case user(ApplicationID, UserID, generation: Int)
        /// An organisation's administrator.
        case administrator(OrganizationID, AdministratorID, generation: Int)
    }
    /// The caller.
    public let subject: Subject
    /// What the token may do at most; nil for all that its subject may.
    public let scopes: Scopes?
    /// When it was issued.
    public let issued: Timestamp
    /// When it ends; nil for never.
    public let expires: Timestamp?

    /// Memberwise.
    public init(subject: Subject, scopes: Scopes? = nil, issued: Timestamp, expires: Timestamp?) {
        self.subject = subject
        self.scopes = scopes
        self.issued = issued
        self.expires = expires
    }
}

/// A user's session, opened with a client secret or the user's own password: it ends with its time, with that secret,
/// with the user's tokens, and with the sessions of its platform.
public struct SessionGrant: Equatable, Sendable {
    /// A claim for the client's eyes; nothing is decided by it.
    public enum Claim: Equatable, Sendable {
        /// A text by its name.
        case text(String, String)
        /// A number by its name.
        case number(String, Int64)
    }
    /// The application.
    public let application: ApplicationID
    /// The credential whose secret was shown; nil where the user's password was.
    public let credential: CredentialID?
    /// The caller.
    public let user: User
    /// The platform, as its dialect numbers them.
    public let platform: Int
    /// The platform's session generation at the time of issue.
    public let generation: Int
    /// When it was issued.
    public let issued: Timestamp
    /// When it ends.
    public let expires: Timestamp
    /// The identifier that the token shows first.
    public let claims: [Claim]

    /// Memberwise.
    public init(
        application: ApplicationID,
        credential: CredentialID?,
        user: User,
        platform: Int,
        generation: Int,
        issued: Timestamp,
        expires: Timestamp,
        claims: [Claim]
    ) {
        self.application = application
        self.credential = credential
        self.user = user
        self.platform = platform
        self.generation = generation
        self.issued = issued
        self.expires = expires
        self.claims = claims
    }
}

/// An open session, as its token tells.
public struct OpenSession: Equatable, Sendable {
    /// The application.
    public let application: ApplicationID
    /// The credential whose secret was shown; nil where the user's own password was.
    public let credential: CredentialID?
    /// The caller.
    public let user: UserID
    /// The user's token generation at the time of issue.
    public let userGeneration: Int
    /// The platform, as its dialect numbers them.
    public let platform: Int
    /// The platform's session generation at the time of issue.
    public let generation: Int
    /// When it ends.
    public let expires: Timestamp

    /// Memberwise.
    public init(
        application: ApplicationID,
        credential: CredentialID?,
        user: UserID,
        userGeneration: Int,
        platform: Int,
        generation: Int,
        expires: Timestamp
    ) {
        self.application = application
        self.credential = credential
        self.user = user
        self.userGeneration = userGeneration
        self.platform = platform
        self.generation = generation
        self.expires = expires
    }
}

/// A fresh credential: the only moment its secret is known.
public struct NewCredential: Equatable, Sendable {
    /// The public half.
    public let clientID: String
    /// The secret half, shown once.
    public let secret: String
    /// Its stored form.
    public let secretHash: [UInt8]
    /// The generation of the server key that the secret is derived from; nil for random bits.
    public let derivation: Int?

    /// Memberwise.
    public init(clientID: String, secret: String, secretHash: [UInt8], derivation: Int? = nil) {
        self.clientID = clientID
        self.secret = secret
        self.secretHash = secretHash
        self.derivation = derivation
    }
}
