// The console: an administrator of an organisation logs in, to look after its applications over HTTP.

import Domain
import JSON
import Routing

enum Console {
    struct LoginRequest: LoginInput, BodyInput {
        /// The proof of the caller's identity.
        enum Proof {
            case password(String, of: String)
            /// A code that an operator had made; it names the administrator and is good once.
            case code(String)
        }

        let proof: Proof
        /// The scopes that were asked for, with spaces between them; nil for all.
        let scope: String?

        /// Codes close no account: each is too long to be guessed.
        var account: String? {
            guard case .password(_, let name) = proof else { return nil }
            return "administrator:\(name.lowercased())"
        }

        static let value = Value<LoginRequest>.object(named: "ManagementLogin") {
            object throws(FieldProblem) in
            let scope = try object.optional("scope", .text(0...512))
            switch try object.optional("grant_type", .text(1...64)) {
            case nil, "", "password":
                let name = try object.required("username", .text(0...256))
                let password = try object.required("password", .text(0...512))
                return LoginRequest(proof: .password(password, of: name), scope: scope)
            case "code":
                return LoginRequest(proof: .code(try object.required("code", .text(1...128))), scope: scope)
            case .some(let other):
                throw FieldProblem(.illegal(value: other), at: "grant_type")
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
        switch input.proof {
        case .password(let password, let name):
            let attempt = try LoginRules.attempt(administrator: name, in: store)
            return .compute(
                Computation { hashing throws(Failure) in
                    _ = try attempt.check(password, with: hashing)
                    return attempt
                }
            )
        case .code(let code):
            guard let name = call.services.operations.redeem(signInCode: code) else {
                throw .wrongCredentials(.wrongPassword)
            }
            let attempt = try LoginRules.attempt(administrator: name, in: store)
            return .compute(Computation(hashes: 0) { _ throws(Failure) in attempt })
        }
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
