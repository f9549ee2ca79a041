// A contact: contacts are mutual, blocks are one-sided.

/// A contact as its owner sees it.
public struct Contact: Equatable, Sendable {
    /// The other user.
    public let user: User
    /// The owner's private remark.
    public let remark: String?
    /// When they became contacts.
    public let created: Timestamp
    /// Whether the owner wants to see it before others.
    public let isPinned: Bool
    /// Further content of the owner's clients about the contact, at most 1024 characters.
    public let extra: String

    /// Memberwise.
    public init(
        user: User,
        remark: String?,
        created: Timestamp,
        isPinned: Bool = false,
        extra: String = ""
    ) {
        self.user = user
        self.remark = remark
        self.created = created
        self.isPinned = isPinned
        self.extra = extra
    }
}
