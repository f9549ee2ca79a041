// What clients call their messages: one sent again under its name is the same message.

extension MessageRules {
    /// The message that this sender has sent under the draft's name in this conversation before.
    static func repeated(
        _ draft: MessageDraft,
        from sender: MessageSender,
        in address: ConversationAddress,
        _ store: any Reader
    ) throws(Failure) -> MessageID? {
        guard let name = draft.clientName, let conversation = try store.conversation(address) else {
            return nil
        }
        return try store.message(called: name, by: sender.name.text, in: conversation.id)
    }

    /// Keeps the name that the client gave a message.
    static func note(_ name: String?, of message: Message, _ store: any Writer) throws(Failure) {
        if let name { try store.setClientName(name, of: message) }
    }

    /// The message that somebody means by a name: what it calls one of its own itself, else a message's id, else what
    /// another client calls one.
    ///
    /// - Parameter address: where it is said to be; neither name nor id means anything elsewhere then.
    public static func message(
        called name: String,
        by sender: String,
        in address: ConversationAddress? = nil,
        of store: any Reader
    ) throws(Failure) -> Message? {
        var others: Message?
        func find(_ id: MessageID) throws(Failure) -> Message? {
            guard let message = try store.message(id), address == nil || message.address == address else {
                return nil
            }
            return message
        }
        for id in try store.messages(called: name, limit: maximumNamesakes) {
            guard let message = try find(id) else { continue }
            if message.sender == sender { return message }
            if others == nil { others = message }
        }
        if let id = MessageID(name), let message = try find(id) { return message }
        return others
    }

    /// Messages of one client's name that are looked at.
    private static let maximumNamesakes = 100
}
