// The message service's own words for what went wrong: literal texts that clients compare.

import Domain
import HTTP
import Routing

extension PlatformError {
    /// The error of a message route; nil where it has no words of its own.
    init?(ofMessageService failure: Failure, _ context: FailureContext) {
        switch (failure, context.route ?? "") {
        case (.invalid("target_type", .missing), _):
            self = Self.illegal("target_type must be provided")
        case (.invalid("target_type", .illegal), "sendMessages"):
            self = Self.illegal("target_type can only be 'users' or 'chatgroups' or 'chatrooms'")
        case (.invalid("from", .empty), _):
            self = Self.illegal("from can't be empty")
        case (.invalid("msg", .tooLong(_, unit: "bytes")), _):
            self = Self.illegal("message is too large")
        case (.invalid("ext", .wrongType), _):
            self = Self.illegal("ext must be JSONObject")
        case (.invalid("body", .missing), _):
            self = Self.illegal("message body not allow empty")
        case (.invalid("type", .missing), _), (.invalid("type", .empty), _):
            self = Self.illegal("type not allow empty")
        case (.invalid("new_msg.type", _), _):
            self.init(
                .badRequest,
                "illegal_argument",
                .unsupportedMessageType,
                "The message is of a type that is currently not supported for modification."
            )
        case (.invalid("msg_id", .illegal), "rewriteMessage"):
            self.init(
                .badRequest,
                "illegal_argument",
                .invalidMessageID,
                "The provided message ID is not a valid number."
            )
        case (.notFound(.message, _), _):
            self.init(
                .notFound,
                "entity_not_found",
                .messageUnavailable,
                "The message is unavailable or has expired."
            )
        case (.limitReached(.edits, _), _):
            self.init(
                .forbidden,
                "forbidden_op",
                .editLimit,
                "The message has reached its edit limit and cannot be modified further."
            )
        case (.invalid("to", .tooLong), "sendMessagesToUsers"):
            self = Self.illegal("param to exceed limit")
        case (.invalid("to", .tooLong), _), (.tooMany("to", _), _):
            self = Self.illegal("params to's size can't exceed limit")
        case (.forbidden(.deactivated), _):
            self.init(.forbidden, "forbidden_op", .forbidden, "the sender is deactivated")
        case (.invalid("time", .illegal), _):
            self = Self.illegal("This chatmessage request is not supported")
        case (.invalid("time", .outOfRange), _):
            self = Self.illegal(
                "illegal arguments: \(Self.hour(context)), maybe chat message history is expired or unstored"
            )
        case (.notFound(.history, _), _):
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

    private static func illegal(_ text: String) -> PlatformError {
        PlatformError(.badRequest, "illegal_argument", .illegalArgument, text)
    }

    private static func hour(_ context: FailureContext) -> String {
        let application = context.application
        let appKey = "\(application?.organization.name ?? "")#\(application?.name ?? "")"
        return "appkey: \(appKey), time: \(context.path.split(separator: "/").last ?? "")"
    }
}
