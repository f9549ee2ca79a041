// The work of a route, with its types erased: steps that the dispatcher runs where the route's access says.

public import Domain

/// A request ready to be decoded.
public struct Incoming: Sendable {
    /// The caller, the application and the time.
    public let call: Call
    /// The whole body.
    public let body: [UInt8]
    /// The Content-Type field, as sent.
    public let contentType: String?
    /// The fields that the route reads, by lower-case name.
    public let fields: [String: String]
    /// The file of a multipart body, stored.
    public let file: UploadedFile?

    /// Memberwise.
    public init(
        call: Call,
        body: [UInt8],
        contentType: String?,
        fields: [String: String] = [:],
        file: UploadedFile? = nil
    ) {
        self.fields = fields
        self.file = file
        self.call = call
        self.body = body
        self.contentType = contentType
    }
}

/// The messages of users in a reply: how many, and of which conversation or found by which words.
public struct MessageReading: Equatable, Sendable {
    /// How many messages.
    public let count: Int
    /// The conversation, or the words that were searched for.
    public let place: String

    /// Memberwise.
    public init(count: Int, place: String) {
        self.count = count
        self.place = place
    }
}

/// A step that reads, bound to the application or to the directory of tenants.
public enum Query<Result: Sendable>: Sendable {
    /// On the caller's application.
    case application(@Sendable (any Reader) throws(Failure) -> Result)
    /// On the tenants themselves.
    case administration(@Sendable (any AdministrationReader) throws(Failure) -> Result)
}

/// A step that writes.
public enum Transaction: Sendable {
    /// On the caller's application.
    case application(Change<any Writer, any Reply>)
    /// On the tenants themselves.
    case administration(Change<any AdministrationWriter, any Reply>)
}

/// A step that hashes passwords, on a thread made for it.
public struct Computation<Result: Sendable>: Sendable {
    /// How many passwords it hashes or checks.
    public let hashes: Int
    /// The account whose password it checks, however the caller named it; nil where failures close none.
    public let account: String?
    /// Runs the step.
    public let run: @Sendable (any PasswordHashing) throws(Failure) -> Result

    /// Wraps the step.
    public init(
        hashes: Int = 1,
        checking account: String? = nil,
        _ run: @escaping @Sendable (any PasswordHashing) throws(Failure) -> Result
    ) {
        self.hashes = hashes
        self.account = account
        self.run = run
    }
}

/// A step that waits for another program, on a thread made for it, once its change is on disk.
///
/// So a mail is never about a change that was refused.
public struct Errand: Sendable {
    /// Runs the step.
    public let run: @Sendable () throws(Failure) -> Void
    /// Takes the change back where the step has failed, in a transaction of its own.
    public let undo: @Sendable (any Writer) throws(Failure) -> Void

    /// Wraps the step.
    public init(
        _ run: @escaping @Sendable () throws(Failure) -> Void,
        undo: @escaping @Sendable (any Writer) throws(Failure) -> Void
    ) {
        (self.run, self.undo) = (run, undo)
    }
}

/// The decision of a change with an errand behind it.
public enum Errands<Out: Sendable>: Sendable {
    /// There is none: this is the reply.
    case none(Out)
    /// The reply waits for the errand; where that fails, the failure is the reply.
    case then(Errand, Out)
}

/// A call to another server, which is answered without a thread that waits for it.
public struct Outside<Out: Sendable>: Sendable {
    /// Begins it; what it is given is called once, on any thread.
    public let begin: @Sendable (@escaping @Sendable (Result<Out, Failure>) -> Void) -> Void

    /// Wraps the call.
    public init(_ begin: @escaping @Sendable (@escaping @Sendable (Result<Out, Failure>) -> Void) -> Void) {
        self.begin = begin
    }
}

extension Outside where Out: Reply {
    /// The same with its answer to be written.
    var erased: Outside<any Reply> {
        Outside<any Reply> { [begin] completion in begin { completion($0.map { $0 }) } }
    }
}

/// The decision of a route's first step before its slow one.
public enum Preparation<Prepared: Sendable, Out: Sendable>: Sendable {
    /// Nothing slow has to be done: this is the reply.
    case reply(Out)
    /// Hash or check a password, and go on in a transaction.
    case compute(Computation<Prepared>)
}

extension Preparation where Out: Reply {
    /// The same decision, with the transaction that what was computed leads to.
    func followed(
        by transaction: @escaping @Sendable (Prepared) -> Transaction
    ) -> Preparation<Transaction, any Reply> {
        switch self {
        case .reply(let reply): .reply(reply)
        case .compute(let compute):
            .compute(
                Computation(hashes: compute.hashes, checking: compute.account) { hashing throws(Failure) in
                    transaction(try compute.run(hashing))
                }
            )
        }
    }
}

/// A route's work by access.
///
/// Each first function decodes, on the loop, and returns what is left to do. A reply is written on the loop, so that the
/// writer does nothing but the transaction.
public enum Work: Sendable {
    /// On the loop, with nothing.
    case pure(@Sendable (Incoming) throws(Failure) -> any Reply)
    /// On the loop, with its reader: bounded reads only.
    case read(@Sendable (Incoming, any Reader) throws(Failure) -> any Reply)
    /// On a reader thread.
    case scan(@Sendable (Incoming) throws(Failure) -> Query<any Reply>)
    /// On the writer thread, in a transaction.
    case write(@Sendable (Incoming) throws(Failure) -> Transaction)
    /// A bounded read on the loop, then a compute thread, then the writer thread.
    case prepared(@Sendable (Incoming) throws(Failure) -> Query<Preparation<Transaction, any Reply>>)
    /// On the writer thread, in a transaction of the application, then on a thread for errands.
    case errand(@Sendable (Incoming) throws(Failure) -> Change<any Writer, Errands<any Reply>>)
    /// A bounded read on the loop, then a call to another server.
    case outside(@Sendable (Incoming, any Reader) throws(Failure) -> Outside<any Reply>)
    /// On a reader thread, with nothing: slow calls of the operator.
    case task(@Sendable (Incoming) throws(Failure) -> @Sendable () throws(Failure) -> any Reply)
    /// The connection becomes a WebSocket; the first function decodes where it begins.
    case subscribe(Subscription, @Sendable (Incoming) throws(Failure) -> SubscriptionStart)
    /// The reply goes on with news for the caller; the function decodes which, and from where.
    case feed(@Sendable (Incoming) throws(Failure) -> Feed)
    /// The reply goes on with the server's state.
    case watch(@Sendable (Incoming) throws(Failure) -> Watch)
    /// Each message of the body is answered by itself, on the loop, before the next one need have arrived.
    case converse(@Sendable (Incoming) throws(Failure) -> Dialogue)

    /// Whether it changes what is stored.
    public var changes: Bool {
        switch self {
        case .pure, .read, .scan, .outside, .task, .watch, .converse: false
        // A subscriber is online, and others are to see that.
        case .write, .prepared, .errand, .subscribe, .feed: true
        }
    }

    /// Whether the caller is told news from there on, and so is online.
    public var tellsNews: Bool {
        switch self {
        case .subscribe, .feed: true
        case .pure, .read, .scan, .write, .prepared, .errand, .outside, .task, .watch, .converse: false
        }
    }

    /// Whether the reply goes on for as long as the client listens.
    public var isEndless: Bool {
        if case .watch = self { true } else { tellsNews }
    }

    /// The access as `parley routes` prints it.
    public var access: String {
        switch self {
        case .pure: "pure"
        case .read: "read"
        case .scan: "scan"
        case .write: "write"
        case .prepared: "hash+write"
        case .errand: "write+errand"
        case .outside: "read+call"
        case .task: "task"
        case .subscribe: "subscribe"
        case .feed: "feed"
        case .watch: "watch"
        case .converse: "converse"
        }
    }
}
