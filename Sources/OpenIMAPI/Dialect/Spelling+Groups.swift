// The name map of groups and their members.

extension Spelling {
    /// One group.
    static let group = Spelling("groupID")
    /// Several groups.
    static let groups = Spelling("groupIDList", "groupIDList", "groupIDs")
    /// A group's name.
    static let groupName = Spelling("groupName")
    /// The description of a group.
    static let introduction = Spelling("introduction")
    /// A group's announcement.
    static let notification = Spelling("notification")
    /// A group's or member's picture.
    static let groupIcon = Spelling("faceUrl", "faceURL")
    /// The first members of a group, with roles.
    static let firstMembers = Spelling("memberList", "memberList", nil)
    /// The same without roles.
    static let firstMemberNames = Spelling(nil, nil, "memberUserIDs")
    /// Those of them who help to keep order.
    static let firstAdministrators = Spelling(nil, nil, "adminUserIDs")
    /// A group's owner.
    static let groupOwner = Spelling(nil, "ownerUserID")
    /// A role, 0–2.
    static let role = Spelling("setRole", nil, nil)
    /// A role, 1–3 or 20, 60, 100.
    static let roleLevel = Spelling(nil, "roleLevel")
    /// The users that are brought in.
    static let invited = Spelling("uidList", "invitedUserIDList", "invitedUserIDs")
    /// The users that are removed, each in an object.
    static let removedEntries = Spelling("uidListInfo", nil, nil)
    /// The users that are removed.
    static let removed = Spelling(nil, "kickedUserIDList", "kickedUserIDs")
    /// Words that go with a change.
    static let reason = Spelling("reason")
    /// The new owner.
    static let newOwner = Spelling("uid", "newOwnerUserID")
    /// The former owner.
    static let oldOwner = Spelling("oldOwnerUid", "oldOwnerUserID")
    /// Members asked about.
    static let members = Spelling("memberList", "memberList", "userIDs")
    /// Where a list goes on.
    static let nextPlace = Spelling("nextSeq", "nextSeq", nil)
    /// Which members.
    static let filter = Spelling("filter")
    /// The stretch of a list.
    static let pagination = Spelling(nil, nil, "pagination")
    /// The page, from 1.
    static let pageNumber = Spelling("pageNumber")
    /// Rows of a page.
    static let pageSize = Spelling("showNumber")
    /// A member's name in a group.
    static let memberNickname = Spelling("nickName", "nickname")
    /// A member's picture in a group.
    static let memberIcon = Spelling("faceUrl", "userGroupFaceUrl", "faceURL")
    /// How long a member can't speak.
    static let mutedSeconds = Spelling("mutedSeconds")
    /// How coming in is decided: 0 who isn't invited asks, 1 everybody does, 2 nobody.
    static let needVerification = Spelling("needVerification")
    /// Words of an application.
    static let applicationMessage = Spelling("message", "reqMessage")
    /// The user that asked, or is asked.
    static let fromUser = Spelling("fromUserID")
    /// Words of an answer.
    static let handledMessage = Spelling("handledMsg")
    /// Yes or no.
    static let handleResult = Spelling("handleResult")
}
