// An application's clients: made, listed, changed, given a new secret, ended.

import Domain
import JSON
import Routing

enum Clients {
    typealias One = Envelope<WrittenOutcome, NoElement, ClientFace>
    typealias List = Envelope<WrittenOutcome, NoElement, [ClientFace]>

    private static let path = "/clients"

    /// A client as its owner sees it.
    struct ClientFace: ReplyObject {
        let client: Credential
        /// Its secret: only in the reply that makes or replaces it.
        var secret: String?

        static let schemaName: String? = "Client"
        static let fields: [ReplyField<ClientFace>] = [
            .field("client_id") { $0.client.clientID },
            .optional("client_secret") { $0.secret },
            .field("name") { $0.client.name },
            .field("scopes") { $0.client.scopes.words },
            .field("created") { $0.client.created },
            .optional("expires_at") { $0.client.expires },
            .optional("last_used") { $0.client.lastUsed },
            .optional("rates") { $0.client.rates.isEmpty ? nil : RatesFace($0.client.rates) },
            .optional("former_secret_expires") { $0.client.formerSecret?.expires },
        ]
    }

    static func list(_ call: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure) -> List {
        // The tenants in memory don't show when a client was used.
        let application = try DirectoryRules.find(call.applicationName, in: store)
        return List(call, "get", path: path, data: application.credentials.map { ClientFace(client: $0) })
    }

    static func get(_ call: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure) -> One {
        let application = try DirectoryRules.find(call.applicationName, in: store)
        let client = try ClientRules.find(call["client_id"], of: application)
        return One(call, "get", path: path, data: ClientFace(client: client))
    }

    static func create(_ call: Call, _ input: NewClientInput, _ store: any AdministrationWriter)
        throws(Failure)
        -> One
    {
        let credential = call.services.secrets.credential()
        let client = try ClientRules.create(
            input.draft,
            credential: credential,
            by: call.authority,
            of: call.applicationName,
            at: call.now,
            in: store
        )
        return One(call, "post", path: path, data: ClientFace(client: client, secret: credential.secret))
    }

    static func update(_ call: Call, _ input: ClientChange, _ store: any AdministrationWriter) throws(Failure)
        -> One
    {
        let client = try ClientRules.update(
            call["client_id"],
            input.draft,
            by: call.authority,
            of: call.applicationName,
            at: call.now,
            in: store
        )
        return One(call, "put", path: path, data: ClientFace(client: client))
    }

    static func rotate(
        _ call: Call,
        _ input: ClientSecretInput,
        _ store: any AdministrationWriter
    ) throws(Failure) -> One {
        let credential = call.services.secrets.credential()
        let client = try ClientRules.rotate(
            call["client_id"],
            to: credential,
            overlapSeconds: input.overlapSeconds,
            by: call.authority,
            of: call.applicationName,
            at: call.now,
            in: store
        )
        return One(call, "post", path: path, data: ClientFace(client: client, secret: credential.secret))
    }

    static func delete(_ call: Call, _: NoInput, _ store: any AdministrationWriter) throws(Failure) -> One {
        let client = try ClientRules.delete(
            call["client_id"],
            by: call.authority,
            of: call.applicationName,
            at: call.now,
            in: store
        )
        return One(call, "delete", path: path, data: ClientFace(client: client))
    }
}

extension Call {
    /// The application by its names, for rules on the tenants.
    var applicationName: ApplicationName {
        ApplicationName(organization: application.organization.name, application: application.name)
    }

    /// The caller's rights over clients.
    fileprivate var authority: ClientRules.Authority {
        switch caller {
        case .application(let id), .manager(_, let id): ClientRules.Authority(scopes: scopes, client: id)
        case .administrator, .operator: ClientRules.Authority(scopes: scopes, client: nil)
        case .anonymous, .user: ClientRules.Authority(scopes: [], client: nil)
        }
    }
}
