// The repository of what users refuse, in memory.

import Domain

extension MemoryStore {
    func refusedStretches(of user: UserID) -> [RefusedStretch] {
        guard self.user(user) != nil else { return [] }
        return (tables.refusedStretches[user] ?? []).sorted { $0.after < $1.after }
    }

    func refusedStretches(of user: UserID, in conversation: ConversationID?) -> [RefusedStretch] {
        refusedStretches(of: user).filter { $0.conversation == conversation }
    }

    func hasMessages(for user: UserID, after id: MessageID) -> Bool {
        guard self.user(user) != nil else { return false }
        return conversations(of: user).contains { $0.conversation.lastMessage > id }
            || conversation(.broadcast).map { $0.lastMessage > id } ?? false
            || tables.recipients.keys.contains { $0.user == user && $0.message.id > id }
    }

    func hasRefusedStretches(in conversation: ConversationID) -> Bool {
        tables.refusedStretches.contains { user, stretches in
            self.user(user) != nil
                && stretches.contains { $0.conversation == nil || $0.conversation == conversation }
        }
    }

    func refusingNames(in conversation: ConversationID) -> [String] {
        let users = tables.refusedStretches.filter { _, stretches in
            stretches.contains { $0.conversation == conversation && $0.through == nil }
        }
        return users.keys.sorted().compactMap { user($0)?.username.text }
    }

    func isInRefusedStretch(
        _ message: MessageID,
        in conversation: ConversationID,
        of user: UserID
    ) -> Bool {
        refusedStretches(of: user).contains { stretch in
            (stretch.conversation == nil || stretch.conversation == conversation)
                && stretch.after < message && message <= stretch.through ?? .last
        }
    }

    func countedQueue(
        for user: User,
        in conversation: ConversationID,
        _ range: MessageRange,
        isRefused: Bool
    ) -> Int64 {
        let audience: MessageAudience =
            isRefused
            ? .unrefusable(sender: user.username.text) : .waiting(sender: user.username.text)
        let ids = messageIDs(in: conversation, range, for: audience, limit: .max)
        let counted = ids.filter { id in
            guard let message = message(id) else { return false }
            return message.isCounted && !message.isRecalled && !isRemoved(id, for: user.id)
        }
        return Int64(counted.count)
    }

    func setRefusedStretch(_ stretch: RefusedStretch, of user: UserID) {
        guard self.user(user) != nil else { return }
        deleteRefusedStretch(stretch, of: user)
        database.tables.refusedStretches[user, default: []].insert(stretch)
    }

    func deleteRefusedStretch(_ stretch: RefusedStretch, of user: UserID) {
        guard self.user(user) != nil else { return }
        let others = (tables.refusedStretches[user] ?? []).filter {
            $0.conversation != stretch.conversation || $0.after != stretch.after
        }
        database.tables.refusedStretches[user] = others.isEmpty ? nil : others
    }
}
