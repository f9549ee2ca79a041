// The repository of who may enter and who may speak in a group or room: block list, allow list, mutes.

/// The two lists of names that a group has.
public enum GroupList: Int, Sendable, CaseIterable {
    /// Users who can't come in. None of them is a member.
    case blocked = 0
    /// Members who may speak while all are muted. Leaving ends it.
    case allowed = 1
}

/// A user who may not speak in a group.
public struct GroupMute: Equatable, Sendable {
    /// Who, as registered.
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
    /// Whether the user stands on the group's list. One index look-up.
    func isListed(_ user: UserID, _ list: GroupList, of group: GroupID) throws(Failure) -> Bool
    /// The names on a list, by user key. Costs a row each.
    func listedNames(_ list: GroupList, of group: GroupID) throws(Failure) -> [String]
    /// Until when the user is muted in the group, also when that is over; nil when never. One index look-up.
    func muteExpiry(of user: UserID, in group: GroupID) throws(Failure) -> Timestamp?
    /// The mutes that end after `now`, by user key. Costs a row for each mute of the group.
    func groupMutes(of group: GroupID, at now: Timestamp) throws(Failure) -> [GroupMute]
}

/// Changes block lists, allow lists and mutes of groups and rooms.
public protocol GroupModerationWriter: GroupModerationReader {
    /// Puts a user on a list; nothing happens when it stands there, and for the allow list when it isn't a member.
    ///
    /// - Returns: whether a row was added.
    func insertListed(
        _ user: UserID,
        _ list: GroupList,
        of group: GroupID,
        at now: Timestamp
    ) throws(Failure) -> Bool
    /// Takes a user off a list.
    ///
    /// - Returns: whether it stood there.
    func deleteListed(_ user: UserID, _ list: GroupList, of group: GroupID) throws(Failure) -> Bool
    /// Mutes a user in the group until a moment, or with nil no longer.
    ///
    /// A mute belongs to the user and outlives the membership: who leaves and comes back is still muted.
    func setGroupMute(until expiry: Timestamp?, of user: UserID, in group: GroupID) throws(Failure)
}
