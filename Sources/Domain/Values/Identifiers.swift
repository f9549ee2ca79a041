// The keys of the domain's entities, each a type of its own so that one can't be passed for another.

/// The row key of an application.
///
/// Never shown outside; clients see its `UUID`.
public struct ApplicationID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of an organisation.
public struct OrganizationID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of a client credential.
///
/// Keys are never used twice, so a token of a revoked credential stays dead.
public struct CredentialID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of an organisation's administrator.
public struct AdministratorID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of a user.
///
/// Keys rise with time, so their order is the order of registration.
public struct UserID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Earlier registered users come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The row key of a proposal.
///
/// Keys rise with time, so their order is the order of asking.
public struct ProposalID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Older proposals come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
