// The bodies of requests about rules of callbacks.

import Domain
import Routing

/// The settings of a rule that an owner gives; nil where it gives none.
struct CallbackDraft: Sendable {
    var name, url, secret, ownSecret, phone: String?
    var interests, messageTypes: [String]?
    var isActive, takesBackends: Bool?
    var banSeconds, errorCode, timeoutMilliseconds: Int?
    var failurePolicy: FailurePolicy?

    /// Reads what both kinds have.
    init(_ object: inout ObjectReader, _ kind: CallbackRule.Kind) throws(FieldProblem) {
        name = try object.optional("name", .text(1...32))
        url = try object.optional("targetUrl", .text(1...WebhookAddress.maximumBytes))
        interests = try object.optional(
            "interested",
            .list(of: .oneOf(CallbackRule.interests(of: kind)), maximum: 20)
        )
        messageTypes = try object.optional(
            "msgTypes",
            .list(of: .oneOf(CallbackRule.messageTypes(of: kind)), maximum: 20)
        )
        secret = try object.optional("secret", .text(1...128))
        ownSecret = try object.optional("hxSecret", .text(1...128))
        isActive = try object.optional("status", .integer(0...1)).map { $0 == 1 }
    }
}

/// A rule that is informed afterwards.
struct CallbackInput: BodyInput {
    let draft: CallbackDraft

    static let value = Value<CallbackInput>.object(named: "CallbackSettings") { object throws(FieldProblem) in
        var draft = try CallbackDraft(&object, .after)
        draft.banSeconds = try object.optional("appkeyBanExpire", .integer(0...31_536_000))
        draft.phone = try object.optional("userPhone", .text(0...32))
        draft.takesBackends = try object.optional("acceptRestMessage", .flag)
        return CallbackInput(draft: draft)
    }
}

/// A rule that is asked before.
struct MessageHookInput: BodyInput {
    let draft: CallbackDraft

    static let value = Value<MessageHookInput>.object(named: "MessageHookSettings") {
        object throws(FieldProblem) in
        var draft = try CallbackDraft(&object, .before)
        draft.failurePolicy = try object.optional("defaultAction", .integer(0...1)).map {
            $0 == 0 ? .allow : .deny
        }
        draft.errorCode = try object.optional("error_code", .integer(0...1_000_000))
        draft.timeoutMilliseconds = try object.optional("timeout", .integer(WebhookRules.inquiryTimeouts))
        _ = try object.optional("callType", .oneOf(["before"]))
        return MessageHookInput(draft: draft)
    }
}

/// Which failed deliveries are tried again.
struct CallbackRetryInput: BodyInput {
    let period: FailedPeriod
    let url: String?

    static let value = Value<CallbackRetryInput>.object(named: "CallbackRetry") {
        object throws(FieldProblem) in
        let period = try object.required("date", period)
        let url = try object.optional("targetUrl", .text(1...WebhookAddress.maximumBytes))
        _ = try object.optional("retry", .integer(0...9))
        return CallbackRetryInput(period: period, url: url)
    }

    private static let period = Value<FailedPeriod>.textual(
        .string(length: 12...12),
        placeholder: FailedPeriod(containing: Timestamp(milliseconds: 0))
    ) { text throws(FieldProblem) in
        guard let period = FailedPeriod(text) else {
            throw FieldProblem(.illegal(value: String(text.prefix(64))))
        }
        return period
    }
}
