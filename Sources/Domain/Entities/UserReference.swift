// A user as a request names it, before anybody has looked whether there is one.

/// Names a user that a rule is going to look up.
///
/// A rule about others takes references instead of users where it has to decide first whether the caller may act at all:
/// a caller without the right doesn't learn which users there are.
public enum UserReference: Equatable, Sendable {
    /// By name in any spelling, or by UUID.
    case name(String)
    /// By row key.
    case id(UserID)
    /// A user that is at hand already, which costs no look-up.
    case user(User)

    /// How replies name it where there is no such user.
    public var text: String {
        switch self {
        case .name(let name): name
        case .id(let id): String(id.rawValue)
        case .user(let user): user.username.text
        }
    }
}
