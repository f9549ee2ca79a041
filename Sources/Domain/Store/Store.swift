// The store that a handler is lent: a reader or a writer already bound to the caller's application.

/// One consistent snapshot of the caller's application.
///
/// Every method costs what its repository says, throws `.storage` when the database fails, and nothing else unless it
/// says so. No method takes an application: the store is bound to one, so that no query can reach another's rows.
public protocol Reader: UserReader, ContactReader, BlockReader, MuteReader, MetadataReader, GroupReader,
    GroupModerationReader, GroupMetadataReader, MessageReader, DeliveryReader, HistoryReader, FileReader,
    SessionReader, ProposalReader, EmailReader, PresenceReader, PushReader, GroupRoleReader,
    NoticeReader, RecallReader, RefusalReader, StatisticsReader, WebhookReader, AuditReader, ReplyReader
{}

/// The transaction of one request on the caller's application: reads see its own writes.
///
/// When the handler throws, all that it wrote is rolled back, and only that.
public protocol Writer: Reader, UserWriter, ContactWriter, BlockWriter, MuteWriter, MetadataWriter,
    GroupWriter,
    GroupModerationWriter, GroupMetadataWriter, MessageWriter, DeliveryWriter, FileWriter, SessionWriter,
    ProposalWriter, EmailWriter, PresenceWriter, PushWriter, GroupRoleWriter,
    NoticeWriter, RecallWriter, RefusalWriter, WebhookWriter, AuditWriter, ReplyWriter
{
    /// The call that this transaction belongs to.
    var origin: Origin { get }
    /// A new id for a group, room or message: above all that were given out before, also before a restart.
    func nextID(at now: Timestamp) throws(Failure) -> Int64
    /// Tells the rest of the process, after the commit.
    func announce(_ event: Event)
}

/// The unbound reader, lent to administration only.
public protocol AdministrationReader: DirectoryReader, FileReferenceReader, AuditReader, ReplyReader {}

/// The unbound writer, lent to administration only.
public protocol AdministrationWriter: AdministrationReader, DirectoryWriter, FileReferenceWriter, AuditWriter,
    AuditSweeper, ReplyWriter
{
    /// The call that this transaction belongs to.
    var origin: Origin { get }
    /// Tells the rest of the process, after the commit.
    func announce(_ event: Event)
}
