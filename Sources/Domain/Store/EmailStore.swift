// The repository of e-mail addresses: who can be found, and log in, by one.

/// Reads addresses of the caller's application.
public protocol EmailReader {
    /// The user of an address, in any spelling of its letters. One look-up, and one of the user.
    func user(withEmail address: EmailAddress) throws(Failure) -> User?
    /// The user's address, as it was given. One look-up.
    func email(of id: UserID) throws(Failure) -> EmailAddress?
    /// Whether the user's address is proven, or never had to be; nil without one. One look-up.
    func isEmailVerified(of id: UserID) throws(Failure) -> Bool?
    /// The proof that was last asked of the user and not given. One look-up.
    func verification(of id: UserID) throws(Failure) -> EmailVerification?
}

/// Changes addresses.
public protocol EmailWriter: EmailReader {
    /// Gives a user an address, instead of the one it has; with that goes what was asked to prove it.
    ///
    /// - Parameter isVerified: whether nothing has to be proven.
    /// - Throws: `.conflict(.email, …)` when another user has it.
    func setEmail(_ address: EmailAddress, of id: UserID, isVerified: Bool) throws(Failure)
    /// Keeps what a proof is held against, instead of what was kept before; nothing happens without an address.
    func setVerification(_ verification: EmailVerification) throws(Failure)
    /// Forgets what was kept to prove the user's address, if anything was.
    func deleteVerification(of id: UserID) throws(Failure)
    /// Takes the user's address as proven, and forgets what was kept for that.
    func confirmEmail(of id: UserID) throws(Failure)
}
