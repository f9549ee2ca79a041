// The conversation that friends have: there before its first message, and gone for both when they are none any more.

extension ConversationRules {
    /// Begins the conversation between two for both of them; one that they have had goes on.
    ///
    /// It is the one that messages between the two are in, whatever dialect sends them.
    public static func begin(
        between one: User,
        and other: User,
        in store: any Writer
    ) throws(Failure) -> Conversation {
        let address = ConversationAddress.between(one.username, other.username)
        let conversation = try store.advance(address, to: .none, sent: nil, isQueued: false)
        for user in [one, other] where try store.position(of: user.id, in: conversation.id) == nil {
            try store.setPosition(Position(atEndOf: conversation), of: user.id, in: conversation.id)
        }
        return conversation
    }

    /// Takes the conversation between two out of the view of both, with all that was said in it.
    ///
    /// Earlier messages stay in the application's history, and later ones begin the conversation anew.
    public static func end(between one: User, and other: User, in store: any Writer) throws(Failure) {
        let address = ConversationAddress.between(one.username, other.username)
        for user in [one, other] { try hide(address, withMessages: true, for: user, in: store) }
    }

    /// Whether a conversation between two is there for one of them: as long as they are friends, or one has
    /// written since.
    public static func isThere(
        _ conversation: Conversation,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> Bool {
        guard conversation.address.kind == .single,
            let position = try store.position(of: user.id, in: conversation.id)
        else { return false }
        if conversation.lastMessage > position.visibleAfter { return true }
        let other = Username(conversation.address.receiver(from: user.username.text))
        guard let other = try other.flatMap({ name throws(Failure) in try store.user(named: name) }) else {
            return false
        }
        return try store.isContact(other.id, of: user.id)
    }
}
