// The reports that an administrator reads: the numbers of an application, a user at a glance, groups by name.

/// Answers questions about an application, each from kept numbers or a bounded read.
public enum ReportRules {
    /// Days that a report has, today among them.
    public static let days = 30
    /// Minutes that a report has, that of now among them.
    public static let minutes = 60

    /// The messages of the last days or minutes, oldest first, with a zero where there was none.
    public static func traffic(
        by span: CountedSpan,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> [SpanCount] {
        let number = Int64(span == .day ? days : minutes)
        let last = span.start(of: now)
        let first = Timestamp(milliseconds: last.milliseconds - (number - 1) * span.milliseconds)
        var counts: [Timestamp: Int] = [:]
        for count in try store.messageCounts(by: span, from: first) { counts[count.start] = count.count }
        return (0..<number).map { index in
            let start = Timestamp(milliseconds: first.milliseconds + index * span.milliseconds)
            return SpanCount(start: start, count: counts[start] ?? 0)
        }
    }

    /// How many deliveries of an application's webhooks are pending, and since when the oldest is.
    ///
    /// Costs an index entry for each that is.
    public static func backlog(in store: any Reader) throws(Failure) -> WebhookBacklog {
        var pending = 0
        var oldest: Timestamp?
        var last: WebhookID?
        while true {
            let webhooks = try store.webhooks(after: last, limit: 100)
            for webhook in webhooks {
                let backlog = try store.backlog(of: webhook.id)
                pending += backlog.pending
                oldest = [oldest, backlog.oldest].compactMap(\.self).min()
            }
            guard webhooks.count == 100 else { break }
            last = webhooks.last?.id
        }
        return WebhookBacklog(pending: pending, oldest: oldest)
    }

    // MARK: One user

    /// A user with what a support desk asks first.
    public struct Overview: Sendable {
        /// The user.
        public let user: User
        /// Contacts, users that it blocks, groups and rooms that it is in, messages that wait for it.
        public let contacts, blocks, groups, rooms, waiting: Int
        /// The groups that it joined last, at most ``ReportRules/listedGroups``, with its role in each.
        public let newestGroups: [(group: Group, role: GroupRole)]
        /// The newest message that the user can see.
        public let lastMessage: Message?
        /// Its mutes, also those that are over.
        public let mutes: Mutes
        /// Its last connection; nil where none was kept.
        public let lastConnection: PastConnection?
    }

    /// Groups that an overview lists.
    public static let listedGroups = 20

    /// A user at a glance.
    ///
    /// Costs a row for each of its conversations.
    public static func overview(
        of user: User,
        in application: Application,
        at now: Timestamp,
        store: any Reader
    ) throws(Failure) -> Overview {
        var groups: [(group: Group, role: GroupRole)] = []
        for group in try store.joinedGroups(of: user.id, .group, before: nil, limit: listedGroups) {
            guard let member = try store.membership(of: user.id, in: group.id) else { continue }
            groups.append((group, member.role))
        }
        let query = HistoryQuery(scope: .user(user), isDescending: true)
        let newest = try HistoryRules.page(1, of: query, after: nil, application: application.id, in: store)
            .elements
        return Overview(
            user: user,
            contacts: try store.contactCount(of: user.id),
            blocks: try store.blockCount(by: user.id),
            groups: try store.joinedCount(of: user.id, .group),
            rooms: try store.joinedCount(of: user.id, .room),
            waiting: Int(try DeliveryRules.waitingCount(for: user, in: store)),
            newestGroups: groups,
            lastMessage: newest.first,
            mutes: try store.mutes(of: user.id),
            lastConnection: try store.connections(
                of: user.id,
                since: ConnectionRules.start(at: now),
                before: nil,
                limit: 1
            ).first
        )
    }

    // MARK: Groups by name

    /// Names that one page of a search looks at.
    public static let examinedNames = 5000

    /// One page of the groups or rooms with a text in their name, newest first, without regard to case.
    ///
    /// It looks at a bounded number of names: a page may have fewer groups than its limit, and a cursor.
    public static func page(
        _ kind: GroupKind,
        named text: String,
        _ limit: Int,
        before cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let wanted = Array(text.lowercased().unicodeScalars)
        var (last, examined) = (cursor.map { GroupID(rawValue: $0.key) }, 0)
        var found: [Group] = []
        func page(isLast: Bool) -> Page<Group> {
            guard !isLast, let last else { return Page(elements: found, next: nil) }
            let collection: PagedCollection = kind == .group ? .groups : .rooms
            let owner = application.id.rawValue
            return Page(
                elements: found,
                next: Cursor(collection: collection, owner: owner, key: last.rawValue)
            )
        }
        while examined < examinedNames {
            let names = try store.groupNames(kind, before: last, limit: 500)
            for (index, row) in names.enumerated() {
                last = row.id
                guard contains(Array(row.name.lowercased().unicodeScalars), wanted),
                    let group = try store.group(row.id)
                else { continue }
                found.append(group)
                if found.count == limit {
                    return page(isLast: index + 1 == names.count && names.count < 500)
                }
            }
            guard names.count == 500 else { return page(isLast: true) }
            examined += names.count
        }
        return page(isLast: false)
    }

    private static func contains(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
