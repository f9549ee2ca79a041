// The meanings of names in the OpenIM dialect: envelopes and users.

extension OpenIMGlossary {
    /// The members of every request and reply.
    static let envelopeWords: [String: String] = [
        "operationID": "The client's own name for the request, for its logs.",
        "operationid":
            "The client's own name for the request; a client that sends it is answered in the words of the "
            + "third generation.",
        "errCode": "0 for success, else the number of the failure.",
        "errMsg": "The fault; empty for success.",
        "errDlt": "The fault in detail; empty for success.",
        "data": "The result.",
        "total": "How many there are on all pages.",
        "count": "How many there are on all pages.",
        "pagination": "The page wanted.",
        "pageNumber": "The page's number, from 1.",
        "showNumber": "Rows on a page.",
        "totalNum": "How many there are on all pages.",
        "currentPage": "The page's number, from 1.",
        "order": "The order: 0 oldest first, 1 newest first.",
        "result": "0 where it was done, -1 where not.",
        "results": "The outcome of each, in the order of the request.",
        "resultList": "The outcome of each, in the order of the request.",
        "ex": "A text of the application's own, kept as it is.",
    ]

    /// Users, tokens, devices.
    static let userWords: [String: String] = [
        "userID": "A user's name.",
        "userId": "A user's name.",
        "uid": "A user's name.",
        "userIDs": "The names of the users meant.",
        "userIDList": "The names of the users meant.",
        "uidList": "The names of the users meant.",
        "checkUserIDs": "The names to look for.",
        "checkUserIDList": "The names to look for.",
        "deleteUidList": "The names of the users to delete.",
        "deleteUserIDList": "The names of the users to delete.",
        "failedUidList": "The names for which it wasn't done.",
        "accountStatus": "Whether a user has the name.",
        "nickname": "The name that others see.",
        "nickName": "The name that others see.",
        "name": "The name that others see.",
        "userName": "A part of the name to look for.",
        "faceURL": "The picture's address.",
        "faceUrl": "The picture's address.",
        "icon": "The picture's address.",
        "gender": "0 unknown, 1 male, 2 female.",
        "mobile": "The telephone number.",
        "phoneNumber": "The telephone number.",
        "email": "The e-mail address.",
        "birth": "The day of birth: a text in the first generation, Unix seconds in the second.",
        "appMangerLevel": "2 for a manager of the application, 1 for others.",
        "globalRecvMsgOpt": "Which messages the user wants: 0 all, 1 none, 2 all without a notification.",
        "createTime":
            "When it was made, in Unix seconds in the first two generations and in milliseconds in "
            + "the third.",
        "users": "The users in question.",
        "usersInfo": "The users that were found.",
        "notificationAccounts": "The accounts on this page that notifications are sent from.",
        "singlePlatformToken": "The kinds of devices that the user is connected from.",
        "userInfo": "The user's profile.",
        "userList": "The users on this page.",
        "secret": "A client secret of the application.",
        "token": "The token, for the field `token` of the head.",
        "expiredTime": "When the token ends, in Unix seconds.",
        "expireTimeSeconds": "For how many seconds the token is good.",
        "OpenIM1_TokenContent.expireTimeSeconds": "When the token ends, in Unix seconds.",
        "OpenIM3_TokenContent.expireTimeSeconds": "When the token ends, in Unix seconds.",
        "platform":
            "The device's kind: 1 iOS, 2 Android, 3 Windows, 4 macOS, 5 web, 6 small program, 7 "
            + "Linux.",
        "platformID":
            "The device's kind: 1 iOS, 2 Android, 3 Windows, 4 macOS, 5 web, 6 small program, 7 "
            + "Linux.",
        "platformIDs": "The kinds of devices that the user is connected from.",
        "status": "`online` or `offline`; as a number 1 or 0.",
        "detailPlatformStatus": "The devices that the user is connected from.",
        "connID": "The connection's id.",
        "isBackground": "Whether the program is in the background; never, as the server isn't told.",
        "successResult": "The users that were asked about.",
        "statusList": "How each of the users is.",
        "genre": "1 to follow the users' states, 2 to stop.",
    ]
}
