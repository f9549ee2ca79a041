// The repository of counts, in memory.

import Domain

extension MemoryStore {
    private static func days(_ moments: [Timestamp]) -> [DayCount] {
        Dictionary(grouping: moments) { $0.milliseconds / 86_400_000 }
            .map { DayCount(day: $0.key, count: $0.value.count) }
            .sorted { $0.day < $1.day }
    }

    private static func growth(_ moments: [Timestamp], _ start: Timestamp, _ end: Timestamp) -> Growth {
        Growth(
            total: moments.count,
            before: moments.count { $0 < start },
            days: days(moments.filter { start <= $0 && $0 < end })
        )
    }

    func registrations(from start: Timestamp, before end: Timestamp) -> Growth {
        Self.growth(users(after: nil, limit: .max).map(\.created), start, end)
    }

    func groupCreations(from start: Timestamp, before end: Timestamp) -> Growth {
        Self.growth(groups(.group, before: nil, limit: .max).map(\.created), start, end)
    }

    func traffic(
        of subject: TrafficSubject,
        from start: Timestamp,
        before end: Timestamp,
        isAscending: Bool,
        skipping offset: Int,
        limit: Int
    ) -> Traffic {
        let counted = tables.messages.filter { key, message in
            guard key.application == application, start <= message.sent, message.sent < end else {
                return false
            }
            switch (subject, message.address.kind) {
            case (.senders, .single), (.senders(withGroups: true), .group), (.groups, .group): return true
            default: return false
            }
        }.map(\.value)
        let shares = Dictionary(grouping: counted) { subject == .groups ? $0.address.key : $0.sender }
            .map { TrafficShare(name: $0.key, count: $0.value.count) }
            .sorted { one, other in
                guard one.count == other.count else { return (one.count < other.count) == isAscending }
                return one.name < other.name
            }
        return Traffic(
            messages: counted.count,
            subjects: shares.count,
            days: Self.days(counted.map(\.sent)),
            shares: Array(shares.dropFirst(offset).prefix(limit))
        )
    }
}
