// The repository of notices, in memory.

import Domain

extension MemoryStore {
    func notices(for user: UserID, after id: MessageID, limit: Int) -> [Notice] {
        guard self.user(user) != nil else { return [] }
        let kept = (tables.notices[user] ?? [:]).sorted { $0.key < $1.key }
        return Array(
            kept.filter { $0.key > id }.compactMap { key, row in
                tables.proposals[row.proposal].map {
                    Notice(id: key, proposal: $0.proposal, isAnswer: row.isAnswer)
                }
            }.prefix(limit)
        )
    }

    func notice(_ id: MessageID, for user: UserID) -> Notice? {
        notices(for: user, after: MessageID(rawValue: id.rawValue - 1), limit: 1).first { $0.id == id }
    }

    func insertNotice(_ id: MessageID, for user: UserID, about proposal: ProposalID, isAnswer: Bool) {
        guard self.user(user) != nil, tables.proposals[proposal]?.application == application else { return }
        database.tables.notices[user, default: [:]][id] = (proposal, isAnswer)
    }
}
