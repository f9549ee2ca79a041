// The caller, the application and the time: the facts of one request that every rule may need.

/// The sender of a request, after its token was checked.
public enum Caller: Equatable, Sendable {
    /// Nobody: no token was sent, and the route doesn't need one.
    case anonymous
    /// The application's backend, by one of its credentials.
    case application(CredentialID)
    /// One of the application's users.
    case user(User)
    /// One of the application's managers, by a session that was opened with a client secret: acts for the
    /// application.
    case manager(User, CredentialID)
    /// An administrator of the organisation.
    case administrator(AdministratorID)
    /// The operator, by opening the administration socket: the operator of this machine.
    case `operator`

    /// Whether it speaks for itself only.
    public var isUser: Bool {
        switch self {
        case .user, .anonymous: true
        case .application, .manager, .administrator, .operator: false
        }
    }
}

extension Caller {
    /// The user who asks, for itself or as a manager; nil for callers who are none.
    public var person: User? {
        switch self {
        case .user(let user), .manager(let user, _): user
        case .anonymous, .application, .administrator, .operator: nil
        }
    }
}
