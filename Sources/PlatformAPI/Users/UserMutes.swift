// Application-wide mutes: who may not send, by kind of conversation.

import Domain
import Routing

enum UserMutes {
    struct Change: BodyInput {
        let username: Username
        let chat, groupchat, chatroom: MuteChange

        static let value = Value<Change>.object(named: "UserMute") { object throws(FieldProblem) in
            // Seconds: -1 for ever, 0 to lift, at most ten years.
            let seconds = Value<Int>.integer(-1...315_360_000)
            let username = try object.required("username", .username)
            let chat = try object.optional("chat", seconds)
            let groupchat = try object.optional("groupchat", seconds)
            let chatroom = try object.optional("chatroom", seconds)
            guard chat != nil || groupchat != nil || chatroom != nil else {
                throw FieldProblem(.missing, at: "chat")
            }
            return Change(
                username: username,
                chat: change(chat),
                groupchat: change(groupchat),
                chatroom: change(chatroom)
            )
        }

        private static func change(_ seconds: Int?) -> MuteChange {
            switch seconds {
            case nil: .unchanged
            case -1: .forever
            case 0: .lift
            case let seconds?: .seconds(Int64(seconds))
            }
        }
    }

    /// `{"result": "ok"}`.
    struct Okay: ReplyObject {
        static let fields: [ReplyField<Okay>] = [.field("result") { _ in "ok" }]
    }

    typealias MuteReply<Content: ReplyValue> = Envelope<EntitiesAndData, NoElement, Content>

    static func set(_ call: Call, _ input: Change, _ store: any Writer) throws(Failure) -> MuteReply<Okay> {
        try MuteRules.change(
            input.username,
            chat: input.chat,
            groupchat: input.groupchat,
            chatroom: input.chatroom,
            at: call.now,
            in: store
        )
        return MuteReply(call, "post", path: "/mutes", data: Okay())
    }

    /// The seconds left of a user's mutes: -1 for ever, 0 for none.
    struct Left: ReplyObject {
        let userID: String
        let mutes: Mutes
        let now: Timestamp

        static let fields: [ReplyField<Left>] = [
            .field("userid") { $0.userID },
            .field("chat") { MuteRules.secondsLeft(of: $0.mutes.chat, at: $0.now) },
            .field("groupchat") { MuteRules.secondsLeft(of: $0.mutes.groupchat, at: $0.now) },
            .field("chatroom") { MuteRules.secondsLeft(of: $0.mutes.chatroom, at: $0.now) },
            .field("unixtime") { $0.now.seconds },
        ]
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> MuteReply<Left> {
        let user = try UserRules.find(call["username"], in: store)
        let appKey = "\(call.application.organization.name)#\(call.application.name)"
        return MuteReply(
            call,
            "get",
            path: "/mutes",
            data: Left(
                userID: "\(appKey)_\(user.username.text)",
                mutes: try store.mutes(of: user.id),
                now: call.now
            )
        )
    }

    struct NumberedPage: Input {
        static let bodyKind = BodyKind.none
        let number, size: Int

        init(_ reader: inout InputReader) throws(FieldProblem) {
            number = try reader.query("pageNum", .integer(1...1_000_000)) ?? 1
            size = try reader.query("pageSize", .integer(1...50)) ?? 10
        }
    }

    /// One muted user of the list; only the kinds it is muted for.
    struct Muted: ReplyObject {
        let name: String
        let mutes: Mutes
        let now: Timestamp

        private func left(_ mute: Timestamp?) -> Int64? {
            let seconds = MuteRules.secondsLeft(of: mute, at: now)
            return seconds == 0 ? nil : seconds
        }

        static let fields: [ReplyField<Muted>] = [
            .field("username") { $0.name },
            .optional("chat") { $0.left($0.mutes.chat) },
            .optional("groupchat") { $0.left($0.mutes.groupchat) },
            .optional("chatroom") { $0.left($0.mutes.chatroom) },
        ]
    }

    struct MutedList: ReplyObject {
        let users: [Muted]
        let now: Timestamp

        static let fields: [ReplyField<MutedList>] = [
            .field("data") { $0.users },
            .field("unixtime") { $0.now.seconds },
        ]
    }

    static func list(_ call: Call, _ page: NumberedPage, _ store: any Reader) throws(Failure) -> MuteReply<
        MutedList
    > {
        let rows = try store.mutedUsers(at: call.now, offset: (page.number - 1) * page.size, limit: page.size)
        let users = rows.map { Muted(name: $0.name, mutes: $0.mutes, now: call.now) }
        return MuteReply(call, "get", path: "/mutes", data: MutedList(users: users, now: call.now))
    }
}
