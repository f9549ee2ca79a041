// Roles of the people who administer an organisation's applications: each a fixed set of scopes.

/// The role of an administrator.
public enum AdministratorRole: String, CaseIterable, Sendable {
    /// Everything, other administrators included.
    case owner
    /// Everything but other administrators.
    case administrator
    /// The support desk: reads everything of users, mutes, deactivates, ends sessions, recalls and sends.
    case support
    /// Reads everything of users, and the audit.
    case auditor

    /// What its tokens may do in the organisation's applications.
    public var scopes: Scopes {
        switch self {
        case .owner, .administrator: .all
        case .support:
            Scopes([
                .usersRead, .usersWrite, .groupsRead, .messagesRead, .messagesSend, .messagesWrite,
                .filesRead,
            ])
        case .auditor: Scopes([.usersRead, .groupsRead, .messagesRead, .filesRead, .audit])
        }
    }
}
