// The console: an administrator of an organisation logs in, to look after its applications over HTTP.

import Domain
import JSON
import Routing

enum Console {
    struct LoginRequest: LoginInput, BodyInput {
        let username: String
        let password: String
        /// The code of a sign-in link, in place of a name and a password.
        let code: String?
        /// The scopes that were asked for, with spaces between them; nil for all.
        let scope: String?

        var account: String? { code == nil ? "administrator:\(username.lowercased())" : "sign-in code" }

        static let value = Value<LoginRequest>.object(named: "ManagementLogin") {
            object throws(FieldProblem) in
            let grant = try object.optional("grant_type", .text(1...64))
            let username = try object.optional("username", .text(0...256), emptyIsAbsent: false)
            let password = try object.optional("password", .text(0...512), emptyIsAbsent: false)
            let code = try object.optional("code", .text(1...256))
            let scope = try object.optional("scope", .text(0...512))
            switch grant {
            case "code":
                guard let code else { throw FieldProblem(.missing, at: "code") }
                return LoginRequest(username: "", password: "", code: code, scope: scope)
            case nil, "", "password":
                guard let username else { throw FieldProblem(.missing, at: "username") }
                guard let password else { throw FieldProblem(.missing, at: "password") }
                return LoginRequest(username: username, password: password, code: nil, scope: scope)
            default:
                throw FieldProblem(.illegal(value: grant ?? ""), at: "grant_type")
            }
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
        let scopes: Scopes
        let user: AdministratorEntity

        static let schemaName: String? = "ManagementToken"
        static let fields: [ReplyField<Issued>] = [
            .field("access_token") { $0.token },
            .field("expires_in") { _ in AdministratorRules.tokenLifeSeconds },
            .field("scope") { $0.scopes.text },
            .optional("operator") { $0.user.administrator.facts.isOperator ? true : nil },
            .field("role") { $0.user.administrator.facts.role.rawValue },
            .field("user") { $0.user },
        ]
    }

    static func check(
        _ call: Call,
        _ input: LoginRequest,
        _ store: any AdministrationReader
    ) throws(Failure) -> Preparation<LoginAttempt, Issued> {
        if let code = input.code { return .reply(try exchange(code, input, call, store)) }
        let attempt = try LoginRules.attempt(administrator: input.username, in: store)
        return .compute(
            Computation { hashing throws(Failure) in
                _ = try attempt.check(input.password, with: hashing)
                return attempt
            }
        )
    }

    /// A code is good once.
    private static func exchange(
        _ code: String,
        _ input: LoginRequest,
        _ call: Call,
        _ store: any AdministrationReader
    ) throws(Failure) -> Issued {
        guard let id = call.services.codes.redeem(code, at: call.now),
            let administrator = try store.administrators().first(where: { $0.id == id }),
            let organization = try store.organizations().first(where: { $0.id == administrator.organization })
        else { throw .wrongCredentials(.wrongPassword) }
        return try issue(to: administrator, of: organization, input, call)
    }

    static func letIn(
        _ call: Call,
        _ input: LoginRequest,
        _ attempt: LoginAttempt,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Issued {
        let (administrator, organization) = try LoginRules.finish(administrator: attempt, in: store)
        return try issue(to: administrator, of: organization, input, call)
    }

    private static func issue(
        to administrator: Administrator,
        of organization: Organization,
        _ input: LoginRequest,
        _ call: Call
    ) throws(Failure) -> Issued {
        let own = administrator.facts.role.scopes
        let scopes = try CredentialRules.scopes(asked: input.scope, of: own)
        let grant = Grant(
            subject: .administrator(
                organization.id,
                administrator.id,
                generation: administrator.tokenGeneration
            ),
            scopes: scopes == own ? nil : scopes,
            issued: call.now,
            expires: call.now.adding(seconds: Int64(AdministratorRules.tokenLifeSeconds))
        )
        return Issued(
            token: call.services.secrets.token(for: grant),
            scopes: scopes,
            user: AdministratorEntity(administrator: administrator, organization: organization)
        )
    }
}
