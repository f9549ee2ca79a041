// Maintenance: the one decision which routes answer while the operator works on the server.

public import Domain

/// The server under maintenance.
public enum Maintenance {
    /// The refusal of a route that isn't served then.
    ///
    /// Nobody knows how long it lasts: a minute is asked again after.
    public static let failure = Failure.underMaintenance(retryAfterSeconds: 60)

    /// Holds a route to what is served: before anything is asked of who calls it.
    ///
    /// - Throws: ``failure``.
    public static func admit(_ route: Route, isOn: Bool) throws(Failure) {
        guard !isOn || route.isServedInMaintenance else { throw failure }
    }
}
