// The meanings of names in the platform dialect: webhooks and the rules of callbacks.

extension PlatformGlossary {
    private static let formatOfRequests =
        "The form of its requests: `standard` (Standard Webhooks 1.0.0), `easemob` or `openim`, both with the fields of "
        + "Standard Webhooks beside them."

    /// Endpoints, their deliveries, and the rules that are endpoints in the vendor's words.
    static let webhookWords: [String: String] = [
        "webhook_id": "The endpoint's id.",
        "events":
            "What the endpoint is informed of, or asked about: names of events, a family as `message.*`, or `*` for all.",
        "Webhook.format": formatOfRequests, "WebhookSettings.format": formatOfRequests,
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
        "failing_since":
            "When the oldest failure was that no success has followed, in milliseconds since 1970.",
        "disabled_reason": "Why the server has disabled it; absent where it hasn't.",
        "event": "The event's id, which is `webhook-id` of every attempt to deliver it.",
        "types":
            "Which events are delivered again, as `events` has it; all that the endpoint asks for without it.",
        "state": "What has become of it: `pending`, `delivered` or `failed`.",
        "attempts": "How often it was tried.",
        "attempted": "When it was tried last, in milliseconds since 1970.",
        "next_attempt":
            "When it is tried again, in milliseconds since 1970; absent for at once and for never.",
        "duration_ms": "How long the last attempt took, in milliseconds.",
        "WebhookReplay.after": "The first moment: milliseconds since 1970, or a time of RFC 3339.",
        "request": "What was sent last.",
        "response": "What was answered last, at most 4 KiB of it.",
        "headers": "The header fields by name, in small letters.",
        "WebhookRequest.body": "The body as text.", "WebhookResponse.body": "The body as text.",
        "WebhookPing.body": "The body as text.",
        "WebhookReplay.before":
            "The first moment behind the last one: milliseconds since 1970, or a time of RFC 3339.",
        "Webhook.id": "The endpoint's id, in decimal digits.",
        "Webhook.name": "What its owner calls it.",
        "WebhookSettings.name": "What its owner calls it.",
        "Webhook.url": "Where it listens.",
        "WebhookSettings.url":
            "Where it listens: `http` or `https`, port 80, 443 or from 1024, no credentials, no address of a network that isn't "
            + "public.",
        "Webhook.secret":
            "What its requests are signed with, shown only in the reply that makes or replaces it.",
        "WebhookSettings.secret":
            "What its requests are signed with: `whsec_` and base64 of 24 to 64 bytes; made without it.",
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
        "rule_name": "The rule's name, or its id.",
        "targetUrl": "Where it listens; of a retry, the address of the rules that are meant.",
        "interested":
            "What it asks for: `chat`, `groupchat`, `chatroom`, `recall`, `update_msg`, `read_ack`, `delivery_ack`, `muc` "
            + "(groups and rooms), `roster` (contacts and blocks), `userStatus`; `sensitiveWords` and `notify` are taken, and "
            + "never happen here.",
        "msgTypes":
            "Of a callback, messages as they are sent (`chat`) and for receivers who are offline (`chat_offline`, which isn't "
            + "sent); of a hook, the kinds of content.",
        "hxSecret": "A second secret that its owner reads back; nothing is signed with it.",
        "acceptRestMessage": "Whether messages that backends send are among them.",
        "userPhone": "A telephone number that its owner reads back.",
        "appkeyBanExpire": "A number of seconds that its owner reads back: no rule is banned here.",
        "forAppkey": "The application, organisation and name with a # between.",
        "actionDataFormat": "Always 0.",
        "actionParams": "Where it listens, and what its requests are signed with.",
        "topic": "Always `hcb`.",
        "expireStrategy": "Always 1.",
        "errorStrategy": "Always 1.",
        "ruleId": "The id of the endpoint that the rule is.",
        "defaultAction":
            "What happens to a message where the rule doesn't answer: 0 lets it through, 1 refuses it.",
        "error_code": "A number that its owner reads back.",
        "callType": "Always `before`.",
        "timeout": "How long an answer may take, in milliseconds, 50 to 5000.",
        "date": "Ten minutes in UTC, as `YYYYMMDDHHmm`.",
        "retry": "How often they were tried again by hand; 0 to 9 in a request.",
        "Callback.name": "The rule's name.",
        "CallbackSettings.name": "The rule's name, unique among its kind.",
        "MessageHook.name": "The rule's name.",
        "MessageHookSettings.name": "The rule's name, unique among its kind.",
        "MessageHook.id": "The rule's name.",
        "Callback.owner": "The application, organisation and name with a # between.",
        "Callback.status": "1 where it is in use, 0 where it isn't.",
        "CallbackSettings.status": "1 to use it, 0 not to.",
        "MessageHook.status": "1 where it is in use, 0 where it isn't.",
        "MessageHookSettings.status": "1 to use it, 0 not to.",
        "Callback.action": "Always 1.",
        "CallbackParameters.secret": "The secret that the vendor's MD5 signature is made with.",
        "CallbackParameters.uri": "The address that events are sent to.",
        "MessageHookParameters.secret": "The secret that the vendor's MD5 signature is made with.",
        "MessageHookParameters.uri": "The address that is asked.",
        "CallbackFailures.size": "The number of callbacks that have failed in these ten minutes.",
        "CallbackSettings.secret": "What the vendor's MD5 signature is made with; made without it.",
        "MessageHookSettings.secret": "What the vendor's MD5 signature is made with; made without it.",
    ]
}
