// Administrators of an organisation: made, given roles and removed by its owners.

/// The facts of an administrator that an owner chooses.
public struct AdministratorFacts: Equatable, Sendable {
    /// The role.
    public var role: AdministratorRole
    /// The names of the applications that it is bound to; empty for all of them.
    public var applications: [String]
    /// Whether it may do what the operator of the server may.
    public var isOperator: Bool

    /// Memberwise.
    public init(role: AdministratorRole = .owner, applications: [String] = [], isOperator: Bool = false) {
        self.role = role
        self.applications = applications
        self.isOperator = isOperator
    }
}

/// The rules of administrators.
public enum AdministratorRules {
    /// Applications that one administrator may be bound to.
    public static let maximumApplications = 100
    /// How long their tokens live, in seconds: 12 hours.
    public static let tokenLifeSeconds = 43_200

    /// Holds the caller to being one of the organisation's owners, by a token that may do everything, or the operator.
    ///
    /// Asked inside the transaction: it may have lost its role since it was let in.
    ///
    /// - Throws: `.forbidden(.lacksScope)`, `.unauthenticated(.revoked)`.
    public static func requireOwner(
        _ caller: Caller,
        _ scopes: Scopes,
        in store: any AdministrationReader
    ) throws(Failure) {
        guard case .administrator(let id) = caller else { return }
        guard let known = try store.administrators().first(where: { $0.id == id }) else {
            throw .unauthenticated(.revoked)
        }
        guard known.facts.role == .owner, known.facts.applications.isEmpty, scopes == .all else {
            throw .forbidden(.lacksScope(.all))
        }
    }

    /// The administrator of this name in an organisation.
    ///
    /// - Throws: `.notFound(.organization, …)`, `.notFound(.administrator, …)`.
    public static func find(
        _ name: String,
        of organization: String,
        in store: any AdministrationReader
    ) throws(Failure) -> Administrator {
        let owner = try self.organization(organization, in: store)
        guard let username = Username(name), let found = try store.administrator(named: username),
            found.organization == owner.id
        else { throw .notFound(.administrator, id: name) }
        return found
    }

    /// The administrators of an organisation, in the order in which they were made.
    ///
    /// - Throws: `.notFound(.organization, …)`.
    public static func list(
        of organization: String,
        in store: any AdministrationReader
    ) throws(Failure) -> [Administrator] {
        let owner = try self.organization(organization, in: store)
        return try store.administrators().filter { $0.organization == owner.id }
    }

    /// Makes one.
    ///
    /// - Throws: `.notFound(.organization, …)`, `.conflict(.administrator, …)`, `.invalid("applications", …)`.
    public static func create(
        _ name: Username,
        _ facts: AdministratorFacts,
        passwordHash: String,
        of organization: String,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Administrator {
        let owner = try self.organization(organization, in: store)
        try check(facts, of: organization, in: store)
        return try store.insertAdministrator(
            named: name,
            facts,
            passwordHash: passwordHash,
            of: owner.id,
            at: now
        )
    }

    /// Changes the facts, and with a hash the password, which ends its tokens.
    ///
    /// - Throws: as `find`; `.invalid("applications", …)`, `.invalid("role", …)` where no owner would be left.
    public static func update(
        _ administrator: Administrator,
        to facts: AdministratorFacts,
        passwordHash: String?,
        of organization: String,
        in store: any AdministrationWriter
    ) throws(Failure) -> Administrator {
        try check(facts, of: organization, in: store)
        if facts.role != .owner || !facts.applications.isEmpty {
            try requireOtherOwner(than: administrator, field: "role", of: organization, in: store)
        }
        try store.setFacts(of: administrator.id, to: facts)
        if let passwordHash { try store.setPasswordHash(of: administrator.id, to: passwordHash) }
        return try find(administrator.name.text, of: organization, in: store)
    }

    /// Removes one; its tokens end.
    ///
    /// - Throws: `.invalid("administrator", …)` where no owner would be left.
    public static func delete(
        _ administrator: Administrator,
        of organization: String,
        in store: any AdministrationWriter
    ) throws(Failure) {
        try requireOtherOwner(than: administrator, field: "administrator", of: organization, in: store)
        try store.deleteAdministrator(administrator.id)
    }

    // MARK: Parts

    private static func organization(
        _ name: String,
        in store: any AdministrationReader
    ) throws(Failure) -> Organization {
        guard let found = try store.organization(named: name) else {
            throw .notFound(.organization, id: name)
        }
        return found
    }

    private static func check(
        _ facts: AdministratorFacts,
        of organization: String,
        in store: any AdministrationReader
    ) throws(Failure) {
        for (index, name) in facts.applications.enumerated() {
            guard try store.application(named: name, of: organization) != nil else {
                throw .invalid(field: "applications[\(index)]", .unknownReference(.application, id: name))
            }
        }
    }

    /// Somebody has to be left who can give roles.
    private static func requireOtherOwner(
        than administrator: Administrator,
        field: String,
        of organization: String,
        in store: any AdministrationReader
    ) throws(Failure) {
        guard administrator.isWholeOwner else { return }
        let owners = try list(of: organization, in: store).filter(\.isWholeOwner)
        guard owners.contains(where: { $0.id != administrator.id }) else {
            throw .invalid(field: field, .refused("is that of the organisation's last owner"))
        }
    }
}

extension Administrator {
    /// Whether it may work on an application of its organisation.
    public func mayWork(on application: String) -> Bool {
        facts.applications.isEmpty || facts.applications.contains(application)
    }

    /// Whether it is an owner of all applications.
    fileprivate var isWholeOwner: Bool { facts.role == .owner && facts.applications.isEmpty }
}
