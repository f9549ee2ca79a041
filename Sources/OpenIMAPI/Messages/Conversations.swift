// The participants' options for a conversation's messages.

import Domain
import JSON
import Routing

enum Conversations {
    struct Setting: Fields {
        let user: Username?
        let names: [String]
        let option: UserProfile.MessageOption

        static let schemaName = "ConversationSetting"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling(nil, "ownerUserID"), .username)
            let list = try fields.optional(.conversations, .list(of: .text(1...160), maximum: 1000))
            let one = try fields.optional(Spelling(nil, "conversationID"), .text(1...160))
            let number = try fields.optional(Spelling("option", "option", nil), .integer(0...2))
            let later = try fields.optional(Spelling(nil, "recvMsgOpt"), .integer(0...2))
            names = try fields.need(list ?? one.map { [$0] }, .conversations, or: [])
            let field = fields.generation == .first ? Spelling("option") : Spelling("recvMsgOpt")
            option =
                UserProfile.MessageOption(rawValue: try fields.need(number ?? later, field, or: 0)) ?? .told
        }
    }

    /// The outcome for one conversation, or its option.
    struct Row: SpelledObject {
        let name: String
        let result: Int

        static let schemaName: String? = "ConversationOption"
        static let fields: [SpelledField<Row>] = [
            .field(.conversation) { $0.name },
            .field(.result) { $0.result },
        ]
    }

    static func set(_ call: Call, _ input: Setting, _ store: any Writer) throws(Failure) -> Answer<[Row]> {
        let user = try UserRules.find(try call.actor(input.user, Spelling("ownerUserID")), in: store)
        var rows: [Row] = []
        for name in input.names {
            let address = try ConversationName.address(of: name, for: user, store)
            try RefusalRules.set(input.option, of: user, in: address, at: call.now, in: store)
            rows.append(Row(name: name, result: 0))
        }
        return Answer(call, rows)
    }

    /// The same for several users at once, as a setting among others of which only this one is kept.
    struct Settings: Fields {
        let users: [Username]
        let conversation: Part

        static let schemaName = "ConversationSettings"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            users = try fields.required(.users, .list(of: .username, maximum: 1000))
            conversation = try fields.required(Spelling("conversation"), Part.value)
        }

        struct Part: Fields {
            let name: String
            let option: UserProfile.MessageOption

            static let schemaName = "ConversationSettingsPart"

            init(_ fields: inout FieldReader) throws(FieldProblem) {
                name = try fields.required(.conversation, .text(1...160))
                let number = try fields.required(Spelling("recvMsgOpt"), .integer(0...2))
                option = UserProfile.MessageOption(rawValue: number) ?? .told
            }
        }
    }

    static func setForAll(
        _ call: Call,
        _ input: Settings,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        for name in input.users {
            let user = try UserRules.find(try call.actor(name, .users), in: store)
            let address = try ConversationName.address(of: input.conversation.name, for: user, store)
            try RefusalRules.set(input.conversation.option, of: user, in: address, at: call.now, in: store)
        }
        return Answer(call)
    }

    struct Asking: Fields {
        let user: Username?
        let names: [String]

        static let schemaName = "ConversationNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling(nil, "ownerUserID"), .username)
            names = try fields.required(.conversations, .list(of: .text(1...160), maximum: 1000))
        }
    }

    static func get(_ call: Call, _ input: Asking, _ store: any Reader) throws(Failure) -> Answer<[Row]> {
        let user = try UserRules.find(try call.actor(input.user, Spelling("ownerUserID")), in: store)
        var rows: [Row] = []
        for name in input.names {
            let address = try ConversationName.address(of: name, for: user, store)
            rows.append(Row(name: name, result: try store.messageOption(of: user.id, in: address).rawValue))
        }
        return Answer(call, rows)
    }

    struct Owner: Fields {
        let user: Username?

        static let schemaName = "ConversationOwner"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling(nil, "ownerUserID"), .username)
        }
    }

    /// Every conversation for which something was set.
    static func getAll(_ call: Call, _ input: Owner, _ store: any Reader) throws(Failure) -> Answer<[Row]> {
        let user = try UserRules.find(try call.actor(input.user, Spelling("ownerUserID")), in: store)
        let views = ConversationViews(user, call, store)
        var rows: [Row] = []
        for (address, option) in try store.messageOptions(of: user.id) {
            if let name = try views.name(of: address) {
                rows.append(Row(name: name, result: option.rawValue))
            }
        }
        return Answer(call, rows)
    }
}
