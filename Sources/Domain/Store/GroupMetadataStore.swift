// The repository of what the application keeps with a group's members, with a room, and of the rooms' super admins.

/// One entry of a room's metadata.
public struct RoomMetadataEntry: Equatable, Sendable {
    /// Its key, unique in the room.
    public let key: String
    /// Its text.
    public let value: String
    /// The user that set it, and alone may change it unless forced.
    public let owner: UserID
    /// Whether it goes when its owner leaves the room.
    public let endsWithOwner: Bool

    /// Memberwise.
    public init(key: String, value: String, owner: UserID, endsWithOwner: Bool) {
        self.key = key
        self.value = value
        self.owner = owner
        self.endsWithOwner = endsWithOwner
    }
}

/// Reads members' and rooms' metadata, and super admins.
public protocol GroupMetadataReader {
    /// A member's entries by key; none for a stranger.
    func memberMetadata(of user: UserID, in group: GroupID) throws(Failure) -> [MetadataEntry]
    /// A room's entries by key.
    func roomMetadata(of room: GroupID) throws(Failure) -> [RoomMetadataEntry]
    /// One entry of a room. One index look-up.
    func roomMetadata(_ key: String, of room: GroupID) throws(Failure) -> RoomMetadataEntry?
    /// Whether the user may administer every room of the application. One index look-up.
    func isSuperAdministrator(_ user: UserID) throws(Failure) -> Bool
    /// The super admins by user key, `limit` of them after skipping `offset`.
    func superAdministrators(offset: Int, limit: Int) throws(Failure) -> [String]
}

/// Changes members' and rooms' metadata, and super admins.
public protocol GroupMetadataWriter: GroupMetadataReader {
    /// Adds or replaces a member's entry; nothing happens for a stranger.
    func setMemberMetadata(_ entry: MetadataEntry, of user: UserID, in group: GroupID) throws(Failure)
    /// Removes a member's entry, if there is one.
    func deleteMemberMetadata(_ key: String, of user: UserID, in group: GroupID) throws(Failure)
    /// Adds or replaces a room's entry; nothing happens for an unknown room or owner.
    func setRoomMetadata(_ entry: RoomMetadataEntry, of room: GroupID) throws(Failure)
    /// Removes a room's entry, if there is one.
    func deleteRoomMetadata(_ key: String, of room: GroupID) throws(Failure)
    /// Removes the entries that end with this owner.
    func deleteRoomMetadata(endingWith owner: UserID, in room: GroupID) throws(Failure)
    /// Makes a user a super admin.
    ///
    /// - Returns: whether it wasn't one.
    func insertSuperAdministrator(_ user: UserID, at now: Timestamp) throws(Failure) -> Bool
    /// Ends it.
    ///
    /// - Returns: whether it was one.
    func deleteSuperAdministrator(_ user: UserID) throws(Failure) -> Bool
}
