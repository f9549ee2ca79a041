// The meanings of names in the platform dialect: threads, reactions, bound devices.

extension PlatformGlossary {
    /// Threads below messages, reactions to messages, and devices that are bound to push services.
    static let threadWords: [String: String] = [
        "thread_id": "The thread's id, in decimal digits.",
        "Thread.id": "The thread's id, in decimal digits.",
        "Thread.name": "The thread's name.",
        "Thread.owner": "The name of the user who made the thread.",
        "NewThread.name": "The thread's name, 1 to 64 characters.",
        "NewThread.owner": "The member of the group who makes the thread and is its first member.",
        "NewThread.msg_id": "The id of the group's message that the thread hangs below.",
        "ThreadName.name": "The thread's new name, 1 to 64 characters.",
        "ThreadMembers.affiliations": "The names of the thread's members, in the order of joining.",
        "ThreadStatus.status": "The outcome: `ok`.",
        "ThreadRemoval.result": "Whether the user was removed; false for one who was no member.",
        "ThreadRemoval.user": "The name as it was sent, or as it is registered.",
        "msgId": "The message's id, in decimal digits.",
        "msgType": "The kind of conversation that the message is in: `chat`, `groupchat` or `chatroom`.",
        "NewReaction.message":
            "The reaction, 1 to 128 characters: an emoji, or a name that clients show one for.",
        "reaction": "The reaction as it was put there.",
        "reactionId": "The reaction's id, in decimal digits.",
        "Reaction.id": "The reaction's id, in decimal digits.",
        "createdAt": "When the first user put it there, as RFC 3339 has it.",
        "updatedAt": "When the last user put it there, as RFC 3339 has it.",
        "ReactionSummary.count": "How many users put it there.",
        "ReactionSummary.state": "Whether the user of the path is one of them.",
        "ReactionPage.count": "How many users put it there.",
        "ReactionPage.state": "Whether the user of the path is one of them.",
        "ReactionSummary.userList": "The names of the first three users who put it there.",
        "ReactionPage.userList": "The names of users who put it there, the earliest first.",
        "reactionList": "The reactions to the message, the earliest first.",
        "device_id": "The device as its client names it.",
        "push_nickname": "The name that notifications show; the user's nickname.",
    ]
}
