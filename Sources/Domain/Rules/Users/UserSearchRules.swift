// Finding users by their fields: along an index where the condition or the order has one, else among all.

/// One page of users that a query found.
public struct FoundUsers: Equatable, Sendable {
    /// The users, in the order of the query.
    public let users: [User]
    /// Where the next page begins; nil on the last one.
    public let next: String?
}

/// Searching for users, and removing those found.
public enum UserSearchRules {
    /// Users that one page examines in an order that has an index, at most: with a condition that few meet, the page ends there,
    /// and its cursor goes on behind them.
    public static let maximumExamined = 10_000
    /// Users read at once.
    static let chunk = 500

    /// One page of the users that meet a condition, in the order asked for.
    ///
    /// It may have fewer users than asked for and still not be the last. Costs one look-up where the condition names a user, the
    /// candidates where it names words, the users that it passes in the order of registration or name, and all users in any other
    /// order.
    ///
    /// - Throws: `.invalid("cursor", .foreignCursor)`.
    public static func page(
        _ limit: Int,
        of query: UserQuery,
        after cursor: String?,
        of application: ApplicationID,
        in store: any Reader
    ) throws(Failure) -> FoundUsers {
        var position: UserPosition?
        if let cursor {
            position = UserPosition(cursor, in: query, of: application)
            guard position != nil else { throw .invalid(field: "cursor", .foreignCursor) }
        }
        var selection = Selection(query: query, limit: limit, after: position)
        let end: UserPosition?
        switch source(of: query) {
        case .one(let find):
            if let user = try find(store) { selection.consider(user) }
            end = nil
        case .words(let search):
            try selection.consider { (id) throws(Failure) in
                try store.users(withWordsOf: search, after: id, limit: chunk)
            }
            end = nil
        case .order(let order):
            end = try walk(order, &selection, store)
        case .all:
            try selection.consider { (id) throws(Failure) in try store.users(after: id, limit: chunk) }
            end = nil
        }
        let next = (selection.isFull ? selection.last : nil) ?? end
        return FoundUsers(users: selection.page, next: next?.text(in: query, of: application))
    }

    /// Removes one page of the users that meet a condition.
    public static func delete(
        _ limit: Int,
        of query: UserQuery,
        after cursor: String?,
        of application: ApplicationID,
        in store: any Writer
    ) throws(Failure) -> FoundUsers {
        let found = try page(limit, of: query, after: cursor, of: application, in: store)
        for user in found.users { _ = try UserRules.delete(user.username.text, in: store) }
        return found
    }

    // MARK: Where to look

    private enum Source {
        /// The condition names one user.
        case one((any Reader) throws(Failure) -> User?)
        /// The condition names words.
        case words(WordSearch)
        /// There is an index of the order.
        case order(UserOrder)
        /// Nothing narrows it.
        case all
    }

    private static func source(of query: UserQuery) -> Source {
        let conjuncts = query.condition?.conjuncts ?? []
        for case .compares(let field, .equal, .text(let text)) in conjuncts {
            if field == .username {
                let name = Username(text)
                return .one { store throws(Failure) in
                    try name.flatMap { name throws(Failure) in try store.user(named: name) }
                }
            }
            if field == .uuid {
                let uuid = UUID(text)
                return .one { store throws(Failure) in
                    try uuid.flatMap { uuid throws(Failure) in try store.user(uuid) }
                }
            }
        }
        for case .contains(_, let search) in conjuncts { return .words(search) }
        return switch query.field {
        case .created: .order(.created)
        case .username: .order(.username)
        case .nickname, .uuid, .modified, .activated: .all
        }
    }

    /// Passes users in an order until the page is full, the users are over, or enough were looked at.
    ///
    /// - Returns: where to go on, in the last of these cases.
    private static func walk(
        _ order: UserOrder,
        _ selection: inout Selection,
        _ store: any Reader
    ) throws(Failure) -> UserPosition? {
        let query = selection.query
        var position = selection.start ?? firstPosition(of: query)
        var examined = 0
        while !selection.isFull {
            let users = try store.users(
                by: order,
                after: position,
                isDescending: query.isDescending,
                limit: chunk
            )
            for user in users where !selection.isFull { selection.consider(user) }
            guard users.count == chunk, let last = users.last else { return nil }
            position = query.position(of: last)
            examined += users.count
            if examined >= maximumExamined, !selection.isFull { return position }
        }
        return nil
    }

    /// Where users that a bound on the moment of registration allows begin.
    private static func firstPosition(of query: UserQuery) -> UserPosition? {
        guard query.field == .created else { return nil }
        var bound: Int64?
        for case .compares(.created, let comparison, .number(let moment)) in query.condition?.conjuncts ?? []
        {
            switch (comparison, query.isDescending) {
            case (.greater, false), (.greaterOrEqual, false), (.equal, false):
                bound = max(bound ?? .min, moment)
            case (.less, true), (.lessOrEqual, true), (.equal, true):
                bound = min(bound ?? .max, moment)
            default: break
            }
        }
        // Keys are above zero, so the position lies before all users of that moment, and with the last key behind them.
        return bound.map {
            UserPosition(value: .number($0), id: UserID(rawValue: query.isDescending ? .max : 0))
        }
    }

    /// The first users behind a position that meet the condition, one more than asked for.
    private struct Selection {
        let query: UserQuery
        let limit: Int
        let start: UserPosition?
        private var found: [(position: UserPosition, user: User)] = []

        init(query: UserQuery, limit: Int, after start: UserPosition?) {
            self.query = query
            self.limit = limit
            self.start = start
        }

        /// Whether there are users behind the page.
        var isFull: Bool { found.count > limit }
        var page: [User] { found.prefix(limit).map(\.user) }
        /// The last position of the page.
        var last: UserPosition? { found.prefix(limit).last?.position }

        mutating func consider(_ user: User) {
            guard query.condition?.holds(for: user) ?? true else { return }
            let position = query.position(of: user)
            if let start, !query.precedes(start, position) { return }
            var (low, high) = (0, found.count)
            while low < high {
                let middle = (low + high) / 2
                if query.precedes(found[middle].position, position) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low <= limit else { return }
            found.insert((position, user), at: low)
            if found.count > limit + 1 { found.removeLast() }
        }

        /// Considers all users of a source, chunk by chunk.
        mutating func consider(
            chunks read: (UserID?) throws(Failure) -> [User]
        ) throws(Failure) {
            var last: UserID?
            while true {
                let users = try read(last)
                for user in users { consider(user) }
                guard users.count == UserSearchRules.chunk, let end = users.last else { return }
                last = end.id
            }
        }
    }
}
