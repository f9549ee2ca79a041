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
    private let peer: (any CustomStringConvertible & Sendable)?

    /// A call.
    ///
    /// - Parameter peer: the client's address; written as text only when it is asked for.
    public init(
        caller: Caller,
        route: String,
        requestID: String,
        peer: any CustomStringConvertible & Sendable
    ) {
        self.caller = caller
        self.route = route
        self.requestID = requestID
        self.peer = peer
    }

    /// The server's own work on behalf of a caller, by default of the operator.
    public init(server task: String, for caller: Caller = .operator) {
        self.caller = caller
        route = task
        requestID = nil
        peer = nil
    }

    /// The client's address without its port: `192.0.2.1`, `2001:db8::1`, `unix` for the administration socket; nil for the
    /// server's own changes.
    public var address: String? { peer?.description }
}
