// Proving that an e-mail address is one's own: a link in a mail, good once and for a short time.

/// A proof that is asked for just now.
public struct BegunVerification: Equatable, Sendable {
    /// Where the mail goes.
    public let address: EmailAddress
    /// The stored digest that its link is compared with.
    let current: EmailVerification
    /// The digest of an earlier mail's link, which is no longer valid.
    let previous: EmailVerification?
}

/// The rules of proving an address.
public enum VerificationRules {
    /// How long a link is good, in seconds.
    public static let lifeSeconds: Int64 = 300
    /// The time between two mails to one user, in seconds.
    public static let pauseSeconds: Int64 = 60

    /// Whether the application insists on a proof that the user hasn't given.
    ///
    /// An account without an address needs no proof.
    public static func isLacking(
        _ user: User,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Bool {
        guard application.settings.requiresEmailVerification else { return false }
        return try store.isEmailVerified(of: user.id) == false
    }

    /// Keeps what the link in a mail will be held against; nil where there is nothing to prove.
    ///
    /// The mail is sent behind the commit, so that no link is ever dead.
    ///
    /// - Throws: `.throttled` shortly after the last mail.
    public static func begin(
        _ user: User,
        secretHash: [UInt8],
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> BegunVerification? {
        guard try store.isEmailVerified(of: user.id) == false, let address = try store.email(of: user.id)
        else { return nil }
        let previous = try store.verification(of: user.id)
        if let previous {
            let next = previous.sent.adding(seconds: pauseSeconds)
            guard now >= next else {
                throw .throttled(retryAfterSeconds: Int(next.seconds - now.seconds) + 1)
            }
        }
        let current = EmailVerification(user: user.id, secretHash: secretHash, sent: now)
        try store.setVerification(current)
        return BegunVerification(address: address, current: current, previous: previous)
    }

    /// Takes back what was begun, as its mail couldn't be sent: the user may ask again at once, and an earlier
    /// mail's link is what it was.
    public static func withdraw(_ begun: BegunVerification, in store: any Writer) throws(Failure) {
        let user = begun.current.user
        // Proven, or asked for again, meanwhile.
        guard try store.verification(of: user) == begun.current else { return }
        if let previous = begun.previous {
            try store.setVerification(previous)
        } else {
            try store.deleteVerification(of: user)
        }
    }

    /// The mail with the link, and what is in the link.
    public static func mail(to address: EmailAddress, link: String) -> Mail {
        Mail(
            recipient: address,
            subject: "Please confirm your e-mail address",
            text: """
                Open this link within \(lifeSeconds / 60) minutes to confirm that this address is yours:

                \(link)

                If you did not ask for this mail, there is nothing to do.
                """
        )
    }

    /// The link's token: whose it is, and a secret.
    public static func token(of user: User, secret: String) -> String { "\(user.id.rawValue)-\(secret)" }

    /// Takes a token as the proof that it was sent as, once.
    ///
    /// - Throws: `.invalid(field: "token", …)` for one that isn't good, or not any more.
    public static func confirm(
        _ token: String,
        at now: Timestamp,
        in store: any Writer,
        with secrets: any Secrets
    ) throws(Failure) {
        let parts = token.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let key = Int64(parts[0]),
            let pending = try store.verification(of: UserID(rawValue: key)),
            secrets.secretMatches(String(parts[1]), hash: pending.secretHash),
            now < pending.sent.adding(seconds: lifeSeconds)
        else { throw .invalid(field: "token", .illegal(value: "")) }
        try store.confirmEmail(of: pending.user)
        store.announce(.emailVerified(pending.user))
    }
}
