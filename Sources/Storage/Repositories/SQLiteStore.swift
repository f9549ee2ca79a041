// The stores that handlers are lent, on SQLite: small values of a connection and the application they are bound to.

import Domain

/// The part that reading and writing stores share.
///
/// Its extensions (`Storage+Users.swift`…) hold the read methods.
protocol TenantStore: StatementSource {
    var connection: Connection { get }
    /// Every query has it in its WHERE clause, so that another application's rows are as if they weren't
    /// there.
    var application: ApplicationID { get }
}

extension TenantStore {
    /// The query's prepared form, with the application as `?1`: no statement of a repository goes without it.
    @inline(__always)
    func prepare(_ query: Query) throws(Failure) -> Statement {
        var statement = try connection.prepare(query)
        statement.bind(application)
        return statement
    }
}

/// One snapshot of one application.
struct SQLiteReader: TenantStore, Reader {
    let connection: Connection
    let application: ApplicationID
}

/// One job's transaction on one application.
struct SQLiteWriter: TenantStore, Writer {
    let session: WriteSession
    let application: ApplicationID
    let origin: Origin

    var connection: Connection { session.connection }

    func announce(_ event: Event) {
        session.announce(CommittedEvent(application: application, event: event))
    }
}

/// The part that the unbound stores share.
protocol DirectoryStore: StatementSource {
    var connection: Connection { get }
}

extension DirectoryStore {
    func prepare(_ query: Query) throws(Failure) -> Statement { try connection.prepare(query) }
}

/// One snapshot of the tenants.
struct SQLiteAdministrationReader: DirectoryStore, AdministrationReader {
    let connection: Connection
}

/// One job's transaction on the tenants.
struct SQLiteAdministrationWriter: DirectoryStore, AdministrationWriter {
    let session: WriteSession
    let origin: Origin

    var connection: Connection { session.connection }

    func announce(_ event: Event) { session.announce(CommittedEvent(application: nil, event: event)) }
}
