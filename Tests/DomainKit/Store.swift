// The operations of a store on which rules and the repository contract are tried.

public import Domain

/// A database behind the domain's repositories: in memory or on SQLite.
///
/// Each closure is one transaction: it sees its own writes, and all of it goes when it throws.
public protocol Store: AnyObject {
    /// Reads one application.
    func read<T: Sendable>(
        _ application: ApplicationID,
        _ body: @escaping @Sendable (any Reader) throws(Failure) -> T
    ) throws(Failure) -> T
    /// Changes one application, in the name of a call.
    func write<T: Sendable>(
        _ application: ApplicationID,
        by origin: Origin,
        _ body: @escaping @Sendable (any Writer) throws(Failure) -> T
    ) throws(Failure) -> T
    /// Reads the tenants.
    func administer<T: Sendable>(
        reading body: @escaping @Sendable (any AdministrationReader) throws(Failure) -> T
    ) throws(Failure) -> T
    /// Changes the tenants, in the name of a call.
    func administer<T: Sendable>(
        by origin: Origin,
        writing body: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> T
    ) throws(Failure) -> T
    /// All that committed transactions have announced, in order.
    var announced: [Announcement] { get }
}

extension Store {
    /// Changes the tenants, where it doesn't matter by which call.
    public func administer<T: Sendable>(
        writing body: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> T
    ) throws(Failure) -> T {
        try administer(by: .test, writing: body)
    }

    /// Changes one application, where it doesn't matter by which call.
    public func write<T: Sendable>(
        _ application: ApplicationID,
        _ body: @escaping @Sendable (any Writer) throws(Failure) -> T
    ) throws(Failure) -> T {
        try write(application, by: .test, body)
    }
}

extension Origin {
    /// Of changes of tests.
    public static let test = Origin(server: "test")
}

/// An event of a committed transaction.
public struct Announcement: Equatable, Sendable {
    /// The application of the transaction; nil for administration.
    public let application: ApplicationID?
    /// The event.
    public let event: Event

    /// Memberwise.
    public init(application: ApplicationID?, event: Event) {
        self.application = application
        self.event = event
    }
}
