// The meanings of names in the platform dialect: the audit.

extension PlatformGlossary {
    /// Rows of the audit and what they are searched by.
    static let auditWords: [String: String] = [
        "caller":
            "The caller: `client:` and an id, `admin:` and a name, or `operator:` and the number of the system's user.",
        "address": "The address that the request came from; empty for none.",
        "AuditRecord.request": "The request's id in the server's log.",
        "route":
            "The operation, as this document names it; `messages.read` for a reading of users' messages.",
        "outcome": "The end of it: `ok`, or `refused` for want of authority.",
        "AuditRecord.reason": "The reason that the caller gave for it.",
        "AuditRecord.name": "The client's name; or that of the manager who acted for the application.",
        "AuditRecord.time": "When the request came, in milliseconds since 1970.",
        "AuditRecord.target":
            "The users, groups or messages that it was done to, with commas between them; of a reading the conversation or the "
            + "words that were searched for.",
        "AuditRecord.count": "How many messages were read.",
    ]
}
