// The message service's own words for what went wrong: literal texts that clients compare.

import Domain
import HTTP
import Routing

extension PlatformError {
    /// The error of a message route; nil where it has no words of its own.
    init?(ofMessageService failure: Failure, _ context: FailureContext) {
        switch failure {
        case .unauthenticated(.missing), .unauthenticated(.blank):
            guard context.method == .post, context.user == nil else { return nil }
            self.init(
                .unauthorized,
                "auth_bad_access_token",
                .security,
                "Unable to authenticate due to corrupt access token"
            )
        case .invalid("target_type", .missing):
            self = Self.illegal("target_type must be provided")
        case .invalid("from", .empty):
            self = Self.illegal("from can't be empty")
        case .invalid("msg", .tooLong(_, unit: "bytes")):
            self = Self.illegal("message is too large")
        case .invalid("ext", .wrongType):
            self = Self.illegal("ext must be JSONObject")
        case .invalid("body", .missing):
            self = Self.illegal("message body not allow empty")
        case .invalid("type", .missing), .invalid("type", .empty):
            self = Self.illegal("type not allow empty")
        case .invalid("new_msg.type", _):
            self.init(
                .badRequest,
                "illegal_argument",
                .unsupportedMessageType,
                "The message is of a type that is currently not supported for modification."
            )
        case .notFound(.message, _):
            self.init(
                .notFound,
                "entity_not_found",
                .messageUnavailable,
                "The message is unavailable or has expired."
            )
        case .limitReached(.edits, _):
            self.init(
                .forbidden,
                "forbidden_op",
                .editLimit,
                "The message has reached its edit limit and cannot be modified further."
            )
        case .invalid("to", .tooLong), .tooMany("to", _):
            self = Self.illegal("params to's size can't exceed limit")
        case .forbidden(.deactivated):
            self.init(.forbidden, "forbidden_op", .forbidden, "the sender is deactivated")
        case .invalid("time", .illegal):
            self = Self.illegal("This chatmessage request is not supported")
        case .invalid("time", .outOfRange):
            self = Self.illegal(
                "illegal arguments: \(Self.hour(context)), maybe chat message history is expired or unstored"
            )
        case .notFound(.history, _):
            self.init(
                .notFound,
                "storage_object_not_found",
                .entityNotFound,
                "Failed to find chat message history download url for \(Self.hour(context))"
            )
        default:
            return nil
        }
    }

    static func illegal(_ text: String) -> PlatformError {
        PlatformError(.badRequest, "illegal_argument", .illegalArgument, text)
    }

    private static func hour(_ context: FailureContext) -> String {
        let application = context.application
        let appKey = "\(application?.organization.name ?? "")#\(application?.name ?? "")"
        return "appkey: \(appKey), time: \(context.path.split(separator: "/").last ?? "")"
    }
}
