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
        "rates": "How many calls may be made, by group; a group without a rate is unlimited.",
        "requests": "Calls a second.",
        "burst": "Calls at once after a rest; as many as `requests` where it isn't given.",
        "Rates.users": "The rate of calls about users.",
        "RatesChange.users": "The rate of calls about users.",
        "groups": "The rate of calls about groups and rooms.",
        "messages": "The rate of calls about messages.",
        "files": "The rate of calls about files.",
        "token": "The rate of requests for tokens.",
        "Setting.name": "The setting's name, as in a change of settings.",
        "Setting.value": "The setting's value now.",
        "Setting.default": "The value that a new application has.",
        "Setting.minimum": "The least number that is taken.",
        "Setting.maximum": "The greatest number that is taken.",
        "Setting.description": "The effect of the setting, as a phrase.",
        "ManagementToken.role": "The administrator's role: `owner`, `administrator`, `support` or `auditor`.",
        "Administrator.role": "The role: `owner`, `administrator`, `support` or `auditor`.",
        "NewAdministrator.role": "The role: `owner`, `administrator`, `support` or `auditor`.",
        "AdministratorChange.role": "The role: `owner`, `administrator`, `support` or `auditor`.",
        "applications":
            "The names of the applications that the administrator is bound to; empty for all of them.",
        "operator": "That the administrator may do what the operator of the server may; absent otherwise.",
        "ManagementLogin.code": "The code of a sign-in link, with the grant `code`.",
        "AuditRecord.name": "The client's name; or that of the manager who acted for the application.",
        "AuditRecord.time": "When the request came, in milliseconds since 1970.",
        "AuditRecord.target":
            "The users, groups or messages that it was done to, with commas between them; of a reading the conversation or the "
            + "words that were searched for.",
        "AuditRecord.count": "How many messages were read.",
    ]
}
