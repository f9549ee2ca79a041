// Frames 4, 6 and 16: making an account, logging in, deleting one's account.

import Domain
import Routing

enum Accounts {
    /// A password that was right a moment ago.
    struct Checked: Sendable {
        let attempt: LoginAttempt
        let renewedHash: String?
    }

    struct Registration: BodyInput {
        let email: EmailAddress
        let password: String
        let name: String

        static let value = Value<Registration>.object(named: "AccountRegistration") {
            object throws(FieldProblem) in
            let email = try object.required("email", .email)
            let password = try object.required("password", .text(1...UserRules.maximumPasswordCharacters))
            // The first client sends none.
            let name = try object.optional("name", .text(0...AccountRules.maximumNameBytes))
            return Registration(email: email, password: password, name: name ?? "")
        }
    }

    static func hash(
        _ call: Call,
        _ input: Registration,
        _ store: any Reader
    ) throws(Failure) -> Preparation<String, StatusReply> {
        try AccountRules.check(input.email, of: call.application, in: store)
        return .compute(Computation { hashing throws(Failure) in try hashing.hash(input.password) })
    }

    static func register(
        _ call: Call,
        _ input: Registration,
        _ hash: String,
        _ store: any Writer
    ) throws(Failure) -> StatusReply {
        let user = try AccountRules.register(
            NewAccount(email: input.email, name: input.name, passwordHash: hash),
            of: call.application,
            at: call.now,
            in: store,
            with: call.services.secrets
        )
        guard !call.isProofExpected || !Verification.isAsked(call) else {
            var reply = StatusReply(.registration, .unproven)
            reply.details = "Open the link in the mail that was sent to you, then log in"
            reply.session = .mailProof(to: input.email)
            return reply
        }
        return signedIn(user, .registration)
    }

    struct Login: LoginInput, BodyInput {
        static var lock: AccountLock? { OurChatDialect.accountLock }

        let name: AccountName
        let password: String

        var account: String? {
            switch name {
            case .email(let text): "email:\(text)"
            case .id(let text): "user:\(text)"
            }
        }

        static let value = Value<Login>.object(named: "AccountLogin") { object throws(FieldProblem) in
            let type = try object.required("login_type", .integer(0...1))
            let account = try object.required("account", .text(1...EmailAddress.maximumBytes))
            let password = try object.required("password", .text(0...512))
            return Login(name: type == 0 ? .email(account) : .id(account), password: password)
        }
    }

    static func check(
        _ call: Call,
        _ input: Login,
        _ store: any Reader
    ) throws(Failure) -> Preparation<Checked, StatusReply> {
        let attempt = try AccountRules.attempt(input.name, in: store)
        return .compute(
            Computation(checking: attempt.account) { hashing throws(Failure) in
                Checked(attempt: attempt, renewedHash: try attempt.check(input.password, with: hashing))
            }
        )
    }

    static func letIn(
        _ call: Call,
        _ input: Login,
        _ checked: Checked,
        _ store: any Writer
    ) throws(Failure) -> StatusReply {
        let user = try LoginRules.finish(
            checked.attempt,
            renewedHash: checked.renewedHash,
            of: call.application,
            in: store
        )
        return signedIn(user, .login)
    }

    private static func signedIn(_ user: User, _ reply: FrameReply) -> StatusReply {
        var reply = StatusReply(reply)
        reply.ocid = user.username.text
        reply.session = .signIn(user)
        return reply
    }

    static func unregister(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> StatusReply {
        let user = try call.user()
        guard try !VerificationRules.isLacking(user, of: call.application, in: store) else {
            throw .wrongCredentials(.unverified)
        }
        try AccountRules.unregister(user, at: call.now, in: store)
        var reply = StatusReply(.unregistration)
        reply.session = .end
        return reply
    }
}

extension Call {
    /// The sender of the frame.
    func user() throws(Failure) -> User {
        guard case .user(let user) = caller else { throw .unauthenticated(.missing) }
        return user
    }
}

extension Value<EmailAddress> {
    /// An address.
    static var email: Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> EmailAddress in
            guard let address = EmailAddress(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return address
        }
        guard let example = EmailAddress("user@example.org") else {
            preconditionFailure("The example of an address is one.")
        }
        return .textual(.string(length: 3...EmailAddress.maximumBytes), placeholder: example, check)
    }
}
