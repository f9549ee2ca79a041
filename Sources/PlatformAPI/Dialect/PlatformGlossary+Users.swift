// The meanings of names in the platform dialect: users, tokens, contacts, presence.

extension PlatformGlossary {
    /// Users, tokens, contacts, presence.
    static let userWords: [String: String] = [
        "uuid": "The thing's UUID.",
        "type": "The kind of the object; of a message, the kind of its content.",
        "created": "When it was made, in milliseconds since 1970.",
        "modified": "When it was last changed, in milliseconds since 1970.",
        "activated": "Whether the user may log in.",
        "name": "The name of the thing, as people read it.",
        "username": "A user's name.",
        "password": "The user's password, in plain text; it is stored hashed.",
        "newpassword": "The new password, in plain text; it is stored hashed.",
        "oldPassword": "Ignored: the application vouches for the change.",
        "nickname": "The name that others see.",
        "registerUserFailReason": "Why the user was not registered.",
        "grant_type":
            "How the caller proves itself: `client_credentials` with `client_id` and `client_secret`, "
            + "`password` with a user's name and password, `inherit` for a user on the application's "
            + "word.",
        "ManagementLogin.grant_type":
            "How the administrator proves itself: `password`, or `code` with the code of a sign-in link.",
        "client_id": "The public half of a credential of the application.",
        "client_secret": "The secret half of a credential; shown once, when it is made.",
        "scope":
            "What the token may do: scopes with one space between two, of those that the client has; `*` is all of "
            + "them. Without it, all that the client may do.",
        "scopes": "What the client's tokens may do at most; `*` is everything.",
        "expires_at":
            "When the client ends with all its tokens, in milliseconds since 1970; absent for never.",
        "last_used": "The hour in which the client was used last, in milliseconds since 1970.",
        "overlap_seconds": "For how many seconds the secret before the new one is still good.",
        "former_secret_expires":
            "Until when the secret before the last one is good, in milliseconds since 1970.",
        "autoCreateUser": "Whether a user that doesn't exist is registered on the spot; with `inherit` only.",
        "ttl": "For how many seconds the token is good; 0 for as long as its credential lasts.",
        "access_token": "The token, for `Authorization: Bearer`.",
        "expires_in": "For how many seconds the token is good; absent for one without an end.",
        "user": "The user in question.",
        "organizations": "The organisations that the administrator may work on, by name.",
        "organizationName": "The organisation's name.",
        "allow_open_registration": "Whether users can register themselves, without a token.",
        "credentials": "The application's credentials.",
        "client_ids": "The public halves of all credentials that are in force.",
        "notification_no_disturbing": "Whether push notifications are kept back for some hours of the day.",
        "notification_no_disturbing_start": "The hour from which they are kept back, 0 to 23.",
        "notification_no_disturbing_end": "The hour until which they are kept back, 0 to 23.",
        "notification_display_style": "The content of a notification: 0 that there is a message, 1 its text.",
        "notifier_name": "The certificate that push notifications would be sent with.",
        "device_token": "The device's token at the push service.",
        "usernames": "The names of the users meant.",
        "isSendNotice": "Whether the new contacts are told of it.",
        "remark": "The user's own name for the contact.",
        "message": "A word to the other user.",
        "contacts": "The contacts on this page.",
        "check_list": "The names that are looked for in the user's list.",
        "relation":
            "How the user of this name stands to the user asked about: `friend` or `not_friend` in a check of "
            + "contacts, `blacklist` or `not_blacklist` in a check of blocks.",
        "applyContacts": "The users who were asked.",
        "acceptContacts": "The users whose request was accepted.",
        "declineContacts": "The users whose request was declined.",
        "success": "Names that were taken; of a removal, whether it was done.",
        "UnKnowFailed": "Names that couldn't be taken for another reason.",
        "NotExistFailed": "Names that no user has.",
        "maxLimitFailed": "Names that would exceed the bound on contacts.",
        "uid": "A user's name.",
        "last_time": "When the user was last seen, in Unix seconds.",
        "expiry": "When what was published ends, in Unix seconds.",
        "status": "The state of each device, by name; `0` is offline.",
        "totalnum": "How many there are on all pages.",
        "sublist": "The users on this page that are followed.",
        "res": "The name of the device, unique for its user.",
        "device_uuid": "The device's UUID.",
        "unixtime": "The server's clock, in Unix seconds.",
        "userid": "A user's name.",
        "chat": "How long the user can't write to users, in seconds: 0 not at all, -1 for ever.",
        "groupchat": "How long the user can't write in groups, in seconds: 0 not at all, -1 for ever.",
        "chatroom": "How long the user can't write in rooms, in seconds: 0 not at all, -1 for ever.",
        "language": "The language that push notifications are translated into.",
        "translationLanguage":
            "The language that push notifications are translated into, as `en` or `zh-Hans`.",
        "ignoreInterval": "The hours of the day without push notifications, as `21:30-08:00`.",
        "ignoreDuration":
            "For how many milliseconds from now on there are no push notifications; in a reply, until "
            + "when, in milliseconds since 1970.",
        "title_pattern": "The title of a notification; `{0}` stands for the sender.",
        "content_pattern": "The text of a notification; `{1}` stands for the message.",
        "createAt": "When the template was made, in milliseconds since 1970.",
        "updateAt": "When the template was last changed, in milliseconds since 1970.",
        "metaData": "The entries to set, a text under each key.",
        "targets": "The users that are asked about, by name.",
        "properties": "The keys that are asked for.",
        "result": "How it went: true, or a word.",
    ]
}
