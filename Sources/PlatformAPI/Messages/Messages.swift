// Sending: the legacy route for all kinds of targets, the newer ones for each, broadcasts, imports.

import Domain
import JSON
import Routing

enum Messages {
    typealias Sent<Content: ReplyValue> = Envelope<WrittenOutcome, NoElement, Content>
    typealias SentWithEntities<Content: ReplyValue> = Envelope<EntitiesAndData, NoElement, Content>

    // MARK: The legacy route

    /// A target's answer is `success`, or the message's id where that was asked for, or why it wasn't sent: a refusing
    /// target harms no other.
    ///
    /// Of a missing one nothing is stored, and it is answered as if it were there, unless the
    /// application checks recipients.
    static func sendLegacy(
        _ call: Call,
        _ input: LegacyMessage,
        _ store: any Writer
    ) throws(Failure) -> Sent<ReplyMap<String>> {
        let body = input.body
        let outcomes = try send(call, body.fields, body.kind, body.targets, to: nil, store)
        let checks = call.application.settings.checksRecipients
        let answers = try outcomes.map { target, outcome throws(Failure) -> (key: String, value: String) in
            switch outcome {
            case .sent(let id): return (target, input.answersIDs ? id.text : "success")
            // Unless the application wants to know, a target that isn't there is answered like any other.
            case .refused(.absent) where !checks:
                let id = try MessageID(rawValue: store.nextID(at: call.now))
                return (target, input.answersIDs ? id.text : "success")
            case .refused(let refusal): return (target, text(of: refusal, body.kind))
            }
        }
        return Sent(call, "post", path: "/messages", data: ReplyMap(answers))
    }

    private static func text(of refusal: MessageRefusal, _ kind: MessageTargets) -> String {
        let target =
            switch kind {
            case .users: "user"
            case .chatgroups: "group"
            case .chatrooms: "chatroom"
            }
        return switch refusal {
        case .absent: "\(target) not found"
        case .blocked: "blocked by the \(target)"
        case .muted, .groupMuted: "the sender is muted"
        case .disabled: "the \(target) is disabled"
        case .noRecipient: "none of the users is a member"
        }
    }

    // MARK: The newer routes

    typealias Answers = Sent<ReplyMap<String>>

    static func sendToUsers(_ call: Call, _ input: NewerMessage, _ store: any Writer) throws(Failure)
        -> Answers
    {
        try send(call, input, .users, store)
    }

    static func sendToGroups(_ call: Call, _ input: NewerMessage, _ store: any Writer) throws(Failure)
        -> Answers
    {
        try send(call, input, .chatgroups, store)
    }

    static func sendToRooms(_ call: Call, _ input: NewerMessage, _ store: any Writer) throws(Failure)
        -> Answers
    {
        try send(call, input, .chatrooms, store)
    }

    static func sendToGroupMembers(
        _ call: Call,
        _ input: NewerMessage,
        _ store: any Writer
    ) throws(Failure) -> Answers {
        try sendToMembers(call, input, .chatgroups, store)
    }

    static func sendToRoomMembers(
        _ call: Call,
        _ input: NewerMessage,
        _ store: any Writer
    ) throws(Failure) -> Answers {
        try sendToMembers(call, input, .chatrooms, store)
    }

    private static func sendToMembers(
        _ call: Call,
        _ input: NewerMessage,
        _ kind: MessageTargets,
        _ store: any Writer
    ) throws(Failure) -> Answers {
        guard let recipients = input.recipients else { throw .invalid(field: "users", .missing) }
        return try send(call, input, kind, to: recipients, store)
    }

    /// Answers each target that the message was sent to with its id.
    ///
    /// A missing or refusing one is left out: where clients read an id, nothing else may stand.
    private static func send(
        _ call: Call,
        _ input: NewerMessage,
        _ kind: MessageTargets,
        to recipients: [String]? = nil,
        _ store: any Writer
    ) throws(Failure) -> Answers {
        guard input.targets.count <= kind.maximum else { throw .tooMany(field: "to", maximum: kind.maximum) }
        let outcomes = try send(call, input.fields, kind, input.targets, to: recipients, store)
        let answers = outcomes.compactMap { target, outcome -> (key: String, value: String)? in
            if case .sent(let id) = outcome { (key: target, value: id.text) } else { nil }
        }
        let path = "/messages/\(kind.rawValue)" + (recipients == nil ? "" : "/users")
        return Sent(call, "post", path: path, data: ReplyMap(answers))
    }

    private static func send(
        _ call: Call,
        _ fields: MessageFields,
        _ kind: MessageTargets,
        _ targets: [String],
        to recipients: [String]?,
        _ store: any Writer
    ) throws(Failure) -> [(target: String, outcome: MessageOutcome)] {
        let sender = try sender(of: fields, for: kind.conversationKind, call, store)
        var outcomes: [(target: String, outcome: MessageOutcome)] = []
        outcomes.reserveCapacity(targets.count)
        for target in targets {
            let outcome: MessageOutcome
            if kind == .users {
                outcome = try MessageRules.send(
                    fields.draft,
                    from: sender,
                    toUser: target,
                    at: call.now,
                    in: store
                )
            } else {
                let place: GroupKind = kind == .chatgroups ? .group : .room
                outcome = try send(call, fields.draft, sender, toGroup: target, place, to: recipients, store)
            }
            outcomes.append((target, outcome))
        }
        return outcomes
    }

    private static func send(
        _ call: Call,
        _ draft: MessageDraft,
        _ sender: MessageSender,
        toGroup target: String,
        _ kind: GroupKind,
        to recipients: [String]?,
        _ store: any Writer
    ) throws(Failure) -> MessageOutcome {
        guard let group = try GroupRules.known(target, kind, in: store) else {
            // The later routes address a thread as a group.
            guard kind == .group, recipients == nil, let thread = try ThreadRules.known(target, in: store)
            else { return .refused(.absent) }
            return try MessageRules.send(
                draft,
                from: sender,
                to: thread,
                by: call.caller,
                at: call.now,
                in: store
            )
        }
        guard let recipients else {
            return try MessageRules.send(
                draft,
                from: sender,
                to: group,
                by: call.caller,
                at: call.now,
                in: store
            )
        }
        return try MessageRules.send(
            draft,
            from: sender,
            to: group,
            members: recipients,
            by: call.caller,
            at: call.now,
            in: store
        )
    }

    /// The sender, after the message was checked against the application's bounds.
    private static func sender(
        of fields: MessageFields,
        for kind: ConversationKind,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> MessageSender {
        try MessageRules.check(fields.draft.content, of: call.application)
        return try MessageRules.sender(fields.from, for: kind, at: call.now, in: store)
    }

    // MARK: To everybody

    /// The id of a broadcast, a number where other routes have a text.
    struct BroadcastID: ReplyObject {
        let id: MessageID
        static let fields: [ReplyField<BroadcastID>] = [.field("id") { $0.id.rawValue }]
    }

    static func broadcast(
        _ call: Call,
        _ input: BroadcastMessage,
        _ store: any Writer
    ) throws(Failure) -> Sent<BroadcastID> {
        let sender = try sender(of: input.fields, for: .broadcast, call, store)
        let id = try MessageRules.broadcast(input.fields.draft, from: sender, at: call.now, in: store)
        return Sent(call, "post", path: "/messages/broadcast", data: BroadcastID(id: id))
    }

    /// To the users who are connected: nothing of it is stored.
    static func broadcastToOnline(
        _ call: Call,
        _ input: BroadcastMessage,
        _ store: any Writer
    ) throws(Failure) -> Sent<BroadcastID> {
        let sender = try sender(of: input.fields, for: .broadcast, call, store)
        var draft = input.fields.draft
        draft.retention = .live
        let id = try MessageRules.broadcast(draft, from: sender, at: call.now, in: store)
        return Sent(call, "post", path: "/messages/users/broadcast", data: BroadcastID(id: id))
    }

    static func broadcastToRooms(
        _ call: Call,
        _ input: BroadcastMessage,
        _ store: any Writer
    ) throws(Failure) -> Sent<BroadcastID> {
        let sender = try sender(of: input.fields, for: .room, call, store)
        let id = try MessageRules.broadcastToRooms(
            input.fields.draft,
            from: sender,
            by: call.caller,
            at: call.now,
            in: store
        )
        return Sent(call, "post", path: "/messages/chatrooms/broadcast", data: BroadcastID(id: id))
    }

    // MARK: Import

    struct Imported: ReplyObject {
        let id: MessageID
        static let fields: [ReplyField<Imported>] = [.field("msg_id") { $0.id.text }]
    }

    static func importToUser(
        _ call: Call,
        _ input: ImportedMessage,
        _ store: any Writer
    ) throws(Failure) -> SentWithEntities<Imported> {
        try bringIn(call, input, to: .user(input.target), "/messages/users/import", store)
    }

    static func importToGroup(
        _ call: Call,
        _ input: ImportedMessage,
        _ store: any Writer
    ) throws(Failure) -> SentWithEntities<Imported> {
        try bringIn(call, input, to: .group(input.target), "/messages/chatgroups/import", store)
    }

    private static func bringIn(
        _ call: Call,
        _ input: ImportedMessage,
        to target: MessageChangeRules.ImportTarget,
        _ path: String,
        _ store: any Writer
    ) throws(Failure) -> SentWithEntities<Imported> {
        try MessageRules.check(input.fields.draft.content, of: call.application)
        let id = try MessageChangeRules.importOld(
            input.fields.draft.content,
            from: input.fields.from ?? "",
            to: target,
            sent: input.sent,
            at: call.now,
            in: store
        )
        return SentWithEntities(call, "post", path: path, data: Imported(id: id))
    }
}
