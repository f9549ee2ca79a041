// Reactions to messages: put there in a user's name, taken back, listed.

import Domain
import JSON
import Routing

enum Reactions {
    /// Users of a page when the request doesn't say, and at most.
    static let maximumLimit = 50

    /// The envelope of these routes.
    struct Answer<Content: ReplyValue>: Reply, ReplyObject {
        let now: Timestamp
        let data: Content

        static var fields: [ReplyField<Answer>] {
            [
                .field("requestStatusCode") { _ in "ok" }, .field("timestamp") { $0.now },
                .field("data") { $0.data },
            ]
        }
    }

    private static let sign = Value<String>.text(1...ReactionRules.maximumSignCharacters)
    /// The same in a query, where its name says less.
    private static let askedSign = sign.meaning("The reaction, as it was put there.")
    private static let rows = Value.integer(1...maximumLimit).standard(.integer(Int64(maximumLimit)))

    // MARK: Changes

    struct Draft: BodyInput {
        let message, sign: String

        static let value = Value<Draft>.object(named: "NewReaction") { object throws(FieldProblem) in
            Draft(
                message: try object.required("msgId", .anyID),
                sign: try object.required("message", Reactions.sign)
            )
        }
    }

    /// A reaction as it is after a user put it there.
    struct Detail: ReplyObject {
        let reaction: Reaction
        let message: Message

        static let schemaName: String? = "Reaction"
        static let fields: [ReplyField<Detail>] = [
            .field("id") { String($0.reaction.id.rawValue) },
            .field("msgId") { $0.message.id.text },
            .field("msgType") { HistoryRecord.chatType(of: $0.message).description },
            .optional("groupId") { $0.message.address.kind == .single ? nil : $0.message.address.name },
            .field("reaction") { $0.reaction.sign },
            .field("createdAt") { $0.reaction.created.rfc3339 },
            .field("updatedAt") { $0.reaction.modified.rfc3339 },
        ]
    }

    static func add(_ call: Call, _ input: Draft, _ store: any Writer) throws(Failure) -> Answer<Detail> {
        let user = try UserRules.find(call["username"], in: store)
        let (reaction, message) = try ReactionRules.react(
            user,
            with: input.sign,
            to: input.message,
            at: call.now,
            in: store
        )
        return Answer(now: call.now, data: Detail(reaction: reaction, message: message))
    }

    struct Removal: Input {
        static let bodyKind = BodyKind.none
        let message, sign: String

        init(_ reader: inout InputReader) throws(FieldProblem) {
            message = try reader.requiredQuery("msgId", .text(1...32))
            sign = try reader.requiredQuery("message", Reactions.askedSign)
        }
    }

    static func remove(
        _ call: Call,
        _ input: Removal,
        _ store: any Writer
    ) throws(Failure) -> HistoryRemoval.Removed {
        let user = try UserRules.find(call["username"], in: store)
        try ReactionRules.unreact(user, with: input.sign, to: input.message, in: store)
        return HistoryRemoval.Removed(now: call.now)
    }

    // MARK: Lists

    struct Question: Input {
        static let bodyKind = BodyKind.none
        let messages: [MessageID]
        let kind: ConversationKind
        let group: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            let maximum = ReactionRules.maximumMessages
            messages = try reader.requiredQuery("msgIdList", .messageIDs(maximum: maximum))
            let type = try reader.requiredQuery("msgType", .oneOf(["chat", "groupchat"]))
            kind = type == "groupchat" ? .group : .single
            group = try reader.query("groupId", .text(1...64))
        }
    }

    /// One reaction with the first users who put it there.
    struct Row: ReplyObject {
        let summary: ReactionRules.Summary

        static let schemaName: String? = "ReactionSummary"
        static let fields: [ReplyField<Row>] = [
            .field("reactionId") { String($0.summary.reaction.id.rawValue) },
            .field("reaction") { $0.summary.reaction.sign },
            .field("count") { $0.summary.reaction.count },
            .field("state") { $0.summary.isOwn },
            .field("userList") { $0.summary.names },
        ]
    }

    struct MessageRow: ReplyObject {
        let id: MessageID
        let rows: [Row]

        static let fields: [ReplyField<MessageRow>] = [
            .field("msgId") { $0.id.text },
            .field("reactionList") { $0.rows },
        ]
    }

    /// Messages that the user can't see are left out.
    static func list(
        _ call: Call,
        _ input: Question,
        _ store: any Reader
    ) throws(Failure) -> Answer<[MessageRow]> {
        let user = try UserRules.find(call["username"], in: store)
        var group: GroupID?
        if let text = input.group {
            guard let id = GroupID(text) else { throw .notFound(.group, id: text) }
            group = id
        }
        var rows: [MessageRow] = []
        for id in input.messages where !rows.contains(where: { $0.id == id }) {
            let summaries = try ReactionRules.summaries(of: id, input.kind, in: group, for: user, in: store)
            if let summaries { rows.append(MessageRow(id: id, rows: summaries.map(Row.init))) }
        }
        return Answer(now: call.now, data: rows)
    }

    struct UserPage: Input {
        static let bodyKind = BodyKind.none
        let message, sign: String
        let limit: Int
        let cursor: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            message = try reader.requiredQuery("msgId", .text(1...32))
            sign = try reader.requiredQuery("message", Reactions.askedSign)
            limit = try reader.query("limit", Reactions.rows) ?? maximumLimit
            cursor = try reader.query("cursor", .cursor)
        }
    }

    /// One reaction with a page of its users.
    struct PageRow: ReplyObject {
        let summary: ReactionRules.Summary
        let next: Cursor?

        static let schemaName: String? = "ReactionPage"
        static let fields: [ReplyField<PageRow>] = [
            .field("reactionId") { String($0.summary.reaction.id.rawValue) },
            .field("reaction") { $0.summary.reaction.sign },
            .field("count") { $0.summary.reaction.count },
            .field("state") { $0.summary.isOwn },
            .field("userList") { $0.summary.names },
            .optional("cursor") { $0.next?.text },
        ]
    }

    static func detail(
        _ call: Call,
        _ input: UserPage,
        _ store: any Reader
    ) throws(Failure) -> Answer<PageRow> {
        let user = try UserRules.find(call["username"], in: store)
        let (summary, next) = try ReactionRules.detail(
            of: input.sign,
            to: input.message,
            for: user,
            input.limit,
            after: input.cursor,
            in: store
        )
        return Answer(now: call.now, data: PageRow(summary: summary, next: next))
    }
}
