// The work of a route, with its types erased: steps that the dispatcher runs where the route's access says.

public import Domain
public import HTTP

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

extension Incoming {
    /// The same request with more known of it.
    public func with(_ call: Call) -> Incoming {
        Incoming(call: call, body: body, contentType: contentType, fields: fields, file: file)
    }
}

/// A reply still to be written: on the loop, so that the writer does nothing but the transaction.
///
/// A struct, like `Computation`, because the compiler doesn't survive closures that return closures generically.
public struct Outcome: Sendable {
    /// Writes it.
    public let response: @Sendable () -> Response
    /// The next use of the connection.
    public let session: SessionChange?
    /// The body, where it is made while it is sent.
    public let pieces: ReplyPieces?
    /// The messages in it, for the audit.
    let reading: MessageReading?
    /// Whether it is stored for a repetition.
    public let isStored: Bool

    init(written response: Response, session: SessionChange?, pieces: ReplyPieces?, reading: MessageReading?) {
        self.response = { response }
        self.session = session
        self.pieces = pieces
        self.reading = reading
        isStored = true
    }

    init(_ reply: some Reply) {
        isStored = false
        response = { reply.response() }
        session = reply.session
        pieces = reply.pieces
        reading = reply.reading
    }

    init(_ answered: Answered) {
        isStored = false
        response = { answered.response }
        session = answered.session
        pieces = answered.pieces
        reading = answered.reading
    }
}

/// A reply that is written, by a read on the loop.
public struct Answered: Sendable {
    /// The body that is sent.
    public let response: Response
    /// The next use of the connection.
    public let session: SessionChange?
    /// The body, where it is made while it is sent.
    public let pieces: ReplyPieces?
    /// The messages in it, for the audit.
    let reading: MessageReading?

    init(_ reply: some Reply) {
        response = reply.response()
        session = reply.session
        pieces = reply.pieces
        reading = reply.reading
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
    case application(Change<any Writer, Outcome>)
    /// On the tenants themselves.
    case administration(Change<any AdministrationWriter, Outcome>)
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

/// A step that waits for another program, on a thread made for it, once the change that it tells of is on disk.
///
/// So what the other program passes on is never of a change that was refused.
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
    /// The reply is held back until the errand is done; its failure is told instead.
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
    var outcome: Outside<Outcome> {
        Outside<Outcome> { [begin] completion in begin { completion($0.map { Outcome($0) }) } }
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
    ) -> Preparation<Transaction, Outcome> {
        switch self {
        case .reply(let reply): .reply(Outcome(reply))
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
/// Each first function decodes, on the loop, and returns what is left to do.
public enum Work: Sendable {
    /// On the loop, with nothing.
    case pure(@Sendable (Incoming) throws(Failure) -> Response)
    /// On the loop, with its reader: bounded reads only. All at once, as nothing is waited for.
    case read(@Sendable (Incoming, any Reader) throws(Failure) -> Answered)
    /// On a reader thread.
    case scan(@Sendable (Incoming) throws(Failure) -> Query<Outcome>)
    /// On the writer thread, in a transaction.
    case write(@Sendable (Incoming) throws(Failure) -> Transaction)
    /// A bounded read on the loop, then a compute thread, then the writer thread.
    case prepared(@Sendable (Incoming) throws(Failure) -> Query<Preparation<Transaction, Outcome>>)
    /// On the writer thread, in a transaction of the application, then on a thread for errands.
    case errand(@Sendable (Incoming) throws(Failure) -> Change<any Writer, Errands<Outcome>>)
    /// A bounded read on the loop, then a call to another server.
    case outside(@Sendable (Incoming, any Reader) throws(Failure) -> Outside<Outcome>)
    /// On a reader thread, with nothing: slow calls of the operator.
    case task(@Sendable (Incoming) throws(Failure) -> @Sendable () throws(Failure) -> Outcome)
    /// The connection becomes a WebSocket; the first function decodes where it begins.
    case subscribe(Subscription, @Sendable (Incoming) throws(Failure) -> SubscriptionStart)
    /// The reply goes on with news for the caller; the function decodes which, and from where.
    case feed(@Sendable (Incoming) throws(Failure) -> Feed)

    /// Whether it changes what is stored.
    public var changes: Bool {
        switch self {
        case .pure, .read, .scan, .outside, .task: false
        // A subscriber is online, and others are to see that.
        case .write, .prepared, .errand, .subscribe, .feed: true
        }
    }

    /// Whether the caller is told news from there on, and so is online.
    public var tellsNews: Bool {
        switch self {
        case .subscribe, .feed: true
        case .pure, .read, .scan, .write, .prepared, .errand, .outside, .task: false
        }
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
        }
    }
}
