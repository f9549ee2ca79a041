// One message on its way: checked once, sent to whomever it is for, or taken back where that is what it says.

import Domain
import JSON
import Routing

/// A message about to be sent, with everything checked that doesn't depend on the receiver.
struct OutgoingMessage {
    private let draft: MessageFields
    private let content: TypedContent
    private let sender: MessageSender
    private let stored: MessageDraft
    private let call: Call
    private let store: any Writer

    /// Checks a draft.
    ///
    /// - Parameter isOneOfMany: whether the same is sent to several receivers.
    /// - Throws: what `TypedContent` throws; `.invalid("sessionType", .illegal(…))`; `.forbidden(.insufficientScope)`
    ///   for a user in another's name; what `MessageRules` throws for sender and content.
    init(
        _ draft: MessageFields,
        by name: Username,
        _ call: Call,
        _ store: any Writer,
        isOneOfMany: Bool = false
    ) throws(Failure) {
        let content = try TypedContent(draft.contentType, draft.content, in: call.generation)
        guard (1...4).contains(draft.sessionType) else { throw Self.unknownSession(draft) }
        if case .user(let user) = call.caller, user.username != name { throw .forbidden(.insufficientScope) }
        let kind: ConversationKind = [2, 3].contains(draft.sessionType) ? .group : .single
        sender =
            if case .user(let user) = call.caller {
                try MessageRules.sender(user, for: kind, at: call.now, in: store)
            } else {
                try MessageRules.sender(name.text, for: kind, at: call.now, in: store)
            }
        var stored = draft.draft(content)
        stored.isOneOfMany = isOneOfMany
        // Users' messages are refusable, whatever their type.
        if case .user = call.caller { stored.isRefusable = true }
        self.stored = stored
        if content.revoked == nil {
            try MessageRules.check(content.said(in: stored.content), of: call.application)
        }
        self.draft = draft
        self.content = content
        self.call = call
        self.store = store
    }

    static func unknownSession(_ draft: MessageFields) -> Failure {
        .invalid(field: "sessionType", .illegal(value: String(draft.sessionType)))
    }

    /// Sends it to a user, or by its session to a group, which the first generation names in place of the user.
    ///
    /// - Throws: `.invalid` with `.empty` for the receiver that isn't named, `.notFound`, `.forbidden(.blocked)`,
    ///   `.forbidden(.muted)`.
    func send(toUser user: String, orGroup group: String) throws(Failure) -> MessageID {
        if let revoked = content.revoked {
            let place = try address(user, group)
            return try Revocation.revoke(revoked, by: sender.name.text, in: place, call, store)
        }
        switch draft.sessionType {
        case 2, 3:
            let name = group.isEmpty ? user : group
            let group = try self.group(name)
            let outcome = try MessageRules.send(
                stored,
                from: sender,
                to: group,
                by: call.caller,
                at: call.now,
                in: store
            )
            return try id(outcome, .notFound(.group, id: name))
        default:
            guard !user.isEmpty else { throw .invalid(field: "recvID", .empty) }
            return try id(try outcome(toUser: user), .notFound(.user, id: user))
        }
    }

    /// Its treatment for one user.
    func outcome(toUser name: String) throws(Failure) -> MessageOutcome {
        try MessageRules.send(stored, from: sender, toUser: name, at: call.now, in: store)
    }

    /// Sends it to everybody.
    func broadcast() throws(Failure) -> MessageID {
        try MessageRules.broadcast(stored, from: sender, at: call.now, in: store)
    }

    private func id(_ outcome: MessageOutcome, _ absent: Failure) throws(Failure) -> MessageID {
        switch outcome {
        case .sent(let id): return id
        case .refused(.absent), .refused(.noRecipient): throw absent
        case .refused(.blocked): throw .forbidden(.blocked)
        case .refused(.muted), .refused(.disabled): throw .forbidden(.muted)
        case .refused(.groupMuted): throw .forbidden(.groupMuted)
        }
    }

    private func group(_ name: String) throws(Failure) -> Group {
        guard !name.isEmpty else { throw .invalid(field: "groupID", .empty) }
        return try GroupRules.find(name, .group, in: store)
    }

    /// The conversation that it is for; what names none is refused as it is when something is sent there.
    private func address(_ user: String, _ group: String) throws(Failure) -> ConversationAddress {
        guard [2, 3].contains(draft.sessionType) else {
            guard !user.isEmpty else { throw .invalid(field: "recvID", .empty) }
            guard let receiver = Username(user) else { throw .notFound(.user, id: user) }
            return .between(sender.name, receiver)
        }
        let group = try self.group(group.isEmpty ? user : group)
        return .of(group.id, group.kind)
    }
}

/// Taking messages back.
enum Revocation {
    /// Recalls a message for a caller, by its id or by what a client calls it: managers any, at any time; users
    /// their own, and in groups that they keep in order those of others, as long as the application allows it.
    ///
    /// - Parameters:
    ///   - sender: whose own names come first.
    ///   - address: the conversation that was named.
    /// - Throws: `.notFound(.message, …)`, `.conflict(.message, …)` for what was recalled before,
    ///   `.forbidden(.insufficientScope)`, `.forbidden(.recallDisabled)`, also where it is too late.
    static func revoke(
        _ text: String,
        by sender: String,
        in address: ConversationAddress? = nil,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> MessageID {
        guard let message = try MessageRules.message(called: text, by: sender, in: address, of: store) else {
            throw .notFound(.message, id: text)
        }
        let id = message.id
        guard !message.isRecalled else { throw .conflict(.message, id: text) }
        var isForced = true
        if case .user = call.caller { isForced = false }
        let request = RecallRequest(id: id, isForced: isForced)
        let outcome = try MessageChangeRules.recall(
            request,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        switch outcome {
        case .recalled: return id
        case .absent, .elsewhere: throw .notFound(.message, id: text)
        case .late: throw .forbidden(.recallDisabled)
        }
    }
}
