// The sender of a message: one of the application's users, or the application under a name that is no user's.

/// The sender of a message.
public enum MessageSender: Equatable, Sendable {
    /// The application itself, under a name that is no user's.
    case application(Username)
    /// One of its users.
    case user(User)

    /// The name as receivers see it.
    public var name: Username {
        switch self {
        case .application(let name): name
        case .user(let user): user.username
        }
    }

    var user: User? {
        if case .user(let user) = self { user } else { nil }
    }
}
