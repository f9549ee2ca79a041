// The repository of who may enter and who may speak in a group or room: block list, allow list, mutes.

/// The two lists of names that a group has.
public enum GroupList: Int, Sendable, CaseIterable {
    /// Users who can't come in, for ever or for a time. None of them is a member until that time is over.
    case blocked = 0
    /// Members who may speak while all are muted. Leaving ends it.
    case allowed = 1
}

/// A user who may not speak in a group.
public struct GroupMute: Equatable, Sendable {
    /// The user's name, as registered.
    public let name: String
    /// Until when; `Mutes.forever` for ever.
    public let expires: Timestamp

    /// Memberwise.
    public init(name: String, expires: Timestamp) {
        self.name = name
        self.expires = expires
    }
}

/// Reads block lists, allow lists and mutes of groups and rooms.
public protocol GroupModerationReader {
    /// Whether the user stands on the group's list at a moment. One index look-up.
    func isListed(_ user: UserID, _ list: GroupList, of group: GroupID, at now: Timestamp) throws(Failure)
        -> Bool
    /// The names on a list at a moment, by user key. Costs a row each.
    func listedNames(_ list: GroupList, of group: GroupID, at now: Timestamp) throws(Failure) -> [String]
    /// Until when the user is muted in the group, also when that is over; nil when never. One index look-up.
    func muteExpiry(of user: UserID, in group: GroupID) throws(Failure) -> Timestamp?
    /// The mutes that end after `now`, by user key. Costs a row for each mute of the group.
    func groupMutes(of group: GroupID, at now: Timestamp) throws(Failure) -> [GroupMute]
}

/// Changes block lists, allow lists and mutes of groups and rooms.
public protocol GroupModerationWriter: GroupModerationReader {
    /// Puts a user on the block list until a moment, or with nil for ever; who stands there gets the new end.
    ///
    /// Removes those of the list whose time is over, and costs their rows.
    ///
    /// - Returns: whether it stands there now, and didn't before.
    func block(
        _ user: UserID,
        until expiry: Timestamp?,
        in group: GroupID,
        at now: Timestamp
    ) throws(Failure) -> Bool
    /// Puts a member on the allow list; nothing happens when it stands there, and when it isn't a member.
    ///
    /// - Returns: whether a row was added.
    func allow(_ user: UserID, in group: GroupID, at now: Timestamp) throws(Failure) -> Bool
    /// Takes a user off a list.
    ///
    /// - Returns: whether it stood there at this moment.
    func deleteListed(_ user: UserID, _ list: GroupList, of group: GroupID, at now: Timestamp) throws(Failure)
        -> Bool
    /// Takes everybody off the block list. Costs a row each.
    ///
    /// - Returns: whether anybody stood there at this moment.
    func deleteBlocks(of group: GroupID, at now: Timestamp) throws(Failure) -> Bool
    /// Mutes a user in the group until a moment, or with nil no longer.
    ///
    /// A mute belongs to the user and outlives the membership: who leaves and comes back is still muted.
    func setGroupMute(until expiry: Timestamp?, of user: UserID, in group: GroupID) throws(Failure)
}
