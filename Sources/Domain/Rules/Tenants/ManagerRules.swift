// The managers of an application: users who may act for it, by a token that was got with its secret.

/// The rules of managers.
public enum ManagerRules {
    /// Whether all managers are users.
    ///
    /// One look-up each.
    public static func areThere(of application: Application, in store: any Reader) throws(Failure) -> Bool {
        for name in application.settings.managers where try store.user(named: name) == nil { return false }
        return true
    }

    /// Makes those managers that aren't users yet, without a password.
    ///
    /// A dialect that knows managers calls it before anything else is done in an application: so they are there from the
    /// start for whom that dialect serves, whatever is asked first, and an application that never speaks it has no users
    /// that it didn't make. A user of before who has a manager's name is the manager; its password gives it no more than
    /// others. One that was deleted is there again as soon as somebody shows the secret.
    public static func ensure(
        of application: Application,
        at now: Timestamp,
        in store: any Writer,
        with secrets: any Secrets
    ) throws(Failure) {
        for (index, name) in application.settings.managers.enumerated()
        where try store.user(named: name) == nil {
            let manager = NewUser(
                username: name,
                passwordHash: nil,
                nickname: "AppManager\(index + 1)",
                uuid: secrets.uuid(at: now)
            )
            _ = try store.insert(manager, at: now)
        }
    }

    /// Whether a name is the application's own: a manager's, or the one by which its backend sends.
    ///
    /// Nobody but the application makes users of these names, or every stranger could read what is sent to them.
    public static func isReserved(_ name: Username, of application: Application) -> Bool {
        name == Username.backend || application.settings.managers.contains(name)
    }

    /// Whether a user is one of the application's managers.
    public static func isManager(_ user: User, of application: Application) -> Bool {
        application.settings.managers.contains(user.username)
    }
}
