// A prepared statement in use: typed binding, stepping and columns; reset when it goes out of scope.

import CSQLite
import Domain

/// What an INSERT did.
enum Insertion {
    /// A row was added.
    case added
    /// The row was there: the conflict clause kept it as it was.
    case duplicate
    /// A row that the new one refers to isn't there.
    case orphan
}

/// One use of a connection's prepared statement.
///
/// Parameters count from 1, columns from 0, as in SQLite.
///
/// The values stay bound until the statement goes out of scope, which also ends its read of the database: a
/// statement that was stepped and not reset would hold a snapshot open.
struct Statement: ~Copyable {
    private let handle: OpaquePointer
    private let connection: Connection
    private var bindingCode = SQLITE_OK

    init(_ handle: OpaquePointer, on connection: Connection) {
        assert(sqlite3_stmt_busy(handle) == 0, "A statement can't be used again before its first use ended.")
        self.handle = handle
        self.connection = connection
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    // MARK: Binding

    mutating func bind(_ position: Int32, _ value: Int64) {
        note(sqlite3_bind_int64(handle, position, value))
    }

    mutating func bind(_ position: Int32, _ value: Int) { bind(position, Int64(value)) }

    mutating func bind(_ position: Int32, _ value: Bool) { bind(position, value ? 1 : 0 as Int64) }

    mutating func bind(_ position: Int32, _ value: Timestamp) { bind(position, value.milliseconds) }

    mutating func bind<ID: RawRepresentable<Int64>>(_ position: Int32, _ id: ID) {
        bind(position, id.rawValue)
    }

    mutating func bind(_ position: Int32, _ value: Int?) {
        if let value { bind(position, Int64(value)) }  // An unbound parameter is NULL.
    }

    mutating func bind(_ position: Int32, _ value: Bool?) {
        if let value { bind(position, value) }
    }

    mutating func bind(_ position: Int32, _ value: Timestamp?) {
        if let value { bind(position, value.milliseconds) }
    }

    mutating func bind(_ position: Int32, _ text: String) {
        var text = text
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty buffer may have no address, and a null address would bind NULL.
                guard let address = characters.baseAddress else {
                    return sqlite3_bind_text(handle, position, "", 0, Self.copied)
                }
                return sqlite3_bind_text(handle, position, address, Int32(characters.count), Self.copied)
            }
        }
        note(code)
    }

    mutating func bind(_ position: Int32, _ text: String?) {
        if let text { bind(position, text) }
    }

    mutating func bind(_ position: Int32, _ bytes: [UInt8]) {
        let code = bytes.withUnsafeBytes { buffer in
            guard let address = buffer.baseAddress else { return sqlite3_bind_zeroblob(handle, position, 0) }
            return sqlite3_bind_blob(handle, position, address, Int32(buffer.count), Self.copied)
        }
        note(code)
    }

    mutating func bind(_ position: Int32, _ uuid: UUID) {
        let code = withUnsafeBytes(of: (uuid.high.bigEndian, uuid.low.bigEndian)) { bytes in
            sqlite3_bind_blob(handle, position, bytes.baseAddress, 16, Self.copied)
        }
        note(code)
    }

    /// SQLITE_TRANSIENT, which the importer leaves out: SQLite copies the value before the call returns.
    @inline(__always)
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// A failed bind (out of memory, too long) is told at the first step, so that the binds themselves stay
    /// plain.
    private mutating func note(_ code: Int32) {
        if code != SQLITE_OK, bindingCode == SQLITE_OK { bindingCode = code }
    }

    // MARK: Stepping

    /// Moves to the next row.
    ///
    /// - Returns: false behind the last one.
    mutating func step() throws(Failure) -> Bool {
        guard bindingCode == SQLITE_OK else { throw connection.failure(in: handle) }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.failure(in: handle)
        }
    }

    /// Runs a statement that has no rows.
    ///
    /// - Returns: how many rows it changed; only of interest for INSERT, UPDATE and DELETE.
    @discardableResult
    mutating func run() throws(Failure) -> Int {
        _ = try step()
        return connection.changes
    }

    /// The first column of every row that is left.
    mutating func texts() throws(Failure) -> [String] {
        var texts: [String] = []
        while try step() { texts.append(text(0)) }
        return texts
    }

    /// Runs COMMIT.
    ///
    /// - Returns: whether all of it is on disk.
    mutating func commit() -> Bool { sqlite3_step(handle) == SQLITE_DONE }

    /// Runs an INSERT whose ON CONFLICT clause names the one constraint that may refuse it.
    ///
    /// A violation of any other uniqueness is a failure of storage, not a conflict. Missing parents are told
    /// by the extended error code, never by the message.
    mutating func insert() throws(Failure) -> Insertion {
        guard bindingCode == SQLITE_OK else { throw connection.failure(in: handle) }
        let code = sqlite3_step(handle)
        if code == SQLITE_DONE { return connection.changes > 0 ? .added : .duplicate }
        if connection.extendedErrorCode == SQLiteCode.foreignKey { return .orphan }
        throw connection.failure(in: handle)
    }

    // MARK: Columns

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func bool(_ column: Int32) -> Bool { sqlite3_column_int64(handle, column) != 0 }

    func timestamp(_ column: Int32) -> Timestamp { Timestamp(milliseconds: int64(column)) }

    /// Read as a blob: the text function would copy the text to put a zero behind it.
    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_blob(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func uuid(_ column: Int32) -> UUID {
        guard let bytes = sqlite3_column_blob(handle, column), sqlite3_column_bytes(handle, column) == 16
        else {
            return UUID(high: 0, low: 0)  // The schema's CHECK keeps other lengths out.
        }
        return UUID(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    func optionalBool(_ column: Int32) -> Bool? { isNull(column) ? nil : bool(column) }

    func optionalTimestamp(_ column: Int32) -> Timestamp? { isNull(column) ? nil : timestamp(column) }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
