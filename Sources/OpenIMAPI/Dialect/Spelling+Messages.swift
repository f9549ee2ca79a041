// The name map of messages and conversations.

extension Spelling {
    /// The sender.
    static let sender = Spelling("sendID")
    /// The other user, or in the first generation the group.
    static let receiver = Spelling("recvID")
    /// Several receivers.
    static let receivers = Spelling("recvIDList", "recvIDList", "recvIDs")
    /// Whether everybody gets it.
    static let toEverybody = Spelling("isSendAll")
    /// The sender's name in this message.
    static let senderNickname = Spelling("senderNickName", "senderNickname")
    /// The sender's picture in this message.
    static let senderIcon = Spelling("senderFaceURL")
    /// Members whose attention is asked for.
    static let forced = Spelling("forceList", "atUserIDList")
    /// The content of the message.
    static let content = Spelling("content")
    /// Of which type that is.
    static let contentType = Spelling("contentType")
    /// 1 one user, 2 and 3 a group, 4 a notification.
    static let sessionType = Spelling("sessionType")
    /// Whether only who is connected gets it.
    static let onlineOnly = Spelling("isOnlineOnly")
    /// Switches that say what becomes of it.
    static let options = Spelling("options")
    /// Whether who isn't connected isn't told by a push.
    static let withoutPush = Spelling(nil, "notOfflinePush")
    /// The sender's device.
    static let senderPlatform = Spelling("platformID", "senderPlatformID")
    /// The same where a backend sends, which calls it so in all generations.
    static let backendPlatform = Spelling("senderPlatformID")
    /// The notification for receivers that aren't connected.
    static let offlinePush = Spelling(nil, "offlinePushInfo")
    /// The client's own name for the message.
    static let clientMessage = Spelling("clientMsgID")
    /// The object around a message in the older generations.
    static let data = Spelling("data", "data", nil)
    /// Which call of the client's protocol it is; the path says so, too.
    static let request = Spelling("reqIdentifier", "reqIdentifier", nil)
    /// One conversation.
    static let conversation = Spelling("conversationId", "conversationID")
    /// Several conversations.
    static let conversations = Spelling("conversationIdList", "conversationIDList", "conversationIDs")
    /// Numbers of messages.
    static let sequences = Spelling("seqList", "seqList", "seqs")
    /// The owner of the view of conversations.
    static let viewer = Spelling("sendID", "sendID", "userID")
}
