// Users by order and by words, in memory.

import Domain

extension MemoryStore {
    func users(
        by order: UserOrder,
        after position: UserPosition?,
        isDescending: Bool,
        limit: Int
    ) -> [User] {
        let value = { (user: User) -> UserValue in
            switch order {
            case .created: .number(user.created.milliseconds)
            case .username: .text(user.username.key)
            }
        }
        let places = users(after: nil, limit: .max).map { (value: value($0), user: $0) }
        let sorted = places.sorted { ($0.value, $0.user.id) < ($1.value, $1.user.id) }
        let behind = sorted.filter { place in
            guard let position else { return true }
            if place.value == position.value, order == .username { return false }
            let place = (place.value, place.user.id)
            return isDescending
                ? place < (position.value, position.id) : place > (position.value, position.id)
        }
        return (isDescending ? behind.reversed() : behind).prefix(limit).map(\.user)
    }

    func users(withWordsOf search: WordSearch, after id: UserID?, limit: Int) -> [User] {
        let found = users(after: id, limit: .max).filter { user in
            let words = Set(WordSearch.words(in: "\(user.username.text) \(user.nickname ?? "")"))
            return search.words.indices.allSatisfy { index in
                let isCut = search.isPrefix && index == search.words.count - 1
                return isCut
                    ? words.contains { $0.utf8.starts(with: search.words[index].utf8) }
                    : words.contains(search.words[index])
            }
        }
        return Array(found.prefix(limit))
    }
}
