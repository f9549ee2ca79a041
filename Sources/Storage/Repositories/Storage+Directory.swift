// The repository of tenants on SQLite: organisations and applications.

import Domain

private let applicationColumns: StaticString = """
    applications.id, applications.uuid, applications.name, applications.created, applications.open_registration,
    applications.maximum_contacts, applications.maximum_blocks, applications.maximum_names,
    applications.maximum_registrations, applications.maximum_group_members, applications.maximum_room_members,
    applications.maximum_joined_groups, applications.maximum_groups, applications.maximum_message_bytes,
    applications.maximum_text_bytes, applications.recall_seconds, applications.maximum_file_bytes,
    applications.managers, applications.proposal_seconds, applications.requires_email_verification,
    applications.suspended, applications.token_seconds, applications.checks_recipients,
    applications.product_name, applications.about, applications.status, applications.rates,
    organizations.id, organizations.name, organizations.created
    FROM organizations JOIN applications ON applications.organization = organizations.id
    """

private enum DirectoryQueries {
    static let applications = Query(
        "SELECT",
        applicationColumns,
        "WHERE applications.removed = 0 ORDER BY organizations.name, applications.name"
    )
    static let application = Query(
        "SELECT",
        applicationColumns,
        "WHERE organizations.name = ?1 AND applications.name = ?2 AND applications.removed = 0"
    )
    static let organizations = Query(
        "SELECT id, name, created FROM organizations WHERE name NOT GLOB '#*' ORDER BY name"
    )
    static let organization = Query("SELECT id, name, created FROM organizations WHERE name = ?1")
    static let totals = Query(
        """
        SELECT applications.id, count(users.id), applications.file_bytes,
            (SELECT coalesce(sum(last_sequence), 0) FROM conversations WHERE application = applications.id)
        FROM applications LEFT JOIN users ON users.application = applications.id
        WHERE applications.removed = 0 GROUP BY applications.id ORDER BY count(users.id) DESC, applications.id
        LIMIT ?1
        """
    )

    static let insertOrganization = Query(
        "INSERT INTO organizations (name, created) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING"
    )
    static let insertApplication = Query(
        """
        INSERT INTO applications (uuid, organization, name, created, open_registration, maximum_contacts,
            maximum_blocks, maximum_names, maximum_registrations, maximum_group_members, maximum_room_members,
            maximum_joined_groups, maximum_groups, maximum_message_bytes, maximum_text_bytes, recall_seconds,
            maximum_file_bytes, managers, proposal_seconds, requires_email_verification, suspended, token_seconds,
            checks_recipients, product_name, about, status, rates)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
            ?22, ?23, ?24, ?25, ?26, ?27)
        ON CONFLICT (organization, name) DO NOTHING
        """
    )
    static let updateSettings = Query(
        """
        UPDATE applications SET open_registration = ?2, maximum_contacts = ?3, maximum_blocks = ?4,
            maximum_names = ?5, maximum_registrations = ?6, maximum_group_members = ?7, maximum_room_members = ?8,
            maximum_joined_groups = ?9, maximum_groups = ?10, maximum_message_bytes = ?11, maximum_text_bytes = ?12,
            recall_seconds = ?13, maximum_file_bytes = ?14, managers = ?15, proposal_seconds = ?16,
            requires_email_verification = ?17, suspended = ?18, token_seconds = ?19, checks_recipients = ?20,
            product_name = ?21, about = ?22, status = ?23, rates = ?24
        WHERE id = ?1 AND removed = 0
        """
    )
    static let deleteAdministrators = Query("DELETE FROM administrators WHERE organization = ?1")
    static let hideOrganization = Query("UPDATE organizations SET name = '#' || id WHERE id = ?1")
}

extension DirectoryStore {
    func applications() throws(Failure) -> [Application] {
        let statement = try prepare(DirectoryQueries.applications)
        var applications: [Application] = []
        while try statement.step() {
            let credentials = try credentials(of: statement.id(0))
            applications.append(statement.application(credentials))
        }
        return applications
    }

    func application(named name: String, of organization: String) throws(Failure) -> Application? {
        let statement = try prepare(DirectoryQueries.application, organization, name)
        guard try statement.step() else { return nil }
        return statement.application(try credentials(of: statement.id(0)))
    }

    func applicationTotals(limit: Int) throws(Failure) -> [(
        application: ApplicationID, totals: ApplicationTotals
    )] {
        try prepare(DirectoryQueries.totals, limit).rows {
            ($0.id(0), ApplicationTotals(users: $0.int(1), messages: $0.int(3), fileBytes: $0.int(2)))
        }
    }

    func organizations() throws(Failure) -> [Organization] {
        try prepare(DirectoryQueries.organizations).rows { $0.organization(at: 0) }
    }

    func organization(named name: String) throws(Failure) -> Organization? {
        try prepare(DirectoryQueries.organization, name).first { $0.organization(at: 0) }
    }
}

extension SQLiteAdministrationWriter {
    func insertOrganization(named name: String, at now: Timestamp) throws(Failure) -> Organization {
        guard try prepare(DirectoryQueries.insertOrganization, name, now).insert() == .added else {
            throw .conflict(.organization, id: name)
        }
        announce(.directoryChanged)
        return Organization(
            id: OrganizationID(rawValue: connection.lastInsertedKey),
            name: name,
            created: now
        )
    }

    func insertApplication(
        named name: String,
        of organization: Organization,
        uuid: UUID,
        settings: ApplicationSettings,
        at now: Timestamp
    ) throws(Failure) -> Application {
        let query = DirectoryQueries.insertApplication
        let id: ApplicationID = try prepare(query, uuid, organization.id, name, now, settings).insert(
            duplicate: .conflict(.application, id: name),
            orphan: .notFound(.organization, id: organization.name)
        )
        announce(.directoryChanged)
        return Application(
            id: id,
            uuid: uuid,
            organization: organization,
            name: name,
            created: now,
            settings: settings,
            credentials: []
        )
    }

    func updateSettings(_ settings: ApplicationSettings, of id: ApplicationID) throws(Failure) {
        if try prepare(DirectoryQueries.updateSettings, id, settings).run() > 0 {
            announce(.directoryChanged)
        }
    }

    func deleteApplication(_ id: ApplicationID) throws(Failure) {
        if try session.remove(id) { announce(.directoryChanged) }
    }

    func deleteOrganization(_ id: OrganizationID) throws(Failure) {
        // The row stays for as long as those of its applications do, under a name that nobody can give.
        try prepare(DirectoryQueries.deleteAdministrators, id).run()
        try prepare(DirectoryQueries.hideOrganization, id).run()
        try prepare(RemovalQueries.organizations).run()
        announce(.directoryChanged)
    }
}

/// Twenty-three parameters.
extension ApplicationSettings: Bindable {
    func bind(to statement: inout Statement) {
        statement.bind(openRegistration)
        statement.bind(maximumContacts)
        statement.bind(maximumBlocks)
        statement.bind(maximumNames)
        statement.bind(maximumRegistrations)
        statement.bind(maximumGroupMembers)
        statement.bind(maximumRoomMembers)
        statement.bind(maximumJoinedGroups)
        statement.bind(maximumGroups)
        statement.bind(maximumMessageBytes)
        statement.bind(maximumTextBytes)
        statement.bind(recallSeconds)
        statement.bind(maximumFileBytes)
        statement.bind(managers.map(\.text).joined(separator: " "))
        statement.bind(proposalSeconds)
        statement.bind(requiresEmailVerification)
        statement.bind(isSuspended)
        statement.bind(tokenSeconds)
        statement.bind(checksRecipients)
        statement.bind(productName)
        statement.bind(about)
        statement.bind(status)
        statement.bind(rates.text)
    }
}

extension Statement {
    /// The application in the columns of `applicationColumns`.
    fileprivate func application(_ credentials: [Credential]) -> Application {
        var settings = ApplicationSettings()
        settings.openRegistration = bool(4)
        settings.maximumContacts = int(5)
        settings.maximumBlocks = int(6)
        settings.maximumNames = int(7)
        settings.maximumRegistrations = int(8)
        settings.maximumGroupMembers = int(9)
        settings.maximumRoomMembers = int(10)
        settings.maximumJoinedGroups = int(11)
        settings.maximumGroups = int(12)
        settings.maximumMessageBytes = int(13)
        settings.maximumTextBytes = int(14)
        settings.recallSeconds = int(15)
        settings.maximumFileBytes = int(16)
        settings.managers = text(17).split(separator: " ").compactMap { Username(String($0)) }
        settings.proposalSeconds = int(18)
        settings.requiresEmailVerification = bool(19)
        settings.isSuspended = bool(20)
        settings.tokenSeconds = int(21)
        settings.checksRecipients = bool(22)
        settings.productName = text(23)
        settings.about = text(24)
        settings.status = text(25)
        settings.rates = Rates(text: text(26))
        return Application(
            id: id(0),
            uuid: uuid(1),
            organization: organization(at: 27),
            name: text(2),
            created: timestamp(3),
            settings: settings,
            credentials: credentials
        )
    }

    fileprivate func organization(at column: Int32) -> Organization {
        Organization(
            id: id(column),
            name: text(column + 1),
            created: timestamp(column + 2)
        )
    }
}
