// Mail, as far as rules need it: what is to be sent, and the promise that somebody sends it.

/// A mail of the server to one address.
public struct Mail: Equatable, Sendable {
    /// The receiver's address.
    public let recipient: EmailAddress
    /// One line of ASCII.
    public let subject: String
    /// The text, with LF between its lines.
    public let text: String

    /// Memberwise.
    public init(recipient: EmailAddress, subject: String, text: String) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }
}

/// Hands mail to the mail system.
///
/// Its delivery from there on is unknown.
public protocol MailSending: Sendable {
    /// Whether there is a mail system to hand it to.
    var isOn: Bool { get }
    /// Where clients reach this server, without a slash at the end: what links in mails begin with.
    var publicURL: String { get }
    /// Hands one over and waits for the mail system to take it: seconds, on a thread made for that.
    ///
    /// - Throws: `.mail`.
    func send(_ mail: Mail) throws(Failure)
}

/// No mail system.
public struct NoMail: MailSending {
    /// Makes it.
    public init() {}
    /// No.
    public var isOn: Bool { false }
    /// Nowhere.
    public var publicURL: String { "" }
    /// Refuses.
    public func send(_ mail: Mail) throws(Failure) { throw .mail(.off) }
}
