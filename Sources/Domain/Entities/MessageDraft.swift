// A message about to be sent, and what is to be kept of it.

/// The retention of a message for receivers that aren't connected.
public enum MessageRetention: Equatable, Sendable {
    /// It waits for everybody it is for, and stands in the history.
    case queued
    /// It waits for nobody: who isn't connected finds it in the history.
    case archived
    /// It is told to who is connected, and nothing of it is kept.
    case live
}

/// A message about to be sent.
public struct MessageDraft: Equatable, Sendable {
    /// The content.
    public var content: MessageContent
    /// Its retention.
    public var retention: MessageRetention
    /// Whether it counts among what waits.
    public var isCounted: Bool
    /// Whether who wants no messages doesn't get it either.
    public var isRefusable: Bool
    /// Whether the sender's own devices are to get it too.
    public var returnsToSender: Bool
    /// The sending client's name for it; nil where it doesn't.
    ///
    /// Sent again under this name to the same receivers, it is the same message.
    public var clientName: String?
    /// Whether its name is also that of others that one call sends to other receivers.
    public var isOneOfMany: Bool

    /// Memberwise.
    public init(
        _ content: MessageContent,
        retention: MessageRetention = .queued,
        isCounted: Bool = true,
        isRefusable: Bool = true,
        returnsToSender: Bool = false,
        clientName: String? = nil,
        isOneOfMany: Bool = false
    ) {
        self.content = content
        self.retention = retention
        self.isCounted = isCounted
        self.isRefusable = isRefusable
        self.returnsToSender = returnsToSender
        self.clientName = clientName
        self.isOneOfMany = isOneOfMany
    }
}
