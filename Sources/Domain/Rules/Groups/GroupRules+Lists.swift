// Lists of groups and rooms: of the application, the public ones, and those that a user is in.

extension GroupRules {
    /// One page of an application's groups or rooms, newest first.
    public static func page(
        _ kind: GroupKind,
        _ limit: Int,
        before cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let rows = try store.groups(kind, before: cursor.map { GroupID(rawValue: $0.key) }, limit: limit + 1)
        return page(rows, limit, kind == .group ? .groups : .rooms, of: application.id.rawValue)
    }

    /// One page of an application's public groups, newest first.
    public static func publicPage(
        _ limit: Int,
        before cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let rows = try store.publicGroups(before: cursor.map { GroupID(rawValue: $0.key) }, limit: limit + 1)
        return page(rows, limit, .publicGroups, of: application.id.rawValue)
    }

    /// One page of the groups or rooms that a user is in, newest first.
    public static func joinedPage(
        of user: User,
        _ kind: GroupKind,
        _ limit: Int,
        before cursor: Cursor?,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let rows = try store.joinedGroups(
            of: user.id,
            kind,
            before: cursor.map { GroupID(rawValue: $0.key) },
            limit: limit + 1
        )
        return page(rows, limit, .joinedGroups, of: user.id.rawValue)
    }

    private static func page(
        _ rows: [Group],
        _ limit: Int,
        _ collection: PagedCollection,
        of owner: Int64
    ) -> Page<Group> {
        Page(rows: rows, limit: limit) { Cursor(collection: collection, owner: owner, key: $0.id.rawValue) }
    }
}
