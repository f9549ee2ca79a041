// Proving to be an application's backend.

/// Checks of client credentials.
public enum CredentialRules {
    /// The live credential of this id and secret.
    ///
    /// - Throws: `.wrongCredentials(.unknownClient)` or `(.wrongSecret)`, as the platform dialect tells them apart;
    ///   an id is no secret.
    public static func check(
        _ clientID: String,
        _ secret: String,
        of application: Application,
        at now: Timestamp,
        with secrets: any Secrets
    ) throws(Failure) -> Credential {
        guard let credential = application.credentials.first(where: { $0.clientID == clientID }),
            credential.isLive(at: now)
        else {
            throw .wrongCredentials(.unknownClient)
        }
        guard isSecret(secret, of: credential, at: now, with: secrets) else {
            throw .wrongCredentials(.wrongSecret)
        }
        return credential
    }

    /// The live credential of this secret, where no id was sent with it: one that may do everything, since a secret alone
    /// carries no scope.
    ///
    /// - Throws: `.wrongCredentials(.wrongSecret)`, `.forbidden(.lacksScope)`.
    public static func check(
        secret: String,
        of application: Application,
        at now: Timestamp,
        with secrets: any Secrets
    ) throws(Failure) -> Credential {
        guard
            let credential = application.credentials.first(where: {
                $0.isLive(at: now) && isSecret(secret, of: $0, at: now, with: secrets)
            })
        else { throw .wrongCredentials(.wrongSecret) }
        guard credential.scopes == .all else { throw .forbidden(.lacksScope(.all)) }
        return credential
    }

    /// Whether it is the credential's secret, or the one before it in the time of their overlap.
    private static func isSecret(
        _ secret: String,
        of credential: Credential,
        at now: Timestamp,
        with secrets: any Secrets
    ) -> Bool {
        if secrets.secretMatches(secret, hash: credential.secretHash) { return true }
        guard let former = credential.formerSecret, now < former.expires else { return false }
        return secrets.secretMatches(secret, hash: former.hash)
    }

    /// The scopes of a new token.
    ///
    /// - Parameter asked: words with spaces between them; nil or empty for all that may be had.
    /// - Throws: `.wrongCredentials(.invalidScope)` for a word that isn't known, or a scope that isn't among `own`.
    public static func scopes(asked: String?, of own: Scopes) throws(Failure) -> Scopes {
        guard let asked, !asked.isEmpty else { return own }
        guard let scopes = Scopes(words: asked.split(separator: " ")), !scopes.isEmpty,
            own.isSuperset(of: scopes)
        else {
            throw .wrongCredentials(.invalidScope(String(asked.prefix(256))))
        }
        return scopes
    }
}
