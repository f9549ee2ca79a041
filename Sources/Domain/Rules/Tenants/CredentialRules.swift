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
        with secrets: any Secrets
    ) throws(Failure) -> Credential {
        guard let credential = application.credentials.first(where: { $0.clientID == clientID }) else {
            throw .wrongCredentials(.unknownClient)
        }
        guard secrets.secretMatches(secret, hash: credential.secretHash) else {
            throw .wrongCredentials(.wrongSecret)
        }
        return credential
    }

    /// The live credential of this secret, where no id was sent with it.
    ///
    /// - Throws: `.wrongCredentials(.wrongSecret)`.
    public static func check(
        secret: String,
        of application: Application,
        with secrets: any Secrets
    ) throws(Failure) -> Credential {
        guard
            let credential = application.credentials.first(where: {
                secrets.secretMatches(secret, hash: $0.secretHash)
            })
        else { throw .wrongCredentials(.wrongSecret) }
        return credential
    }
}
