// Asking endpoints before something happens: in the rule, where everything else about it is already decided.

/// Asks those endpoints that want to be asked.
///
/// A transaction whose question has no answer yet goes on as if it were allowed, and is taken back as a whole: then the
/// endpoints are asked, and it is run again with what they have said.
enum InquiryRules {
    /// Asks about something that is about to happen.
    ///
    /// - Throws: `.denied(…)` where it must not.
    static func require(
        _ name: EventName,
        _ store: any Writer,
        _ details: () throws(Failure) -> EventDetails
    ) throws(Failure) {
        guard case .deny(let denial) = try store.inquire(name, details) else { return }
        throw .denied(denial)
    }

    /// Asks about a message that is about to be sent.
    ///
    /// - Returns: the draft, with another text where the endpoints want that.
    /// - Throws: `.denied(…)` where it must not be sent.
    static func moderated(
        _ draft: MessageDraft,
        from sender: MessageSender,
        in address: ConversationAddress,
        _ store: any Writer
    ) throws(Failure) -> MessageDraft {
        let answer = try store.inquire(.messageSent) {
            .message(
                Message(
                    id: .none,
                    sent: Timestamp(milliseconds: 0),
                    conversation: ConversationID(rawValue: 0),
                    address: address,
                    sequence: nil,
                    sender: sender.name.text,
                    content: draft.content
                )
            ).with("client_message", text: draft.clientName)
        }
        switch answer {
        case .allow: return draft
        case .deny(let denial): throw .denied(denial)
        case .change(let text):
            guard draft.content.kind == .text, !text.utf8.contains(0) else { return draft }
            var changed = draft
            changed.content = MessageContent(kind: .text, text: text, ext: draft.content.ext)
            return changed
        }
    }
}
