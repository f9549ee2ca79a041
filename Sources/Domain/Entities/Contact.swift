// A contact: contacts are mutual, blocks are one-sided.

/// A contact as its owner sees it.
public struct Contact: Equatable, Sendable {
    /// The other user.
    public let user: User
    /// The owner's private remark.
    public let remark: String?
    /// When they became contacts.
    public let created: Timestamp

    /// Memberwise.
    public init(user: User, remark: String?, created: Timestamp) {
        self.user = user
        self.remark = remark
        self.created = created
    }
}
