// Sessions: an application's backend opens them for its users with its secret, and ends them.

/// The rules of sessions.
public enum SessionRules {
    /// How long a session lives, in seconds: 7 days.
    public static let lifeSeconds: Int64 = 7 * 86_400

    /// A token of a user's session; one more, those of before stay good.
    ///
    /// - Parameter scopes: what its opener may do. A manager's session is worth as much as a client that may do everything,
    ///   so nobody else opens one.
    /// - Throws: `.notFound(.user, …)`, `.forbidden` with `.deactivated` or `.lacksScope`.
    public static func open(
        for name: String,
        platform: Int,
        by credential: Credential,
        within scopes: Scopes,
        of application: Application,
        at now: Timestamp,
        in store: any Reader,
        with secrets: any Secrets,
        showing claims: (User, Int) -> [SessionGrant.Claim]
    ) throws(Failure) -> (user: User, token: String, expires: Timestamp) {
        let user = try UserRules.find(name, in: store)
        if ManagerRules.isManager(user, of: application), scopes != .all {
            throw .forbidden(.lacksScope(.all))
        }
        return try open(
            for: user,
            platform: platform,
            by: credential,
            lifeSeconds: lifeSeconds,
            of: application,
            at: now,
            in: store,
            with: secrets,
            showing: claims
        )
    }

    /// The same for a user who was found already.
    ///
    /// - Parameter credential: what was shown for it; nil for a user that has proved its own password.
    /// - Throws: `.forbidden(.deactivated)`.
    public static func open(
        for user: User,
        platform: Int,
        by credential: Credential?,
        lifeSeconds: Int64,
        of application: Application,
        at now: Timestamp,
        in store: any Reader,
        with secrets: any Secrets,
        showing claims: (User, Int) -> [SessionGrant.Claim]
    ) throws(Failure) -> (user: User, token: String, expires: Timestamp) {
        guard user.isActivated else { throw .forbidden(.deactivated) }
        let end = now.adding(seconds: life(lifeSeconds, in: application))
        let expires = credential?.expires.map { min($0, end) } ?? end
        let grant = SessionGrant(
            application: application.id,
            credential: credential?.id,
            user: user,
            platform: platform,
            generation: try store.sessionGeneration(of: user.id, platform: platform),
            issued: now,
            expires: expires,
            claims: claims(user, platform)
        )
        return (user, secrets.token(for: grant), expires)
    }

    /// How long a session lives in an application, in seconds.
    public static func life(_ standard: Int64, in application: Application) -> Int64 {
        min(standard, Int64(application.settings.tokenLife(standard: Int(standard))))
    }

    /// The user of a session that nothing has ended but perhaps its time.
    ///
    /// - Throws: `.unauthenticated` with `.foreign` for another application's, `.revoked` for one that was ended, `.orphaned`
    ///   for a user who is gone. Costs two
    ///   look-ups by key.
    public static func holder(
        of session: OpenSession,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> User {
        guard session.application == application.id else { throw .unauthenticated(.foreign) }
        // A session that was opened with a secret ends with it.
        let isBacked =
            session.credential.map { id in application.credentials.contains { $0.id == id } } ?? true
        guard let user = try store.user(session.user) else { throw .unauthenticated(.orphaned) }
        guard isBacked, user.isActivated, user.tokenGeneration == session.userGeneration,
            try store.sessionGeneration(of: user.id, platform: session.platform) == session.generation
        else { throw .unauthenticated(.revoked) }
        return user
    }

    /// Ends a user's sessions on one platform.
    ///
    /// - Throws: `.notFound(.user, …)`.
    public static func end(of name: String, platform: Int, in store: any Writer) throws(Failure) -> User {
        let user = try UserRules.find(name, in: store)
        try store.raiseSessionGeneration(of: user.id, platform: platform)
        store.announce(.userSignedOut(user.id))
        return user
    }
}
