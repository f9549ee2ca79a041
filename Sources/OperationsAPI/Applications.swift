// Making, showing, changing and deleting applications.

import Domain
import Routing

enum Applications {
    struct Creation: BodyInput {
        let name: ApplicationName
        let settings: SettingsChange?

        static let value = Value<Creation>.object(named: "ApplicationCreation") {
            object throws(FieldProblem) in
            Creation(
                name: ApplicationName(
                    organization: try object.required("organization", .text(1...64)),
                    application: try object.required("application_name", .text(1...64))
                ),
                settings: try object.optional("settings", SettingsChange.value)
            )
        }
    }

    struct Change: Input {
        let settings: SettingsChange

        init(_ reader: inout InputReader) throws(FieldProblem) {
            settings = try reader.body(SettingsChange.value)
        }
    }

    /// A credential with its secret, at the only moment when that is known.
    struct Issued: Reply, ReplyObject {
        let application: Application
        let credential: NewCredential

        static let schemaName: String? = "IssuedCredential"
        static let fields: [ReplyField<Issued>] = [
            .field("organization") { $0.application.organization.name },
            .field("application_name") { $0.application.name },
            .field("application") { $0.application.uuid },
            .field("client_id") { $0.credential.clientID },
            .field("client_secret") { $0.credential.secret },
        ]
    }

    static func create(
        _ call: Call,
        _ input: Creation,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Issued {
        var settings = ApplicationSettings()
        input.settings?.apply(to: &settings)
        let uuid = call.services.secrets.uuid(at: call.now)
        let credential = call.services.secrets.firstCredential(of: uuid)
        let application = try DirectoryRules.createApplication(
            input.name,
            settings: settings,
            credential: credential,
            uuid: uuid,
            at: call.now,
            in: store
        )
        return Issued(application: application, credential: credential)
    }

    // MARK: Show

    struct CredentialEntry: ReplyObject {
        let credential: Credential

        static let schemaName: String? = "Credential"
        static let fields: [ReplyField<CredentialEntry>] = [
            .field("client_id") { $0.credential.clientID },
            .field("created") { $0.credential.created },
        ]
    }

    struct Entry: Reply, ReplyObject {
        let application: Application

        static let schemaName: String? = "ApplicationDetails"
        static let fields: [ReplyField<Entry>] = [
            .field("organization") { $0.application.organization.name },
            .field("application_name") { $0.application.name },
            .field("application") { $0.application.uuid },
            .field("created") { $0.application.created },
            .field("settings") { SettingsEntity(settings: $0.application.settings) },
            .field("credentials") { $0.application.credentials.map(CredentialEntry.init) },
        ]
    }

    struct List: Reply, ReplyObject {
        let entries: [Entry]

        static let fields: [ReplyField<List>] = [.field("applications") { $0.entries }]
    }

    static func list(_: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure) -> List {
        List(entries: try store.applications().map(Entry.init))
    }

    static func show(_ call: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure) -> Entry {
        Entry(application: try DirectoryRules.find(name(call), in: store))
    }

    // MARK: Change

    static func change(_ call: Call, _ input: Change, _ store: any AdministrationWriter) throws(Failure)
        -> Entry
    {
        guard !input.settings.isEmpty else {
            throw .invalid(field: SettingsChange.firstName, .missing)
        }
        return Entry(application: try DirectoryRules.update(name(call), in: store, input.settings.apply(to:)))
    }

    static func delete(_ call: Call, _: NoInput, _ store: any AdministrationWriter) throws(Failure) -> Entry {
        let application = try DirectoryRules.find(name(call), in: store)
        try store.deleteApplication(application.id)
        return Entry(application: application)
    }

    /// The application that the path names.
    static func name(_ call: Call) -> ApplicationName {
        ApplicationName(organization: call["org"], application: call["app"])
    }
}
