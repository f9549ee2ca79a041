// What names mean in the platform dialect: webhooks and the rules of callbacks.

extension PlatformGlossary {
    /// Endpoints, their deliveries, and the rules that are endpoints in the vendor's words.
    static let webhookWords: [String: String] = [
        "webhook_id": "The endpoint's id.",
        "delivery_id": "The delivery's id.",
        "events":
            "What the endpoint is informed of, or asked about: names of events, a family as `message.*`, or `*` for all.",
        "format":
            "The form of its requests: `standard` (Standard Webhooks 1.0.0), `easemob` or `openim`, both with the fields of "
            + "Standard Webhooks beside them.",
        "active": "Whether events are queued for it.",
        "timeout_ms":
            "How long an answer may take, in milliseconds: 1000 to 30000, or where it is asked before, 50 to 5000.",
        "Webhook.before":
            "Whose acts it is asked about before they happen, `clients` or `all`; absent, or `none` in a change, where it is "
            + "informed afterwards.",
        "WebhookSettings.before":
            "Whose acts it is asked about before they happen, `clients` or `all`; absent, or `none` in a change, where it is "
            + "informed afterwards.",
        "on_failure": "Whether what it is asked about happens where it doesn't answer: `allow` or `deny`.",
        "failing_since": "When the oldest failure was that no success has followed, in milliseconds since 1970.",
        "disabled_reason": "Why the server has disabled it; absent where it hasn't.",
        "event": "The event's id, which is `webhook-id` of every attempt to deliver it.",
        "types": "Which events are delivered again, as `events` has it; all that the endpoint asks for without it.",
        "state": "What has become of it: `pending`, `delivered` or `failed`.",
        "attempts": "How often it was tried.",
        "attempted": "When it was tried last, in milliseconds since 1970.",
        "next_attempt": "When it is tried again, in milliseconds since 1970; absent for at once and for never.",
        "duration_ms": "How long the last attempt took, in milliseconds.",
        "WebhookReplay.after": "The first moment: milliseconds since 1970, or a time of RFC 3339.",
        "request": "What was sent last.",
        "response": "What was answered last, at most 4 KiB of it.",
        "headers": "The header fields by name, in small letters.",
        "WebhookRequest.body": "The body as text.", "WebhookResponse.body": "The body as text.", "WebhookPing.body": "The body as text.",
        "WebhookReplay.before": "The first moment behind the last one: milliseconds since 1970, or a time of RFC 3339.",
        "Webhook.id": "The endpoint's id, in decimal digits.",
        "Webhook.name": "What its owner calls it.",
        "WebhookSettings.name": "What its owner calls it.",
        "Webhook.url": "Where it listens.",
        "WebhookSettings.url":
            "Where it listens: `http` or `https`, port 80, 443 or from 1024, no credentials, no address of a network that isn't "
            + "public.",
        "Webhook.secret": "What its requests are signed with, shown only in the reply that makes or replaces it.",
        "WebhookSettings.secret": "What its requests are signed with: `whsec_` and base64 of 24 to 64 bytes; made without it.",
        "WebhookSecret.secret": "The new secret: `whsec_` and base64 of 24 to 64 bytes; made without it.",
        "WebhookDelivery.id": "The delivery's id, in decimal digits.",
        "WebhookDelivery.type": "The event's name.",
        "WebhookDelivery.created": "When the event was, in milliseconds since 1970.",
        "WebhookDelivery.status": "The status that was answered last; absent where nothing was.",
        "WebhookDelivery.error": "What was wrong with the last attempt; absent after a success.",
        "WebhookDeliveryDetails.id": "The delivery's id, in decimal digits.",
        "WebhookDeliveryDetails.type": "The event's name.",
        "WebhookDeliveryDetails.created": "When the event was, in milliseconds since 1970.",
        "WebhookDeliveryDetails.status": "The status that was answered last; absent where nothing was.",
        "WebhookDeliveryDetails.error": "What was wrong with the last attempt; absent after a success.",
        "WebhookResponse.status": "The status that was answered.",
        "WebhookPing.status": "The status that was answered; absent where nothing was.",
        "WebhookPing.error": "Why there was no answer, or what was wrong with it; absent after a success.",
    ]
}
