// More credentials for an application, and the end of one: how a secret is changed without an interruption.

import Domain
import Routing

enum Credentials {
    /// One more; those of before stay good until they are revoked.
    static func create(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Applications.Issued {
        let application = try DirectoryRules.find(Applications.name(call), in: store)
        let credential = call.services.secrets.credential()
        _ = try DirectoryRules.addCredential(credential, to: application, at: call.now, in: store)
        return Applications.Issued(application: application, credential: credential)
    }

    /// Ends one, and answers with what is left.
    static func revoke(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Applications.Entry {
        let name = Applications.name(call)
        try DirectoryRules.revokeCredential(
            call["client_id"],
            of: try DirectoryRules.find(name, in: store),
            in: store
        )
        return Applications.Entry(application: try DirectoryRules.find(name, in: store))
    }
}
