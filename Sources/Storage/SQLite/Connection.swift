// One connection to the database file: how it is opened, its settings with their reasons, its prepared
// statements.

import CLinux
import CSQLite
import Domain
import Glibc

/// A connection of one thread, with every statement prepared once and kept.
///
/// Not thread-safe: SQLite's own locks are off (NOMUTEX), so the thread that uses it has to be the only one.
final class Connection: StatementSource {
    /// The use of a connection.
    enum Role { case writer, reader }

    let handle: OpaquePointer
    let role: Role
    /// Frames in the WAL after the last commit of this connection, in pages.
    private(set) var walPages = 0
    /// Monotonic nanoseconds after which statements stop with `.overloaded`.
    var deadline = UInt64.max
    /// Set by the first failure inside a job: whatever the job does with that failure, nothing of it can be
    /// kept, and no further statement runs.
    ///
    /// Without it, a job that goes on after SQLite rolled back the whole transaction would write outside of
    /// any transaction.
    var poison: Failure?
    /// The writer's sequence of ids; nil until the first is asked for.
    var ids: TimeOrderedIDs?
    /// Whether the removal of an application may be unfinished.
    ///
    /// True until the file says otherwise: what was begun before a crash goes on.
    var mayHaveRemovals = true
    /// Whether pages that become free are overwritten, which writes each of them once more.
    var overwritesFreedPages = false {
        didSet {
            let sql = overwritesFreedPages ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = FAST"
            sqlite3_exec(handle, sql, nil, nil, nil)
        }
    }
    /// How much of it one transaction may do.
    var removalBounds = RemovalBounds()
    /// How the writer records events; nil for readers.
    var recorder: EventRecorder?
    /// The active endpoints of webhooks by application; nil until they are first asked for, and after one was changed.
    var watches: [ApplicationID: EventWatch]?
    /// The newest keys of the audit by application, as far as they were asked for; never below the stored ones.
    var auditIDs: [ApplicationID: Int64] = [:]
    /// Users whose rows this connection has changed since they were last taken, kept changes or not.
    private var changedUsers: [UserID] = []
    /// How many commits the reader's open snapshot has seen at least; nil where none is open.
    var snapshot: Int?
    /// Rows of users that were found by name.
    var users: UserCache
    let userChanges: UserChanges
    /// The writer's own changes of users, by their number.
    private let ownUserChanges: UserChanges?
    private var ownUserChangeCount = 0
    private var statements: [OpaquePointer?] = []
    private let incidents: IncidentReporter
    private var slow: SlowStatements?

    /// Opens the file, which must exist.
    init(
        path: String,
        role: Role,
        vfs: String?,
        incidents: IncidentReporter,
        userChanges: UserChanges
    ) throws(DatabaseError) {
        Self.turnOffMemoryStatistics()
        var opened: OpaquePointer?
        let access = role == .writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        // unix-excl keeps other processes off the file while it is open and holds the WAL index in the heap
        // instead of a shared file: a second process can't checkpoint behind the writer's back (see
        // Storage.md), and a snapshot costs no system call.
        let code = sqlite3_open_v2(path, &opened, flags, vfs ?? "unix-excl")
        guard let opened else { throw .unusable(path: path, reason: "out of memory") }
        guard code == SQLITE_OK else {
            let reason = String(cString: sqlite3_errmsg(opened))
            sqlite3_close_v2(opened)
            throw .unusable(path: path, reason: reason)
        }
        handle = opened
        self.role = role
        self.incidents = incidents
        self.userChanges = userChanges
        ownUserChanges = role == .writer ? UserChanges() : nil
        users = ownUserChanges.map { UserCache($0, maximum: 4096) } ?? UserCache(userChanges)
        try configure(path)
        installHooks()
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Reports the statements that take too long from now on.
    func watchSlowStatements(_ watch: SlowStatements.Watch) {
        slow = SlowStatements(watch, of: handle)
    }

    // MARK: Settings

    private func configure(_ path: String) throws(DatabaseError) {
        // Waits for the lock that another connection holds while it recovers the WAL; nothing else is ever
        // contended.
        sqlite3_busy_timeout(handle, 1000)
        // SQL can't damage the file by itself: no writes to the schema or shadow tables.
        csqlite_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        // "name" is an identifier, never a string when there is no such column.
        csqlite_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0)
        csqlite_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0)
        // Functions and virtual tables inside a schema that somebody else wrote aren't trusted.
        try set("PRAGMA trusted_schema = OFF", path)
        // A damaged page is an error when it is read, not a wild pointer.
        try set("PRAGMA cell_size_check = ON", path)
        // No memory map: an I/O error on a map is SIGBUS and ends the process; read(2) returns it to one
        // request.
        try set("PRAGMA mmap_size = 0", path)
        // 2 MiB of pages for each connection: the inner pages of every index, without growing the process.
        try set("PRAGMA cache_size = -2048", path)
        // Savepoint journals and sorts in memory, bounded by the size of one job or page.
        try set("PRAGMA temp_store = MEMORY", path)
        // Only the writer's checkpoints, where it wants them (see Checkpoint.swift).
        try set("PRAGMA wal_autocheckpoint = 0", path)
        switch role {
        case .reader:
            // Belt and braces beside SQLITE_OPEN_READONLY.
            try set("PRAGMA query_only = ON", path)
        case .writer:
            // Readers go on while the writer commits, and a commit is one append and one fsync.
            try set("PRAGMA journal_mode = WAL", path)
            // Each commit is on disk before it returns: in WAL mode NORMAL would lose the last commits on
            // power cut.
            try set("PRAGMA synchronous = FULL", path)
            try set("PRAGMA foreign_keys = ON", path)
            // A WAL that a long snapshot made large shrinks to this when it is started anew.
            try set("PRAGMA journal_size_limit = 16777216", path)
            // Deleted rows are overwritten where the page is written anyway; Debian's default would write
            // more.
            try set("PRAGMA secure_delete = FAST", path)
        }
    }

    private func set(_ pragma: StaticString, _ path: String) throws(DatabaseError) {
        let code = sqlite3_exec(handle, pragma.description, nil, nil, nil)
        guard code == SQLITE_OK else { throw Self.openingError(code, path, handle) }
    }

    /// The operator's error for a failure of the first statements on a file.
    static func openingError(_ code: Int32, _ path: String, _ handle: OpaquePointer) -> DatabaseError {
        code & 0xFF == SQLITE_NOTADB
            ? .notADatabase(path: path)
            : .unusable(path: path, reason: String(cString: sqlite3_errmsg(handle)))
    }

    private func installHooks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        switch role {
        case .writer:
            // SQLite tells the WAL's length with each commit.
            sqlite3_wal_hook(
                handle,
                { context, _, _, pages in
                    guard let context else { return SQLITE_OK }
                    Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().walPages = Int(pages)
                    return SQLITE_OK
                },
                context
            )
            // Rows that go by a cascade are told too. Rows that are replaced by a conflict, or that go when a
            // table is emptied, are not reported.
            sqlite3_update_hook(
                handle,
                { context, operation, _, table, row in
                    // Nobody keeps a row that isn't there yet.
                    guard operation != SQLITE_INSERT, let context, let table, strcmp(table, "users") == 0
                    else { return }
                    Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
                        .note(changeOf: UserID(rawValue: row))
                },
                context
            )
        case .reader:
            // Called every 4000 instructions of a statement, counted over all its uses: seldom enough to cost
            // nothing, and often enough for many short queries too.
            sqlite3_progress_handler(
                handle,
                4000,
                { context in
                    guard let context else { return 0 }
                    return Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().isLate ? 1 : 0
                },
                context
            )
        }
    }

    /// SQLite counts its allocations under one lock for the whole process unless told not to before its first
    /// use.
    private static func turnOffMemoryStatistics() { _ = memoryStatisticsAreOff }
    private static let memoryStatisticsAreOff = csqlite_config_memory_status(0) == SQLITE_OK

    // MARK: Statements

    /// The prepared form of the query, from the table after its first use.
    @inline(__always)
    func prepare(_ query: Query) throws(Failure) -> Statement {
        if let poison { throw poison }
        if query.index < statements.count, let statement = statements[query.index] {
            return Statement(statement, on: self)
        }
        return try prepareFirst(query)
    }

    /// Runs a query without parameters or rows.
    func run(_ query: Query) throws(Failure) {
        try prepare(query).run()
    }

    private func prepareFirst(_ query: Query) throws(Failure) -> Statement {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle,
            query.text,
            -1,
            UInt32(SQLITE_PREPARE_PERSISTENT),
            &statement,
            nil
        )
        guard code == SQLITE_OK, let statement else { throw failure(operation: "prepare", sql: query.text) }
        if query.index >= statements.count {
            statements += Array(repeating: nil, count: query.index + 1 - statements.count)
        }
        statements[query.index] = statement
        return Statement(statement, on: self)
    }

    /// Ends whatever transaction is open, without a word where there is none.
    func rollBack() {
        if !isInAutocommit { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    /// Whether no transaction is open, as after SQLite rolled one back by itself.
    var isInAutocommit: Bool { sqlite3_get_autocommit(handle) != 0 }

    /// Rows changed by the last statement.
    var changes: Int { Int(sqlite3_changes(handle)) }

    /// Rows changed since the connection was opened, those of transactions that were rolled back included.
    var totalChanges: Int64 { sqlite3_total_changes64(handle) }

    var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

    // MARK: Rows of users

    /// The number that a row read now is good for: the commits that a reader's open snapshot has seen, or the
    /// changes that the writer has made itself; nil where no snapshot is open.
    var rowVersion: Int? { role == .writer ? ownUserChangeCount : snapshot }

    private func note(changeOf user: UserID) {
        changedUsers.append(user)
        ownUserChangeCount += 1
        ownUserChanges?.note([user], by: ownUserChangeCount)
    }

    /// Forgets the rows that the writer has read: changes that they show may have been rolled back.
    func forgetUsers() {
        if let ownUserChanges { users = UserCache(ownUserChanges, maximum: 4096) }
    }

    /// Announces to the readers the users whose rows the commit of this number changes, if it succeeds.
    func announceChangedUsers(by commit: Int) {
        guard !changedUsers.isEmpty else { return }
        userChanges.note(changedUsers, by: commit)
        changedUsers.removeAll(keepingCapacity: changedUsers.count <= 4096)
    }

    // MARK: Failures

    var extendedErrorCode: Int32 { sqlite3_extended_errcode(handle) }

    /// Turns the error of a step into a failure, with its incident.
    func failure(in statement: OpaquePointer) -> Failure {
        failure(operation: "statement", sql: sqlite3_sql(statement).map { String(cString: $0) } ?? "")
    }

    /// Turns the connection's last error into a failure, with its incident.
    func failure(operation: String, sql: String = "") -> Failure {
        let code = extendedErrorCode
        if code & 0xFF == SQLITE_INTERRUPT { return Self.late }
        let failure = incidents.failure(
            operation: operation,
            code: code,
            message: String(cString: sqlite3_errmsg(handle)),
            sql: sql
        )
        if role == .writer { poison = failure }
        return failure
    }

    private static let late = Failure.overloaded(retryAfterSeconds: 1)

    private var isLate: Bool { deadline != .max && Self.monotonicNanoseconds() > deadline }

    /// The clock that deadlines are measured with.
    static func monotonicNanoseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}
