// An organisation's administrators, as its owners make, list, change and remove them.

import Crypto
import Domain
import JSON
import Routing

extension Console {
    /// An administrator as an owner sees it.
    struct PersonFace: ReplyObject {
        let administrator: Administrator
        /// The password that was made for it: in the reply that makes it only.
        var password: String?

        static let schemaName: String? = "Administrator"
        static let fields: [ReplyField<PersonFace>] = [
            .field("name") { $0.administrator.name.text },
            .field("role") { $0.administrator.facts.role.rawValue },
            .field("scopes") { $0.administrator.facts.role.scopes.words },
            .field("applications") { $0.administrator.facts.applications },
            .field("created") { $0.administrator.created },
            .optional("operator") { $0.administrator.facts.isOperator ? true : nil },
            .optional("password") { $0.password },
        ]
    }

    struct People<Content: ReplyValue>: Reply, ReplyObject {
        let call: Call
        let action: String
        let data: Content

        static var fields: [ReplyField<People>] {
            [
                .field("action") { $0.action }, .field("data") { $0.data },
                .field("timestamp") { $0.call.now }, .field("duration") { $0.call.durationMilliseconds },
                .field("organization") { $0.call["org"] },
            ]
        }
    }

    typealias Person = People<PersonFace>

    struct NewPerson: BodyInput {
        let name: Username
        let password: String?
        let role: AdministratorRole
        let applications: [String]

        static let value = Value<NewPerson>.object(named: "NewAdministrator") { object throws(FieldProblem) in
            NewPerson(
                name: try object.required("name", .username),
                password: try object.optional("password", .newPassword, emptyIsAbsent: false),
                role: try object.required("role", .role),
                applications: try object.optional("applications", .applicationNames) ?? []
            )
        }
    }

    struct PersonChange: BodyInput {
        let password: String?
        let role: AdministratorRole?
        let applications: [String]?

        static let value = Value<PersonChange>.object(named: "AdministratorChange") {
            object throws(FieldProblem) in
            PersonChange(
                password: try object.optional("password", .newPassword, emptyIsAbsent: false),
                role: try object.optional("role", .role, emptyIsAbsent: false),
                applications: try object.optional("applications", .applicationNames, emptyIsAbsent: false)
            )
        }
    }

    /// A password's hash, and the password where it was made here.
    struct HashedPassword: Sendable {
        let hash: String?
        var made: String?
    }

    static func people(_ call: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure)
        -> People<[PersonFace]>
    {
        try AdministratorRules.requireOwner(call.caller, call.scopes, in: store)
        let found = try AdministratorRules.list(of: call["org"], in: store)
        return People(call: call, action: "get", data: found.map { PersonFace(administrator: $0) })
    }

    static func hashPassword(
        _ call: Call,
        _ input: NewPerson,
        _ store: any AdministrationReader
    ) throws(Failure) -> Preparation<HashedPassword, Person> {
        try AdministratorRules.requireOwner(call.caller, call.scopes, in: store)
        let made = input.password == nil ? call.services.secrets.shareSecret() : nil
        let password = input.password ?? made ?? ""
        return .compute(
            Computation { hashing throws(Failure) in
                HashedPassword(hash: try hashing.hash(password), made: made)
            }
        )
    }

    static func create(
        _ call: Call,
        _ input: NewPerson,
        _ password: HashedPassword,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Person {
        try AdministratorRules.requireOwner(call.caller, call.scopes, in: store)
        let administrator = try AdministratorRules.create(
            input.name,
            AdministratorFacts(role: input.role, applications: input.applications),
            passwordHash: password.hash ?? "",
            of: call["org"],
            at: call.now,
            in: store
        )
        store.note(subject: administrator.name.text)
        return Person(
            call: call,
            action: "post",
            data: PersonFace(administrator: administrator, password: password.made)
        )
    }

    static func hashNewPassword(
        _ call: Call,
        _ input: PersonChange,
        _ store: any AdministrationReader
    ) throws(Failure) -> Preparation<HashedPassword, Person> {
        try AdministratorRules.requireOwner(call.caller, call.scopes, in: store)
        _ = try AdministratorRules.find(call["administrator"], of: call["org"], in: store)
        return .compute(
            Computation(hashes: input.password == nil ? 0 : 1) { hashing throws(Failure) in
                HashedPassword(
                    hash: try input.password.map { text throws(Failure) in try hashing.hash(text) }
                )
            }
        )
    }

    static func change(
        _ call: Call,
        _ input: PersonChange,
        _ password: HashedPassword,
        _ store: any AdministrationWriter
    ) throws(Failure) -> Person {
        try AdministratorRules.requireOwner(call.caller, call.scopes, in: store)
        let administrator = try AdministratorRules.find(call["administrator"], of: call["org"], in: store)
        var facts = administrator.facts
        facts.role = input.role ?? facts.role
        facts.applications = input.applications ?? facts.applications
        let changed = try AdministratorRules.update(
            administrator,
            to: facts,
            passwordHash: password.hash,
            of: call["org"],
            in: store
        )
        return Person(call: call, action: "put", data: PersonFace(administrator: changed))
    }

    static func remove(_ call: Call, _: NoInput, _ store: any AdministrationWriter) throws(Failure) -> Person
    {
        try AdministratorRules.requireOwner(call.caller, call.scopes, in: store)
        let administrator = try AdministratorRules.find(call["administrator"], of: call["org"], in: store)
        try AdministratorRules.delete(administrator, of: call["org"], in: store)
        return Person(call: call, action: "delete", data: PersonFace(administrator: administrator))
    }
}

extension Value<AdministratorRole> {
    /// A role by its word.
    fileprivate static var role: Value {
        let words = Value<String>.oneOf(AdministratorRole.allCases.map(\.rawValue))
        return .textual(words.shape, placeholder: .owner) { text throws(FieldProblem) in
            guard let role = AdministratorRole(rawValue: try words.value(of: text)) else {
                throw FieldProblem(.illegal(value: text))
            }
            return role
        }
    }
}

extension Value<[String]> {
    /// Names of applications.
    fileprivate static var applicationNames: Value {
        .list(of: .text(1...32), maximum: AdministratorRules.maximumApplications)
    }
}

extension Value<String> {
    /// A password that guards every application of the organisation: at least 8 characters (OWASP ASVS 5.0, 6.2.1).
    fileprivate static var newPassword: Value {
        .textual(.string(length: 8...128), placeholder: "password") { text throws(FieldProblem) in
            guard text.count >= 8 else {
                throw FieldProblem(.illegal(value: "a password of fewer than 8 characters"))
            }
            return try Value<String>.text(8...128).value(of: text)
        }
    }
}
