// The callers of a route: declared with it, checked in one place.

/// The caller a route needs.
public enum Requirement: Sendable, Equatable {
    /// No authentication; a token is ignored.
    case open
    /// Anybody; who shows a good token of the application's backend is known as it, and any other counts as none.
    case anybody
    /// The application's backend, one of its managers, an administrator of its organisation, or the operator.
    case application
    /// As `application`, or anybody while the application's registration is open.
    case openRegistration
    /// As `application`, or the user whom this path parameter names.
    case applicationOrUser(parameter: String)
    /// A user of the application.
    case user
    /// Anybody, and whoever sends a token is the user whose it is: a bad one is refused.
    case userOrNobody
    /// As `application`, or any user of the application.
    case applicationOrAnyUser
    /// As `application`, or whoever shows a client secret in the body: who sends no token is let in, and the
    /// handler asks.
    case applicationOrSecret
    /// An administrator of the organisation that this path parameter names, or the operator.
    case organization(parameter: String)
    /// Any caller on the administration socket.
    case `operator`
}

extension Requirement {
    /// Whether callers with the application's authority are among its callers, and need a scope.
    public var knowsApplications: Bool {
        switch self {
        case .application, .anybody, .openRegistration, .applicationOrUser, .applicationOrAnyUser,
            .applicationOrSecret:
            true
        case .open, .user, .userOrNobody, .organization, .operator: false
        }
    }
}
