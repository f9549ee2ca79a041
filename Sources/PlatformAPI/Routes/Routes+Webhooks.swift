// The routes of webhooks: endpoints, their deliveries, and what is asked of them by hand.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let noWebhook: [Failure] = [.notFound(.webhook, id: exampleID.text)]
    private static let noDelivery: [Failure] = [.notFound(.delivery, id: exampleID.text)]
    private static let inactive: [Failure] = [
        .invalid(field: "active", .refused("must be true: nothing is sent to an inactive endpoint"))
    ]
    private static let wrongAddress: [Failure] = [
        .invalid(field: "url", .refused("must begin with http:// or https://")),
        .invalid(field: "events[0]", .illegal(value: "user.nothing")),
    ]

    static let webhooks: [Route] = [
        Route(
            .post,
            "/{org}/{app}/webhooks",
            "addWebhook",
            "Make an endpoint that is informed of events, or asked before; its secret is shown once.",
            auth: .application,
            scope: .webhooks,
            failures: wrongAddress + [.limitReached(.webhooks, maximum: WebhookRules.maximumEndpoints)],
            Action.write(Webhooks.create).showingSecret
        ),
        Route(
            .get,
            "/{org}/{app}/webhooks",
            "listWebhooks",
            "List the application's endpoints.",
            auth: .application,
            scope: .webhooks,
            failures: foreignCursor,
            .read(Webhooks.list)
        ),
        Route(
            .get,
            "/{org}/{app}/webhooks/{webhook_id}",
            "getWebhook",
            "Get an endpoint.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook,
            .read(Webhooks.get)
        ),
        Route(
            .put,
            "/{org}/{app}/webhooks/{webhook_id}",
            "setWebhook",
            "Change an endpoint; making it active ends its being disabled.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook + wrongAddress,
            Action.write(Webhooks.update).showingSecret
        ),
        Route(
            .delete,
            "/{org}/{app}/webhooks/{webhook_id}",
            "deleteWebhook",
            "Remove an endpoint with all that waits for it.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook,
            .write(Webhooks.delete)
        ),
        Route(
            .post,
            "/{org}/{app}/webhooks/{webhook_id}/secret",
            "rotateWebhookSecret",
            "Replace an endpoint's secret; the one before signs too for 24 hours.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook,
            Action.write(Webhooks.rotate).showingSecret
        ),
        Route(
            .post,
            "/{org}/{app}/webhooks/{webhook_id}/ping",
            "pingWebhook",
            "Send an endpoint a ping, and answer what it has answered.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook,
            .read(thenOutside: Webhooks.ping)
        ),
        Route(
            .post,
            "/{org}/{app}/webhooks/{webhook_id}/replay",
            "replayWebhook",
            "Deliver the events of a time again, under their own ids.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook + inactive,
            .write(Webhooks.replay)
        ),
        Route(
            .get,
            "/{org}/{app}/webhooks/{webhook_id}/deliveries",
            "listWebhookDeliveries",
            "List an endpoint's deliveries, newest first.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook + foreignCursor,
            .read(Webhooks.deliveries)
        ),
        Route(
            .get,
            "/{org}/{app}/webhooks/{webhook_id}/deliveries/{delivery_id}",
            "getWebhookDelivery",
            "Get a delivery with what was sent and answered last.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook + noDelivery,
            .read(Webhooks.transcript)
        ),
        Route(
            .post,
            "/{org}/{app}/webhooks/{webhook_id}/deliveries/{delivery_id}/retry",
            "retryWebhookDelivery",
            "Try a delivery again at once.",
            auth: .application,
            scope: .webhooks,
            failures: noWebhook + noDelivery + inactive,
            .write(Webhooks.retry)
        ),
    ]
}
