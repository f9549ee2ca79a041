// AuthService: asking for a mail with a link that proves an address.

import Domain
import Protobuf
import Routing

enum RPCVerify {
    /// A call that makes the server send a mail.
    struct Request: LoginInput {
        static var bodyKind: BodyKind { .envelopes }
        /// Every mail counts: who may ask for many could fill others' mailboxes.
        static var countsEveryCall: Bool { true }

        let request: StreamRequest<VerifyRequest>
        var account: String? { "mail:\(EmailAddress(request.message.email)?.key ?? "")" }

        init(_ reader: inout InputReader) throws(FieldProblem) { request = try StreamRequest(&reader) }
    }

    static let action = MethodAction(
        VerifyRequest.self,
        EmptyMessage<Empty.VerifyResponse>.self,
        givesStream: true,
        .write(thenErrand: ask)
    )

    typealias Answer = SingleReply<EmptyMessage<Empty.VerifyResponse>>

    /// An address that has been proven needs no mail.
    ///
    /// Else the reply comes once the mail is on its way; whether the link is ever opened isn't waited for.
    static func ask(_ call: Call, _ input: Request, _ store: any Writer) throws(Failure) -> Errands<Answer> {
        guard let address = EmailAddress(input.request.message.email) else {
            throw .invalid(field: "email", .illegal(value: ""))
        }
        guard let user = try store.user(withEmail: address) else { throw .notFound(.user, id: address.text) }
        let answer = Answer(message: EmptyMessage(), form: input.request.form)
        guard let errand = try Verification.errand(for: user, call, store) else { return .none(answer) }
        return .then(errand, answer)
    }
}
