// The repository of groups' own roles, in memory.

import Domain

extension MemoryStore {
    private func roleRow(_ group: GroupID) -> Tables.GroupRow? {
        guard let row = tables.groups[group], row.application == application else { return nil }
        return row
    }

    func role(_ id: GroupRoleID) -> PermissionRole? {
        tables.groups.values.filter { $0.application == application }.lazy.compactMap { $0.roles[id] }.first
    }

    func ownRole(of user: UserID, in group: GroupID) -> PermissionRole? {
        roleRow(group).flatMap { row in row.memberRoles[user].flatMap { row.roles[$0] } }
    }

    func roleCount(of group: GroupID) -> Int { roleRow(group)?.roles.count ?? 0 }

    func insertRole(
        _ name: String,
        description: String?,
        _ permissions: RolePermissions,
        of group: GroupID
    ) throws(Failure) -> PermissionRole {
        guard roleRow(group) != nil else { throw .notFound(.group, id: group.text) }
        let id = GroupRoleID(rawValue: database.tables.nextKey() + 3)
        let role = PermissionRole(
            id: id,
            group: group,
            name: name,
            description: description,
            permissions: permissions
        )
        database.tables.groups[group]?.roles[id] = role
        return role
    }

    func setRole(_ id: GroupRoleID?, of user: UserID, in group: GroupID) {
        guard roleRow(group)?.members[user] != nil else { return }
        database.tables.groups[group]?.memberRoles[user] = id
    }
}
