// The fate of one message for one receiver.

/// A receiver of a message, as its position says.
public struct Receipt: Equatable, Sendable {
    /// The receiver.
    public let user: UserID
    /// Its name.
    public let name: String
    /// Whether a device of it has acknowledged the message, or a later one of its conversation.
    public let isDelivered: Bool
    /// When; nil where it isn't delivered, and for what was acknowledged before times were kept.
    public let deliveredAt: Timestamp?
    /// Whether a device of it has said that it was read.
    public let isRead: Bool
    /// When.
    public let readAt: Timestamp?

    /// Memberwise.
    public init(
        user: UserID,
        name: String,
        isDelivered: Bool,
        deliveredAt: Timestamp?,
        isRead: Bool,
        readAt: Timestamp?
    ) {
        self.user = user
        self.name = name
        self.isDelivered = isDelivered
        self.deliveredAt = deliveredAt
        self.isRead = isRead
        self.readAt = readAt
    }
}

/// How many receivers a message has, and has come to.
public struct ReceiptCounts: Equatable, Sendable {
    /// Receivers.
    public var receivers: Int
    /// Those to whom it is delivered.
    public var delivered: Int
    /// Those who have read it.
    public var read: Int

    /// Memberwise.
    public init(receivers: Int = 0, delivered: Int = 0, read: Int = 0) {
        self.receivers = receivers
        self.delivered = delivered
        self.read = read
    }
}
