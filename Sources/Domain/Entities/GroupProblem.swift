// Refusals by the state of a group or room, or of its members.

/// Why something can't be done to a group or room that exists.
///
/// Names are as the request spelled them.
public enum GroupProblem: Equatable, Sendable {
    /// All of these are members already.
    case alreadyMembers([String], GroupID)
    /// None of these, or not all where all have to be, is a member.
    case notMembers([String], GroupID)
    /// The owner can't be removed, blocked, muted or made an administrator.
    case ownerProtected
    /// The new owner is the owner.
    case sameOwner
    /// The member is no administrator.
    case notAdministrator(String, GroupID)
    /// The member is an administrator already.
    case alreadyAdministrator(String, GroupID)
    /// There are as many administrators, with the owner, as there may be.
    case tooManyAdministrators(maximum: Int)
    /// There is no place left.
    case full(GroupID)
    /// The user stands on the group's block list.
    case blocked(String, GroupID)
    /// The user is in as many groups, or rooms, as it may be.
    case joinedTooMany(String)
    /// The application has as many groups, or rooms, as it may have.
    case tooManyGroups
    /// There are more members than the new maximum.
    case maximumBelowCount
    /// No super administrator of the application's rooms.
    case notSuperAdministrator(String)
    /// The key was set by another user.
    case keyOfAnother(String)
    /// The message below which a thread is to hang is another conversation's: another group's, or no group's at all.
    case messageElsewhere(isInGroup: Bool)
    /// The message is a thread's own, below which no thread hangs.
    case nestedThread
}
