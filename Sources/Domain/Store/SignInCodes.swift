// Codes of sign-in links, as a service: each is exchanged once, for the token of an administrator.

/// Makes codes and takes them back.
public protocol SignInCodes: Sendable {
    /// A new code for an administrator, good for fifteen minutes.
    func make(for administrator: AdministratorID, at now: Timestamp) -> String
    /// The administrator whose code it is; nil for one that is unknown, used or too old. It is good no more.
    func redeem(_ code: String, at now: Timestamp) -> AdministratorID?
}

/// None, where there is no server.
public struct NoSignInCodes: SignInCodes {
    /// Makes the service.
    public init() {}
    /// A code that nobody takes.
    public func make(for administrator: AdministratorID, at now: Timestamp) -> String { "" }
    /// Nobody.
    public func redeem(_ code: String, at now: Timestamp) -> AdministratorID? { nil }
}
