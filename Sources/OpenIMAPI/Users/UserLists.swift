// Lists of users, and whether names are users: for managers.

import Domain
import JSON
import Routing

enum UserLists {
    struct All: Fields {
        let pagination: Pagination?

        static let schemaName = "AllUsers"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            pagination = try fields.optional(.pagination, Pagination.inside)
        }
    }

    /// Names of users: a list beside the error code, by itself, or in the third generation in `data` with how many there are.
    struct Names: SpelledObject, AnswerContent {
        let names: [String]
        let total: Int

        static let fields: [SpelledField<Names>] = [
            .field(Spelling(nil, nil, "total")) { $0.total },
            .field(Spelling("uidList", nil, "userIDs")) { $0.names },
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .first ? .beside : .data
        }

        static func shape(in generation: Generation) -> Shape {
            generation == .second ? [String].shape(in: generation) : object(in: generation)
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .second {
                names.write(to: &json, in: generation)
            } else {
                writeObject(to: &json, in: generation)
            }
        }
    }

    /// All of them, oldest first, managers too; a page where one was asked for.
    static func names(_ call: Call, _ input: All, _ store: any Reader) throws(Failure) -> Answer<Names> {
        let total = try store.userCount()
        guard let page = input.pagination else {
            return Answer(call, Names(names: try all(of: call.application, store), total: total))
        }
        let users = try store.users(skipping: page.offset, limit: page.limit)
        return Answer(call, Names(names: users.map(\.username.text), total: total))
    }

    private static func all(of application: Application, _ store: any Reader) throws(Failure) -> [String] {
        var names: [String] = []
        var cursor: Cursor?
        repeat {
            let page = try UserRules.page(1000, after: cursor, of: application, in: store)
            names += page.elements.map(\.username.text)
            cursor = page.next
        } while cursor != nil
        return names
    }

    // MARK: Pages

    struct Search: Fields {
        let page: PageRequest
        let username: String?
        let nickname: String?

        static let schemaName = "UserSearch"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            page = try PageRequest(&fields)
            username = try fields.optional(.user, .text(0...64))
            nickname = try fields.optional(Spelling("name", "userName", "nickName"), .text(0...100))
        }
    }

    /// A page by number.
    struct Found: SpelledObject, AnswerContent {
        let users: [Profile]
        let total: Int
        let page: PageRequest

        static let schemaName: String? = "UserPage"
        static let fields: [SpelledField<Found>] = [
            .field(Spelling("userList", "userList", "users")) { $0.users },
            .field(Spelling("totalNum", "totalNum", "total")) { $0.total },
            .field(Spelling("currentPage", "currentPage", nil)) { $0.page.number },
            .field(Spelling("showNumber", "showNumber", nil)) { $0.page.size },
        ]
    }

    /// By name the one user, by nickname those whose nickname has the text in it; else all, oldest first.
    static func search(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure) -> Answer<Found> {
        let page = input.page
        let users: [User]
        let total: Int
        if let name = input.username, !name.isEmpty {
            let one = try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
            total = one == nil ? 0 : 1
            users = page.number == 1 ? one.map { [$0] } ?? [] : []
        } else if let text = input.nickname, !text.isEmpty {
            (users, total) = try matching(text, page, call, store)
        } else {
            users = try store.users(skipping: page.offset, limit: page.size)
            total = try store.userCount()
        }
        return Answer(
            call,
            Found(users: users.map { Profile($0, of: call.application) }, total: total, page: page)
        )
    }

    private static func matching(
        _ text: String,
        _ page: PageRequest,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> ([User], Int) {
        var found: [User] = []
        var total = 0
        var last: UserID?
        while true {
            let users = try store.users(after: last, limit: 1000)
            for user in users where user.nickname?.contains(text) == true {
                if total >= page.offset, found.count < page.size { found.append(user) }
                total += 1
            }
            guard let end = users.last, users.count == 1000 else { return (found, total) }
            last = end.id
        }
    }

    // MARK: Whether names are users

    struct Check: Fields {
        let names: [Username]

        static let schemaName = "AccountCheck"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(
                Spelling("userIDList", "checkUserIDList", "checkUserIDs"),
                .list(of: .username, maximum: 100)
            )
        }
    }

    struct Checked: SpelledObject {
        let name: String
        let isUser: Bool

        static let schemaName: String? = "AccountStatus"
        static let fields: [SpelledField<Checked>] = [
            .field(Spelling("userID")) { $0.name },
            .field(Spelling("accountStatus", "accountStatus", nil)) {
                $0.isUser ? "registered" : "unregistered"
            },
            .field(Spelling(nil, nil, "accountStatus")) { $0.isUser ? 1 : 0 },
        ]
    }

    enum ResultNaming: ListNaming {
        static let name = Spelling("result", nil, "results")
    }

    static func check(
        _ call: Call,
        _ input: Check,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<ResultNaming, Checked>> {
        var results: [Checked] = []
        for name in input.names {
            results.append(Checked(name: name.text, isUser: try store.user(named: name) != nil))
        }
        return Answer(call, NamedList(results))
    }
}
