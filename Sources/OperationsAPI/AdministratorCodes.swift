// Codes that sign an administrator in once, for a link that an operator hands out.

import Domain
import Routing

enum AdministratorCodes {
    struct Issued: Reply, ReplyObject {
        let code: SignInCode

        static let schemaName: String? = "SignInCode"
        static let fields: [ReplyField<Issued>] = [
            .field("code") { $0.code.text },
            .field("expires_in") { $0.code.seconds },
        ]
    }

    /// The code lives in the server's memory only: nothing is written, and a restart ends it.
    static func create(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> Issued {
        guard let name = Username(call["administrator"]),
            let known = try store.administrator(named: name),
            let organization = try store.organization(named: call["org"]),
            known.organization == organization.id
        else { throw .notFound(.administrator, id: call["administrator"]) }
        return Issued(code: call.services.operations.signInCode(for: known.name.text))
    }
}
