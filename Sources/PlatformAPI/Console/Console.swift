// The console routes: an administrator of an organisation looks after its applications over HTTP.

import Domain
import JSON
import Routing

enum Console {
    struct LoginRequest: LoginInput, BodyInput {
        let username: String
        let password: String

        var account: String? { "administrator:\(username.lowercased())" }

        static let value = Value<LoginRequest>.object(named: "ManagementLogin") {
            object throws(FieldProblem) in
            let grant = try object.optional("grant_type", .text(1...64))
            guard grant == nil || grant == "password" || grant == "" else {
                throw FieldProblem(.illegal(value: grant ?? ""), at: "grant_type")
            }
            return LoginRequest(
                username: try object.required("username", .text(0...256)),
                password: try object.required("password", .text(0...512))
            )
        }
    }

    struct AdministratorEntity: ReplyObject {
        let administrator: Administrator
        let organization: Organization

        static let fields: [ReplyField<AdministratorEntity>] = [
            .field("username") { $0.administrator.name.text },
            .field("organizations") { owner in
                ReplyMap([(owner.organization.name, OrganizationEntity(organization: owner.organization))])
            },
        ]
    }

    struct OrganizationEntity: ReplyObject {
        let organization: Organization

        static let fields: [ReplyField<OrganizationEntity>] = [
            .field("name") { $0.organization.name },
            .field("created") { $0.organization.created },
        ]
    }

    struct Issued: Reply, ReplyObject {
        let token: String
        let user: AdministratorEntity

        static let fields: [ReplyField<Issued>] = [
            .field("access_token") { $0.token },
            .field("expires_in") { _ in Tokens.defaultLifeSeconds },
            .field("user") { $0.user },
        ]
    }

    static func check(
        _ call: Call,
        _ input: LoginRequest,
        _ store: any AdministrationReader
    ) throws(Failure) -> Preparation<LoginAttempt, Issued> {
        let attempt = try LoginRules.attempt(administrator: input.username, in: store)
        return .compute(
            Computation { hashing throws(Failure) in
                _ = try attempt.check(input.password, with: hashing)
                return attempt
            }
        )
    }

    static func letIn(
        _ call: Call,
        _: LoginRequest,
        _ attempt: LoginAttempt,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Issued {
        let (administrator, organization) = try LoginRules.finish(administrator: attempt, in: store)
        let grant = Grant(
            subject: .administrator(
                organization.id,
                administrator.id,
                generation: administrator.tokenGeneration
            ),
            issued: call.now,
            expires: call.now.adding(seconds: Int64(Tokens.defaultLifeSeconds))
        )
        return Issued(
            token: call.services.secrets.token(for: grant),
            user: AdministratorEntity(administrator: administrator, organization: organization)
        )
    }

    // MARK: Applications

    struct ApplicationEntity: ReplyObject {
        let application: Application

        static let schemaName: String? = "Application"
        static let fields: [ReplyField<ApplicationEntity>] = [
            .field("uuid") { $0.application.uuid },
            .field("type") { _ in "application" },
            .field("created") { $0.application.created },
            .field("name") { "\($0.application.organization.name)/\($0.application.name)" },
            .field("organizationName") { $0.application.organization.name },
            .field("applicationName") { $0.application.name },
            .field("allow_open_registration") { $0.application.settings.openRegistration },
        ]
    }

    typealias ApplicationReply = Envelope<BareEntities, ApplicationEntity, NoElement>

    static func application(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> ApplicationReply {
        let name = ApplicationName(organization: call["org"], application: call["application"])
        return ApplicationReply(
            call,
            "get",
            entities: [ApplicationEntity(application: try DirectoryRules.find(name, in: store))]
        )
    }

    struct OrganizationApplications: ReplyObject, Reply {
        let call: Call
        let organization: Organization
        let applications: [Application]

        static let fields: [ReplyField<OrganizationApplications>] = [
            .field("action") { _ in "get" },
            .field("organization") { $0.organization.name },
            .field("data") { owner in
                ReplyMap(owner.applications.map { ("\($0.organization.name)/\($0.name)", $0.uuid) })
            },
            .field("timestamp") { $0.call.now },
            .field("duration") { $0.call.durationMilliseconds },
        ]
    }

    static func organization(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> OrganizationApplications {
        let (organization, applications) = try DirectoryRules.applications(of: call["org"], in: store)
        return OrganizationApplications(call: call, organization: organization, applications: applications)
    }

    struct Settings: BodyInput {
        let openRegistration: Bool

        static let value = Value<Settings>.object(named: "ApplicationSettings") {
            object throws(FieldProblem) in
            Settings(openRegistration: try object.required("allow_open_registration", .flag))
        }
    }

    static func set(
        _ call: Call,
        _ input: Settings,
        _ store: any AdministrationWriter
    ) throws(Failure) -> ApplicationReply {
        let name = ApplicationName(organization: call["org"], application: call["app"])
        let application = try DirectoryRules.update(name, in: store) {
            $0.openRegistration = input.openRegistration
        }
        return ApplicationReply(call, "put", entities: [ApplicationEntity(application: application)])
    }

    // MARK: Credentials

    /// A client id, with its secret at the one moment when that is known: a secret is stored as a hash only.
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

        static let fields: [ReplyField<Credentials>] = [
            .field("action") { $0.action },
            .field("credentials") { $0.credential },
            .field("client_ids") { $0.clientIDs },
            .field("timestamp") { $0.call.now },
            .field("duration") { $0.call.durationMilliseconds },
        ]
    }

    /// The newest client id; never a secret.
    static func credentials(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> Credentials {
        let ids = call.application.credentials.map(\.clientID)
        return Credentials(
            call: call,
            action: "get",
            credential: CredentialEntity(clientID: ids.last, secret: nil),
            clientIDs: ids
        )
    }

    /// One more credential; those of before stay alive until they are revoked.
    static func addCredential(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Credentials {
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
