// The proof of an e-mail address that is under way.

/// A proof that has been asked for and not given yet.
public struct EmailVerification: Equatable, Sendable {
    /// The user with the address.
    public let user: UserID
    /// SHA-256 of the link's secret.
    public let secretHash: [UInt8]
    /// When it was asked for.
    public let sent: Timestamp

    /// Memberwise.
    public init(user: UserID, secretHash: [UInt8], sent: Timestamp) {
        self.user = user
        self.secretHash = secretHash
        self.sent = sent
    }
}
