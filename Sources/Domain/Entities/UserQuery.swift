// A query of users: a condition on their fields, and the order in which those that meet it are wanted.

/// A field of a user that a query can name.
public enum UserField: UInt8, Sendable, CaseIterable {
    case username = 0, nickname, uuid, created, modified, activated
}

/// A value that users are compared and sorted by: texts in lower case, moments in milliseconds, truth as 0 and 1.
public enum UserValue: Comparable, Sendable {
    case number(Int64)
    case text(String)

    /// Numbers before texts; texts by their UTF-8 bytes.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}

/// The relation of a field to a value.
public enum UserComparison: Sendable {
    case less, lessOrEqual, equal, greaterOrEqual, greater

    func holds(_ found: UserValue, _ wanted: UserValue) -> Bool {
        switch self {
        case .less: found < wanted
        case .lessOrEqual: found <= wanted
        case .equal: found == wanted
        case .greaterOrEqual: found >= wanted
        case .greater: found > wanted
        }
    }
}

/// A condition on a user's fields.
public indirect enum UserCondition: Equatable, Sendable {
    /// The field is there and stands so to the value.
    case compares(UserField, UserComparison, UserValue)
    /// The field has these words.
    case contains(UserField, WordSearch)
    /// The condition isn't met.
    case not(UserCondition)
    /// Both are met.
    case both(UserCondition, UserCondition)
    /// One of them is met, or both.
    case either(UserCondition, UserCondition)

    /// Whether a user meets it.
    public func holds(for user: User) -> Bool {
        switch self {
        case .compares(let field, let comparison, let value):
            field.value(of: user).map { comparison.holds($0, value) } ?? false
        case .contains(let field, let search):
            field.text(of: user).map(search.matches) ?? false
        case .not(let condition): !condition.holds(for: user)
        case .both(let one, let other): one.holds(for: user) && other.holds(for: user)
        case .either(let one, let other): one.holds(for: user) || other.holds(for: user)
        }
    }

    /// The parts that all have to be met.
    var conjuncts: [UserCondition] {
        if case .both(let one, let other) = self { one.conjuncts + other.conjuncts } else { [self] }
    }
}

extension UserField {
    /// The user's value; nil where nothing was ever set.
    func value(of user: User) -> UserValue? {
        switch self {
        case .username: .text(user.username.key)
        case .nickname: user.nickname.map { .text($0.lowercased()) }
        case .uuid: .text(user.uuid.text)
        case .created: .number(user.created.milliseconds)
        case .modified: .number(user.modified.milliseconds)
        case .activated: .number(user.isActivated ? 1 : 0)
        }
    }

    /// The text that words are looked for in; nil for a field that isn't one of names.
    func text(of user: User) -> String? {
        switch self {
        case .username: user.username.text
        case .nickname: user.nickname
        case .uuid, .created, .modified, .activated: nil
        }
    }
}

/// A query of an application's users.
public struct UserQuery: Equatable, Sendable {
    /// The condition to meet; nil for all users.
    public var condition: UserCondition?
    /// The field to sort by, and then by registration; a user without it has the empty text there.
    public var field: UserField
    /// Whether the largest comes first.
    public var isDescending: Bool

    /// Memberwise; all users by registration.
    public init(condition: UserCondition? = nil, field: UserField = .created, isDescending: Bool = false) {
        self.condition = condition
        self.field = field
        self.isDescending = isDescending
    }

    /// Where a user stands in the order.
    func position(of user: User) -> UserPosition {
        UserPosition(value: field.value(of: user) ?? .text(""), id: user.id)
    }

    /// Whether a position comes before another one.
    func precedes(_ one: UserPosition, _ other: UserPosition) -> Bool {
        let isLess = one.value == other.value ? one.id < other.id : one.value < other.value
        return one != other && isLess != isDescending
    }
}

/// A place in the order of a query.
public struct UserPosition: Equatable, Sendable {
    /// The value that the user is sorted by.
    public let value: UserValue
    /// The user, where several have the same.
    public let id: UserID

    /// Memberwise.
    public init(value: UserValue, id: UserID) {
        self.value = value
        self.id = id
    }
}
