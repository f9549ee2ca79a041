// Rules of callbacks in replies, in the words of clients of this platform.

import Domain
import Routing

/// A rule with its endpoint.
struct CallbackEntry {
    let webhook: Webhook
    let rule: CallbackRule

    init?(_ webhook: Webhook) {
        guard let rule = CallbackRule(webhook) else { return nil }
        self.webhook = webhook
        self.rule = rule
    }
}

/// A rule that is informed afterwards.
struct CallbackFace: ReplyObject {
    let entry: CallbackEntry
    /// `org#app`.
    let application: String

    struct Parameters: ReplyObject {
        let entry: CallbackEntry

        static let schemaName: String? = "CallbackParameters"
        static let fields: [ReplyField<Parameters>] = [
            .field("hxSecret") { $0.entry.rule.ownSecret }, .field("topic") { _ in "hcb" },
            .field("secret") { $0.entry.rule.secret }, .field("uri") { $0.entry.webhook.url },
        ]
    }

    static let schemaName: String? = "Callback"
    static let fields: [ReplyField<CallbackFace>] = [
        .field("acceptRestMessage") { $0.entry.rule.takesBackends },
        .field("interested") { $0.entry.rule.interests },
        .field("name") { $0.entry.webhook.name },
        .field("owner") { $0.application },
        .field("forAppkey") { $0.application },
        .field("msgTypes") { $0.entry.rule.messageTypes },
        .field("action") { _ in 1 },
        .field("actionDataFormat") { _ in 0 },
        .field("actionParams") { Parameters(entry: $0.entry) },
        .field("expireStrategy") { _ in 1 },
        .field("errorStrategy") { _ in 1 },
        .field("status") { $0.entry.webhook.isActive ? 1 : 0 },
        .field("userPhone") { $0.entry.rule.phone },
        .field("appkeyBanExpire") { $0.entry.rule.banSeconds },
        .field("ruleId") { $0.entry.webhook.id.text },
    ]
}

/// A rule that is asked before.
struct MessageHookFace: ReplyObject {
    let entry: CallbackEntry

    struct Parameters: ReplyObject {
        let entry: CallbackEntry

        static let schemaName: String? = "MessageHookParameters"
        static let fields: [ReplyField<Parameters>] = [
            .field("defaultAction") { $0.entry.webhook.failurePolicy == .allow ? 0 : 1 },
            .field("hxSecret") { $0.entry.rule.ownSecret }, .field("secret") { $0.entry.rule.secret },
            .field("timeout") { $0.entry.webhook.timeoutMilliseconds },
            .field("uri") { $0.entry.webhook.url },
        ]
    }

    static let schemaName: String? = "MessageHook"
    static let fields: [ReplyField<MessageHookFace>] = [
        .field("actionParams") { Parameters(entry: $0.entry) },
        .field("error_code") { $0.entry.rule.errorCode },
        .field("id") { $0.entry.webhook.name },
        .field("interested") { $0.entry.rule.interests },
        .field("msgTypes") { $0.entry.rule.messageTypes },
        .field("name") { $0.entry.webhook.name },
        .field("status") { $0.entry.webhook.isActive ? 1 : 0 },
    ]
}

/// Deliveries that have failed in one period of ten minutes.
struct FailedPeriodFace: ReplyObject {
    let failures: PeriodFailures

    static let schemaName: String? = "CallbackFailures"
    static let fields: [ReplyField<FailedPeriodFace>] = [
        .field("date") { $0.failures.period.text }, .field("size") { $0.failures.count },
        .field("retry") { $0.failures.retries },
    ]
}
