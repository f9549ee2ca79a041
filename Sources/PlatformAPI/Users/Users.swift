// Reading, changing and deleting users.

import Domain
import Routing

enum Users {
    /// Pages of users and of what users have.
    enum Rows: PageRows {
        static let standard: Int? = 10
        static let maximum = 100
    }
    /// Users that one call may delete.
    static let maximumDeletion = 500

    typealias Changed = Envelope<Written, UserEntity, NoElement>
    typealias Found = Envelope<Fetched, UserEntity, NoElement>

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Found {
        let user = try UserRules.find(call["username"], in: store)
        var reply = Found(call, "get", path: "/users", entities: [UserEntity(user)])
        reply.count = 1
        return reply
    }

    /// `?limit&cursor`, and a query in the language of ``UserQueryParser``.
    struct Search: Input {
        static let bodyKind = BodyKind.none
        let filter: UserFilter?
        let page: PageInput<Rows>

        init(_ reader: inout InputReader) throws(FieldProblem) {
            filter = try reader.query("ql", .userFilter)
            page = PageInput(
                limit: try reader.query("limit", .rows(Rows.standard, maximum: Rows.maximum)),
                cursor: try reader.query("cursor", Users.longCursor)
            )
        }

        /// The parameters as replies echo them, by name.
        var params: [(key: String, value: [String])]? {
            let all = (page.params ?? []) + (filter?.params ?? [])
            return all.isEmpty ? nil : all
        }
    }

    /// A cursor of a query holds the value that its users are sorted by.
    private static let longCursor = Value<String>.text(1...1024)

    static func list(_ call: Call, _ search: Search, _ store: any Reader) throws(Failure) -> Found {
        if let query = search.filter?.query { return try find(query, call, search, store) }
        let input = search.page
        let page = try UserRules.page(
            input.rows ?? Rows.maximum,
            after: input.position(in: .users, of: call.application.id.rawValue),
            of: call.application,
            in: store
        )
        var reply = Found(call, "get", path: "/users", entities: page.elements.map(UserEntity.init))
        reply.params = input.params
        reply.cursor = page.next
        reply.count = page.elements.count
        return reply
    }

    private static func find(
        _ query: UserQuery,
        _ call: Call,
        _ search: Search,
        _ store: any Reader
    ) throws(Failure) -> Found {
        let found = try UserSearchRules.page(
            search.page.rows ?? Rows.maximum,
            of: query,
            after: search.page.cursor,
            of: call.application.id,
            in: store
        )
        var reply = Found(call, "get", path: "/users", entities: found.users.map(UserEntity.init))
        reply.params = search.params
        reply.nextText = found.next
        reply.count = found.users.count
        return reply
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Changed {
        changed(call, "delete", try UserRules.delete(call["username"], in: store))
    }

    /// How many users to delete, which must be said, and behind which one to begin.
    struct Deletion: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true
        let limit: Int
        let filter: UserFilter?
        let page: PageInput<Rows>

        init(_ reader: inout InputReader) throws(FieldProblem) {
            limit = try reader.requiredQuery("limit", .integer(1...maximumDeletion))
            filter = try reader.query("ql", .userFilter)
            page = PageInput(limit: limit, cursor: try reader.query("cursor", Users.longCursor))
        }

        var params: [(key: String, value: [String])]? {
            (page.params ?? []) + (filter?.params ?? [])
        }
    }

    static func deleteMany(_ call: Call, _ input: Deletion, _ store: any Writer) throws(Failure) -> Changed {
        if let query = input.filter?.query {
            let found = try UserSearchRules.delete(
                input.limit,
                of: query,
                after: input.page.cursor,
                of: call.application.id,
                in: store
            )
            var reply = deleted(call, input, found.users)
            reply.nextText = found.next
            return reply
        }
        let page = try UserRules.deleteFirst(
            input.limit,
            after: input.page.position(in: .users, of: call.application.id.rawValue),
            of: call.application,
            in: store
        )
        var reply = deleted(call, input, page.elements)
        reply.cursor = page.next
        return reply
    }

    private static func deleted(_ call: Call, _ input: Deletion, _ users: [User]) -> Changed {
        var reply = Changed(call, "delete", path: "/users", entities: users.map(UserEntity.init))
        reply.uriPath = "/users"
        reply.params = input.params
        return reply
    }

    /// The members that a PUT on a user may set; at least one of them.
    struct Update: BodyInput {
        let nickname: String?
        let push: PushSettings

        static let value = Value<Update>.object(named: "UserUpdate") { object throws(FieldProblem) in
            let nickname = try object.optional("nickname", .text(0...UserRules.maximumNicknameCharacters))
            var push = PushSettings()
            push.displayStyle = try object.optional("notification_display_style", .integer(0...1))
            push.noDisturbing = try object.optional("notification_no_disturbing", .flag)
            push.noDisturbingStart = try object.optional("notification_no_disturbing_start", .integer(0...24))
            push.noDisturbingEnd = try object.optional("notification_no_disturbing_end", .integer(0...24))
            push.notifierName = try object.optional("notifier_name", .text(0...256))
            push.deviceToken = try object.optional("device_token", .text(0...1024))
            guard nickname != nil || push != PushSettings() else {
                throw FieldProblem(.missing, at: "nickname")
            }
            return Update(nickname: nickname, push: push)
        }
    }

    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Changed {
        let user = try UserRules.update(call["username"], at: call.now, in: store) { user in
            user.nickname = input.nickname ?? user.nickname
            user.push.displayStyle = input.push.displayStyle ?? user.push.displayStyle
            user.push.noDisturbing = input.push.noDisturbing ?? user.push.noDisturbing
            user.push.noDisturbingStart = input.push.noDisturbingStart ?? user.push.noDisturbingStart
            user.push.noDisturbingEnd = input.push.noDisturbingEnd ?? user.push.noDisturbingEnd
            user.push.notifierName = input.push.notifierName ?? user.push.notifierName
            user.push.deviceToken = input.push.deviceToken ?? user.push.deviceToken
        }
        return changed(call, "put", user)
    }

    static func deactivate(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> Envelope<BareEntities, UserEntity, NoElement> {
        let user = try UserRules.deactivate(call["username"], at: call.now, in: store)
        return Envelope(call, "Deactivate user", entities: [UserEntity(user)])
    }

    static func activate(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> Envelope<Bare, NoElement, NoElement> {
        try UserRules.activate(call["username"], at: call.now, in: store)
        return Envelope(call, "activate user")
    }

    private static func changed(_ call: Call, _ action: StaticString, _ user: User) -> Changed {
        var reply = Changed(call, action, path: "/users", entities: [UserEntity(user)])
        reply.uriPath = "/users"
        return reply
    }
}
