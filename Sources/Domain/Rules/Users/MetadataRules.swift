// User metadata: a small dictionary that the application keeps with a user.

/// The rules of user metadata.
public enum MetadataRules {
    /// Bytes of all keys and values one user may have.
    public static let maximumBytes = 2048
    /// How long the text about what one is doing lasts, in seconds.
    public static let statusSeconds: Int64 = 86_400
    /// Users one call may ask about.
    public static let maximumUsers = 100

    /// Adds or replaces entries; an empty value removes its key.
    ///
    /// - Returns: the user's entries afterwards, by key.
    /// - Throws: `.notFound(.user, …)`, `.limitReached(.metadataBytes, …)`.
    public static func set(
        _ entries: [MetadataEntry],
        of name: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [MetadataEntry] {
        let user = try UserRules.find(name, in: store)
        for entry in entries {
            if entry.value.isEmpty {
                try store.deleteMetadata(entry.key, of: user.id)
            } else {
                try store.setMetadata(entry, of: user.id)
            }
        }
        for ended in try store.metadata(of: user.id) where !ended.isThere(at: now) {
            try store.deleteMetadata(ended.key, of: user.id)
        }
        let all = try store.metadata(of: user.id)
        let bytes = all.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard bytes <= maximumBytes else { throw .limitReached(.metadataBytes, maximum: maximumBytes) }
        try store.record(.userMetadataUpdated) { .user(user).with("keys", .texts(entries.map(\.key))) }
        return all
    }

    /// The user's entries; none for an unknown user.
    public static func entries(
        of name: String,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> [MetadataEntry] {
        guard let user = try known(name, in: store) else { return [] }
        return try entries(of: user, at: now, in: store)
    }

    /// The user's entries at a moment, by key.
    public static func entries(
        of user: User,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> [MetadataEntry] {
        try store.metadata(of: user.id).filter { $0.isThere(at: now) }
    }

    /// Removes all of a user's entries; nothing happens for an unknown user.
    public static func clear(_ name: String, in store: any Writer) throws(Failure) {
        guard let user = try known(name, in: store) else { return }
        try store.deleteMetadata(of: user.id)
        try store.record(.userMetadataUpdated) { .user(user).with("keys", .texts([])) }
    }

    /// The user, or nil where there is none: these calls make no difference between absent and empty.
    private static func known(_ name: String, in store: any Reader) throws(Failure) -> User? {
        do throws(Failure) {
            return try UserRules.find(name, in: store)
        } catch .notFound {
            return nil
        }
    }
}
