// The meanings of names in the OpenIM dialect: messages and conversations.

extension OpenIMGlossary {
    /// Messages and conversations.
    static let messageWords: [String: String] = [
        "sendID": "The sender's name.",
        "recvID": "The receiver's name; empty for a message to a group.",
        "recvIDs": "The receivers' names.",
        "recvIDList": "The receivers' names.",
        "isSendAll": "Whether every user gets the message.",
        "sendUserID": "The sender's name.",
        "recvUserID": "The receiver's name.",
        "recvGroupID": "The id of the receiving group, in decimal digits.",
        "sendMsg": "Whether the notification stands in the history, as messages do.",
        "reliabilityLevel": "1 for who is connected only, 2 for everybody.",
        "senderNickName": "The name that receivers see of the sender.",
        "senderNickname": "The name that receivers see of the sender.",
        "senderFaceURL": "The picture that receivers see of the sender.",
        "senderPlatformID": "The kind of device that it is sent from.",
        "contentType":
            "The kind of content: 101 text, 102 picture, 103 sound, 104 film, 105 file, 106 mention, "
            + "109 place, 110 custom, 200 and above notifications.",
        "sessionType": "The kind of conversation: 1 between two, 2 or 3 a group, 4 notifications.",
        "isOnlineOnly": "Whether only those who are connected get the message.",
        "content": "The content, whose members depend on its type; in a reply, as a text of JSON.",
        "options":
            "Switches of the message, by name: `history`, `persistent`, `unreadCount`, "
            + "`conversationUpdate` and others.",
        "forceList": "The users that the message mentions, by name.",
        "atUserIDList": "The users that the message mentions, by name.",
        "notOfflinePush": "Whether a push notification is kept back.",
        "offlinePushInfo": "The text of a push notification; stored as it is.",
        "clientMsgID": "The id that the sender's client gave the message.",
        "serverMsgID": "The message's id, in decimal digits.",
        "msgID": "The message's id, in decimal digits.",
        "msgFrom": "From whom it is: 100 a user, 200 the system.",
        "sendTime":
            "When the message was sent: in nanoseconds since 1970 in the first generation, in "
            + "milliseconds in the later ones.",
        "OpenIM1_SentMessage.sendTime": "When the message was sent, in milliseconds since 1970.",
        "OpenIM1_MessageRecord.createTime": "When the message was sent, in milliseconds since 1970.",
        "OpenIM2_MessageRecord.createTime": "When the message was sent, in milliseconds since 1970.",
        "OpenIM3_MessageRecord.createTime": "When the message was sent, in milliseconds since 1970.",
        "OpenIM1_MessageSearch.sendTime": "The day on which it was sent, as `2026-01-31`; empty for any.",
        "OpenIM3_MessageSearch.sendTime": "The day on which it was sent, as `2026-01-31`; empty for any.",
        "OpenIM2_MessageSearch.sendTime": "The day on which it was sent, as `2026-01-31`; empty for any.",
        "msgType": "The kind of content to look for; 0 for any.",
        "seq": "The message's number in its conversation, from 1.",
        "seqs": "The messages' numbers.",
        "seqList": "The messages' numbers.",
        "seqBegin": "The first number.",
        "seqEnd": "The last number.",
        "begin": "The first number.",
        "end": "The last number.",
        "num": "How many at most; 0 for all.",
        "seqRanges": "The stretches wanted, one a conversation.",
        "maxSeq": "The newest number.",
        "minSeq": "The oldest number that the user can see.",
        "maxSeqs": "The newest number of each conversation.",
        "minSeqs": "The oldest number of each conversation that the user can see.",
        "hasReadSeq": "Up to which number the user has read.",
        "maxSeqTime": "When the newest message was sent, in milliseconds since 1970.",
        "single": "The messages between two, by user.",
        "group": "The messages in groups, by group.",
        "msgs": "The messages, by conversation.",
        "notificationMsgs": "The notifications, by conversation.",
        "Msgs": "The messages, oldest first.",
        "isEnd": "Whether there are no more.",
        "endSeq": "The number of the last message.",
        "id": "The other user's name, or the group's id.",
        "list": "The messages, oldest first.",
        "failedIDList": "The receivers who weren't reached.",
        "FailedIDList": "The receivers who weren't reached.",
        "failedUserIDs": "The receivers who weren't reached.",
        "serverTime": "The server's clock, in milliseconds since 1970.",
        "chatLogs": "The messages that were found.",
        "chatLogsNum": "How many were found on all pages.",
        "chatLog": "The message.",
        "isRevoked": "Whether the message was recalled.",
        "isAllDelete": "Whether all messages of the group are meant.",
        "conversation": "The conversation and its settings.",
        "conversationID":
            "The conversation: `si_` and both users' names, `sg_` and the group's id, or `sn_` for "
            + "notifications.",
        "conversationId": "The conversation: `single_` and the other's name, or `group_` and the group's id.",
        "conversationIDs": "The conversations meant.",
        "conversationIDList": "The conversations meant.",
        "conversationIdList": "The conversations meant.",
        "recvMsgOpt":
            "Which messages of the conversation the user wants: 0 all, 1 none, 2 all without a "
            + "notification.",
        "option":
            "Which messages of the conversation the user wants: 0 all, 1 none, 2 all without a "
            + "notification.",
        "key": "The name of the notification, which the application defines.",
        "reqIdentifier": "The kind of request: 1003, to send a message.",
    ]
}
