// Reactions: put below a message by a user who can see it, and taken back.

/// What may be done with reactions.
public enum ReactionRules {
    /// The longest accepted sign, in characters.
    public static let maximumSignCharacters = 128
    /// Different signs below one message.
    public static let maximumSigns = 100
    /// Messages one call may ask about.
    public static let maximumMessages = 20
    /// Users that a summary names.
    public static let namedUsers = 3

    /// One reaction as a user sees it.
    public struct Summary: Equatable, Sendable {
        /// The reaction.
        public let reaction: Reaction
        /// Whether the user is among those who put it there.
        public let isOwn: Bool
        /// The names of the first users who did, or of one page of them.
        public let names: [String]
    }

    /// Puts a user's reaction below a message; nothing changes where it is there.
    ///
    /// - Throws: `.notFound(.message, …)` for a message that the user can't see, `.limitReached(.reactions, …)`.
    public static func react(
        _ user: User,
        with sign: String,
        to id: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> (reaction: Reaction, message: Message) {
        let message = try find(id, for: user, in: store)
        if try store.reaction(sign, to: message.id) == nil {
            guard try store.reactions(to: message.id).count < maximumSigns else {
                throw .limitReached(.reactions, maximum: maximumSigns)
            }
        }
        try store.react(user.id, with: sign, to: message.id, at: now)
        guard let reaction = try store.reaction(sign, to: message.id) else {
            throw .notFound(.message, id: id)
        }
        return (reaction, message)
    }

    /// Takes a user's reaction back; nothing changes where there is none.
    ///
    /// - Throws: `.notFound(.message, …)` for a message that the user can't see.
    public static func unreact(
        _ user: User,
        with sign: String,
        to id: String,
        in store: any Writer
    ) throws(Failure) {
        let message = try find(id, for: user, in: store)
        _ = try store.unreact(user.id, with: sign, to: message.id)
    }

    /// The reactions to one message; nil where the user can't see it, or where it is in another conversation than meant.
    public static func summaries(
        of id: MessageID,
        _ kind: ConversationKind,
        in group: GroupID?,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> [Summary]? {
        guard let message = try HistoryRules.message(id, for: user, in: store), message.address.kind == kind,
            group.map({ message.address.key == $0.text }) ?? true
        else { return nil }
        var summaries: [Summary] = []
        for reaction in try store.reactions(to: id) {
            let users = try store.users(of: reaction.id, after: nil, limit: namedUsers)
            summaries.append(
                Summary(
                    reaction: reaction,
                    isOwn: try store.hasReacted(user.id, with: reaction.id),
                    names: users.map(\.name)
                )
            )
        }
        return summaries
    }

    /// One reaction with a page of the users who put it there.
    ///
    /// - Throws: `.notFound(.message, …)` for a message that the user can't see, `.notFound(.reaction, …)`.
    public static func detail(
        of sign: String,
        to id: String,
        for user: User,
        _ limit: Int,
        after cursor: String?,
        in store: any Reader
    ) throws(Failure) -> (summary: Summary, next: Cursor?) {
        let message = try find(id, for: user, in: store)
        guard let reaction = try store.reaction(sign, to: message.id) else {
            throw .notFound(.reaction, id: sign)
        }
        var place: Int64?
        if let cursor {
            guard let position = Cursor(cursor, of: .reactionUsers, owner: reaction.id.rawValue) else {
                throw .invalid(field: "cursor", .foreignCursor)
            }
            place = position.key
        }
        let rows = try store.users(of: reaction.id, after: place, limit: limit + 1)
        let page = Page(rows: rows, limit: limit) { row in
            Cursor(collection: .reactionUsers, owner: reaction.id.rawValue, key: row.place)
        }
        let summary = Summary(
            reaction: reaction,
            isOwn: try store.hasReacted(user.id, with: reaction.id),
            names: page.elements.map(\.name)
        )
        return (summary, page.next)
    }

    private static func find(_ id: String, for user: User, in store: any Reader) throws(Failure) -> Message {
        guard let messageID = MessageID(id),
            let message = try HistoryRules.message(messageID, for: user, in: store), !message.isRecalled
        else { throw .notFound(.message, id: id) }
        return message
    }
}
