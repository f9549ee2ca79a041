// The repository of tenants, in memory.

import Domain

struct MemoryAdministrationStore: AdministrationWriter {
    let database: MemoryDatabase
    let origin: Origin

    func announce(_ event: Event) {
        database.pending.append(Announcement(application: nil, event: event))
    }

    var tables: Tables { database.tables }

    // MARK: Reading

    func applications() -> [Application] {
        tables.applications.values
            .sorted { ($0.organization.name, $0.name) < ($1.organization.name, $1.name) }
            .map(withCredentials)
    }

    func application(named name: String, of organization: String) -> Application? {
        tables.applications.values.first { $0.name == name && $0.organization.name == organization }
            .map(withCredentials)
    }

    private func withCredentials(_ application: Application) -> Application {
        let credentials = tables.credentials.values.filter { $0.application == application.id }.map(
            \.credential
        )
        return Application(
            id: application.id,
            uuid: application.uuid,
            organization: application.organization,
            name: application.name,
            created: application.created,
            settings: application.settings,
            credentials: credentials.sorted { $0.id.rawValue < $1.id.rawValue }
        )
    }

    func organizations() -> [Organization] { tables.organizations.values.sorted { $0.name < $1.name } }

    func organization(named name: String) -> Organization? {
        tables.organizations.values.first { $0.name == name }
    }

    func administrators() -> [Administrator] {
        tables.administrators.values.map(\.administrator).sorted { $0.id.rawValue < $1.id.rawValue }
    }

    func administrator(named name: Username) -> Administrator? { administrators().first { $0.name == name } }

    func passwordHash(of id: AdministratorID) -> String? { tables.administrators[id]?.passwordHash }

    func isUnderMaintenance() -> Bool { tables.isUnderMaintenance }

    func applicationTotals(limit: Int) -> [(application: ApplicationID, totals: ApplicationTotals)] {
        let all = tables.applications.keys.map { id in
            let conversations = tables.conversations.values.filter { $0.application == id }
            return (
                application: id,
                totals: ApplicationTotals(
                    users: tables.users.values.count { $0.application == id },
                    messages: Int(conversations.reduce(0) { $0 + $1.conversation.lastSequence }),
                    fileBytes: tables.files.values.filter { $0.application == id }.reduce(0) {
                        $0 + $1.file.content.size
                    }
                )
            )
        }
        let sorted = all.sorted {
            ($0.totals.users, $1.application.rawValue) > ($1.totals.users, $0.application.rawValue)
        }
        return Array(sorted.prefix(limit))
    }

    // MARK: Writing

    func setMaintenance(_ isOn: Bool) {
        database.tables.isUnderMaintenance = isOn
        announce(.directoryChanged)
    }

    func insertOrganization(named name: String, at now: Timestamp) throws(Failure) -> Organization {
        guard organization(named: name) == nil else { throw .conflict(.organization, id: name) }
        let inserted = Organization(
            id: OrganizationID(rawValue: database.tables.nextKey()),
            name: name,
            created: now
        )
        database.tables.organizations[inserted.id] = inserted
        announce(.directoryChanged)
        return inserted
    }

    func insertApplication(
        named name: String,
        of organization: Organization,
        uuid: UUID,
        settings: ApplicationSettings,
        at now: Timestamp
    ) throws(Failure) -> Application {
        guard tables.organizations[organization.id] != nil else {
            throw .notFound(.organization, id: organization.name)
        }
        guard application(named: name, of: organization.name) == nil else {
            throw .conflict(.application, id: name)
        }
        let inserted = Application(
            id: ApplicationID(rawValue: database.tables.nextKey()),
            uuid: uuid,
            organization: organization,
            name: name,
            created: now,
            settings: settings,
            credentials: []
        )
        database.tables.applications[inserted.id] = inserted
        announce(.directoryChanged)
        return inserted
    }

    func updateSettings(_ settings: ApplicationSettings, of id: ApplicationID) {
        guard let old = tables.applications[id] else { return }
        database.tables.applications[id] = Application(
            id: id,
            uuid: old.uuid,
            organization: old.organization,
            name: old.name,
            created: old.created,
            settings: settings,
            credentials: []
        )
        announce(.directoryChanged)
    }

    func deleteApplication(_ id: ApplicationID) {
        guard tables.applications[id] != nil else { return }
        database.tables.removeApplication(id)
        announce(.directoryChanged)
    }

    func deleteOrganization(_ id: OrganizationID) {
        database.tables.organizations[id] = nil
        database.tables.administrators = tables.administrators.filter {
            $0.value.administrator.organization != id
        }
        announce(.directoryChanged)
    }

    func insertCredential(
        _ new: NewCredential,
        as facts: ClientFacts,
        of id: ApplicationID,
        at now: Timestamp
    ) throws(Failure) -> Credential {
        guard tables.applications[id] != nil else { throw .notFound(.application, id: "") }
        guard !tables.credentials.values.contains(where: { $0.credential.clientID == new.clientID }) else {
            throw .conflict(.credential, id: new.clientID)
        }
        let inserted = Credential(
            id: CredentialID(rawValue: database.tables.nextKey()),
            clientID: new.clientID,
            name: facts.name,
            scopes: facts.scopes,
            secretHash: new.secretHash,
            created: now,
            expires: facts.expires,
            derivation: new.derivation,
            rates: facts.rates
        )
        database.tables.credentials[inserted.id] = Tables.CredentialRow(application: id, credential: inserted)
        announce(.directoryChanged)
        return inserted
    }

    func updateCredential(_ credential: Credential) {
        guard let row = tables.credentials[credential.id] else { return }
        let lastUsed = row.credential.lastUsed
        replace(credential, of: row.application, lastUsed: lastUsed)
        announce(.directoryChanged)
    }

    func noteUse(of id: CredentialID, at hour: Timestamp) {
        guard let row = tables.credentials[id] else { return }
        replace(row.credential, of: row.application, lastUsed: hour)
    }

    private func replace(_ new: Credential, of application: ApplicationID, lastUsed: Timestamp?) {
        let credential = Credential(
            id: new.id,
            clientID: new.clientID,
            name: new.name,
            scopes: new.scopes,
            secretHash: new.secretHash,
            formerSecret: new.formerSecret,
            created: new.created,
            expires: new.expires,
            lastUsed: lastUsed,
            derivation: new.derivation,
            rates: new.rates
        )
        database.tables.credentials[new.id] = Tables.CredentialRow(
            application: application,
            credential: credential
        )
    }

    func deleteCredential(clientID: String, of id: ApplicationID) -> Bool {
        let found = tables.credentials.first {
            $0.value.application == id && $0.value.credential.clientID == clientID
        }
        guard let found else { return false }
        database.tables.credentials[found.key] = nil
        announce(.directoryChanged)
        return true
    }

    func insertAdministrator(
        named name: Username,
        _ facts: AdministratorFacts,
        passwordHash: String,
        of organization: OrganizationID,
        at now: Timestamp
    ) throws(Failure) -> Administrator {
        guard tables.organizations[organization] != nil else { throw .notFound(.organization, id: "") }
        guard administrator(named: name) == nil else { throw .conflict(.administrator, id: name.text) }
        let inserted = Administrator(
            id: AdministratorID(rawValue: database.tables.nextKey()),
            organization: organization,
            name: name,
            facts: facts,
            tokenGeneration: 0,
            created: now
        )
        database.tables.administrators[inserted.id] = Tables.AdministratorRow(
            administrator: inserted,
            passwordHash: passwordHash
        )
        announce(.directoryChanged)
        return inserted
    }

    func setFacts(of id: AdministratorID, to facts: AdministratorFacts) {
        guard let row = tables.administrators[id] else { return }
        let old = row.administrator
        database.tables.administrators[id] = Tables.AdministratorRow(
            administrator: Administrator(
                id: id,
                organization: old.organization,
                name: old.name,
                facts: facts,
                tokenGeneration: old.tokenGeneration,
                created: old.created
            ),
            passwordHash: row.passwordHash
        )
        announce(.directoryChanged)
    }

    func deleteAdministrator(_ id: AdministratorID) {
        guard tables.administrators[id] != nil else { return }
        database.tables.administrators[id] = nil
        announce(.directoryChanged)
    }

    func setPasswordHash(of id: AdministratorID, to hash: String) {
        guard let row = tables.administrators[id] else { return }
        let old = row.administrator
        database.tables.administrators[id] = Tables.AdministratorRow(
            administrator: Administrator(
                id: id,
                organization: old.organization,
                name: old.name,
                facts: old.facts,
                tokenGeneration: old.tokenGeneration + 1,
                created: old.created
            ),
            passwordHash: hash
        )
        announce(.directoryChanged)
    }
}
