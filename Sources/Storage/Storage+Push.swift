// The repository of push preferences and templates on SQLite.

import Domain

private enum PushQueries {
    static let preference = Query(
        """
        SELECT level, quiet_start, quiet_end, quiet_until FROM push_preferences
        WHERE application = ?1 AND user = ?2 AND ifnull(peer, 0) = ?3 AND ifnull(group_id, 0) = ?4
        """
    )
    static let language = Query("SELECT language FROM push_languages WHERE application = ?1 AND user = ?2")
    static let template = Query(
        """
        SELECT name, title, content, created, modified FROM push_templates
        WHERE application = ?1 AND name = ?2
        """
    )
    static let templateCount = Query("SELECT count(*) FROM push_templates WHERE application = ?1")

    static let setPreference = Query(
        """
        INSERT INTO push_preferences (application, user, peer, group_id, level, quiet_start, quiet_end, quiet_until)
        VALUES (?1, ?2, nullif(?3, 0), nullif(?4, 0), ?5, ?6, ?7, ?8)
        ON CONFLICT (application, user, ifnull(peer, 0), ifnull(group_id, 0)) DO UPDATE
        SET level = excluded.level, quiet_start = excluded.quiet_start, quiet_end = excluded.quiet_end,
            quiet_until = excluded.quiet_until
        """
    )
    static let setLanguage = Query(
        """
        INSERT INTO push_languages (application, user, language) VALUES (?1, ?2, ?3)
        ON CONFLICT (application, user) DO UPDATE SET language = excluded.language
        """
    )
    static let setTemplate = Query(
        """
        INSERT INTO push_templates (application, name, title, content, created, modified)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (application, name) DO UPDATE
        SET title = excluded.title, content = excluded.content, modified = excluded.modified
        """
    )
    static let deleteTemplate = Query("DELETE FROM push_templates WHERE application = ?1 AND name = ?2")
}

extension TenantStore {
    func pushPreference(for subject: PushSubject, of user: UserID) throws(Failure) -> PushPreference? {
        var statement = try connection.prepare(PushQueries.preference)
        statement.bind(application, user, subject)
        guard try statement.step() else { return nil }
        let hours = statement.optionalInt(1).flatMap { QuietHours(start: $0, end: statement.int(2)) }
        return PushPreference(
            // The schema's CHECK keeps other levels out.
            level: PushLevel(rawValue: statement.int(0)) ?? .standard,
            quietHours: hours,
            quietUntil: statement.optionalTimestamp(3)
        )
    }

    func pushLanguage(of user: UserID) throws(Failure) -> String? {
        var statement = try connection.prepare(PushQueries.language)
        statement.bind(1, application)
        statement.bind(2, user)
        return try statement.step() ? statement.text(0) : nil
    }

    func pushTemplate(named name: String) throws(Failure) -> PushTemplate? {
        var statement = try connection.prepare(PushQueries.template)
        statement.bind(1, application)
        statement.bind(2, name)
        guard try statement.step() else { return nil }
        return PushTemplate(
            name: statement.text(0),
            title: statement.text(1),
            content: statement.text(2),
            created: statement.timestamp(3),
            modified: statement.timestamp(4)
        )
    }

    func pushTemplateCount() throws(Failure) -> Int {
        var statement = try connection.prepare(PushQueries.templateCount)
        statement.bind(1, application)
        return try statement.step() ? statement.int(0) : 0
    }
}

extension SQLiteWriter {
    func setPushPreference(
        _ preference: PushPreference,
        for subject: PushSubject,
        of user: UserID
    ) throws(Failure) {
        var statement = try connection.prepare(PushQueries.setPreference)
        statement.bind(application, user, subject)
        statement.bind(5, preference.level.rawValue)
        statement.bind(6, preference.quietHours?.start)
        statement.bind(7, preference.quietHours?.end)
        statement.bind(8, preference.quietUntil)
        _ = try statement.insert()
    }

    func setPushLanguage(_ language: String, of user: UserID) throws(Failure) {
        var statement = try connection.prepare(PushQueries.setLanguage)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, language)
        _ = try statement.insert()
    }

    func setPushTemplate(_ template: PushTemplate) throws(Failure) {
        var statement = try connection.prepare(PushQueries.setTemplate)
        statement.bind(1, application)
        statement.bind(2, template.name)
        statement.bind(3, template.title)
        statement.bind(4, template.content)
        statement.bind(5, template.created)
        statement.bind(6, template.modified)
        _ = try statement.insert()
    }

    func deletePushTemplate(named name: String) throws(Failure) -> Bool {
        var statement = try connection.prepare(PushQueries.deleteTemplate)
        statement.bind(1, application)
        statement.bind(2, name)
        return try statement.run() > 0
    }
}

extension Statement {
    /// The columns of the unique index.
    fileprivate mutating func bind(_ application: ApplicationID, _ user: UserID, _ subject: PushSubject) {
        bind(1, application)
        bind(2, user)
        switch subject {
        case .user(let peer):
            bind(3, peer)
            bind(4, 0 as Int64)
        case .group(let group):
            bind(3, 0 as Int64)
            bind(4, group)
        }
    }
}
