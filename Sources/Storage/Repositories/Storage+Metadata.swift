// The repository of user metadata on SQLite.

import Domain

private enum MetadataQueries {
    static let ofUser = Query(
        "SELECT key, value, expires FROM user_metadata WHERE application = ?1 AND user = ?2 ORDER BY key"
    )
    // length() of a text counts characters, of a blob bytes.
    static let bytes = Query(
        """
        SELECT coalesce(sum(length(CAST(key AS BLOB)) + length(CAST(value AS BLOB))), 0)
        FROM user_metadata WHERE application = ?1
        """
    )

    static let set = Query(
        """
        INSERT INTO user_metadata (application, user, key, value, expires) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (application, user, key) DO UPDATE SET value = excluded.value, expires = excluded.expires
        """
    )
    static let delete = Query("DELETE FROM user_metadata WHERE application = ?1 AND user = ?2 AND key = ?3")
    static let deleteAll = Query("DELETE FROM user_metadata WHERE application = ?1 AND user = ?2")
}

extension TenantStore {
    func metadata(of id: UserID) throws(Failure) -> [MetadataEntry] {
        try prepare(MetadataQueries.ofUser, id).rows {
            MetadataEntry(
                key: $0.text(0),
                value: $0.text(1),
                expires: $0.optionalTimestamp(2)
            )
        }
    }

    func metadataBytes() throws(Failure) -> Int {
        try prepare(MetadataQueries.bytes).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func setMetadata(_ entry: MetadataEntry, of id: UserID) throws(Failure) {
        try prepare(MetadataQueries.set, id, entry.key, entry.value, entry.expires).insert()
    }

    func deleteMetadata(_ key: String, of id: UserID) throws(Failure) {
        try prepare(MetadataQueries.delete, id, key).run()
    }

    func deleteMetadata(of id: UserID) throws(Failure) {
        try prepare(MetadataQueries.deleteAll, id).run()
    }
}
