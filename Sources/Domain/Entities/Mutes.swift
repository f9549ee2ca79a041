// Mutes of a user, by kind of conversation.

/// Until when a user may not send, by kind of conversation; nil where not muted.
public struct Mutes: Equatable, Sendable {
    /// One-to-one messages.
    public var chat: Timestamp?
    /// Group messages.
    public var groupchat: Timestamp?
    /// Room messages.
    public var chatroom: Timestamp?

    /// Not muted at all.
    public init(chat: Timestamp? = nil, groupchat: Timestamp? = nil, chatroom: Timestamp? = nil) {
        self.chat = chat
        self.groupchat = groupchat
        self.chatroom = chatroom
    }

    /// The moment that means "for ever": 2117-01-01, as the platform dialect prints it.
    public static let forever = Timestamp(milliseconds: 4_638_873_600_000)
}
