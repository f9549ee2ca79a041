// The repository of the audit: rows are added by the store itself, with the change that they are about, and nothing changes one.

/// Reads the audit: of the application that the store is bound to, else what was done to the server as a whole.
public protocol AuditReader {
    /// Rows that a filter lets through, newest first, before one, at most `limit`.
    ///
    /// Reads the rows between, so it costs what the filter leaves out.
    func audit(_ filter: AuditFilter, before id: Int64?, limit: Int) throws(Failure) -> [AuditRecord]
}

/// Notes what a change is done to.
///
/// The row itself is written by the store at the end of each transaction whose ``Origin`` has an actor.
public protocol AuditWriter: AuditReader {
    /// Whether this transaction leaves a row.
    var isAudited: Bool { get }
    /// Notes something that the change is done to; costs nothing where the transaction leaves no row.
    func note(subject: String)
    /// Notes that texts of messages were read: how many, and of which conversation or by which words.
    func noteReading(of count: Int, in place: String)
}

/// Removes rows of the audit whose time is over; nothing else does.
public protocol AuditSweeper {
    /// Removes the oldest rows of every application that are older, at most `limit` of each.
    ///
    /// - Returns: whether there may be more.
    func removeAudit(before: Timestamp, limit: Int) throws(Failure) -> Bool
}
