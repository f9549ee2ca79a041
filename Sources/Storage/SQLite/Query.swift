// The text of one SQL statement, numbered so that a connection finds its prepared form by an array index.

import Synchronization

/// One SQL statement, written once as a `static let`.
///
/// The pieces are `StaticString`s: what comes from a request can't be part of the text, the compiler sees to
/// it. Values are bound to `?1`, `?2`….
final class Query: Sendable {
    /// The place of the prepared statement in each connection's table.
    let index: Int
    /// The statement.
    let text: String

    private static let count = Atomic<Int>(0)

    init(_ pieces: StaticString...) {
        index = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue
        text = pieces.map(\.description).joined(separator: " ")
    }
}

/// The statements around every transaction.
enum TransactionQueries {
    /// Takes no lock; the first read fixes the snapshot.
    static let beginDeferred = Query("BEGIN DEFERRED")
    /// Takes the write lock at once, so that no job finds it taken half-way.
    static let beginImmediate = Query("BEGIN IMMEDIATE")
    /// Finds nothing, and fixes the snapshot by looking.
    static let openSnapshot = Query("SELECT 0 FROM users WHERE id = 0")
    static let commit = Query("COMMIT")
    static let rollback = Query("ROLLBACK")
    static let savepoint = Query("SAVEPOINT job")
    static let release = Query("RELEASE job")
    static let rollbackToSavepoint = Query("ROLLBACK TO job")
}
