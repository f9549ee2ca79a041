// The routes of rules of callbacks: endpoints of webhooks in the words of this platform's clients.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let noRule: [Failure] = [.notFound(.webhook, id: "rule1")]
    private static let wrongRule: [Failure] = [
        .conflict(.webhook, id: "rule1"),
        .invalid(field: "targetUrl", .refused("must begin with http:// or https://")),
        .invalid(field: "interested", .refused("must name something that happens on this server")),
    ]

    static let callbacks: [Route] = [
        Route(
            .post,
            "/{org}/{app}/callbacks",
            "addCallback",
            "Make a rule: an address that is informed of events.",
            auth: .application,
            scope: .webhooks,
            failures: wrongRule + [.limitReached(.webhooks, maximum: WebhookRules.maximumEndpoints)],
            .write(Callbacks.create)
        ),
        Route(
            .get,
            "/{org}/{app}/callbacks",
            "listCallbacks",
            "List the rules by which an address is informed of events.",
            auth: .application,
            scope: .webhooks,
            .read(Callbacks.list)
        ),
        Route(
            .get,
            "/{org}/{app}/callbacks/{rule_name}",
            "getCallback",
            "Get a rule by which an address is informed of events.",
            auth: .application,
            scope: .webhooks,
            failures: noRule,
            .read(Callbacks.get)
        ),
        Route(
            .put,
            "/{org}/{app}/callbacks/{rule_name}",
            "setCallback",
            "Change what is named of a rule by which an address is informed of events.",
            auth: .application,
            scope: .webhooks,
            failures: noRule + wrongRule,
            .write(Callbacks.update)
        ),
        Route(
            .delete,
            "/{org}/{app}/callbacks/{rule_name}",
            "deleteCallback",
            "Remove a rule by which an address is informed of events, with what waits for it.",
            auth: .application,
            scope: .webhooks,
            failures: noRule,
            .write(Callbacks.delete)
        ),
        Route(
            .post,
            "/{org}/{app}/msghooks",
            "addMessageHook",
            "Make a rule: an address that is asked before a message is sent.",
            auth: .application,
            scope: .webhooks,
            failures: wrongRule + [.limitReached(.webhooks, maximum: WebhookRules.maximumEndpoints)],
            .write(MessageHooks.create)
        ),
        Route(
            .get,
            "/{org}/{app}/msghooks",
            "listMessageHooks",
            "List the rules by which an address is asked before a message is sent.",
            auth: .application,
            scope: .webhooks,
            .read(MessageHooks.list)
        ),
        Route(
            .get,
            "/{org}/{app}/msghooks/{rule_name}",
            "getMessageHook",
            "Get a rule by which an address is asked before a message is sent.",
            auth: .application,
            scope: .webhooks,
            failures: noRule,
            .read(MessageHooks.get)
        ),
        Route(
            .put,
            "/{org}/{app}/msghooks/{rule_name}",
            "setMessageHook",
            "Change what is named of a rule by which an address is asked before a message is sent.",
            auth: .application,
            scope: .webhooks,
            failures: noRule + wrongRule,
            .write(MessageHooks.update)
        ),
        Route(
            .delete,
            "/{org}/{app}/msghooks/{rule_name}",
            "deleteMessageHook",
            "Remove a rule by which an address is asked before a message is sent, with what waits for it.",
            auth: .application,
            scope: .webhooks,
            failures: noRule,
            .write(MessageHooks.delete)
        ),
        Route(
            .get,
            "/{org}/{app}/callbacks/storage/info",
            "listFailedCallbacks",
            "Count the callbacks that have failed, by periods of ten minutes.",
            auth: .application,
            scope: .webhooks,
            .read(Callbacks.failures)
        ),
        Route(
            .post,
            "/{org}/{app}/callbacks/storage/retry",
            "retryFailedCallbacks",
            "Try the callbacks again that have failed in a period of ten minutes.",
            auth: .application,
            scope: .webhooks,
            failures: [.notFound(.delivery, id: "202608272230")],
            .write(Callbacks.retry)
        ),
    ]
}
