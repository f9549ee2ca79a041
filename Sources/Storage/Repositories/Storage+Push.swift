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
        let statement = try prepare(PushQueries.preference, user, subject)
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
        try prepare(PushQueries.language, user).first { $0.text(0) }
    }

    func pushTemplate(named name: String) throws(Failure) -> PushTemplate? {
        try prepare(PushQueries.template, name).first {
            PushTemplate(
                name: $0.text(0),
                title: $0.text(1),
                content: $0.text(2),
                created: $0.timestamp(3),
                modified: $0.timestamp(4)
            )
        }
    }

    func pushTemplateCount() throws(Failure) -> Int {
        try prepare(PushQueries.templateCount).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func setPushPreference(
        _ preference: PushPreference,
        for subject: PushSubject,
        of user: UserID
    ) throws(Failure) {
        let hours = preference.quietHours
        try prepare(
            PushQueries.setPreference,
            user,
            subject,
            preference.level.rawValue,
            hours?.start,
            hours?.end,
            preference.quietUntil
        ).insert()
    }

    func setPushLanguage(_ language: String, of user: UserID) throws(Failure) {
        try prepare(PushQueries.setLanguage, user, language).insert()
    }

    func setPushTemplate(_ template: PushTemplate) throws(Failure) {
        try prepare(
            PushQueries.setTemplate,
            template.name,
            template.title,
            template.content,
            template.created,
            template.modified
        ).insert()
    }

    func deletePushTemplate(named name: String) throws(Failure) -> Bool {
        try prepare(PushQueries.deleteTemplate, name).run() > 0
    }
}

/// Two parameters: the columns of the unique index, 0 where there is none.
extension PushSubject: Bindable {
    func bind(to statement: inout Statement) {
        switch self {
        case .user(let peer):
            statement.bind(peer)
            statement.bind(0)
        case .group(let group):
            statement.bind(0)
            statement.bind(group)
        }
    }
}
