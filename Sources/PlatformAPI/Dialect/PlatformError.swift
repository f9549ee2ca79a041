// The translation of every failure of the domain into this dialect's status, code, exception and text.

import Domain
import HTTP
import Routing

/// The content of an error body.
struct PlatformError {
    let status: Status
    let error: String
    let exception: ExceptionName
    let description: String

    init(_ status: Status, _ error: String, _ exception: ExceptionName, _ description: String) {
        self.status = status
        self.error = error
        self.exception = exception
        self.description = description
    }

    /// A body beyond what the route takes.
    static let tooLarge = PlatformError(
        .contentTooLarge,
        "Request Entity Too Large",
        .web,
        "Request Entity Too Large"
    )

    /// The text of the metadata routes, which are terser.
    var metadataDescription: String {
        switch status {
        case .unauthorized: "unauthorized"
        case .notFound: "Not Found"
        default: description
        }
    }

    /// The exception names that clients of this API compare.
    enum ExceptionName: String {
        case duplicateProperty =
            "org.apache.usergrid.persistence.exceptions.DuplicateUniquePropertyExistsException"
        case requiredProperty = "org.apache.usergrid.persistence.exceptions.RequiredPropertyNotFoundException"
        case entityNotFound = "org.apache.usergrid.persistence.exceptions.EntityNotFoundException"
        case resourceNotFound = "org.apache.usergrid.services.exceptions.ServiceResourceNotFoundException"
        case queryParse = "org.apache.usergrid.persistence.exceptions.QueryParseException"
        case applicationExists =
            "org.apache.usergrid.persistence.exceptions.ApplicationAlreadyExistsException"
        case applicationNotFound =
            "org.apache.usergrid.rest.exceptions.OrganizationApplicationNotFoundException"
        case unsupportedOperation =
            "org.apache.usergrid.services.exceptions.UnsupportedServiceOperationException"
        case management = "org.apache.usergrid.management.exceptions.ManagementException"
        case security = "org.apache.usergrid.rest.exceptions.SecurityException"
        case unauthorized = "org.apache.shiro.authz.UnauthorizedException"
        case illegalArgument = "java.lang.IllegalArgumentException"
        case jsonParse = "org.codehaus.jackson.JsonParseException"
        case web = "javax.ws.rs.WebApplicationException"
        case forbidden = "com.easemob.exception.ForbiddenOpException"
        case resourceLimited = "com.easemob.exception.ResourceLimitedException"
        case groupAuthorization = "com.easemob.group.exception.GroupAuthorizationException"
        case groupServiceNotFound = "com.easemob.group.exception.ServiceResourceNotFoundException"
        case groupResourceNotFound = "com.easemob.group.exception.ResourceNotFoundException"
        case groupInvalidParameter = "com.easemob.group.exception.InvalidParameterException"
        case groupForbidden = "com.easemob.group.exception.ForbiddenOpException"
        case recallForbidden = "EasemobForbiddenOpException"
        case unsupportedMessageType = "UnsupportedMessageTypeException"
        case invalidMessageID = "InvalidMessageIdException"
        case editLimit = "EditLimitExceededException"
        case messageUnavailable = "MessageUnavailableException"
        case jerseyNotFound = "com.sun.jersey.api.NotFoundException"
        case storage = "parley.StorageException"
        case unavailable = "parley.UnavailableException"
        case none = "parley.BadRequestException"
    }

    init(_ failure: Failure, _ context: FailureContext) {
        switch failure {
        case .malformedBody(let text):
            self.init(.badRequest, "json_parse", .jsonParse, text)
        case .invalid("ql", let reason):
            self.init(.badRequest, "query_parse", .queryParse, "ql \(reason.explanation)")
        case .invalid(let field, let reason):
            self.init(.badRequest, "illegal_argument", .illegalArgument, Self.text(field, reason))
        case .unauthenticated(let problem):
            self.init(problem, context)
        case .forbidden(let prohibition):
            self.init(prohibition, context)
        case .wrongCredentials(let problem):
            self.init(problem)
        case .notFound(let kind, let id):
            self.init(absent: kind, id, context)
        case .conflict(.application, let id):
            self.init(
                .badRequest,
                "application_already_exists",
                .applicationExists,
                "Application \(id) already exists"
            )
        case .conflict(let kind, let id):
            self.init(
                .badRequest,
                "duplicate_unique_property_exists",
                .duplicateProperty,
                "Request null Entity \(kind.rawValue) requires that property named username be unique, value of \(id) exists"
            )
        case .limitReached(.metadataBytes, _):
            self.init(.forbidden, "forbidden_op", .forbidden, "user metadata length exceed the limit")
        case .limitReached(let limit, let maximum):
            self.init(
                .forbidden,
                "forbidden_op",
                .forbidden,
                "the number of \(limit.rawValue) exceeds the limit of \(maximum)"
            )
        case .group(let problem):
            self.init(problem)
        case .tooMany(let field, let maximum):
            self.init(
                .badRequest,
                "illegal_argument",
                .illegalArgument,
                "\(field) must have at most \(maximum) elements"
            )
        case .noSuchRoute:
            self.init(
                .notFound,
                "service_resource_not_found",
                .resourceNotFound,
                "Service resource not found"
            )
        case .methodNotAllowed:
            self.init(
                .methodNotAllowed,
                "unsupported_service_operation",
                .unsupportedOperation,
                "Service operation not supported"
            )
        case .bodyTooLarge:
            self = Self.tooLarge
        case .unsupportedMediaType, .unsupportedEncoding:
            self.init(.unsupportedMediaType, "web_application", .web, "Unsupported Media Type")
        case .throttled:
            self.init(.tooManyRequests, "reach_limit", .resourceLimited, "This request has reached api limit")
        case .repetition(.running):
            self.init(
                .conflict,
                "conflict",
                .illegalArgument,
                "A request with this Idempotency-Key is still running"
            )
        case .repetition(.otherRequest):
            self.init(
                .unprocessableContent,
                "illegal_argument",
                .illegalArgument,
                "This Idempotency-Key was used for another request"
            )
        case .denied(let denial):
            self.init(.forbidden, "forbidden_op", .forbidden, denial.text)
        case .mail:
            self.init(.serviceUnavailable, "mail_failure", .unavailable, "The mail could not be sent")
        // No request of this dialect brings a time limit.
        case .overloaded, .deadlineExceeded:
            self.init(
                .serviceUnavailable,
                "server_busy",
                .resourceLimited,
                "The server is busy, please try again"
            )
        case .underMaintenance:
            self.init(
                .serviceUnavailable,
                "server_maintaining",
                .unavailable,
                "The server is under maintenance"
            )
        case .storage(let reference):
            self.init(
                .serviceUnavailable,
                "storage_failure",
                .storage,
                "Storage failed, nothing was changed; the log has the cause under \(reference)"
            )
        }
    }

    private init(_ problem: AuthenticationProblem, _ context: FailureContext) {
        switch problem {
        case .corrupt, .malformed, .otherScheme:
            self.init(
                .unauthorized,
                "auth_bad_access_token",
                .security,
                "Unable to authenticate due to corrupt access token"
            )
        case .expired:
            self.init(
                .unauthorized,
                "unauthorized",
                .security,
                "Unable to authenticate due to expired access token"
            )
        case .missing, .blank, .revoked, .orphaned, .foreign:
            self = Self.noPermission(context)
        }
    }

    private init(_ prohibition: Prohibition, _ context: FailureContext) {
        switch prohibition {
        case .insufficientScope, .notManager, .encryptionOff:
            self = Self.noPermission(context)
        case .lacksScope(let scopes):
            self.init(
                .forbidden,
                "forbidden_op",
                .forbidden,
                "the token lacks the scope \(scopes.text)"
            )
        case .suspended:
            self.init(.forbidden, "forbidden_op", .forbidden, "the application is suspended")
        case .registrationClosed:
            self.init(
                .unauthorized,
                "unauthorized",
                .security,
                "registration is not open, please contact the app admin"
            )
        case .deactivated:
            self.init(.badRequest, "invalid_grant", .security, "user not activated")
        case .muted, .groupMuted:
            self.init(.forbidden, "forbidden_op", .forbidden, "the sender is muted")
        case .permission(let permission):
            self.init(
                .forbidden,
                "forbidden_op",
                .forbidden,
                "the user's role lacks the permission \(permission)"
            )
        case .blocked:
            self.init(.forbidden, "forbidden_op", .forbidden, "the user is in the blacklist of the other one")
        case .wrongShareSecret:
            self.init(
                .forbidden,
                "forbidden_op",
                .forbidden,
                "the share-secret of the file is missing or wrong"
            )
        case .recallDisabled:
            self.init(.forbidden, "forbidden_op", .recallForbidden, "message recall service is unopened")
        }
    }

    private init(_ problem: CredentialProblem) {
        switch problem {
        case .unknownClient:
            self.init(.badRequest, "invalid_grant", .security, "client_id does not match")
        case .wrongSecret:
            self.init(.badRequest, "invalid_grant", .security, "client_secret does not match")
        case .wrongPassword, .locked:
            self.init(.badRequest, "invalid_grant", .security, "invalid username or password")
        case .unverified:
            self.init(.badRequest, "invalid_grant", .security, "email address not verified")
        case .invalidScope(let text):
            self.init(.badRequest, "invalid_scope", .security, "scope [\(text)] is not one of the client's")
        case .unsupportedGrant(let type):
            self.init(
                .badRequest,
                "unsupported_grant_type",
                .security,
                "grant_type [\(type)] is not supported"
            )
        }
    }

    /// An absent thing.
    private init(absent kind: Kind, _ id: String, _ context: FailureContext) {
        switch kind {
        case .file:
            self.init(
                .notFound,
                "not_found",
                .jerseyNotFound,
                "null for uri: \(context.origin)\(context.path)"
            )
        case .application:
            self.init(
                .notFound,
                "organization_application_not_found",
                .applicationNotFound,
                "Could not find application for \(id) from URI: \(context.path.dropFirst())"
            )
        default:
            self.init(
                .notFound,
                "service_resource_not_found",
                .resourceNotFound,
                "Service resource not found"
            )
        }
    }
}

extension Denial {
    /// The reason with the number that was given for it.
    fileprivate var text: String { code.map { "\(reason) (\($0))" } ?? reason }
}
