// The meanings of names in the platform dialect: those that clients of other eras and the console bring along.

extension PlatformGlossary {
    /// The console, and members of groups and lists that only some eras know.
    static let clientWords: [String: String] = [
        "avatar": "The address of the group's or room's picture; empty where there is none.",
        "need_verify": "The same as `membersonly`.",
        "scale": "How large the group's maker calls it, `normal` or `large`; nothing depends on it.",
        "version": "The form of the list: `v3` asks for the members' names alone, without the owner's.",
        "sort": "The order of joining, `asc` or `desc`.",
        "ql":
            "A query, as `select * where timestamp > 1790000000000 and from = 'ann' order by timestamp "
            + "asc`; it knows `timestamp` (milliseconds), `from`, `to` and `chat_type`.",
        "page_num": "The page's number, from 1.",
        "page_size": "Applications on a page.",
        "_total": "How many applications the organisation has.",
        "productName": "The owner's name for the application.",
        "appDesc": "The owner's description of the application.",
        "app_status": "How its owner marks the application; nothing depends on it.",
        "check_recipients":
            "Whether sending says which targets of a message aren't there; otherwise each is answered with "
            + "success.",
        "registration_requires_email_confirmation":
            "Whether accounts are open only once their e-mail address is proven.",
        "registration_requires_admin_approval": "Always false: nobody approves registrations.",
        "notify_admin_of_new_users": "Always false: administrators aren't told of new users.",
        "allow_app_force_notification": "Always false: nothing is pushed from here.",
        "hint": "How to get another secret, where this one can't be shown.",
        "content-type": "The media type of the body; it must be sent, whatever it is.",
    ]
}
