// The repository of tenants: the one that isn't bound to an application, lent to administration only.

/// Reads organisations, applications and administrators.
public protocol DirectoryReader {
    /// Every application with its organisation and live credentials, by organisation and name.
    func applications() throws(Failure) -> [Application]
    /// Every organisation by name.
    func organizations() throws(Failure) -> [Organization]
    /// Every administrator.
    func administrators() throws(Failure) -> [Administrator]
    /// The organisation of this name.
    func organization(named name: String) throws(Failure) -> Organization?
    /// The application of this organisation and name.
    func application(named name: String, of organization: String) throws(Failure) -> Application?
    /// The administrator of this name. Names are unique over all organisations.
    func administrator(named name: Username) throws(Failure) -> Administrator?
    /// The administrator's password as a modular crypt string.
    func passwordHash(of id: AdministratorID) throws(Failure) -> String?
    /// Whether the whole server is under maintenance.
    func isUnderMaintenance() throws(Failure) -> Bool
    /// The sizes of the applications with the most users, at most `limit`, by number of users, most first.
    ///
    /// Reads an index entry for each user of the server and a row for each conversation.
    func applicationTotals(limit: Int) throws(Failure) -> [(
        application: ApplicationID, totals: ApplicationTotals
    )]
    /// The applications that have endpoints of webhooks, or something left of them.
    func webhookApplications() throws(Failure) -> [ApplicationID]
    /// How many deliveries of webhooks are pending on the whole server, and since when the oldest is. Costs a row for each
    /// delivery.
    func webhookBacklog() throws(Failure) -> WebhookBacklog
}

/// Changes organisations, applications and administrators.
///
/// Each change announces `.directoryChanged`.
public protocol DirectoryWriter: DirectoryReader {
    /// Adds an organisation; `.conflict` when the name is taken.
    func insertOrganization(named name: String, at now: Timestamp) throws(Failure) -> Organization
    /// Adds an application with default settings; `.conflict` when the name is taken.
    func insertApplication(
        named name: String,
        of organization: Organization,
        uuid: UUID,
        settings: ApplicationSettings,
        at now: Timestamp
    ) throws(Failure) -> Application
    /// Replaces the application's settings.
    func updateSettings(_ settings: ApplicationSettings, of id: ApplicationID) throws(Failure)
    /// Removes the application with everything in it.
    ///
    /// From the commit on nobody finds it, and its name is free. Its rows go then and, when they are many, a little
    /// later, in transactions that leave room for those of others.
    func deleteApplication(_ id: ApplicationID) throws(Failure)
    /// Removes an organisation with its administrators; its applications have been removed before.
    func deleteOrganization(_ id: OrganizationID) throws(Failure)
    /// Adds a credential; `.conflict` when its client id is taken.
    func insertCredential(
        _ new: NewCredential,
        as facts: ClientFacts,
        of id: ApplicationID,
        at now: Timestamp
    ) throws(Failure) -> Credential
    /// Replaces a credential's name, scopes, end and secrets.
    func updateCredential(_ credential: Credential) throws(Failure)
    /// Notes the hour in which a credential was used.
    ///
    /// Announces nothing: the tenants in memory don't show it.
    func noteUse(of id: CredentialID, at hour: Timestamp) throws(Failure)
    /// Revokes a credential.
    ///
    /// - Returns: whether there was one of this id in the application.
    func deleteCredential(clientID: String, of id: ApplicationID) throws(Failure) -> Bool
    /// Adds an administrator; `.conflict` when the name is taken.
    func insertAdministrator(
        named name: Username,
        _ facts: AdministratorFacts,
        passwordHash: String,
        of organization: OrganizationID,
        at now: Timestamp
    ) throws(Failure) -> Administrator
    /// Replaces an administrator's role, applications and whether it is an operator.
    func setFacts(of id: AdministratorID, to facts: AdministratorFacts) throws(Failure)
    /// Removes an administrator.
    func deleteAdministrator(_ id: AdministratorID) throws(Failure)
    /// Replaces an administrator's password and raises the token generation.
    func setPasswordHash(of id: AdministratorID, to hash: String) throws(Failure)
    /// Puts the whole server under maintenance, or ends that. It lasts over a restart.
    func setMaintenance(_ isOn: Bool) throws(Failure)
}

extension DirectoryWriter {
    /// Adds an administrator with the role of an owner.
    public func insertAdministrator(
        named name: Username,
        passwordHash: String,
        of organization: OrganizationID,
        at now: Timestamp
    ) throws(Failure) -> Administrator {
        try insertAdministrator(
            named: name,
            AdministratorFacts(),
            passwordHash: passwordHash,
            of: organization,
            at: now
        )
    }

    /// Adds a credential that may do everything, with a secret of random bits.
    public func insertCredential(
        clientID: String,
        secretHash: [UInt8],
        of id: ApplicationID,
        at now: Timestamp
    ) throws(Failure) -> Credential {
        try insertCredential(
            NewCredential(clientID: clientID, secret: "", secretHash: secretHash),
            as: ClientFacts(name: ""),
            of: id,
            at: now
        )
    }
}

/// The facts of a client that its owner chooses.
public struct ClientFacts: Equatable, Sendable {
    /// The name, at most 64 characters.
    public var name: String
    /// What its tokens may do at most.
    public var scopes: Scopes
    /// When it ends; nil for never.
    public var expires: Timestamp?
    /// How many calls it may make.
    public var rates: Rates

    /// Memberwise.
    public init(name: String, scopes: Scopes = .all, expires: Timestamp? = nil, rates: Rates = Rates()) {
        self.rates = rates
        self.name = name
        self.scopes = scopes
        self.expires = expires
    }
}
