// The origin of a change: stamped on events and records of it where they are written.

/// The call that a change comes from.
///
/// The store that a change is lent carries it, so no rule hands it on.
public struct Origin: Sendable {
    /// The caller, as it was authenticated.
    public let caller: Caller
    /// The operation of the API, as `parley routes` lists it; for the server's own changes the name of what it does.
    public let route: String
    /// The request's name in the log; nil for the server's own changes.
    public let requestID: String?
    /// The holder of the authority that it is done with; nil for users, who act for themselves, and for the server's own
    /// changes.
    ///
    /// Transactions with one leave a row in the audit.
    public let actor: Actor?
    /// When the request came; nil for the server's own changes.
    public let time: Timestamp?
    /// What the request's path names, with commas between the names; nil for nothing.
    public let target: String?
    /// The reason that the caller gave for it.
    public let reason: String?
    /// The application of the path, where the transaction is one on the tenants.
    public let application: ApplicationID?
    /// Whether it is a reading of others' messages, and no change.
    public let isReading: Bool
    /// Whether the call was refused: nothing is changed, and that it was tried is a row of the audit.
    public let isRefused: Bool
    private let peer: (any CustomStringConvertible & Sendable)?

    /// A call.
    ///
    /// - Parameter peer: the client's address; written as text only when it is asked for.
    public init(
        caller: Caller,
        route: String,
        requestID: String,
        peer: any CustomStringConvertible & Sendable,
        actor: Actor? = nil,
        time: Timestamp? = nil,
        target: String? = nil,
        reason: String? = nil,
        application: ApplicationID? = nil,
        isReading: Bool = false,
        isRefused: Bool = false
    ) {
        self.caller = caller
        self.route = route
        self.requestID = requestID
        self.peer = peer
        self.actor = actor
        self.time = time
        self.target = target
        self.reason = reason
        self.application = application
        self.isReading = isReading
        self.isRefused = isRefused
    }

    /// The server's own work on behalf of a caller, by default of the operator.
    public init(server task: String, for caller: Caller = .operator) {
        self.caller = caller
        route = task
        requestID = nil
        peer = nil
        (actor, time, target, reason, application) = (nil, nil, nil, nil, nil)
        (isReading, isRefused) = (false, false)
    }

    /// The client's address without its port: `192.0.2.1`, `2001:db8::1`, `unix` for the administration socket; nil for the
    /// server's own changes.
    public var address: String? { peer?.description }
}
