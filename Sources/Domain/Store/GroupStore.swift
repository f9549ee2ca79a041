// The repository of groups and rooms, and of who is in them.

/// Reads groups, rooms and memberships of the caller's application.
public protocol GroupReader {
    /// The group or room of this id. One look-up, and one of its owner's name.
    func group(_ id: GroupID) throws(Failure) -> Group?
    /// The group or room of this alias, in this spelling. One index look-up, and one of its owner's name.
    func group(aliased alias: String) throws(Failure) -> Group?
    /// Groups of a kind older than the one with this id, newest first, at most `limit`. Costs the rows it returns.
    func groups(_ kind: GroupKind, before id: GroupID?, limit: Int) throws(Failure) -> [Group]
    /// Public groups (never rooms) older than the one with this id, newest first, at most `limit`.
    func publicGroups(before id: GroupID?, limit: Int) throws(Failure) -> [Group]
    /// How many groups of a kind there are. One look-up: the number is kept.
    func groupCount(_ kind: GroupKind) throws(Failure) -> Int

    /// The user's place in the group; nil for a stranger. One index look-up, and one of the name.
    func membership(of user: UserID, in group: GroupID) throws(Failure) -> GroupMember?
    /// Members behind this place, in the order of joining with the owner last, at most `limit`.
    func members(of group: GroupID, after place: Int64?, limit: Int) throws(Failure) -> [GroupMember]
    /// The same order, after skipping `offset`; costs `offset + limit` index entries.
    func members(of group: GroupID, offset: Int, limit: Int) throws(Failure) -> [GroupMember]
    /// Members before this place without the owner, those who came last first, at most `limit`.
    func members(of group: GroupID, before place: Int64?, limit: Int) throws(Failure) -> [GroupMember]
    /// The administrators without the owner, in the order of joining. At most as many as a group may have.
    func administrators(of group: GroupID) throws(Failure) -> [GroupMember]

    /// The member who follows when the owner goes: active users before deactivated ones, administrators before others, and
    /// then by the order of joining; nil where the owner is alone. Costs a row each member.
    func heir(of group: GroupID) throws(Failure) -> GroupMember?

    /// The groups of a kind that the user is in, older than the one with this id, newest first, at most `limit`.
    func joinedGroups(
        of user: UserID,
        _ kind: GroupKind,
        before id: GroupID?,
        limit: Int
    ) throws(Failure) -> [Group]
    /// The same order, after skipping `offset`; costs `offset + limit` index entries.
    func joinedGroups(of user: UserID, _ kind: GroupKind, offset: Int, limit: Int) throws(Failure) -> [Group]
    /// How many groups of a kind the user is in. Costs one index entry each, bounded by the application's maximum.
    func joinedCount(of user: UserID, _ kind: GroupKind) throws(Failure) -> Int
}

/// Changes groups, rooms and memberships of the caller's application.
///
/// Every group has exactly one owner, who is a member: no method can take that away, except with the group.
public protocol GroupWriter: GroupReader {
    /// Adds a group with its owner as the only member.
    ///
    /// - Throws: `.notFound(.user, …)` when there is no such owner.
    func insertGroup(
        _ id: GroupID,
        _ kind: GroupKind,
        _ settings: GroupSettings,
        owner: UserID,
        at now: Timestamp
    ) throws(Failure) -> Group
    /// Gives a group an alias that no other group of the application has.
    ///
    /// - Returns: false where another one has it.
    func setAlias(_ alias: String, of group: GroupID) throws(Failure) -> Bool
    /// Writes every changeable field of the group back: settings, announcement, state, modified.
    func update(_ group: Group) throws(Failure)
    /// Removes the group and, by the schema's cascades, every row that belongs to it.
    func deleteGroup(_ id: GroupID) throws(Failure)

    /// Adds an ordinary member behind all others; nothing happens when the user is in, or when either doesn't exist.
    ///
    /// - Returns: whether a row was added.
    func insertMember(_ user: UserID, into group: GroupID, at now: Timestamp) throws(Failure) -> Bool
    /// Removes a member with its place on the allow list and its metadata; nothing happens to the owner.
    ///
    /// - Returns: whether there was one.
    func deleteMember(_ user: UserID, from group: GroupID) throws(Failure) -> Bool
    /// Writes how a member is shown in the group; leaving ends it.
    ///
    /// - Returns: whether there was such a member.
    func setProfile(_ profile: MemberProfile, of user: UserID, in group: GroupID) throws(Failure) -> Bool
    /// Makes a member an administrator, or an ordinary member again; nothing happens to the owner.
    ///
    /// - Returns: whether there was such a member.
    func setAdministrator(_ isAdministrator: Bool, _ user: UserID, in group: GroupID) throws(Failure) -> Bool
    /// Makes a member the owner; the old owner becomes an ordinary member, behind all others.
    ///
    /// - Returns: whether there was such a member that wasn't the owner.
    func setOwner(_ user: UserID, of group: GroupID, at now: Timestamp) throws(Failure) -> Bool
}
