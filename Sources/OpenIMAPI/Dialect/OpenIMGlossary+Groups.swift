// The meanings of names in the OpenIM dialect: groups.

extension OpenIMGlossary {
    /// Groups.
    static let groupWords: [String: String] = [
        "groupID": "The group's id, in decimal digits.",
        "groupId": "The group's id, in decimal digits.",
        "groupIDs": "The ids of the groups meant.",
        "groupIDList": "The ids of the groups meant.",
        "groupName": "The group's name.",
        "groups": "The groups on this page.",
        "groupInfo": "The group's properties.",
        "groupInfos": "The groups that were found.",
        "groupInfoForSet": "The properties to set; what is absent stays.",
        "groupType": "The kind of group, 0 to 2; kept as it was given.",
        "introduction": "The group's description.",
        "notification": "The announcement's text.",
        "ownerId": "The owner's name.",
        "groupOwnerUserName": "The name that others see of the owner.",
        "groupOwnerUserID": "The owner's name.",
        "oldOwnerUid": "The owner until now.",
        "oldOwnerUserID": "The owner until now.",
        "newOwnerUserID": "The member who becomes the owner.",
        "memberCount": "How many members there are.",
        "groupMemberCount": "How many members the group has; 0 outside of groups.",
        "groupFaceURL": "The address of the group's picture; empty outside of groups.",
        "OpenIM2_GroupMembersStretch.offset":
            "How many members are skipped, in the order of the list; default 0.",
        "OpenIM2_GroupMembersStretch.count": "How many members at most; 0 for all, which is the default.",
        "needVerification":
            "The users that must be let in: 0 those who ask, not those who are invited; 1 all; 2 none.",
        "memberList": "The members in question.",
        "members": "The members in question.",
        "memberUserIDs": "The first members beside the owner, by name.",
        "adminUserIDs": "The first administrators, by name.",
        "setRole": "The member's role: 0 member, 1 owner, 2 administrator.",
        "role": "The member's role: 0 member, 1 owner, 2 administrator.",
        "roleLevel":
            "The member's role: in the second generation 1 member, 2 owner, 3 administrator; in the "
            + "third 20, 100, 60.",
        "joinTime":
            "When the member came in, in Unix seconds in the first two generations and in "
            + "milliseconds in the third.",
        "muteEndTime":
            "When the mute ends, in Unix seconds in the second generation and in milliseconds in the "
            + "third; 0 for none.",
        "mutedSeconds": "For how many seconds the member can't write; 0 lifts the mute.",
        "userGroupFaceUrl": "The picture that the member has in this group.",
        "inviterUserID": "The user who invited the member.",
        "invitedUserIDList": "The users to bring in, by name.",
        "invitedUserIDs": "The users to bring in, by name.",
        "kickedUserIDList": "The members to put out, by name.",
        "kickedUserIDs": "The members to put out, by name.",
        "uidListInfo": "The members to put out.",
        "reason": "The reason, for the users that are concerned.",
        "filter": "Which members: 0 all, 1 the owner, 2 administrators, 3 ordinary members.",
        "nextSeq": "Where the next page begins; 0 on the last one.",
        "keyword": "A part of the name to look for.",
        "user": "The applications on this page.",
        "groupRequests": "The applications on this page.",
    ]
}
