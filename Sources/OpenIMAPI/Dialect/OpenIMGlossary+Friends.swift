// The meanings of names in the OpenIM dialect: friends and blocks.

extension OpenIMGlossary {
    /// Friends and blocks.
    static let friendWords: [String: String] = [
        "ownerUserID": "The user whose list it is.",
        "ownerUid": "The user whose list it is.",
        "friendUserID": "The friend's name.",
        "friendUserIDs": "The friends' names.",
        "friendIDs": "The friends' names, by the age of their accounts.",
        "friendUserIDList": "The friends' names.",
        "friendUser": "The friend's profile.",
        "friendsInfo": "The friends on this page.",
        "remark": "The user's own name for the friend.",
        "comment": "The user's own name for the friend.",
        "addSource": "Where the friendship comes from: 0, as it isn't told.",
        "operatorUserID": "The user who made the change.",
        "isPinned":
            "Whether the friend or conversation stands at the top of the list; in a reply, never for conversations.",
        "isInBlackList": "1 where the user blocks the friend, else 0.",
        "isFriend": "1 where the two are friends, else 0.",
        "inUser1Friends": "Whether the second user is a friend of the first.",
        "inUser2Friends": "Whether the first user is a friend of the second.",
        "userID1": "The first user's name.",
        "userID2": "The second user's name.",
        "receive_uid": "The other user's name.",
        "blackUserID": "The user who is blocked.",
        "blackUserInfo": "The profile of the user who is blocked.",
        "blacks": "The blocks on this page.",
        "fromUserID": "The user from whom the change or request is.",
        "toUserID": "The user to whom the change or request is.",
        "fromUserNickname": "The name that others see of the user who asked.",
        "fromUserFaceUrl": "The picture of the user who asked.",
        "fromNickname": "The name that others see of the user who asked.",
        "fromFaceURL": "The picture of the user who asked.",
        "toNickname": "The name that others see of the user who was asked.",
        "toFaceURL": "The picture of the user who was asked.",
        "reqMsg": "A word of the user who asked.",
        "reqMessage": "A word of the user who asked.",
        "message": "A word of the user who asks.",
        "applyTime": "When it was asked, in Unix seconds.",
        "reqTime":
            "When it was asked, in Unix seconds in the second generation and in milliseconds in the "
            + "third.",
        "flag": "How it was answered: 0 not yet, 1 accepted, -1 refused.",
        "handleResult": "How it was answered: 0 not yet, 1 accepted, -1 refused.",
        "handleStatus": "Whether it was answered: 0 not yet, 1 yes.",
        "handleMsg": "A word of the user who answered.",
        "handledMsg": "A word of the user who answered.",
        "handledUser": "The user who answered.",
        "handleUserID": "The user who answered.",
        "handlerUserID": "The user who answered.",
        "handleTime":
            "When it was answered, in Unix seconds in the second generation and in milliseconds in "
            + "the third.",
        "FriendRequests": "The friend requests on this page.",
        "friendRequests": "The friend requests on this page.",
    ]
}
