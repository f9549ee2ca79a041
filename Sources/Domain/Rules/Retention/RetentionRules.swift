// Retention: what is older than an application keeps it goes, a slice at a time beside the work of others.

/// How much of each kind was removed.
public struct RemovedCounts: Equatable, Sendable {
    /// Messages.
    public var messages = 0
    /// Files.
    public var files = 0
    /// Notices.
    public var notices = 0

    /// None.
    public init() {}

    /// Nothing.
    public var isEmpty: Bool { self == RemovedCounts() }

    /// Adds others.
    public static func += (left: inout RemovedCounts, right: RemovedCounts) {
        left.messages += right.messages
        left.files += right.files
        left.notices += right.notices
    }
}

/// Removes what is too old.
public enum RetentionRules {
    /// Rows of one slice.
    public static let slice = 100

    /// Whether an application keeps anything for a time only.
    public static func isBounded(_ settings: ApplicationSettings) -> Bool {
        settings.messageDays > 0 || settings.fileDays > 0 || settings.noticeDays > 0
    }

    /// Removes a slice of what is older than the application keeps it; empty where nothing is.
    public static func sweep(
        _ settings: ApplicationSettings,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> RemovedCounts {
        func moment(_ days: Int) -> Timestamp { now.adding(seconds: -Int64(days) * 86_400) }
        var removed = RemovedCounts()
        if settings.messageDays > 0 {
            removed.messages = try purge(before: moment(settings.messageDays), in: nil, store: store)
        }
        if settings.fileDays > 0 {
            removed.files = try store.deleteFiles(sentBefore: moment(settings.fileDays), limit: slice)
        }
        if settings.noticeDays > 0 {
            removed.notices = try store.deleteNotices(before: moment(settings.noticeDays), limit: slice)
        }
        return removed
    }

    /// Removes a slice of the messages that were sent before a moment.
    ///
    /// A user that hasn't received one of them goes on behind it: a message that is gone waits for nobody.
    ///
    /// - Returns: how many went; 0 where there is none.
    public static func purge(
        before moment: Timestamp,
        in conversation: ConversationID?,
        store: any Writer
    ) throws(Failure) -> Int {
        let old = try store.oldMessages(before: moment, in: conversation, limit: slice)
        guard !old.isEmpty else { return 0 }
        var last: [ConversationID: MessageID] = [:]
        for message in old where message.sequence != nil {
            last[message.conversation] = max(last[message.conversation] ?? .none, message.id)
        }
        for (conversation, id) in last { try advance(conversation, through: id, store) }
        try store.deleteMessages(old.map(\.id))
        return old.count
    }

    private static func advance(_ id: ConversationID, through message: MessageID, _ store: any Writer)
        throws(Failure)
    {
        guard let conversation = try store.conversation(id) else { return }
        while true {
            let users = try store.laggards(in: id, behind: message, limit: 500)
            var moved = 0
            for key in users {
                guard let user = try store.user(key), let position = try store.position(of: key, in: id)
                else {
                    continue
                }
                let followed = FollowedConversation(conversation, position)
                let next = try DeliveryRules.advanced(followed, through: message, for: user, store)
                guard let next else { continue }
                try store.setPosition(next, of: key, in: id)
                moved += 1
            }
            guard users.count == 500, moved > 0 else { return }
        }
    }
}
