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
        var statement = try connection.prepare(MetadataQueries.ofUser)
        statement.bind(1, application)
        statement.bind(2, id)
        var entries: [MetadataEntry] = []
        while try statement.step() {
            entries.append(
                MetadataEntry(
                    key: statement.text(0),
                    value: statement.text(1),
                    expires: statement.optionalTimestamp(2)
                )
            )
        }
        return entries
    }

    func metadataBytes() throws(Failure) -> Int {
        var statement = try connection.prepare(MetadataQueries.bytes)
        statement.bind(1, application)
        return try statement.step() ? statement.int(0) : 0
    }
}

extension SQLiteWriter {
    func setMetadata(_ entry: MetadataEntry, of id: UserID) throws(Failure) {
        var statement = try connection.prepare(MetadataQueries.set)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, entry.key)
        statement.bind(4, entry.value)
        statement.bind(5, entry.expires)
        _ = try statement.insert()
    }

    func deleteMetadata(_ key: String, of id: UserID) throws(Failure) {
        var statement = try connection.prepare(MetadataQueries.delete)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, key)
        try statement.run()
    }

    func deleteMetadata(of id: UserID) throws(Failure) {
        var statement = try connection.prepare(MetadataQueries.deleteAll)
        statement.bind(1, application)
        statement.bind(2, id)
        try statement.run()
    }
}
