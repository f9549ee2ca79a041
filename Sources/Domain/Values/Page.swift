// Keyset pages: a page starts after a key, never at an offset, so page 10 000 costs what page 1 costs.

/// One page of a collection in its order.
public struct Page<Element: Sendable>: Sendable {
    /// The rows, at most as many as asked for.
    public let elements: [Element]
    /// Where the next page starts; nil on the last one.
    public let next: Cursor?

    /// Memberwise.
    public init(elements: [Element], next: Cursor?) {
        self.elements = elements
        self.next = next
    }

    /// Cuts a page out of one row more than was asked for: that row only proves that there is a next page.
    ///
    /// - Parameters:
    ///   - rows: up to `limit + 1` rows in the collection's order.
    ///   - limit: the page size.
    ///   - cursor: the position just behind a row.
    public init(rows: [Element], limit: Int, cursor: (Element) -> Cursor) {
        let hasMore = rows.count > limit
        elements = hasMore ? Array(rows.prefix(limit)) : rows
        next = hasMore ? elements.last.map(cursor) : nil
    }
}

/// The collections that can be paged.
///
/// A number, once given, is never used for another one.
public enum PagedCollection: UInt8, Sendable {
    /// An application's users by registration.
    case users = 1
    /// A user's contacts by key.
    case contacts = 2
    /// An application's groups, newest first.
    case groups = 3
    /// The groups or rooms that a user is in, newest first.
    case joinedGroups = 4
    /// A group's or room's members in the order of joining.
    case groupMembers = 5
    /// An application's rooms, newest first.
    case rooms = 6
    /// An application's public groups, newest first.
    case publicGroups = 7
    /// The proposals of one kind that a user made, newest first.
    case sentProposals = 8
    /// The proposals of one kind that a user was made, newest first.
    case receivedProposals = 9
    /// The applications to one group, newest first.
    case groupApplications = 10
    /// The applications to all groups that a user keeps in order, newest first.
    case managedApplications = 11
    /// A group's or room's members without the owner, those who came last first.
    case groupMembersNewest = 24
    /// An application's messages by time.
    case messages = 16
    /// A conversation's messages by time.
    case conversationMessages = 17
    /// The messages that a user can see, by time.
    case userMessages = 18
    /// The messages that wait for a user, by time.
    case waitingMessages = 19
    /// A user's conversations by their newest message.
    case listedConversations = 20
    /// An application's endpoints of webhooks by key.
    case webhooks = 25
    /// The rows of the audit, newest first.
    case audit = 40
    /// An endpoint's deliveries, newest first.
    case deliveries = 26
}

/// A position in one collection of one owner: the key of the last row seen.
///
/// Its text is base64url of version, collection, owner, key and a check sum. The check sum refuses texts that aren't
/// cursors; it is no secret, since a position gives no right to anything.
public struct Cursor: Hashable, Sendable {
    /// The kind of list that is paged.
    public let collection: PagedCollection
    /// The owner of the list: an application's or a user's row key.
    public let owner: Int64
    /// The sort key of the last row seen.
    public let key: Int64

    /// Memberwise.
    public init(collection: PagedCollection, owner: Int64, key: Int64) {
        self.collection = collection
        self.owner = owner
        self.key = key
    }
}
