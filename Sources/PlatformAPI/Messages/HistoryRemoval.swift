// One-way removal of history: messages go for one user only, all of them, up to a moment, or one by one.

import Domain
import Routing

enum HistoryRemoval {
    /// Messages one call may name.
    static let maximumMessages = 50

    /// The envelope of these routes.
    struct Removed: ReplyObject, Reply {
        let now: Timestamp

        static let fields: [ReplyField<Removed>] = [
            .field("requestStatusCode") { _ in "ok" },
            .field("timestamp") { $0.now },
        ]
    }

    /// Whether the user's other devices are to be told: they ask for their history anew, so nothing depends on it.
    private static func readNotice(_ reader: inout InputReader) throws(FieldProblem) {
        _ = try reader.query("isNotify", .flag)
    }

    // MARK: All

    struct Everything: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true

        init(_ reader: inout InputReader) throws(FieldProblem) { try readNotice(&reader) }
    }

    static func clearAll(_ call: Call, _: Everything, _ store: any Writer) throws(Failure) -> Removed {
        try ConversationRules.clearAll(for: try UserRules.find(call["username"], in: store), in: store)
        return Removed(now: call.now)
    }

    // MARK: Up to a moment

    /// With which user, and up to when.
    struct ChatClearing: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true
        let userID: String
        let time: Timestamp

        init(_ reader: inout InputReader) throws(FieldProblem) {
            userID = try reader.requiredQuery("userId", .text(1...64))
            time = try clearingTime(&reader)
            try readNotice(&reader)
        }
    }

    /// Of which group or room, and up to when.
    struct GroupClearing: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true
        let groupID: String
        let time: Timestamp

        init(_ reader: inout InputReader) throws(FieldProblem) {
            groupID = try reader.requiredQuery("groupId", .text(1...64))
            time = try clearingTime(&reader)
            try readNotice(&reader)
        }
    }

    private static func clearingTime(_ reader: inout InputReader) throws(FieldProblem) -> Timestamp {
        Timestamp(
            milliseconds: Int64(try reader.requiredQuery("delTime", .integer(0...Int(Int64.max >> 16))))
        )
    }

    static func clearChat(_ call: Call, _ input: ChatClearing, _ store: any Writer) throws(Failure) -> Removed
    {
        try clear(call, input.userID, [.single], input.time, store)
    }

    /// A group's or a room's: the original has one route for both.
    static func clearGroup(
        _ call: Call,
        _ input: GroupClearing,
        _ store: any Writer
    ) throws(Failure) -> Removed {
        try clear(call, input.groupID, [.group, .room], input.time, store)
    }

    private static func clear(
        _ call: Call,
        _ other: String,
        _ kinds: [ConversationKind],
        _ time: Timestamp,
        _ store: any Writer
    ) throws(Failure) -> Removed {
        let user = try UserRules.find(call["username"], in: store)
        for kind in kinds {
            try ConversationRules.clear(
                try ConversationRules.address(of: other, kind, for: user),
                through: time,
                for: user,
                in: store
            )
        }
        return Removed(now: call.now)
    }

    // MARK: One by one

    /// With which user, and which messages.
    struct ChatMessages: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true
        let userID: String
        let messages: [MessageID]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            userID = try reader.requiredQuery("userId", .text(1...64))
            messages = try reader.requiredQuery("msgIdList", .messageIDs(maximum: maximumMessages))
            try readNotice(&reader)
        }
    }

    /// Of which group or room, and which messages.
    struct GroupMessages: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true
        let groupID: String
        let messages: [MessageID]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            groupID = try reader.requiredQuery("groupId", .text(1...64))
            messages = try reader.requiredQuery("msgIdList", .messageIDs(maximum: maximumMessages))
            try readNotice(&reader)
        }
    }

    static func removeFromChat(
        _ call: Call,
        _ input: ChatMessages,
        _ store: any Writer
    ) throws(Failure) -> Removed {
        try remove(call, input.messages, input.userID, [.single], store)
    }

    static func removeFromGroup(
        _ call: Call,
        _ input: GroupMessages,
        _ store: any Writer
    ) throws(Failure) -> Removed {
        try remove(call, input.messages, input.groupID, [.group, .room], store)
    }

    /// Messages of other conversations than the one named are left alone.
    private static func remove(
        _ call: Call,
        _ messages: [MessageID],
        _ other: String,
        _ kinds: [ConversationKind],
        _ store: any Writer
    ) throws(Failure) -> Removed {
        let user = try UserRules.find(call["username"], in: store)
        var addresses: [ConversationAddress] = []
        for kind in kinds { addresses.append(try ConversationRules.address(of: other, kind, for: user)) }
        try ConversationRules.remove(messages, in: addresses, for: user, in: store)
        return Removed(now: call.now)
    }
}

extension Value<[MessageID]> {
    /// Ids of messages with commas between them.
    static func messageIDs(maximum: Int) -> Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> [MessageID] in
            var ids: [MessageID] = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let id = MessageID(part) else {
                    throw FieldProblem(.illegal(value: String(part.prefix(64))))
                }
                ids.append(id)
            }
            guard ids.count <= maximum else {
                throw FieldProblem(.tooLong(maximum: maximum, unit: "elements"))
            }
            return ids
        }
        return textual(.string(pattern: "^[1-9][0-9]*(,[1-9][0-9]*)*$"), placeholder: [], check)
    }
}
