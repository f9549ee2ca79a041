// Brings a file's schema up to this program's, or refuses the file.

import CSQLite
import Domain

/// The state of a file's schema, and the way forward.
///
/// Migrations only go forward: a newer file is refused.
struct Migrations {
    let connection: Connection
    let path: String
    let steps: [Migration]

    /// "Prly" in ASCII: what `file(1)` and this program know the file by.
    static let applicationIdentifier: Int64 = 0x5072_6C79

    /// Checks what the file has and applies what it lacks, each step in a transaction of its own.
    func run(at now: Timestamp) throws(DatabaseError) {
        let version = try integer(MigrationQueries.version) ?? 0
        try checkOrigin(version)
        let known = steps.count
        guard version <= known else { throw .newer(path: path, version: Int(version), known: known) }
        for step in steps.prefix(Int(version)) { try verify(step) }
        for step in steps.dropFirst(Int(version)) { try apply(step, at: now) }
    }

    /// Refuses a file of another program: one that has tables, and not our mark.
    private func checkOrigin(_ version: Int64) throws(DatabaseError) {
        let identifier = try integer(MigrationQueries.identifier)
        if identifier == Self.applicationIdentifier { return }
        guard identifier == 0, version == 0, try integer(MigrationQueries.tables) == 0 else {
            throw .foreign(path: path)
        }
        try execute(
            """
            BEGIN IMMEDIATE;
            PRAGMA application_id = 0x50726C79;
            CREATE TABLE migrations (
                number INTEGER PRIMARY KEY,
                checksum INTEGER NOT NULL,
                applied INTEGER NOT NULL
            ) STRICT;
            COMMIT;
            """
        )
    }

    private func verify(_ step: Migration) throws(DatabaseError) {
        guard try integer(MigrationQueries.checksum, step.number) == step.checksum else {
            throw .migrationChanged(path: path, number: step.number)
        }
    }

    private func apply(_ step: Migration, at now: Timestamp) throws(DatabaseError) {
        do throws(DatabaseError) {
            try execute("BEGIN IMMEDIATE")
            try execute(step.sql)
            try fill(step)
            try record(step, at: now)
            let version = try integer(MigrationQueries.version) ?? 0
            precondition(
                version == step.number,
                "A migration's last statement sets user_version to its number."
            )
            try execute("COMMIT")
        } catch {
            sqlite3_exec(connection.handle, "ROLLBACK", nil, nil, nil)
            throw .migrationFailed(path: path, number: step.number, reason: error.reason)
        }
    }

    private func fill(_ step: Migration) throws(DatabaseError) {
        do throws(Failure) {
            try step.fill?(connection)
        } catch {
            throw Connection.openingError(connection.extendedErrorCode, path, connection.handle)
        }
    }

    private func record(_ step: Migration, at now: Timestamp) throws(DatabaseError) {
        do throws(Failure) {
            try connection.prepare(MigrationQueries.record, step.number, step.checksum, now).run()
        } catch {
            throw Connection.openingError(connection.extendedErrorCode, path, connection.handle)
        }
    }

    private func execute(_ text: StaticString) throws(DatabaseError) {
        let code = sqlite3_exec(connection.handle, text.description, nil, nil, nil)
        guard code == SQLITE_OK else { throw Connection.openingError(code, path, connection.handle) }
    }

    /// The first column of the first row; nil without a row.
    ///
    /// An error at start is about the file, not a request.
    private func integer(_ query: Query, _ parameter: Int? = nil) throws(DatabaseError) -> Int64? {
        do throws(Failure) {
            return try connection.prepare(query, parameter).first { $0.int64(0) }
        } catch {
            throw Connection.openingError(connection.extendedErrorCode, path, connection.handle)
        }
    }
}

private enum MigrationQueries {
    static let version = Query("PRAGMA user_version")
    static let identifier = Query("PRAGMA application_id")
    static let tables = Query("SELECT count(*) FROM sqlite_schema")
    static let checksum = Query("SELECT checksum FROM migrations WHERE number = ?1")
    static let record = Query("INSERT INTO migrations (number, checksum, applied) VALUES (?1, ?2, ?3)")
}

extension Migration {
    /// FNV-1a, 64 bits, of the text: enough to tell an edited migration, which is all it is for.
    var checksum: Int64 {
        sql.withUTF8Buffer { text in
            Int64(bitPattern: text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        }
    }
}

extension DatabaseError {
    fileprivate var reason: String {
        if case .unusable(_, let reason) = self { reason } else { description }
    }
}
