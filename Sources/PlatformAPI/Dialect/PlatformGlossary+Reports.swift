// The meanings of names in the platform dialect: reports.

extension PlatformGlossary {
    /// Reports on applications, users and messages.
    static let reportWords: [String: String] = [
        "ApplicationStats.users": "How many users are registered.",
        "ApplicationStats.online": "How many users are connected now.",
        "ApplicationStats.groups": "How many groups there are.",
        "ApplicationStats.rooms": "How many rooms there are.",
        "messages_per_day": "The messages of each of the last 30 days in UTC, the oldest first, today last.",
        "messages_per_minute": "The messages of each of the last 60 minutes, the oldest first.",
        "start": "When the minute began, in milliseconds since 1970.",
        "file_bytes": "Bytes of all files, one that was sent twice counted twice.",
        "file_bytes_quota": "The most bytes of all files.",
        "webhook_backlog": "The deliveries of webhooks that are pending.",
        "WebhookBacklog.pending": "How many there are.",
        "WebhookBacklog.oldest": "When the oldest of their events was, in milliseconds since 1970.",
        "refusals":
            "How many requests were refused for a bound since the server started, by reason: `throttled`, `overloaded`, "
            + "`storage`, `maintenance`, `suspended`.",
        "UserOverview.profile": "The user itself.",
        "UserOverview.online": "Whether it is connected now.",
        "UserOverview.counts": "How many there are of what belongs to the user.",
        "UserOverview.devices": "Its live connections, the oldest first.",
        "UserOverview.groups": "The groups that it joined last, at most 20.",
        "UserOverview.mutes": "The seconds left of its mutes.",
        "last_message": "The newest message that the user can see; absent where there is none.",
        "last_connection": "Its last connection of the last 30 days, live or ended.",
        "UserCounts.contacts": "How many contacts it has.",
        "UserCounts.blocks": "How many users it blocks.",
        "UserCounts.groups": "How many groups it is in.",
        "UserCounts.rooms": "How many rooms it is in.",
        "waiting_messages": "How many messages wait for it.",
        "OverviewGroup.member_count": "How many members the group has.",
        "OverviewGroup.role": "The user's role in the group: `member`, `admin` or `owner`.",
        "platform":
            "The kind of device: `ios`, `android`, `windows`, `macos`, `web`, `miniweb`, `linux`, `android_pad`, `ipad`, "
            + "`admin` or `unknown`; `web` where no log-in named one.",
        "opened": "When the connection began, in milliseconds since 1970.",
        "closed": "When it ended, in milliseconds since 1970; absent while it is live.",
        "Connection.reason":
            "Why it ended: `closed` by the client, `signed_out`, `expired` with its token, `logged_out`, `application` "
            + "suspended or deleted, `server_stopped`, or `server_lost` where the server ended without a word.",
        "address": "The address that the client came from, without its port; empty for none.",
        "receiver_count":
            "How many receivers the message has: of a group, those who are in it now and were when it was sent.",
        "delivered_count": "How many of them have acknowledged it.",
        "read_count": "How many of them have said that they read it.",
        "MessageDelivery.recalled": "Whether the message was recalled.",
        "receivers": "The receivers of this page, by the order of their registration.",
        "MessageReceiver.delivered": "Whether a device has acknowledged the message.",
        "delivered_at":
            "When the newest acknowledgement that covers it was, in milliseconds since 1970; absent where none is known.",
        "MessageReceiver.read": "Whether a client has said that it was read.",
        "read_at": "When that was said last, in milliseconds since 1970.",
        "refused": "Whether the receiver refuses messages of this conversation, so that it isn't delivered.",
    ]
}
