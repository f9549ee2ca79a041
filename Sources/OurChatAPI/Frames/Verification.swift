// Frames 13 to 15, and the link in the mail: proving that an address is one's own.

import Domain
import HTTP
import JSON
import Routing

enum Verification {
    // MARK: Parts that frames and methods share

    /// Keeps what a link is held against, and prepares the mail with it; nil where there is nothing to prove.
    ///
    /// - Throws: `.mail(.off)` without a mail system, `.throttled` shortly after the last mail; the errand `.mail`.
    static func errand(for user: User, _ call: Call, _ store: any Writer) throws(Failure) -> Errand? {
        let (mail, secrets) = (call.services.mail, call.services.secrets)
        let secret = secrets.shareSecret()
        let begun = try VerificationRules.begin(
            user,
            secretHash: secrets.secretHash(of: secret),
            at: call.now,
            in: store
        )
        guard let begun else { return nil }
        guard mail.isOn else { throw .mail(.off) }
        let token = VerificationRules.token(of: user, secret: secret)
        let place = "\(call.application.organization.name)/\(call.application.name)"
        let link = "\(mail.publicURL)/\(place)/v1/verify/confirm?token=\(token)"
        return Errand { () throws(Failure) in
            try mail.send(VerificationRules.mail(to: begun.address, link: link))
        } undo: { store throws(Failure) in
            try VerificationRules.withdraw(begun, in: store)
        }
    }

    // MARK: Frame 14

    struct Request: LoginInput, BodyInput {
        let email: EmailAddress?

        /// Every mail counts: who may ask for many could fill others' mailboxes.
        static var countsEveryCall: Bool { true }
        var account: String? { "mail:\(email?.key ?? "")" }

        static let value = Value<Request>.object(named: "VerificationRequest") {
            object throws(FieldProblem) in
            Request(email: try object.optional("email", .email))
        }
    }

    /// Nothing is said while the link is waited for: frame 15 comes when it was opened, or too late.
    struct Answer: Reply {
        static var content: ReplyContent { StatusReply.content }
        let status: FrameStatus
        let session: SessionChange?

        /// There is nothing to prove, or not yet.
        init(_ status: FrameStatus = .done, _ session: SessionChange? = nil) {
            self.status = status
            self.session = session
        }

        /// The link in a mail to this user is waited for.
        init(awaiting user: UserID) {
            self.init(.done, .awaitVerification(of: user, seconds: VerificationRules.lifeSeconds))
        }

        func response() -> Response {
            if case .awaitVerification = session { return Response(.ok) }
            return StatusReply(.verification, status).response()
        }
    }

    /// Whether an account has to prove its address before it is open: the application insists, and mail can be sent.
    static func isAsked(_ call: Call) -> Bool {
        call.services.mail.isOn && call.application.settings.requiresEmailVerification
    }

    /// The frame of a client that asks for the mail.
    static func request(to address: EmailAddress) -> [UInt8] {
        JSONValue.object([.init("code", .integer(14)), .init("email", .string(address.text))]).bytes
    }

    /// The answer for clients without an account that could be meant: the first clients ask before they register.
    private static func nobody(_ call: Call) -> Answer {
        if isAsked(call) { return Answer(.done, .expectProof) }
        return Answer(call.services.mail.isOn ? .done : .unavailable)
    }

    /// Before a log-in it is about the address that is named.
    static func ask(_ call: Call, _ input: Request, _ store: any Writer) throws(Failure) -> Errands<Answer> {
        let user: User
        switch (call.caller, input.email) {
        case (.user(let caller), let email):
            if let email, try store.email(of: caller.id) != email { throw .forbidden(.insufficientScope) }
            user = caller
        case (_, let email?):
            guard let found = try store.user(withEmail: email) else {
                throw .notFound(.email, id: email.text)
            }
            user = found
        case (_, nil):
            return .none(nobody(call))
        }
        guard let errand = try errand(for: user, call, store) else { return .none(Answer()) }
        return .then(errand, Answer(awaiting: user.id))
    }

    // MARK: Frames 13 and 15, without having been asked for

    /// Frame 13.
    static func pleaseVerify() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("code")
        json.integer(13)
        json.endObject()
        return json.bytes
    }

    /// Frame 15.
    static func result(isConfirmed: Bool) -> [UInt8]? {
        let reply = StatusReply(.verification, isConfirmed ? .done : .timedOut)
        guard case .bytes(let bytes) = reply.response().body else { return nil }
        return bytes
    }

    // MARK: The link

    struct Confirmation: Input {
        static let bodyKind = BodyKind.none
        let token: String

        init(_ reader: inout InputReader) throws(FieldProblem) {
            token = try reader.requiredQuery("token", .text(1...128))
        }
    }

    static func confirm(
        _ call: Call,
        _ input: Confirmation,
        _ store: any Writer
    ) throws(Failure) -> TextReply<PlainText> {
        try VerificationRules.confirm(input.token, at: call.now, in: store, with: call.services.secrets)
        return TextReply(Array("Your e-mail address is confirmed.\n".utf8))
    }

    /// For whoever opened the link in a browser.
    enum PlainText: TextKind {
        static let mediaType: StaticString = "text/plain; charset=utf-8"
    }
}
