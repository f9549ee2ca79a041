// The parts that a dialect gives to each of its routes: how failures look.

public import Domain
public import HTTP

/// The paths, words and error bodies of one original system.
public protocol Dialect: Sendable {
    /// Its name in metrics and in the API document.
    var name: String { get }
    /// Translates a failure, in full: one exhaustive switch.
    func response(to failure: Failure, _ context: FailureContext) -> Response
    /// Answers what isn't a request at all: a broken head, a time-out, a body that breaks off.
    func refusal(_ status: Status, _ explanation: String, at now: Timestamp) -> Response
    /// The shape of its error bodies.
    var failureShape: Shape { get }
    /// The field of the head in which a token is sent as it is; nil for `Authorization: Bearer`.
    var tokenField: StaticString? { get }
    /// The field of the head, in lower case, that this dialect's clients send with everything, and no others;
    /// nil where there is none.
    var tellingField: StaticString? { get }
    /// Whether `Bearer` counts in this spelling only; else its case doesn't matter, as RFC 9110 has it.
    var isSchemeExact: Bool { get }
    /// The meanings of the names of its members and parameters.
    var glossary: Glossary { get }
    /// The subjects of its routes, in the order in which a route is filed.
    var topics: [Topic] { get }
    /// The frames of its sockets, those of clients first, each by code; none where it has no socket.
    var frames: [FrameForm] { get }
    /// The content that an application needs before the dialect is used there; nil where nothing has.
    var prelude: Prelude? { get }
    /// Every manner in which it may speak; itself where it has only one.
    var manners: [any Dialect] { get }
    /// The manner in which a request is to be answered; nil for this one.
    ///
    /// Asked at the head, where there is no body yet, and again with the body.
    ///
    /// - Parameters:
    ///   - fields: those that the route reads, by lower-case name.
    ///   - body: the whole body, unread; nil at the head.
    func manner(of fields: [String: String], body: [UInt8]?) -> (any Dialect)?
    /// How long the client waits for its answer, from the head on; nil for as long as it takes.
    ///
    /// - Parameter fields: those that the route reads, by lower-case name.
    func timeLimit(of fields: [String: String]) -> Duration?
}

extension Dialect {
    /// `Authorization: Bearer`.
    public var tokenField: StaticString? { nil }
    /// None.
    public var tellingField: StaticString? { nil }
    /// In any case.
    public var isSchemeExact: Bool { false }
    /// No names.
    public var glossary: Glossary { Glossary() }
    /// None.
    public var frames: [FrameForm] { [] }
    /// One of all routes.
    public var topics: [Topic] { [Topic(name, "All routes of the dialect.")] }
    /// Nothing.
    public var prelude: Prelude? { nil }
    /// Itself.
    public var manners: [any Dialect] { [self] }
    /// This one.
    public func manner(of fields: [String: String], body: [UInt8]?) -> (any Dialect)? { nil }
    /// As long as it takes.
    public func timeLimit(of fields: [String: String]) -> Duration? { nil }
}

extension Dialect {
    /// Answers a request that should have opened a WebSocket and can't.
    public func refusal(_ error: WebSocketHandshakeError, at now: Timestamp) -> Response {
        var response = refusal(error.status, error.explanation, at: now)
        response.fields += error.fields
        return response
    }
}

/// The parts of a request that a dialect's error bodies may quote.
public struct FailureContext: Sendable {
    /// The request's method.
    public let method: HTTP.Method
    /// Its path as sent, without the query.
    public let path: String
    /// The name of the matched route; nil where none matched.
    public let route: String?
    /// The callers of the route.
    public let requirement: Requirement?
    /// The application of the path, where it exists.
    public let application: Application?
    /// The user named by the path.
    public let user: String?
    /// When the request came.
    public let now: Timestamp
    /// Makes pseudonyms.
    public let secrets: any Secrets
    /// The part of the request's address before the path: `http://host`.
    public let origin: String
    /// The UUID of the user named by the path, looked up for the refusal of a caller; nil where there is no
    /// such user.
    public let subject: UUID?

    /// Memberwise.
    public init(
        method: HTTP.Method,
        path: String,
        route: String?,
        requirement: Requirement?,
        application: Application?,
        user: String?,
        now: Timestamp,
        secrets: any Secrets,
        origin: String = "",
        subject: UUID? = nil
    ) {
        self.subject = subject
        self.origin = origin
        self.method = method
        self.path = path
        self.route = route
        self.requirement = requirement
        self.application = application
        self.user = user
        self.now = now
        self.secrets = secrets
    }
}
