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
        try prepare(RoleQueries.one, id).first { $0.role() }
    }

    func ownRole(of user: UserID, in group: GroupID) throws(Failure) -> PermissionRole? {
        try prepare(RoleQueries.ofMember, group, user).first { $0.role() }
    }

    func roleCount(of group: GroupID) throws(Failure) -> Int {
        try prepare(RoleQueries.count, group).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func insertRole(
        _ name: String,
        description: String?,
        _ permissions: RolePermissions,
        of group: GroupID
    ) throws(Failure) -> PermissionRole {
        let statement = try prepare(RoleQueries.insert, group, name, description, permissions.rawValue)
        guard let id: GroupRoleID = try statement.first({ $0.id(0) }) else {
            throw .notFound(.group, id: group.text)
        }
        return PermissionRole(
            id: id,
            group: group,
            name: name,
            description: description,
            permissions: permissions
        )
    }

    func setRole(_ id: GroupRoleID?, of user: UserID, in group: GroupID) throws(Failure) {
        try prepare(RoleQueries.take, group, user).run()
        guard let id else { return }
        try prepare(RoleQueries.give, group, user, id).insert()
    }
}

extension Statement {
    fileprivate func role() -> PermissionRole {
        PermissionRole(
            id: id(0),
            group: id(1),
            name: text(2),
            description: optionalText(3),
            permissions: RolePermissions(rawValue: int64(4))
        )
    }
}
