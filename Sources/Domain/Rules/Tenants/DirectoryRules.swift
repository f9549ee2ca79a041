// Making and changing tenants: organisations, applications, credentials, administrators.

/// The name of an application with its organisation, as `org/app` on the command line.
public struct ApplicationName: Hashable, Sendable {
    /// The organisation's name.
    public let organization: String
    /// The application's name.
    public let application: String

    /// Memberwise; unchecked, for look-ups.
    public init(organization: String, application: String) {
        self.organization = organization
        self.application = application
    }

    /// `org#app`, the form clients call the AppKey.
    public var appKey: String { "\(organization)#\(application)" }
}

/// The rules of tenants.
public enum DirectoryRules {
    /// First path segments that routes of the server use, so no organisation can have them.
    static let reservedNames: Set<String> = [
        "management", "healthz", "readyz", "metrics", "admin", "auth", "user", "friend", "group", "manager",
        "msg",
        "chat", "conversation", "openim", "gateway", "docs", "console", "statistics", "third", "object",
        "jssdk",
        "config", "prometheus",
    ]

    /// Checks the name of an organisation or application: 1–32 of `a–z 0–9 -`.
    static func check(_ name: String, field: String) throws(Failure) {
        let isLegal = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isLegal, (1...32).contains(name.utf8.count) else {
            throw .invalid(field: field, .illegal(value: String(name.prefix(64))))
        }
    }

    private static func checkOrganization(_ name: String) throws(Failure) {
        try check(name, field: "organization")
        guard !reservedNames.contains(name) else {
            throw .invalid(field: "organization", .illegal(value: name))
        }
    }

    /// Makes an organisation.
    ///
    /// - Throws: `.invalid`, `.conflict(.organization, …)`.
    public static func createOrganization(
        _ name: String,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Organization {
        try checkOrganization(name)
        return try store.insertOrganization(named: name, at: now)
    }

    /// Makes an administrator of an organisation, and the organisation where it doesn't exist yet.
    ///
    /// - Throws: `.invalid`, `.conflict(.administrator, …)`.
    public static func createAdministrator(
        _ name: Username,
        passwordHash: String,
        isOperator: Bool = false,
        of organization: String,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> (Organization, Administrator) {
        let organization = try findOrCreate(organization, at: now, in: store)
        let administrator = try store.insertAdministrator(
            named: name,
            AdministratorFacts(isOperator: isOperator),
            passwordHash: passwordHash,
            of: organization.id,
            at: now
        )
        return (organization, administrator)
    }

    /// Makes an application with its first credential, and its organisation where that doesn't exist yet.
    ///
    /// - Throws: `.invalid`, `.conflict(.application, …)`.
    public static func createApplication(
        _ name: ApplicationName,
        settings: ApplicationSettings,
        credential: NewCredential,
        uuid: UUID,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Application {
        try check(name.application, field: "application")
        let organization = try findOrCreate(name.organization, at: now, in: store)
        let application = try store.insertApplication(
            named: name.application,
            of: organization,
            uuid: uuid,
            settings: settings,
            at: now
        )
        _ = try addCredential(credential, to: application, at: now, in: store)
        return try find(name, in: store)
    }

    /// Gives an application one more credential, which may do everything.
    public static func addCredential(
        _ credential: NewCredential,
        to application: Application,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Credential {
        try store.insertCredential(
            credential,
            as: ClientFacts(name: ClientRules.standardName),
            of: application.id,
            at: now
        )
    }

    /// Ends a credential and with it every token that was got by it.
    ///
    /// - Throws: `.notFound(.credential, …)`.
    public static func revokeCredential(
        _ clientID: String,
        of application: Application,
        in store: any AdministrationWriter
    ) throws(Failure) {
        guard try store.deleteCredential(clientID: clientID, of: application.id) else {
            throw .notFound(.credential, id: clientID)
        }
    }

    /// Changes an application's settings.
    ///
    /// - Throws: `.notFound(.application, …)`.
    public static func update(
        _ name: ApplicationName,
        in store: any AdministrationWriter,
        _ change: (inout ApplicationSettings) -> Void
    ) throws(Failure) -> Application {
        let application = try find(name, in: store)
        var settings = application.settings
        change(&settings)
        try store.updateSettings(settings, of: application.id)
        return try find(name, in: store)
    }

    /// An organisation with its applications, by name.
    ///
    /// - Throws: `.notFound(.organization, …)`.
    public static func applications(
        of name: String,
        in store: any AdministrationReader
    ) throws(Failure) -> (Organization, [Application]) {
        guard let organization = try store.organization(named: name) else {
            throw .notFound(.organization, id: name)
        }
        return (organization, try store.applications().filter { $0.organization.id == organization.id })
    }

    /// The application of this name.
    ///
    /// - Throws: `.notFound(.application, …)`.
    public static func find(
        _ name: ApplicationName,
        in store: any AdministrationReader
    ) throws(Failure) -> Application {
        guard let found = try store.application(named: name.application, of: name.organization) else {
            throw .notFound(.application, id: "\(name.organization)/\(name.application)")
        }
        return found
    }

    private static func findOrCreate(
        _ name: String,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Organization {
        if let known = try store.organization(named: name) { return known }
        return try createOrganization(name, at: now, in: store)
    }
}
