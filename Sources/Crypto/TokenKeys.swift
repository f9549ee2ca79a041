// The keys that sign and verify tokens.

/// One signing key, prepared.
public struct SigningKey: Sendable {
    /// The number that a token names its key by.
    public let id: UInt32
    /// The prepared key.
    public let hmac: HMACKey

    /// A key and its number.
    public init(id: UInt32, hmac: HMACKey) {
        self.id = id
        self.hmac = hmac
    }
}

/// The key that signs, and the ones before it that still verify.
///
/// A rotation makes a new key current and keeps the old one until the last token it signed has expired.
public struct TokenKeys: Sendable {
    /// The key that signs new tokens.
    public let current: SigningKey
    /// Keys that only verify.
    public let previous: [SigningKey]

    /// The keys by role; ids must differ.
    public init(current: SigningKey, previous: [SigningKey] = []) {
        let ids = Set(previous.map(\.id)).union([current.id])
        precondition(ids.count == previous.count + 1, "Signing keys have different ids.")
        self.current = current
        self.previous = previous
    }

    /// The key with this id, or nil.
    ///
    /// There are few keys, and most tokens name the current one.
    public func key(id: UInt32) -> SigningKey? {
        id == current.id ? current : previous.first { $0.id == id }
    }
}
