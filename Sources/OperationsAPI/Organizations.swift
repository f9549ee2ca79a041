// Organisations and the people who administer them.

import Domain
import Routing

enum Organizations {
    struct Creation: BodyInput {
        let organization: String
        let administrator: Username
        let password: String
        let isOperator: Bool

        static let value = Value<Creation>.object(named: "OrganizationCreation") {
            object throws(FieldProblem) in
            Creation(
                organization: try object.required("organization", .text(1...64)),
                administrator: try object.required("administrator", .username),
                password: try object.required("password", passwordText),
                isOperator: try object.optional("operator", .flag) ?? false
            )
        }
    }

    struct NewPassword: BodyInput {
        let password: String

        static let value = Value<NewPassword>.object(named: "AdministratorPassword") {
            object throws(FieldProblem) in
            NewPassword(password: try object.required("password", passwordText))
        }
    }

    /// The least is what OWASP's ASVS 5.0 (6.2.1) asks of a password; it guards every application of the organisation.
    private static let passwordText = Value<String>.textual(.string(length: 8...128), placeholder: "password")
    { text throws(FieldProblem) in
        guard text.count >= 8 else {
            throw FieldProblem(.illegal(value: "a password of fewer than 8 characters"))
        }
        return try Value<String>.text(8...128).value(of: text)
    }

    struct Made: Reply, ReplyObject {
        let organization: Organization
        let administrator: Administrator

        static let schemaName: String? = "AdministratorMade"
        static let fields: [ReplyField<Made>] = [
            .field("organization") { $0.organization.name },
            .field("administrator") { $0.administrator.name.text },
        ]
    }

    static func hashPassword(
        _: Call,
        _ input: Creation,
        _: any AdministrationReader
    ) throws(Failure) -> Preparation<String, Made> {
        .compute(Computation { hashing throws(Failure) in try hashing.hash(input.password) })
    }

    static func create(
        _ call: Call,
        _ input: Creation,
        _ hash: String,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Made {
        let (organization, administrator) = try DirectoryRules.createAdministrator(
            input.administrator,
            passwordHash: hash,
            isOperator: input.isOperator,
            of: input.organization,
            at: call.now,
            in: store
        )
        return Made(organization: organization, administrator: administrator)
    }

    // MARK: List

    struct Entry: ReplyObject {
        let organization: Organization
        let administrators: [Administrator]

        static let schemaName: String? = "Organization"
        static let fields: [ReplyField<Entry>] = [
            .field("organization") { $0.organization.name },
            .field("created") { $0.organization.created },
            .field("administrators") { $0.administrators.map(\.name.text) },
        ]
    }

    struct List: Reply, ReplyObject {
        let entries: [Entry]

        static let fields: [ReplyField<List>] = [.field("organizations") { $0.entries }]
    }

    static func list(_: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure) -> List {
        let administrators = Dictionary(grouping: try store.administrators(), by: \.organization)
        return List(
            entries: try store.organizations().map {
                Entry(organization: $0, administrators: administrators[$0.id] ?? [])
            }
        )
    }

    // MARK: Delete

    struct Deleted: Reply, ReplyObject {
        let organization: String
        let applications: [String]

        static let schemaName: String? = "DeletedOrganization"
        static let fields: [ReplyField<Deleted>] = [
            .field("organization") { $0.organization },
            .field("applications") { $0.applications },
        ]
    }

    static func delete(_ call: Call, _: NoInput, _ store: any AdministrationWriter) throws(Failure) -> Deleted
    {
        guard let organization = try store.organization(named: call["org"]) else {
            throw .notFound(.organization, id: call["org"])
        }
        let applications = try store.applications().filter { $0.organization.id == organization.id }
        for application in applications { try store.deleteApplication(application.id) }
        try store.deleteOrganization(organization.id)
        return Deleted(organization: organization.name, applications: applications.map(\.name))
    }

    // MARK: Password

    static func hashNewPassword(
        _ call: Call,
        _ input: NewPassword,
        _ store: any AdministrationReader
    ) throws(Failure) -> Preparation<String, Made> {
        _ = try find(call, in: store)
        return .compute(Computation { hashing throws(Failure) in try hashing.hash(input.password) })
    }

    static func setPassword(
        _ call: Call,
        _: NewPassword,
        _ hash: String,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Made {
        let (organization, administrator) = try find(call, in: store)
        try store.setPasswordHash(of: administrator.id, to: hash)
        return Made(organization: organization, administrator: administrator)
    }

    private static func find(
        _ call: Call,
        in store: any AdministrationReader
    ) throws(Failure) -> (Organization, Administrator) {
        guard let organization = try store.organization(named: call["org"]) else {
            throw .notFound(.organization, id: call["org"])
        }
        guard let name = Username(call["administrator"]),
            let administrator = try store.administrator(named: name),
            administrator.organization == organization.id
        else { throw .notFound(.administrator, id: call["administrator"]) }
        return (organization, administrator)
    }
}
