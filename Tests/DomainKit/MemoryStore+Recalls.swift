// The repository of recalls, in memory.

import Domain

extension MemoryStore {
    private var ownRecalls: [Recall] {
        var recalls: [Recall] = []
        for (place, row) in tables.recalls where place.application == application {
            guard tables.messages[row.message] != nil else { continue }
            recalls.append(Recall(id: place.id, message: row.message.id, made: row.made))
        }
        return recalls.sorted { $0.id < $1.id }
    }

    func recall(_ id: MessageID) -> Recall? { ownRecalls.first { $0.id == id } }

    func recalls(in conversation: ConversationID, after id: MessageID, limit: Int) -> [MessageID] {
        let recalls = ownRecalls.filter { $0.id > id && message($0.message)?.conversation == conversation }
        return recalls.prefix(limit).map(\.id)
    }

    func lastRecall() -> MessageID { ownRecalls.last?.id ?? .none }

    func insert(_ recall: Recall) {
        guard message(recall.message) != nil else { return }
        let key = { Tables.MessageKey(application: self.application, id: $0) }
        database.tables.recalls[key(recall.id)] = (key(recall.message), recall.made)
    }
}
