// An organisation's applications, as its administrator makes, lists, changes and deletes them.

import Domain
import JSON
import Routing

extension Console {
    struct ApplicationEntity: ReplyObject {
        let application: Application

        static let schemaName: String? = "Application"
        static let fields: [ReplyField<ApplicationEntity>] = [
            .field("uuid") { $0.application.uuid },
            .field("type") { _ in "application" },
            .field("name") { $0.application.path },
            .field("created") { $0.application.created },
            .field("modified") { $0.application.created },
            .field("organizationName") { $0.application.organization.name },
            .field("applicationName") { $0.application.name },
            .field("productName") { $0.application.productName },
            .field("appDesc") { $0.application.settings.about },
            .field("app_status") { $0.application.settings.status },
            .field("allow_open_registration") { $0.application.settings.openRegistration },
            .field("check_recipients") { $0.application.settings.checksRecipients },
            .field("registration_requires_email_confirmation") {
                $0.application.settings.requiresEmailVerification
            },
            // Nothing here asks for approval, tells administrators of new users, or pushes.
            .field("registration_requires_admin_approval") { _ in false },
            .field("notify_admin_of_new_users") { _ in false },
            .field("allow_app_force_notification") { _ in false },
        ]
    }

    /// One application, named beside its entity too.
    struct ApplicationReply: Reply, ReplyObject {
        let call: Call
        let action: String
        let application: Application
        /// Whether `data` gives the UUID by the application's name, as for a new one.
        var isNew = false

        static let fields: [ReplyField<ApplicationReply>] = [
            .field("action") { $0.action },
            .field("application") { $0.application.uuid },
            .field("uri") { reply in
                "\(reply.call.target.scheme)://\(reply.call.target.host)/\(reply.application.path)"
            },
            .field("entities") { [ApplicationEntity(application: $0.application)] },
            .optional("data") { reply in
                reply.isNew ? ReplyMap([(reply.application.path, reply.application.uuid)]) : nil
            },
            .field("timestamp") { $0.call.now },
            .field("duration") { $0.call.durationMilliseconds },
            .field("organization") { $0.application.organization.name },
            .field("applicationName") { $0.application.name },
        ]
    }

    static func application(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> ApplicationReply {
        let name = ApplicationName(organization: call["org"], application: call["application"])
        return ApplicationReply(
            call: call,
            action: "get",
            application: try DirectoryRules.find(name, in: store)
        )
    }

    // MARK: List

    /// `?page_num&page_size`: a part of the list by number, from 1; all of it for a request that names neither.
    struct ApplicationPage: Input {
        static let bodyKind = BodyKind.none
        let number, size: Int?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            number = try reader.query("page_num", .integer(1...1_000_000))
            size = try reader.query("page_size", .integer(1...1000))
        }

        func part(of applications: [Application]) -> [Application] {
            guard number != nil || size != nil else { return applications }
            let size = size ?? 20
            return Array(applications.dropFirst(((number ?? 1) - 1) * size).prefix(size))
        }

        /// The parameters as replies echo them, by name.
        var params: [(key: String, value: [String])] {
            [("page_num", number), ("page_size", size)].compactMap { name, value in
                value.map { (key: name, value: [String($0)]) }
            }
        }
    }

    struct OrganizationApplications: ReplyObject, Reply {
        let call: Call
        let organization: Organization
        let page: ApplicationPage
        let all: [Application]

        private var applications: [Application] { page.part(of: all) }

        static let fields: [ReplyField<OrganizationApplications>] = [
            .field("action") { _ in "get organization application list" },
            .field("params") { ReplyMap($0.page.params) },
            .field("organization") { $0.organization.name },
            .field("data") { ReplyMap($0.applications.map { ($0.path, $0.uuid) }) },
            .field("entities") { $0.applications.map(ApplicationEntity.init) },
            .field("timestamp") { $0.call.now },
            .field("duration") { $0.call.durationMilliseconds },
            .field("count") { $0.applications.count },
            .field("_total") { $0.all.count },
        ]
    }

    static func organization(
        _ call: Call,
        _ input: ApplicationPage,
        _ store: any AdministrationReader
    ) throws(Failure) -> OrganizationApplications {
        let (organization, every) = try DirectoryRules.applications(of: call["org"], in: store)
        var applications = every
        if case .administrator(let id) = call.caller,
            let known = try store.administrators().first(where: { $0.id == id })
        {
            applications = every.filter { known.mayWork(on: $0.name) }
        }
        return OrganizationApplications(
            call: call,
            organization: organization,
            page: input,
            all: applications
        )
    }

    // MARK: Changes

    struct NewApplication: BodyInput {
        let name: String
        let settings: ApplicationSettings

        static let value = Value<NewApplication>.object(named: "NewApplication") {
            object throws(FieldProblem) in
            let name = try object.required("name", .text(1...64))
            var settings = ApplicationSettings()
            settings.productName = try object.optional("productName", .text(0...128)) ?? ""
            settings.about = try object.optional("appDesc", .text(0...512)) ?? ""
            settings.status = try object.optional("app_status", .text(1...32)) ?? settings.status
            settings.openRegistration = try object.optional("allow_open_registration", .flag) ?? false
            settings.checksRecipients = try object.optional("check_recipients", .flag) ?? false
            return NewApplication(name: name, settings: settings)
        }
    }

    /// Its secret isn't shown here: the route of credentials shows it.
    static func create(
        _ call: Call,
        _ input: NewApplication,
        _ store: any AdministrationWriter
    ) throws(Failure) -> ApplicationReply {
        let secrets = call.services.secrets
        let uuid = secrets.uuid(at: call.now)
        let application = try DirectoryRules.createApplication(
            ApplicationName(organization: call["org"], application: input.name),
            settings: input.settings,
            credential: secrets.firstCredential(of: uuid),
            uuid: uuid,
            at: call.now,
            in: store
        )
        return ApplicationReply(
            call: call,
            action: "new application for organization",
            application: application,
            isNew: true
        )
    }

    static func delete(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationWriter
    ) throws(Failure) -> ApplicationReply {
        let name = ApplicationName(organization: call["org"], application: call["application"])
        let application = try DirectoryRules.find(name, in: store)
        try store.deleteApplication(application.id)
        return ApplicationReply(call: call, action: "delete", application: application)
    }

    struct Settings: BodyInput {
        let openRegistration: Bool?
        let checksRecipients: Bool?

        static let value = Value<Settings>.object(named: "ApplicationSettings") {
            object throws(FieldProblem) in
            let openRegistration = try object.optional("allow_open_registration", .flag)
            let checksRecipients = try object.optional("check_recipients", .flag)
            guard openRegistration != nil || checksRecipients != nil else {
                throw FieldProblem(.missing, at: "allow_open_registration")
            }
            return Settings(openRegistration: openRegistration, checksRecipients: checksRecipients)
        }
    }

    static func set(
        _ call: Call,
        _ input: Settings,
        _ store: any AdministrationWriter
    ) throws(Failure) -> ApplicationReply {
        let name = ApplicationName(organization: call["org"], application: call["app"])
        let application = try DirectoryRules.update(name, in: store) {
            $0.openRegistration = input.openRegistration ?? $0.openRegistration
            $0.checksRecipients = input.checksRecipients ?? $0.checksRecipients
        }
        return ApplicationReply(call: call, action: "put", application: application)
    }
}

extension Application {
    /// `org/app`.
    fileprivate var path: String { "\(organization.name)/\(name)" }

    /// The owner's name for it.
    fileprivate var productName: String { settings.productName.isEmpty ? name : settings.productName }
}
