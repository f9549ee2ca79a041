// Rows of the audit: what was done with somebody's authority, and by whom.

/// The holder of an authority, as the audit names it.
public struct Actor: Equatable, Sendable {
    /// `client:ID`, `admin:NAME`, `operator:UID`; `user:NAME` or `anonymous` in refused attempts.
    public let label: String
    /// The client's name, or that of the user who acts for the application by a client's session; may be empty.
    public let name: String

    /// Memberwise.
    public init(label: String, name: String = "") {
        self.label = label
        self.name = name
    }
}

/// One row of the audit.
public struct AuditRecord: Equatable, Sendable {
    /// The end of an act.
    public enum Outcome: String, CaseIterable, Sendable {
        /// It is done.
        case ok
        /// Its caller lacks the authority for it.
        case refused
    }

    /// Rises with each row of an application.
    public let id: Int64
    /// When the request came.
    public let time: Timestamp
    /// The caller.
    public let actor: Actor
    /// The client's address without its port; empty where there is none.
    public let address: String
    /// The request's name in the log.
    public let requestID: String
    /// The operation, as the API document names it, or `messages.read`.
    public let route: String
    /// The users, groups, messages… that it was done to, with commas between them; for `messages.read` the conversation or the
    /// words that were searched for.
    public let target: String
    /// The end of it.
    public let outcome: Outcome
    /// The reason that the caller gave.
    public let reason: String?
    /// How many messages were read; nil where none were.
    public let count: Int?

    /// Memberwise.
    public init(
        id: Int64,
        time: Timestamp,
        actor: Actor,
        address: String,
        requestID: String,
        route: String,
        target: String,
        outcome: Outcome,
        reason: String? = nil,
        count: Int? = nil
    ) {
        self.id = id
        self.time = time
        self.actor = actor
        self.address = address
        self.requestID = requestID
        self.route = route
        self.target = target
        self.outcome = outcome
        self.reason = reason
        self.count = count
    }
}

/// Which rows of the audit are wanted: all that is given must hold.
public struct AuditFilter: Equatable, Sendable {
    /// The caller's label or name.
    public var caller: String?
    /// The operation.
    public var route: String?
    /// One of the things that it was done to.
    public var target: String?
    /// Rows from this moment on.
    public var after: Timestamp?
    /// Rows before this moment.
    public var before: Timestamp?

    /// All rows.
    public init() {}
}
