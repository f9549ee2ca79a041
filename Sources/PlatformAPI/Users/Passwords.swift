// Changing a password: the backend sets it, the user must know the old one.

import Domain
import Routing

enum Passwords {
    struct Change: LoginInput, BodyInput {
        let newPassword: String
        let oldPassword: String?

        /// A caller that must present the old password may not guess it; the path names the user.
        var account: String? { oldPassword == nil ? nil : "old password" }

        static let value = Value<Change>.object(named: "PasswordChange") { object throws(FieldProblem) in
            let text = Value<String>.text(1...UserRules.maximumPasswordCharacters)
            return Change(
                newPassword: try object.required("newpassword", text),
                oldPassword: try object.optional("oldPassword", text)
            )
        }
    }

    typealias Changed = Envelope<Bare, NoElement, NoElement>

    static func hash(
        _ call: Call,
        _ input: Change,
        _ store: any Reader
    ) throws(Failure) -> Preparation<String, Changed> {
        let user = try UserRules.find(call["username"], in: store)
        guard case .user = call.caller else {
            return .compute(Computation { hashing throws(Failure) in try hashing.hash(input.newPassword) })
        }
        guard let oldPassword = input.oldPassword else { throw .invalid(field: "oldPassword", .missing) }
        let attempt = try LoginRules.attempt(user.username.text, in: store)
        return .compute(
            Computation(hashes: 2) { hashing throws(Failure) in
                _ = try attempt.check(oldPassword, with: hashing)
                return try hashing.hash(input.newPassword)
            }
        )
    }

    static func set(_ call: Call, _: Change, _ hash: String, _ store: any Writer) throws(Failure) -> Changed {
        try UserRules.setPassword(of: call["username"], toHash: hash, at: call.now, in: store)
        return Changed(call, "set user password")
    }
}
