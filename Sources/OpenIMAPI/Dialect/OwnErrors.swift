// The errors that single routes put otherwise than their generation does; each is named beside its route.

import Domain
import HTTP
import Routing

/// Errors of single routes: nil for a failure that the generation has the words for.
typealias OwnErrors = @Sendable (Failure, Generation) -> OpenIMError?

extension [Route] {
    /// The same routes with errors of their own; what a route has already stays.
    func saying(_ own: @escaping OwnErrors) -> [Route] {
        map { route in
            guard let dialect = route.dialect as? OpenIMDialect else { return route }
            return route.speaking(dialect.saying(own))
        }
    }
}

extension OpenIMError {
    /// The acts that a group refuses a caller, in the first generation.
    static let noPermission = OpenIMError(800, "no permission")

    /// Of every route of groups.
    static let ofGroups: OwnErrors = { failure, generation in
        generation == .first && failure.isLackOfRights ? noPermission : nil
    }

    /// The first generation tells an unknown group like a forbidden one where the caller would have to be in it.
    static let ofMembers: OwnErrors = { failure, generation in
        guard generation == .first, case .notFound(.group, _) = failure else {
            return ofGroups(failure, generation)
        }
        return noPermission
    }

    static let ofGroupInfo: OwnErrors = { failure, generation in
        generation == .first && failure.isLackOfRights ? OpenIMError(622, "no permission") : nil
    }

    /// Routes of the first generation that say what is wrong with a token.
    static let ofTokens: OwnErrors = { failure, generation in
        guard generation == .first, case .unauthenticated(let problem) = failure else { return nil }
        return switch problem {
        case .missing, .blank: OpenIMError(200, "that's not even a token")
        case .corrupt, .malformed, .otherScheme, .foreign: OpenIMError(200, "couldn't handle this token")
        case .expired: OpenIMError(200, "token is timed out, please log in again")
        case .revoked, .orphaned: OpenIMError(200, "token has been invalidated")
        }
    }

    static let ofImport: OwnErrors = { failure, generation in
        guard generation == .first else { return nil }
        return switch failure {
        case .unauthenticated: OpenIMError(606, "Parse token failed")
        case .forbidden(.insufficientScope): OpenIMError(606, "not authorized")
        case .notFound(.user, _): OpenIMError(606, "this user not exists,cant not add friend")
        default: nil
        }
    }

    static let ofFriendship: OwnErrors = { failure, generation in
        switch (failure, generation) {
        case (.forbidden(.blocked), .first): OpenIMError(606, "Failed to add friends")
        case (.invalid(_, .selfReference), .third): OpenIMError(.canNotAddYourself, "")
        default: nil
        }
    }

    static let ofFriendshipAnswer: OwnErrors = { failure, generation in
        guard generation == .first, case .notFound(.proposal, _) = failure else { return nil }
        return OpenIMError(607, "Failed to agree to add friends")
    }

    static let ofOnlineStatus: OwnErrors = { failure, generation in
        guard generation == .first else { return nil }
        return switch failure {
        case .unauthenticated: OpenIMError(.badRequest, 401, "Parse token failed")
        case .forbidden(.insufficientScope): OpenIMError(.badRequest, 402, "not authorized")
        default: nil
        }
    }

    /// Of every route that sends.
    static let ofSending: OwnErrors = { failure, generation in
        guard generation != .third, case .invalid(let field, .empty) = failure,
            field == "recvID" || field == "groupID"
        else { return nil }
        return OpenIMError(.badRequest, 405, "\(field) is a null string")
    }

    static let ofManagerSending: OwnErrors = { failure, generation in
        guard generation == .first else { return ofSending(failure, generation) }
        return switch failure {
        case .unauthenticated: OpenIMError(.badRequest, 400, "parse token failed")
        case .forbidden(.insufficientScope): OpenIMError(.badRequest, 400, "not authorized")
        default: ofSending(failure, generation)
        }
    }
}

extension Failure {
    /// Whether the caller, or its role in a group, isn't allowed to do this.
    fileprivate var isLackOfRights: Bool {
        switch self {
        case .forbidden(.insufficientScope), .forbidden(.permission): true
        default: false
        }
    }
}
