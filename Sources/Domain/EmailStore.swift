// The repository of e-mail addresses: who can be found, and log in, by one.

/// Reads addresses of the caller's application.
public protocol EmailReader {
    /// The user of an address, in any spelling of its letters. One look-up, and one of the user.
    func user(withEmail address: EmailAddress) throws(Failure) -> User?
    /// The user's address, as it was given. One look-up.
    func email(of id: UserID) throws(Failure) -> EmailAddress?
}

/// Changes addresses.
public protocol EmailWriter: EmailReader {
    /// Gives a user an address, instead of the one it has.
    ///
    /// - Throws: `.conflict(.email, …)` when another user has it.
    func setEmail(_ address: EmailAddress, of id: UserID) throws(Failure)
}
