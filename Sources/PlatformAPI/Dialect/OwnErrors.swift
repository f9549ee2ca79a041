// The errors that single routes put otherwise than their family does; each is named beside its route.

import Domain
import HTTP
import Routing

/// Errors of single routes: nil for a failure that the route's family has the words for.
typealias OwnErrors = @Sendable (Failure, FailureContext) -> PlatformError?

extension Route {
    /// The same route with errors of its own.
    func saying(_ own: @escaping OwnErrors) -> Route { speaking(PlatformDialect(own: own)) }
}

extension [Route] {
    /// The same routes with the errors of a service; what a route declares of its own stays.
    func speaking(_ service: ErrorService, in form: ErrorForm? = nil) -> [Route] {
        map { route in
            let dialect = route.dialect as? PlatformDialect ?? PlatformDialect()
            return route.speaking(
                PlatformDialect(service, in: form ?? dialect.form, own: dialect.own)
            )
        }
    }
}

extension PlatformError {
    // MARK: Users

    static let ofUpdate: OwnErrors = { failure, _ in
        guard case .notFound(.user, _) = failure else { return nil }
        return PlatformError(
            .badRequest,
            "required_property_not_found",
            .requiredProperty,
            "Entity user requires a property named username"
        )
    }

    static let ofPassword: OwnErrors = { failure, _ in
        switch failure {
        case .notFound(.user, _):
            PlatformError(.notFound, "entity_not_found", .entityNotFound, "User null not found")
        case .wrongCredentials(.wrongPassword):
            PlatformError(
                .forbidden,
                "auth_invalid_username_or_password",
                .security,
                "invalid username or password"
            )
        default: nil
        }
    }

    static let ofActivation: OwnErrors = { failure, _ in
        guard failure.isLackOfPermission else { return nil }
        return PlatformError(.unauthorized, "unauthorized", .security, "No admin user access authorized")
    }

    static let ofDeactivation: OwnErrors = { failure, context in
        guard case .notFound(.user, _) = failure else { return ofActivation(failure, context) }
        return PlatformError(
            .badRequest,
            "management",
            .management,
            "User with id null does not exist in app \(context.application?.uuid.text ?? "")"
        )
    }

    static let ofBlocks: OwnErrors = { failure, context in
        guard case .invalid("usernames", .unknownReference(_, let id)) = failure else { return nil }
        let owner = context.user ?? ""
        return illegal("attempt to adding new block[\(id)] for user[\(owner)],but user[\(id)] not found.")
    }

    static let ofMetadataBatch: OwnErrors = { failure, _ in
        guard case .tooMany(_, let maximum) = failure else { return nil }
        return PlatformError(.forbidden, "forbidden_op", .forbidden, "exceed allowed batch size \(maximum)")
    }

    static let ofConsoleApplication: OwnErrors = { failure, _ in
        guard case .notFound(.application, let id) = failure else { return nil }
        let names = id.split(separator: "/", maxSplits: 1)
        return PlatformError(
            .notFound,
            "entity_not_found",
            .entityNotFound,
            "Application \(names.last ?? "") does not exist for organization \(names.first ?? "")"
        )
    }

    // MARK: Messages

    static let ofLegacySending: OwnErrors = { failure, _ in
        guard case .invalid("target_type", .illegal) = failure else { return nil }
        return illegal("target_type can only be 'users' or 'chatgroups' or 'chatrooms'")
    }

    static let ofSendingToUsers: OwnErrors = { failure, _ in
        guard case .invalid("to", .tooLong) = failure else { return nil }
        return illegal("param to exceed limit")
    }

    static let ofRewriting: OwnErrors = { failure, _ in
        guard case .invalid("msg_id", .illegal) = failure else { return nil }
        return PlatformError(
            .badRequest,
            "illegal_argument",
            .invalidMessageID,
            "The provided message ID is not a valid number."
        )
    }

    // MARK: Groups and rooms

    static let ofGroupCreation: OwnErrors = { failure, _ in
        guard case .invalid(let field, .missing) = failure, field != "owner" else { return nil }
        return invalidParameter("group must contain \(field) field!")
    }

    static let ofRoomCreation: OwnErrors = { failure, _ in
        switch failure {
        case .invalid("name", .missing), .invalid("name", .empty):
            invalidParameter("chatroom must contain title/name field!")
        case .invalid(let field, .missing) where field != "owner":
            invalidParameter("chatroom must contain \(field) field!")
        default: nil
        }
    }

    /// Reads of an absent group are told apart from its changes.
    static let ofGroupReads: OwnErrors = { failure, _ in
        switch failure {
        case .notFound(.group, let id), .notFound(.room, let id):
            PlatformError(
                .notFound,
                "service_resource_not_found",
                .groupServiceNotFound,
                "do not find this group:\(quote(id))"
            )
        default: nil
        }
    }

    static let ofGroupUpdate: OwnErrors = { failure, _ in
        strangers(failure).map { refused($0) }
    }

    static let ofAdministrators: OwnErrors = { failure, _ in
        strangers(failure).map { PlatformError(.notFound, "resource_not_found", .groupResourceNotFound, $0) }
    }

    static let ofGroupMutes: OwnErrors = { failure, _ in
        guard case .group(.notMembers(let names, _)) = failure else { return nil }
        return invalidParameter(notMembers(names))
    }

    private static func strangers(_ failure: Failure) -> String? {
        guard case .group(.notMembers(let names, let group)) = failure else { return nil }
        return "user: \(names.map(quote).joined(separator: ", ")) doesn't exist in group: \(group.text)"
    }
}
