// The console: an administrator of an organisation logs in, to look after its applications over HTTP.

import Domain
import JSON
import Routing

enum Console {
    struct LoginRequest: LoginInput, BodyInput {
        let username: String
        let password: String
        /// The scopes that were asked for, with spaces between them; nil for all.
        let scope: String?

        var account: String? { "administrator:\(username.lowercased())" }

        static let value = Value<LoginRequest>.object(named: "ManagementLogin") {
            object throws(FieldProblem) in
            let grant = try object.optional("grant_type", .text(1...64))
            guard grant == nil || grant == "password" || grant == "" else {
                throw FieldProblem(.illegal(value: grant ?? ""), at: "grant_type")
            }
            return LoginRequest(
                username: try object.required("username", .text(0...256)),
                password: try object.required("password", .text(0...512)),
                scope: try object.optional("scope", .text(0...512))
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
        let scopes: Scopes
        let user: AdministratorEntity

        static let fields: [ReplyField<Issued>] = [
            .field("access_token") { $0.token },
            .field("expires_in") { _ in Tokens.defaultLifeSeconds },
            .field("scope") { $0.scopes.text },
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
        _ input: LoginRequest,
        _ attempt: LoginAttempt,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Issued {
        let (administrator, organization) = try LoginRules.finish(administrator: attempt, in: store)
        let scopes = try CredentialRules.scopes(asked: input.scope, of: .all)
        let grant = Grant(
            subject: .administrator(
                organization.id,
                administrator.id,
                generation: administrator.tokenGeneration
            ),
            scopes: scopes == .all ? nil : scopes,
            issued: call.now,
            expires: call.now.adding(seconds: Int64(Tokens.defaultLifeSeconds))
        )
        return Issued(
            token: call.services.secrets.token(for: grant),
            scopes: scopes,
            user: AdministratorEntity(administrator: administrator, organization: organization)
        )
    }
}
