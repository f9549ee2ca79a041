// An application's credentials, as the console shows them.

import Domain
import JSON
import Routing

extension Console {
    /// A client id, with its secret at the moment when it is made and, where it is derived, later.
    struct CredentialEntity: ReplyObject {
        let clientID: String?
        let secret: String?

        static let fields: [ReplyField<CredentialEntity>] = [
            .optional("client_id") { $0.clientID },
            .optional("client_secret") { $0.secret },
        ]
    }

    struct Credentials: Reply, ReplyObject {
        let call: Call
        let action: String
        let credential: CredentialEntity
        let clientIDs: [String]

        /// The way on for an administrator who needs a secret that nobody can show again.
        private var hint: String? {
            guard credential.secret == nil else { return nil }
            let application = call.application
            return
                "This secret is stored as a hash and can't be shown. Make another credential with POST on this path, "
                + "or with: parley app rotate \(application.organization.name)/\(application.name)"
        }

        static let fields: [ReplyField<Credentials>] = [
            .field("action") { $0.action },
            .field("credentials") { $0.credential },
            .field("client_ids") { $0.clientIDs },
            .optional("hint") { $0.hint },
            .field("timestamp") { $0.call.now },
            .field("duration") { $0.call.durationMilliseconds },
        ]
    }

    /// The oldest credential, with its secret where that is derived from a key of the server.
    static func credentials(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> Credentials {
        // Its secret is worth all that it may do.
        try call.require(.all)
        let application = call.application
        let oldest = application.credentials.first
        return Credentials(
            call: call,
            action: "get",
            credential: CredentialEntity(
                clientID: oldest?.clientID,
                secret: oldest.flatMap { call.services.secrets.secret(of: $0, of: application.uuid) }
            ),
            clientIDs: application.credentials.map(\.clientID)
        )
    }

    /// One more credential; those of before stay alive until they are revoked.
    static func addCredential(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Credentials {
        // It may do everything.
        try call.require(.all)
        let new = call.services.secrets.credential()
        _ = try DirectoryRules.addCredential(new, to: call.application, at: call.now, in: store)
        return Credentials(
            call: call,
            action: "post",
            credential: CredentialEntity(clientID: new.clientID, secret: new.secret),
            clientIDs: call.application.credentials.map(\.clientID) + [new.clientID]
        )
    }
}
