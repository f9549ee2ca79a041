// Names that have changed, on SQLite: what stands in messages and conversations, and what is shown for it.

import Domain

private enum RenamingQueries {
    static let any = Query("SELECT 1 FROM renamings WHERE application > 0 LIMIT 1")
    static let stored = Query("SELECT stored FROM renamings WHERE application = ?1 AND name_key = ?2")
    static let shown = Query("SELECT name FROM renamings WHERE application = ?1 AND stored_key = ?2")
    static let forget = Query("DELETE FROM renamings WHERE application = ?1 AND stored_key = ?2")
    static let note = Query(
        """
        INSERT INTO renamings (application, stored_key, stored, name_key, name) VALUES (?1, ?2, ?3, ?4, ?5)
        """
    )
    static let setName = Query(
        "UPDATE users SET username = ?3, username_key = ?4 WHERE id = ?2 AND application = ?1"
    )
    static let setMuteName = Query("UPDATE mutes SET username_key = ?3 WHERE application = ?1 AND user = ?2")
    static let setFileOwner = Query("UPDATE files SET owner_name = ?3 WHERE owner = ?2 AND application = ?1")
    static let isKept = Query(
        "SELECT user FROM kept_names WHERE application = ?1 AND name_key = ?2 AND expires > ?3"
    )
    static let keptCount = Query(
        "SELECT count(*) FROM kept_names WHERE application = ?1 AND user = ?2 AND expires > ?3"
    )
    static let keep = Query(
        """
        INSERT INTO kept_names (application, name_key, user, expires) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, name_key) DO UPDATE SET user = excluded.user, expires = excluded.expires
        """
    )
    static let release = Query("DELETE FROM kept_names WHERE application = ?1 AND name_key = ?2")
}

extension Connection {
    /// Whether any name has ever changed.
    func lookForRenamings() throws(Failure) {
        if try prepare(RenamingQueries.any).step() { userChanges.noteRenaming() }
    }
}

extension TenantStore {
    // MARK: One name

    /// The stored sender of a name's messages.
    ///
    /// A name that somebody else's messages stand under has a mark behind it that no name can have.
    func stored(_ name: String) throws(Failure) -> String {
        guard connection.userChanges.mayHaveRenamings else { return name }
        if let stored = try prepare(RenamingQueries.stored, name.lowercased()).first({ $0.text(0) }) {
            return stored
        }
        var stored = name
        while try prepare(RenamingQueries.shown, stored.lowercased()).step() { stored += "~" }
        return stored
    }

    /// The name shown for the sender of a message.
    func shown(_ stored: String) throws(Failure) -> String {
        guard connection.userChanges.mayHaveRenamings else { return stored }
        if let name = try prepare(RenamingQueries.shown, stored.lowercased()).first({ $0.text(0) }) {
            return name
        }
        guard stored.last == "~" else { return stored }
        return String(stored.prefix { $0 != "~" })
    }

    // MARK: What has names in it

    func stored(_ address: ConversationAddress) throws(Failure) -> ConversationAddress {
        guard connection.userChanges.mayHaveRenamings, let names = address.names else { return address }
        return .between(
            Username(stored: try stored(names.first)),
            Username(stored: try stored(names.second))
        )
    }

    func shown(_ address: ConversationAddress) throws(Failure) -> ConversationAddress {
        guard connection.userChanges.mayHaveRenamings, let names = address.names else { return address }
        return .between(
            Username(stored: try shown(names.first)),
            Username(stored: try shown(names.second))
        )
    }

    func shown(_ conversation: Conversation) throws(Failure) -> Conversation {
        guard connection.userChanges.mayHaveRenamings else { return conversation }
        return Conversation(
            id: conversation.id,
            address: try shown(conversation.address),
            lastSequence: conversation.lastSequence,
            lastMessage: conversation.lastMessage,
            lastSent: conversation.lastSent
        )
    }

    func shown(_ message: Message) throws(Failure) -> Message {
        guard connection.userChanges.mayHaveRenamings else { return message }
        return message.renamed(sender: try shown(message.sender), address: try shown(message.address))
    }

    func shown(_ followed: [FollowedConversation]) throws(Failure) -> [FollowedConversation] {
        guard connection.userChanges.mayHaveRenamings else { return followed }
        return try followed.map { followed throws(Failure) in
            FollowedConversation(try shown(followed.conversation), followed.position)
        }
    }

    func shown(_ messages: [Message]) throws(Failure) -> [Message] {
        guard connection.userChanges.mayHaveRenamings else { return messages }
        return try messages.map { message throws(Failure) in try shown(message) }
    }

    // MARK: Names that were given up

    func isKept(_ name: Username, from user: UserID?, at now: Timestamp) throws(Failure) -> Bool {
        let holder: UserID? = try prepare(RenamingQueries.isKept, name.key, now).first { $0.id(0) }
        return holder != nil && holder != user
    }

    func keptNameCount(of user: UserID, at now: Timestamp) throws(Failure) -> Int {
        try prepare(RenamingQueries.keptCount, user, now).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func rename(_ user: User, to name: Username, keepingFormerUntil end: Timestamp) throws(Failure) {
        if let holder = try self.user(named: name), holder.id != user.id {
            throw .conflict(.user, id: name.text)
        }
        let stored = try stored(user.username.text)
        try unindex(user.id)
        try prepare(RenamingQueries.setName, user.id, name.text, name.key).run()
        try index(user.id, name.text, user.nickname)
        try prepare(RenamingQueries.setMuteName, user.id, name.key).run()
        try prepare(RenamingQueries.setFileOwner, user.id, name.text).run()
        // Before the row is visible: whoever sees it has to look for it.
        connection.userChanges.noteRenaming()
        try prepare(RenamingQueries.forget, stored.lowercased()).run()
        if try self.stored(name.text) != stored {
            try prepare(RenamingQueries.note, stored.lowercased(), stored, name.key, name.text).run()
        }
        try prepare(RenamingQueries.release, name.key).run()
        guard name != user.username else { return }
        try prepare(RenamingQueries.keep, user.username.key, user.id, end).run()
    }
}
