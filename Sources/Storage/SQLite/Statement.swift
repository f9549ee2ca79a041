// A prepared statement in use: typed binding, stepping and columns; reset when it goes out of scope.

import CSQLite
import Domain

/// The result of an INSERT.
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
    /// The parameter that was bound last.
    private var position: Int32 = 0
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

    /// Gives the next parameters a value, or a group of values.
    mutating func bind(_ values: some Bindable) { values.bind(to: &self) }

    mutating func bind(integer: Int64) {
        position += 1
        note(sqlite3_bind_int64(handle, position, integer))
    }

    mutating func bind(text: String) {
        position += 1
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

    mutating func bind(blob: UnsafeRawBufferPointer) {
        position += 1
        guard let address = blob.baseAddress else { return note(sqlite3_bind_zeroblob(handle, position, 0)) }
        note(sqlite3_bind_blob(handle, position, address, Int32(blob.count), Self.copied))
    }

    mutating func bindNull() {
        position += 1  // An unbound parameter is NULL.
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
    func step() throws(Failure) -> Bool {
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
    func run() throws(Failure) -> Int {
        _ = try step()
        return connection.changes
    }

    /// The value of the next row; nil where none is.
    @inline(__always)
    func first<Row>(_ read: (borrowing Statement) -> Row) throws(Failure) -> Row? {
        try step() ? read(self) : nil
    }

    /// The values of all remaining rows.
    ///
    /// - Parameter count: how many there may be, where room is worth being made for all at once.
    @inline(__always)
    func rows<Row>(expecting count: Int = 0, _ read: (borrowing Statement) -> Row) throws(Failure) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(count)
        while try step() { rows.append(read(self)) }
        return rows
    }

    /// Runs COMMIT.
    ///
    /// - Returns: whether all of it is on disk.
    func commit() -> Bool { sqlite3_step(handle) == SQLITE_DONE }

    /// Runs an INSERT whose ON CONFLICT clause names the one constraint that may refuse it.
    ///
    /// A violation of any other uniqueness is a failure of storage, not a conflict. Missing parents are told
    /// by the extended error code, never by the message.
    @discardableResult
    func insert() throws(Failure) -> Insertion {
        guard bindingCode == SQLITE_OK else { throw connection.failure(in: handle) }
        let code = sqlite3_step(handle)
        if code == SQLITE_DONE { return connection.changes > 0 ? .added : .duplicate }
        if connection.extendedErrorCode == SQLiteCode.foreignKey { return .orphan }
        throw connection.failure(in: handle)
    }

    /// Runs an INSERT that has to add a row.
    ///
    /// - Returns: the row's key.
    /// - Throws: what is given for the case that it adds none.
    func insert<ID: RowKey>(
        duplicate: @autoclosure () -> Failure,
        orphan: @autoclosure () -> Failure
    ) throws(Failure) -> ID {
        switch try insert() {
        case .added: return ID(rawValue: connection.lastInsertedKey)
        case .duplicate: throw duplicate()
        case .orphan: throw orphan()
        }
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

    func id<ID: RowKey>(_ column: Int32) -> ID { ID(rawValue: int64(column)) }

    func optionalID<ID: RowKey>(_ column: Int32) -> ID? { isNull(column) ? nil : id(column) }

    func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    func optionalBool(_ column: Int32) -> Bool? { isNull(column) ? nil : bool(column) }

    func optionalTimestamp(_ column: Int32) -> Timestamp? { isNull(column) ? nil : timestamp(column) }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
