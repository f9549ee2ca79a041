// How much is pending in a running server's outbox, by a look into its file.

import CSQLite

/// Counts rows of a live file through a connection that can only read.
enum OutboxCount {
    /// All deliveries that are stored.
    static func pending(in folder: String) throws -> Int {
        var connection: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(folder + "/parley.db", &connection, flags, nil) == SQLITE_OK else {
            sqlite3_close(connection)
            throw BenchmarkError("the server's file can't be read")
        }
        defer { sqlite3_close(connection) }
        sqlite3_busy_timeout(connection, 1000)
        var statement: OpaquePointer?
        let sql = "SELECT count(*) FROM webhook_deliveries"
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW
        else {
            sqlite3_finalize(statement)
            throw BenchmarkError("the outbox can't be counted")
        }
        defer { sqlite3_finalize(statement) }
        return Int(sqlite3_column_int64(statement, 0))
    }
}
