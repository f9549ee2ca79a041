// The repository of groups' own roles on SQLite.

import Domain

private let roleColumns: StaticString = """
    group_roles.id, group_roles.group_id, group_roles.name, group_roles.description, group_roles.permissions
    """

private enum RoleQueries {
    static let one = Query(
        "SELECT",
        roleColumns,
        "FROM group_roles WHERE group_roles.id = ?2 AND group_roles.application = ?1"
    )
    static let ofMember = Query(
        "SELECT",
        roleColumns,
        """
        FROM group_member_roles CROSS JOIN group_roles ON group_roles.id = group_member_roles.role
        WHERE group_member_roles.application = ?1 AND group_member_roles.group_id = ?2
            AND group_member_roles.user = ?3
        """
    )
    static let count = Query("SELECT count(*) FROM group_roles WHERE application = ?1 AND group_id = ?2")
    static let insert = Query(
        """
        INSERT INTO group_roles (application, group_id, name, description, permissions)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id
        """
    )
    static let take = Query(
        "DELETE FROM group_member_roles WHERE application = ?1 AND group_id = ?2 AND user = ?3"
    )
    static let give = Query(
        """
        INSERT INTO group_member_roles (application, group_id, user, role)
        SELECT application, group_id, user, ?4 FROM group_members
        WHERE application = ?1 AND group_id = ?2 AND user = ?3
        """
    )
}

extension TenantStore {
    func role(_ id: GroupRoleID) throws(Failure) -> PermissionRole? {
        var statement = try connection.prepare(RoleQueries.one)
        statement.bind(1, application)
        statement.bind(2, id)
        return try statement.step() ? statement.role() : nil
    }

    func ownRole(of user: UserID, in group: GroupID) throws(Failure) -> PermissionRole? {
        var statement = try connection.prepare(RoleQueries.ofMember)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        return try statement.step() ? statement.role() : nil
    }

    func roleCount(of group: GroupID) throws(Failure) -> Int {
        var statement = try connection.prepare(RoleQueries.count)
        statement.bind(1, application)
        statement.bind(2, group)
        return try statement.step() ? statement.int(0) : 0
    }
}

extension SQLiteWriter {
    func insertRole(
        _ name: String,
        description: String?,
        _ permissions: RolePermissions,
        of group: GroupID
    ) throws(Failure) -> PermissionRole {
        var statement = try connection.prepare(RoleQueries.insert)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, name)
        statement.bind(4, description)
        statement.bind(5, permissions.rawValue)
        guard try statement.step() else { throw .notFound(.group, id: group.text) }
        let id = GroupRoleID(rawValue: statement.int64(0))
        return PermissionRole(
            id: id,
            group: group,
            name: name,
            description: description,
            permissions: permissions
        )
    }

    func setRole(_ id: GroupRoleID?, of user: UserID, in group: GroupID) throws(Failure) {
        var take = try connection.prepare(RoleQueries.take)
        take.bind(1, application)
        take.bind(2, group)
        take.bind(3, user)
        try take.run()
        guard let id else { return }
        var give = try connection.prepare(RoleQueries.give)
        give.bind(1, application)
        give.bind(2, group)
        give.bind(3, user)
        give.bind(4, id)
        _ = try give.insert()
    }
}

extension Statement {
    fileprivate func role() -> PermissionRole {
        PermissionRole(
            id: GroupRoleID(rawValue: int64(0)),
            group: GroupID(rawValue: int64(1)),
            name: text(2),
            description: optionalText(3),
            permissions: RolePermissions(rawValue: int64(4))
        )
    }
}
