// A route, declared once: from this value come matching, dispatch, metrics, the API document and its tests.

public import Domain
public import HTTP

/// One operation of the server.
///
/// A class, because each request refers to its route and none changes it.
public final class Route: Sendable {
    /// The method; GET answers HEAD too.
    public let method: HTTP.Method
    /// The path.
    public let pattern: PathPattern
    /// The `operationId`, metric label and log name; unique.
    public let name: String
    /// One sentence for the API document.
    public let summary: String
    /// The callers of the route.
    public let requirement: Requirement
    /// The scope that a caller with the application's authority needs; nil where none does.
    ///
    /// Users of the application speak for themselves and need none. A route of the application that declares none needs all of
    /// them.
    public let scope: Scope?
    /// Failures beyond those that any route of its requirement and body may have, as examples.
    public let failures: [Failure]
    /// Whether it works while the server is under maintenance: what tells how the server and its users are, and
    /// what the operator needs.
    public let isServedInMaintenance: Bool
    /// The input, work and reply.
    public let action: Action
    /// How it speaks; set by the dialect's table.
    public let dialect: (any Dialect)?
    /// The content that an application needs before the call; the dialect's.
    public let prelude: Prelude?
    /// The code of the frame that it is bound to; nil for a route of a method and a path.
    public let frame: Int?

    /// Declares a route.
    public convenience init(
        _ method: HTTP.Method,
        _ pattern: String,
        _ name: String,
        _ summary: String,
        auth: Requirement,
        scope: Scope? = nil,
        failures: [Failure] = [],
        servedInMaintenance: Bool = false,
        _ action: Action
    ) {
        let isServed = servedInMaintenance || auth == .operator
        self.init(
            method,
            PathPattern(pattern),
            name,
            summary,
            auth,
            scope,
            failures,
            isServed,
            action
        )
    }

    /// Declares what a frame of a socket does: its code takes the place of method and path.
    ///
    /// It stands in a ``Subscription``, and in no ``RouteTable``. The body of its reply is the frame sent back; an empty one
    /// isn't sent.
    public convenience init(
        frame code: Int,
        _ name: String,
        _ summary: String,
        auth: Requirement,
        failures: [Failure] = [],
        servedInMaintenance: Bool = false,
        _ action: Action
    ) {
        self.init(
            .get,
            PathPattern("/"),
            name,
            summary,
            auth,
            nil,
            failures,
            servedInMaintenance,
            action,
            frame: code
        )
    }

    /// The same route in a dialect.
    public func speaking(_ dialect: any Dialect) -> Route {
        Route(
            method,
            pattern,
            name,
            summary,
            requirement,
            scope,
            failures,
            isServedInMaintenance,
            action.speaking(dialect),
            frame: frame,
            dialect
        )
    }

    private init(
        _ method: HTTP.Method,
        _ pattern: PathPattern,
        _ name: String,
        _ summary: String,
        _ requirement: Requirement,
        _ scope: Scope?,
        _ failures: [Failure],
        _ isServedInMaintenance: Bool,
        _ action: Action,
        frame: Int? = nil,
        _ dialect: (any Dialect)? = nil
    ) {
        self.method = method
        self.pattern = pattern
        self.name = name
        self.summary = summary
        self.requirement = requirement
        self.scope = scope
        self.failures = failures
        self.isServedInMaintenance = isServedInMaintenance
        self.action = action
        self.frame = frame
        self.dialect = dialect
        prelude = dialect?.prelude
    }
}

/// The input, work and reply of a route, with its types erased.
///
/// Made by one of the accesses: `.read(handler)`.
public struct Action: Sendable {
    /// How the body is sent.
    public let bodyKind: BodyKind
    /// Query parameters.
    public internal(set) var query: [Shape.Member]
    /// Whether other query parameters than these are refused.
    public let refusesUnknownQuery: Bool
    /// Fields of the head.
    public let fields: [Shape.Member]
    /// The body; nil where none is read.
    public let body: Shape?
    /// Whether the body must be there.
    public let bodyIsRequired: Bool
    /// Bytes of body accepted.
    public let bodyMaximum: Int
    /// The successful reply.
    public let reply: ReplyContent
    /// The account that a log-in names: failed calls are throttled by it and by address.
    public let account: (@Sendable (Incoming) throws(Failure) -> String?)?
    /// How long that account is closed after failures; nil where it never is.
    public let lock: AccountLock?
    /// Whether calls are throttled that succeed, too.
    public let countsEveryCall: Bool
    /// The decoder of a body that has a file; nil for other bodies.
    public let upload: (@Sendable (UploadHead) throws(Failure) -> any UploadReader)?
    /// The names of those fields of the head that are kept for reading it and its body.
    public private(set) var keptFields: [String]
    /// The work, and its thread.
    public private(set) var work: Work
    /// Whether the caller may give a reason, which the audit has.
    public internal(set) var takesReason = false
    /// Whether its reply shows a secret.
    public internal(set) var showsSecret = false
    /// Whether it reads messages of users.
    public internal(set) var readsMessages = false
    /// Whether it is a change beside the store that the audit has to have.
    public internal(set) var isAuditedBehind = false

    /// Bytes of a JSON or form body.
    public static let defaultBodyMaximum = 1 << 20
    /// Bytes of a body with credentials: anybody may send it, and hold thousands of them almost whole.
    public static let loginBodyMaximum = 64 << 10
    /// Bytes of a body that isn't looked at: real clients send `{}` where nothing is asked for.
    public static let ignoredBodyMaximum = 64 << 10

    /// Bytes of a file, unless the server is set otherwise.
    public static let defaultFileMaximum = 10 << 20
    /// Bytes of a multipart body beside its file.
    public static let multipartOverhead = 64 << 10

    /// Bytes of a body that brings a file in envelopes: base64 and envelopes of a sane size come to less than
    /// twice the file.
    public static func streamedBytes(of fileBytes: Int) -> Int { 2 * fileBytes + multipartOverhead }

    /// The same action, the frames of its socket in a dialect.
    func speaking(_ dialect: any Dialect) -> Action {
        var action = self
        // In which manner a request speaks may be read in its token.
        if dialect.manners.count > 1, let token = dialect.tokenField {
            action.keptFields.append(token.description)
        }
        if case .subscribe(let subscription, let start) = work {
            action.work = .subscribe(subscription.speaking(dialect), start)
        }
        return action
    }

    init<In: Input>(input: In.Type, reply: ReplyContent, work: Work) {
        var trial = InputReader(reading: nil)
        guard (try? In(&trial)) != nil else {
            preconditionFailure("\(input) must be readable from placeholders, to tell its shape.")
        }
        bodyKind = In.bodyKind
        query = trial.recorded.query
        refusesUnknownQuery = In.refusesUnknownQuery
        fields = trial.recorded.fields
        body = trial.recorded.body
        bodyIsRequired = trial.recorded.bodyIsRequired
        self.reply = reply
        self.work = work
        // How a call is answered is decided by its type, before its body.
        keptFields = fields.map(\.name) + In.bodyKind.callFields
        if let upload = In.self as? any (UploadInput & SendableMetatype).Type {
            self.upload = { head throws(Failure) in try upload.reader(for: head) }
        } else {
            upload = nil
        }
        if let login = In.self as? any (LoginInput & SendableMetatype).Type {
            bodyMaximum = login.bodyMaximum
            account = { incoming throws(Failure) in try login.account(in: incoming) }
            lock = login.lock
            countsEveryCall = login.countsEveryCall
        } else {
            bodyMaximum =
                switch In.bodyKind {
                case .none: Self.ignoredBodyMaximum
                case .json, .form, .message: Self.defaultBodyMaximum
                case .envelopes where upload != nil: Self.streamedBytes(of: Self.defaultFileMaximum)
                case .envelopes: Self.defaultBodyMaximum
                case .multipart: Self.defaultFileMaximum + Self.multipartOverhead
                }
            account = nil
            lock = nil
            countsEveryCall = false
        }
    }

    init<In: Input, Out: Reply>(input: In.Type, reply: Out.Type, work: Work) {
        self.init(input: input, reply: Out.content, work: work)
    }
}

/// An input that presents credentials: failures are counted against the account it names.
public protocol LoginInput: Input {
    /// The client id or user name presented, within what the path names; nil for a call that proves nothing.
    var account: String? { get }
    /// How long failures close the account.
    static var lock: AccountLock? { get }
    /// Whether every call counts as a failure does.
    static var countsEveryCall: Bool { get }
    /// Bytes of body accepted; of callers without a token never more than ``Action/loginBodyMaximum``.
    static var bodyMaximum: Int { get }
}

/// How many failures close an account, and for how long.
public struct AccountLock: Equatable, Sendable {
    /// Failures.
    public let failures: Int
    /// From the first of them.
    public let seconds: Int64

    /// Memberwise.
    public init(failures: Int, seconds: Int64) {
        self.failures = failures
        self.seconds = seconds
    }
}

extension LoginInput {
    /// Never.
    public static var lock: AccountLock? { nil }
    /// No.
    public static var countsEveryCall: Bool { false }
    /// The services that credentials need.
    public static var bodyMaximum: Int { Action.loginBodyMaximum }

    static func account(in incoming: Incoming) throws(Failure) -> String? {
        try incoming.decode(Self.self).account
    }
}
