// The tables, as the migrations that make them. Append only: a migration that has shipped is never edited.

/// One numbered step of the schema.
struct Migration: Sendable {
    /// The value of `user_version` after it.
    let number: Int
    /// Its statements; the last one sets `user_version`.
    let sql: StaticString

    /// All steps in order, from 1.
    static let all = [
        Migration(number: 1, sql: migration01TenantsAndUsers),
        Migration(number: 2, sql: migration02Groups),
        Migration(number: 3, sql: migration03Messages),
        Migration(number: 4, sql: migration04Files),
        Migration(number: 5, sql: migration05Profiles),
        Migration(number: 6, sql: migration06Proposals),
        Migration(number: 7, sql: migration07Removal),
        Migration(number: 8, sql: migration08Emails),
        Migration(number: 9, sql: migration09OwnViews),
        Migration(number: 10, sql: migration10Presence),
        Migration(number: 11, sql: migration11Roles),
        Migration(number: 12, sql: migration12Server),
        Migration(number: 13, sql: migration13Bans),
        Migration(number: 14, sql: migration14Retention),
        Migration(number: 15, sql: migration15Verification),
        Migration(number: 16, sql: migration16Statuses),
        Migration(number: 17, sql: migration17Notices),
        Migration(number: 18, sql: migration18Directed),
        Migration(number: 19, sql: migration19Recalls),
        Migration(number: 20, sql: migration20Refusals),
        Migration(number: 21, sql: migration21Names),
        Migration(number: 22, sql: migration22GroupMutes),
        Migration(number: 23, sql: migration23Times),
        Migration(number: 24, sql: migration24RelationCounts),
        Migration(number: 25, sql: migration25Suspension),
        Migration(number: 26, sql: migration26Clients),
        Migration(number: 27, sql: migration27Managers),
        Migration(number: 28, sql: migration28ContactMarks),
        Migration(number: 29, sql: migration29AccountLevels),
        Migration(number: 30, sql: migration30Renamings),
        Migration(number: 31, sql: migration31Webhooks),
        Migration(number: 32, sql: migration32ClientScopes),
        Migration(number: 33, sql: migration33Audit),
        Migration(number: 34, sql: migration34Replies),
        Migration(number: 35, sql: migration35Rates),
        Migration(number: 36, sql: migration36AdministratorRoles),
    ]
}
