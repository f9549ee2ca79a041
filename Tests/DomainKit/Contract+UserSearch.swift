// The contract of finding users: by order, by words, by conditions, page by page.

import Domain

extension Contract {
    /// Users registered one second after the other, with these nicknames.
    private static func register(
        _ users: [(name: String, nickname: String?)],
        in app: ApplicationID,
        _ store: any Store
    ) throws -> [User] {
        try users.enumerated().map { index, user in
            try store.register(user.name, in: app, nickname: user.nickname, at: later(Int64(index)))
        }
    }

    private static let people: [(name: String, nickname: String?)] = [
        ("ann", "Ann Lee"), ("Bob", nil), ("cid", "annlee"), ("dan_lee", "张三丰"), ("eve", "ANNA"),
        ("ann.b", "三"),
    ]

    /// The names that a query finds, over all pages of so many.
    private static func names(
        _ query: UserQuery,
        limit: Int = 100,
        in app: ApplicationID,
        _ store: any Store
    ) throws -> [String] {
        var names: [String] = []
        var cursor: String?
        for _ in 0..<100 {
            let after = cursor
            let found = try store.read(app) { (reader) throws(Failure) in
                try UserSearchRules.page(limit, of: query, after: after, of: app, in: reader)
            }
            names += found.users.map(\.username.text)
            cursor = found.next
            if cursor == nil { return names }
        }
        throw ContractViolation(description: "the pages don't end")
    }

    private static func words(_ pattern: String, _ field: UserField = .nickname) throws -> UserQuery {
        UserQuery(condition: .contains(field, try require(WordSearch(pattern))))
    }

    static let userSearch: [ContractCase] = [
        ContractCase(
            promise: "Words of names are found whole, by their beginnings, and as parts where no space is"
        ) {
            store in
            let app = try store.makeApplication().id
            _ = try register(people, in: app, store)
            for (pattern, field, expected) in [
                ("ann", UserField.nickname, ["ann"]), ("ann*", .nickname, ["ann", "cid", "eve"]),
                ("LEE", .nickname, ["ann"]), ("lee", .username, ["dan_lee"]),
                ("三", .nickname, ["dan_lee", "ann.b"]),
                ("张三", .nickname, ["dan_lee"]), ("三张", .nickname, []), ("ann lee", .nickname, ["ann"]),
                ("lee ann", .nickname, []), ("ann", .username, ["ann", "ann.b"]), ("x", .nickname, []),
            ] {
                try expect(try names(words(pattern, field), in: app, store), is: expected)
            }
        },
        ContractCase(promise: "A search by words follows every change of names, and the end of users") {
            store in
            let app = try store.makeApplication().id
            let users = try register(people, in: app, store)
            try store.write(app) { (writer) throws(Failure) in
                var bob = users[1]
                bob.nickname = "Ann"
                try writer.update(bob)
                var ann = users[0]
                ann.nickname = nil
                try writer.update(ann)
                try writer.delete(users[4].id)
            }
            try expect(try names(words("ann*"), in: app, store), is: ["Bob", "cid"])
            try expect(try names(words("eve", .username), in: app, store), is: [])
        },
        ContractCase(promise: "A search by words finds a user who changed its name under the new one only") {
            store in
            let app = try store.makeApplication().id
            let users = try register(people, in: app, store)
            try store.write(app) { (writer) throws(Failure) in
                guard let name = Username("zoe_k") else { return }
                try writer.rename(users[0], to: name, keepingFormerUntil: later(9))
                var zoe = try UserRules.find(.name("zoe_k"), in: writer)
                zoe.nickname = "Lee"
                try writer.update(zoe)
            }
            try expect(try names(words("ann*", .username), in: app, store), is: ["ann.b"])
            try expect(try names(words("zoe k", .username), in: app, store), is: ["zoe_k"])
            try expect(try names(words("lee"), in: app, store), is: ["zoe_k"])
        },
        ContractCase(promise: "A change that fails leaves the words as they were") { store in
            let app = try store.makeApplication().id
            let users = try register(people, in: app, store)
            try expect(.noSuchRoute) {
                try store.write(app) { (writer) throws(Failure) in
                    var ann = users[0]
                    ann.nickname = "gone"
                    try writer.update(ann)
                    try writer.delete(users[4].id)
                    throw .noSuchRoute
                }
            }
            try expect(try names(words("ann*"), in: app, store), is: ["ann", "cid", "eve"])
        },
        ContractCase(promise: "Users come in the order of any field, in both directions, page by page") {
            store in
            let app = try store.makeApplication().id
            _ = try register(people, in: app, store)
            for (field, expected) in [
                (UserField.created, ["ann", "Bob", "cid", "dan_lee", "eve", "ann.b"]),
                (.username, ["ann", "ann.b", "Bob", "cid", "dan_lee", "eve"]),
                (.nickname, ["Bob", "ann", "eve", "cid", "ann.b", "dan_lee"]),
                (.activated, ["ann", "Bob", "cid", "dan_lee", "eve", "ann.b"]),
                (.modified, ["ann", "Bob", "cid", "dan_lee", "eve", "ann.b"]),
            ] {
                for limit in [1, 2, 4, 6, 7] {
                    let up = UserQuery(field: field)
                    let down = UserQuery(field: field, isDescending: true)
                    try expect(try names(up, limit: limit, in: app, store), is: expected)
                    try expect(try names(down, limit: limit, in: app, store), is: expected.reversed())
                }
            }
        },
        ContractCase(promise: "Conditions are met together, one of them, or not") { store in
            let app = try store.makeApplication().id
            let users = try register(people, in: app, store)
            let late = UserCondition.compares(.created, .greater, .number(later(2).milliseconds))
            let ann = UserCondition.compares(.username, .equal, .text("ann"))
            let lee = UserCondition.contains(.nickname, try require(WordSearch("lee")))
            let unnamed = UserCondition.not(.compares(.nickname, .greaterOrEqual, .text("")))
            for (condition, expected) in [
                (late, ["dan_lee", "eve", "ann.b"]), (.both(late, ann), []), (ann, ["ann"]),
                (.either(late, ann), ["ann", "dan_lee", "eve", "ann.b"]), (.both(ann, lee), ["ann"]),
                (.not(.either(late, lee)), ["Bob", "cid"]), (unnamed, ["Bob"]),
                (.compares(.uuid, .equal, .text(users[2].uuid.text)), ["cid"]),
                (.compares(.created, .lessOrEqual, .number(later(0).milliseconds)), ["ann"]),
                (.compares(.activated, .equal, .number(0)), []),
            ] {
                try expect(try names(UserQuery(condition: condition), in: app, store), is: expected)
            }
            let down = UserQuery(
                condition: .compares(.created, .less, .number(later(2).milliseconds)),
                isDescending: true
            )
            try expect(try names(down, limit: 1, in: app, store), is: ["Bob", "ann"])
        },
        ContractCase(promise: "Users removed while pages are read neither repeat others nor hide them") {
            store in
            let app = try store.makeApplication().id
            _ = try register(people, in: app, store)
            let query = UserQuery(field: .username, isDescending: true)
            let first = try store.write(app) { (writer) throws(Failure) in
                try UserSearchRules.delete(2, of: query, after: nil, of: app, in: writer)
            }
            let second = try store.write(app) { (writer) throws(Failure) in
                try UserSearchRules.delete(2, of: query, after: first.next, of: app, in: writer)
            }
            try expect(first.users.map(\.username.text), is: ["eve", "dan_lee"])
            try expect(second.users.map(\.username.text), is: ["cid", "Bob"])
            try expect(try names(UserQuery(), in: app, store), is: ["ann", "ann.b"])
        },
        ContractCase(promise: "A position of another order, application or collection is none") { store in
            let (app, other) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            _ = try register(people, in: app, store)
            let up = UserQuery(field: .username)
            let cursor = try require(
                store.read(app) { (reader) throws(Failure) in
                    try UserSearchRules.page(1, of: up, after: nil, of: app, in: reader).next
                }
            )
            for (query, owner, text) in [
                (UserQuery(field: .username, isDescending: true), app, cursor), (UserQuery(), app, cursor),
                (up, other, cursor), (up, app, cursor + "A"), (up, app, String(cursor.dropLast())),
                (up, app, "AAAA"), (up, app, ""),
            ] {
                try expect(.invalid(field: "cursor", .foreignCursor)) {
                    try store.read(owner) { (reader) throws(Failure) in
                        try UserSearchRules.page(1, of: query, after: text, of: owner, in: reader)
                    }
                }
            }
        },
        ContractCase(promise: "No query finds users of another application") { store in
            let (app, other) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            let users = try register(people, in: app, store)
            _ = try store.register("own", in: other, nickname: "ann")
            try expect(try names(words("ann*"), in: other, store), is: ["own"])
            for condition in [
                UserCondition.compares(.username, .equal, .text("ann")),
                .compares(.uuid, .equal, .text(users[0].uuid.text)),
                .contains(.username, try require(WordSearch("ann"))),
            ] {
                try expect(try names(UserQuery(condition: condition), in: other, store), is: [])
            }
            for field in UserField.allCases {
                try expect(try names(UserQuery(field: field), in: other, store), is: ["own"])
            }
        },
    ]
}
