// The claims of an access token, and their fixed binary layout.

/// The contents of an access token.
public struct TokenClaims: Sendable, Equatable {
    /// The kind of caller that the token stands for.
    public enum Kind: UInt8, Sendable {
        /// A client credential of an application.
        case applicationCredential = 1
        /// A user of an application.
        case user = 2
        /// An administrator of an organisation.
        case organisationAdministrator = 3
    }

    /// The kind of caller; says what `tenant` and `subject` number.
    public var kind: Kind
    /// The rights that the token is held to, as numbered by the module's user; 0 for all that the subject has.
    public var scope: UInt16
    /// When the token was issued, in seconds since 1970.
    public var issuedAt: UInt32
    /// The first second, counted from 1970, at which the token is not valid any more; 0 for never.
    public var expiresAt: UInt32
    /// The application, or for an administrator the organisation.
    public var tenant: Int64
    /// The credential, user or administrator.
    public var subject: Int64
    /// The subject's generation at the time of issue; raising the stored one ends the token.
    public var generation: UInt32

    /// Claims field by field.
    public init(
        kind: Kind,
        scope: UInt16,
        issuedAt: UInt32,
        expiresAt: UInt32,
        tenant: Int64,
        subject: Int64,
        generation: UInt32
    ) {
        self.kind = kind
        self.scope = scope
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.tenant = tenant
        self.subject = subject
        self.generation = generation
    }
}

/// The payload of a token, big endian: version (1 byte), key id (3), kind (1), scope (2), issued at (4),
/// expires at (4), tenant (8), subject (8), generation (4).
///
/// Version 1, which tokens of before have, gives the key's id four bytes, and the scope one that is always 0.
struct TokenPayload {
    static let byteCount = 35
    static let version: UInt8 = 2
    private static let versionOfBefore: UInt8 = 1
    /// Key ids count from 1; this is the last that fits.
    static let maximumKeyID: UInt32 = 0xFF_FFFF

    var keyID: UInt32
    var claims: TokenClaims

    func write(to target: UnsafeMutableRawBufferPointer) {
        precondition(keyID <= Self.maximumKeyID, "Key ids have three bytes.")
        store(UInt32(Self.version) << 24 | keyID, 0)
        target[4] = claims.kind.rawValue
        store(claims.scope, 5)
        store(claims.issuedAt, 7)
        store(claims.expiresAt, 11)
        store(claims.tenant, 15)
        store(claims.subject, 23)
        store(claims.generation, 31)

        func store<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, _ offset: Int) {
            target.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
        }
    }

    /// The one field that is read before the signature: it chooses the key, and is not believed until the key
    /// has proven it.
    static func keyID(in payload: UnsafeRawBufferPointer) -> UInt32 {
        if payload[0] == versionOfBefore {
            return UInt32(bigEndian: payload.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
        }
        return UInt32(bigEndian: payload.loadUnaligned(fromByteOffset: 0, as: UInt32.self)) & maximumKeyID
    }

    /// Nil for another version or an unknown kind.
    init?(_ payload: UnsafeRawBufferPointer) {
        let isOfBefore = payload[0] == Self.versionOfBefore
        guard isOfBefore || payload[0] == Self.version,
            let kind = TokenClaims.Kind(rawValue: payload[isOfBefore ? 5 : 4])
        else {
            return nil
        }
        keyID = Self.keyID(in: payload)
        claims = TokenClaims(
            kind: kind,
            scope: isOfBefore ? 0 : load(5),
            issuedAt: load(7),
            expiresAt: load(11),
            tenant: load(15),
            subject: load(23),
            generation: load(31)
        )

        func load<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> Value {
            Value(bigEndian: payload.loadUnaligned(fromByteOffset: offset, as: Value.self))
        }
    }

    init(keyID: UInt32, claims: TokenClaims) {
        self.keyID = keyID
        self.claims = claims
    }
}
