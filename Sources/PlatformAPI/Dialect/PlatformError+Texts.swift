// The longer texts of this dialect's errors: missing permission, and invalid fields.

import Domain
import HTTP
import Routing

extension PlatformError {
    /// The 401 of a caller who isn't known or not enough.
    ///
    /// It names the path's user by UUID. For a name that nobody has it names one that a user of that name could have: so the
    /// text tells a stranger nothing of who exists.
    static func noPermission(_ context: FailureContext) -> PlatformError {
        if case .organization = context.requirement {
            return PlatformError(
                .unauthorized,
                "unauthorized",
                .security,
                "No organization access authorized"
            )
        }
        let application = context.application
        var resource = "/users"
        if let user = context.user, let application, context.method != .put {
            // Made in any case, so that both take the same time.
            let made = context.secrets.pseudonym(of: user.lowercased(), in: application, at: context.now)
            resource += "/" + (context.subject ?? UUID(user) ?? made).text
        }
        let method = context.method.text.lowercased()
        return PlatformError(
            .unauthorized,
            "unauthorized",
            .unauthorized,
            "Subject does not have permission [applications:\(method):\(application?.uuid.text ?? ""):\(resource)]"
        )
    }

    /// The fault of a field: in the documents' words where they have some.
    static func text(_ path: String, _ reason: InvalidReason) -> String {
        let field = path.split(separator: ".").last.map(String.init) ?? ""
        switch (field, reason) {
        case ("username", .missing):
            return "Entity user requires a property named username"
        case ("username", .illegal(let name)):
            return "username [\(name)] is not legal"
        case ("password", .missing), ("password", .empty):
            return "password or pin must provided"
        case ("newpassword", .missing), ("newpassword", .empty):
            return "newpassword is required"
        case ("", _):
            return "the request body \(reason.explanation)"
        default:
            return "\(path) \(reason.explanation)"
        }
    }
}

extension Failure {
    /// Whether the caller isn't known or not enough, and its token can be read.
    var isLackOfPermission: Bool {
        switch self {
        case .unauthenticated(.missing), .unauthenticated(.blank), .unauthenticated(.revoked),
            .unauthenticated(.orphaned), .unauthenticated(.foreign), .forbidden(.insufficientScope):
            true
        default: false
        }
    }
}
