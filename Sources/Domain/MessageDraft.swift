// A message about to be sent, and what is to be kept of it.

/// What becomes of a message for whoever isn't there to get it.
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
    /// What it says.
    public var content: MessageContent
    /// What is kept of it.
    public var retention: MessageRetention
    /// Whether it counts among what waits.
    public var isCounted: Bool
    /// Whether the sender's own devices are to get it too.
    public var returnsToSender: Bool
    /// What the sending client calls it; nil where it doesn't.
    ///
    /// Sent again under this name in the same conversation, it is the same message.
    public var clientName: String?

    /// Memberwise.
    public init(
        _ content: MessageContent,
        retention: MessageRetention = .queued,
        isCounted: Bool = true,
        returnsToSender: Bool = false,
        clientName: String? = nil
    ) {
        self.content = content
        self.retention = retention
        self.isCounted = isCounted
        self.returnsToSender = returnsToSender
        self.clientName = clientName
    }
}
