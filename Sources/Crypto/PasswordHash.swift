// Checks of passwords and stored hashes that need no hashing.

/// Why a password was not hashed or not compared.
public enum PasswordProblem: Error, Equatable, Sendable {
    /// The password has no bytes.
    case empty
    /// The password has a NUL, at which crypt(3) would silently end it.
    case containsNUL
    /// The password is longer than `PasswordHash.maximumBytes`.
    case tooLong
    /// The stored text is no hash of a known scheme, or names a cost beyond what this process will pay.
    case unusableHash
    /// The C library failed, with its error number: ENOMEM when the memory of the cost is not to be had.
    case hashingFailed(errno: Int32)
}

/// Stored password hashes, and the limits of passwords.
public enum PasswordHash {
    /// The longest password in UTF-8 bytes; crypt(3) takes no more.
    public static let maximumBytes = 511

    /// Throws `empty`, `containsNUL` or `tooLong`; cheap, and what a request is checked with before it
    /// queues.
    public static func check(_ password: UnsafeRawBufferPointer) throws(PasswordProblem) {
        guard !password.isEmpty else { throw .empty }
        guard password.count <= maximumBytes else { throw .tooLong }
        guard !password.contains(0) else { throw .containsNUL }
    }

    /// Throws `empty`, `containsNUL` or `tooLong`.
    public static func check(_ password: String) throws(PasswordProblem) {
        let utf8 = password.utf8
        guard !utf8.isEmpty else { throw .empty }
        guard utf8.count <= maximumBytes else { throw .tooLong }
        guard !utf8.contains(0) else { throw .containsNUL }
    }

    /// Whether a stored hash should be made anew at the next login: it is of another scheme or another cost.
    public static func needsRehash(_ stored: String, cost: PasswordCost) -> Bool {
        !stored.utf8.starts(with: cost.prefix.utf8)
    }

    /// A well-formed hash that no known password has, for verifying against when the user does not exist.
    ///
    /// Verifying costs what it costs for any user whose hash has this cost, and answers false: the hash part
    /// is a constant, which a password meets with a chance of 2^-256.
    public static func dummy(_ cost: PasswordCost) -> String {
        cost.prefix + "WmTP5wZp1e2XkUIDfBOYk." + "$" + "parley.has.no.user.whose.password.has.this."
    }

    /// Whether a hash from elsewhere can be stored: a modular-crypt text (`$scheme$…`) of a scheme that is
    /// known and of a cost that one verification can be expected to pay, about a second and 1 GiB at most.
    ///
    /// Without the bound an imported `$2b$31$` would hold a worker for a day.
    public static func isUsable(_ stored: String) -> Bool {
        ModularCryptHash(stored) != nil
    }
}
