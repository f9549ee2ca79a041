// Idempotent sends: a repeated name of a client returns the first message, and is refused with another content.

extension MessageRules {
    /// The message that this sender has sent under the draft's name before: of the same content, to the same
    /// receivers.
    ///
    /// - Parameter recipients: the members that a directed message is for.
    /// - Throws: `.invalid("clientMsgID", .taken(…))` where the name is that of a message with another content, or to others;
    ///   but one call may send the same to many.
    static func repeated(
        _ draft: MessageDraft,
        from sender: MessageSender,
        in address: ConversationAddress,
        to recipients: [UserID]? = nil,
        _ store: any Reader
    ) throws(Failure) -> MessageID? {
        guard let name = draft.clientName else { return nil }
        let taken = Failure.invalid(field: "clientMsgID", .taken(value: name))
        let sender = sender.name.text
        if let conversation = try store.conversation(address)?.id,
            let known = try store.message(called: name, by: sender, in: conversation)
        {
            guard try isSame(known, draft, store), try isFor(recipients, known.id, store) else { throw taken }
            return known.id
        }
        if let other = try store.message(called: name, by: sender, in: nil) {
            guard draft.isOneOfMany, try isSame(other, draft, store) else { throw taken }
        }
        return nil
    }

    /// Whether a message said what the draft says, whatever has become of it since.
    private static func isSame(
        _ known: NamedMessage,
        _ draft: MessageDraft,
        _ store: any Reader
    ) throws(Failure) -> Bool {
        let digest: Int64?
        if let kept = known.digest {
            digest = kept
        } else {
            digest = try store.message(known.id)?.content.digest
        }
        return digest == draft.content.digest
    }

    private static func isFor(
        _ recipients: [UserID]?,
        _ known: MessageID,
        _ store: any Reader
    ) throws(Failure) -> Bool {
        let isDirected = try store.message(known)?.isDirected ?? false
        guard let recipients else { return !isDirected }
        guard isDirected else { return false }
        return Set(try store.recipients(of: known)) == Set(recipients)
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
