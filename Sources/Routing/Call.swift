// One request as a handler sees it: who, where, when, and the services a rule may need.

public import Domain
public import HTTP

/// The facts of one request.
///
/// Made by the dispatcher once the caller is known.
public final class Call: Sendable {
    /// The application of the path; absent on routes without one.
    public let tenant: Application?
    /// The caller.
    public let caller: Caller
    /// How the audit names a caller who has the application's, an organisation's or the operator's authority; nil for others,
    /// and where nothing of it is audited.
    public let actor: Actor?
    /// What the caller's token may do with the application's authority; none for users.
    public let scopes: Scopes
    /// When the request arrived.
    public let now: Timestamp
    /// The name of its route.
    let route: String
    /// The client's address.
    let peer: any CustomStringConvertible & Sendable
    /// The request's own address and name.
    public let target: CallTarget
    /// Path parameters in the order of the pattern, percent-decoded.
    let parameters: [String]
    /// The names of the parameters, from the pattern.
    let parameterNames: [String]
    /// Services that are the same for every request.
    public let services: Services
    /// How the request speaks, and wants to be answered.
    public let dialect: (any Dialect)?
    /// Whether it came through a socket whose client asked for a proof before it had an account.
    public let isProofExpected: Bool
    /// The reason that the caller gave, on routes that take one; nil where none was sent.
    public let reason: String?
    /// How its reply is stored, where the client gave the request a key.
    public let repetition: Repetition?

    /// Memberwise.
    public init(
        tenant: Application?,
        caller: Caller,
        scopes: Scopes = [],
        actor: Actor? = nil,
        route: String,
        peer: any CustomStringConvertible & Sendable,
        now: Timestamp,
        target: CallTarget,
        parameters: [String],
        parameterNames: [String],
        services: Services,
        dialect: (any Dialect)? = nil,
        isProofExpected: Bool = false,
        reason: String? = nil,
        repetition: Repetition? = nil
    ) {
        self.tenant = tenant
        self.caller = caller
        self.scopes = scopes
        self.actor = actor
        self.route = route
        self.peer = peer
        self.now = now
        self.target = target
        self.parameters = parameters
        self.parameterNames = parameterNames
        self.services = services
        self.dialect = dialect
        self.isProofExpected = isProofExpected
        self.reason = reason
        self.repetition = repetition
    }

    /// The same request, known to speak so.
    public func speaking(_ dialect: any Dialect) -> Call { with(dialect, reason, repetition) }

    /// The same request with a reason.
    public func giving(reason: String) -> Call { with(dialect, reason, repetition) }

    /// The same request with a key.
    public func repeatable(as repetition: Repetition) -> Call { with(dialect, reason, repetition) }

    private func with(_ dialect: (any Dialect)?, _ reason: String?, _ repetition: Repetition?) -> Call {
        Call(
            tenant: tenant,
            caller: caller,
            scopes: scopes,
            actor: actor,
            route: route,
            peer: peer,
            now: now,
            target: target,
            parameters: parameters,
            parameterNames: parameterNames,
            services: services,
            dialect: dialect,
            isProofExpected: isProofExpected,
            reason: reason,
            repetition: repetition
        )
    }

    /// The origin of what it changes.
    func origin(for purpose: Purpose) -> Origin {
        origin(actor: purpose == .preparation ? nil : actor, isReading: purpose == .reading)
    }

    /// The origin of a transaction that leaves no more than a row in the audit: about what was done without a store.
    public var auditedOrigin: Origin { origin(actor: actor) }

    private func origin(actor: Actor?, isReading: Bool = false) -> Origin {
        Origin(
            caller: caller,
            route: route,
            requestID: target.requestID,
            peer: peer,
            actor: actor,
            time: now,
            target: actor == nil ? nil : Self.target(parameters, isBelowApplication: tenant != nil),
            reason: reason?.isEmpty == true ? nil : reason,
            application: tenant?.id,
            isReading: isReading
        )
    }

    /// What a path names: its values behind the application's, with commas between them.
    public static func target(_ parameters: [String], isBelowApplication: Bool) -> String {
        parameters.dropFirst(isBelowApplication ? 2 : 0).joined(separator: ",")
    }

    /// The application of the path.
    ///
    /// Only routes below `/{org}/{app}` may ask.
    public var application: Application {
        guard let tenant else {
            preconditionFailure("A route without {org}/{app} asked for its application.")
        }
        return tenant
    }

    /// Holds the caller to scopes beyond the one that its route declares.
    ///
    /// - Throws: `.forbidden(.lacksScope)`.
    public func require(_ needed: Scopes) throws(Failure) {
        guard !scopes.isSuperset(of: needed) else { return }
        throw .forbidden(.lacksScope(needed == .all ? .all : needed.subtracting(scopes)))
    }

    /// A path parameter, percent-decoded; never empty.
    public subscript(_ name: String) -> String {
        guard let index = parameterNames.firstIndex(of: name) else {
            preconditionFailure("The route's pattern has no parameter {\(name)}.")
        }
        return parameters[index]
    }
}

/// Where a request was sent, as replies quote it.
public struct CallTarget: Sendable {
    /// `http` or, behind a trusted proxy, what the proxy says.
    public let scheme: String
    /// The Host field.
    public let host: String
    /// The path as sent, without the query.
    public let path: String
    /// The request's name in the log.
    public let requestID: String
    /// Path segments and query, decoded.
    public let decoded: RequestTarget
    /// Monotonic nanoseconds at which the request was complete.
    public let started: UInt64

    /// Memberwise.
    public init(
        scheme: String,
        host: String,
        path: String,
        requestID: String,
        decoded: RequestTarget,
        started: UInt64
    ) {
        self.scheme = scheme
        self.host = host
        self.path = path
        self.requestID = requestID
        self.decoded = decoded
        self.started = started
    }
}

/// The services that handlers use beside the store.
///
/// A class of constants, since every request passes it on.
public final class Services: Sendable {
    /// Tokens, identifiers, credentials.
    public let secrets: any Secrets
    /// The connected users.
    public let presence: any Presence
    /// Monotonic nanoseconds, for durations.
    public let monotonicNanoseconds: @Sendable () -> UInt64
    /// The bytes of files.
    public let files: any FileShelf
    /// Sends mail.
    public let mail: any MailSending
    /// Delivers webhooks.
    public let webhooks: any WebhookService
    /// Codes of sign-in links.
    public let codes: any SignInCodes
    /// The state of the running server, for operations routes.
    public let operations: any Operations

    /// Memberwise.
    public init(
        secrets: any Secrets,
        presence: any Presence,
        monotonicNanoseconds: @escaping @Sendable () -> UInt64,
        operations: any Operations,
        files: any FileShelf = EmptyShelf(),
        mail: any MailSending = NoMail(),
        webhooks: any WebhookService = NoWebhooks(),
        codes: any SignInCodes = NoSignInCodes()
    ) {
        self.codes = codes
        self.webhooks = webhooks
        self.mail = mail
        self.files = files
        self.secrets = secrets
        self.presence = presence
        self.monotonicNanoseconds = monotonicNanoseconds
        self.operations = operations
    }
}

/// The running server's state and controls.
public protocol Operations: Sendable {
    /// The metrics page, in Prometheus' text format.
    func metricsPage() throws(Failure) -> [UInt8]
    /// Whether the server is under maintenance: most routes don't answer then.
    var isUnderMaintenance: Bool { get }
    /// The API document, or a part of it.
    func apiDocument(_ part: OpenAPIPart?, _ format: OpenAPIFormat) -> [UInt8]
    /// Writes a consistent copy of the database to a new file.
    func backup(to path: String) throws(Failure)
    /// Checks the database: one sentence for each fault, empty when sound.
    ///
    /// - Parameter hashing: whether the bytes of files are read and held to their digests, too.
    func check(hashing: Bool) throws(Failure) -> SoundnessReport
    /// Commits a write and waits for it: the proof that requests can be answered.
    func probe() throws(Failure)
    /// Makes a new key sign tokens from now on; those that older keys signed stay good.
    ///
    /// - Returns: how many keys there are now.
    func rotateKeys() throws(Failure) -> Int
    /// The keys that tokens are signed with or verified by, the oldest first; the last one signs.
    func keys() -> [SigningKeyFacts]
    /// The facts of the running server.
    func server() throws(Failure) -> ServerFacts
    /// Takes a key away: the tokens that it signed end.
    ///
    /// - Throws: `.invalid("id", …)` for one that isn't there, and for the one that signs.
    func retireKey(_ id: UInt32) throws(Failure)
    /// Writes the database anew without what was deleted.
    ///
    /// - Returns: the file's bytes before and after.
    func compact() throws(Failure) -> (before: Int, after: Int)
}

/// What an operator wants to know of a running server.
public struct ServerFacts: Sendable {
    /// A setting as it is in force.
    public struct Flag: Sendable {
        /// Its name, without dashes.
        public let name: String
        /// Its value; empty where there is none.
        public let value: String
        /// `flag`, `environment` or `default`.
        public let source: String

        /// Memberwise.
        public init(name: String, value: String, source: String) {
            (self.name, self.value, self.source) = (name, value, source)
        }
    }

    /// The version of the program.
    public var version: String
    /// When it was started.
    public var started: Timestamp
    /// Every setting.
    public var flags: [Flag]
    /// Whether it is under maintenance.
    public var isUnderMaintenance: Bool
    /// Bytes of the database, of its log, of the disk, and of those the free ones.
    public var disk: (database: Int, log: Int, whole: Int, free: Int)
    /// Writes, and hashes of passwords, that wait.
    public var queue: (writes: Int, hashes: Int)
    /// Commits since the start, and those that failed.
    public var commits: (made: Int, failed: Int)

    /// Memberwise.
    public init(
        version: String,
        started: Timestamp,
        flags: [Flag],
        isUnderMaintenance: Bool,
        disk: (database: Int, log: Int, whole: Int, free: Int),
        queue: (writes: Int, hashes: Int),
        commits: (made: Int, failed: Int)
    ) {
        self.version = version
        self.started = started
        self.flags = flags
        self.isUnderMaintenance = isUnderMaintenance
        self.disk = disk
        self.queue = queue
        self.commits = commits
    }
}

/// The public facts of a signing key: nothing that signs.
public struct SigningKeyFacts: Equatable, Sendable {
    /// The number that tokens carry.
    public let id: UInt32
    /// When it was made, in seconds since 1970.
    public let createdSeconds: Int64
    /// Whether it signs.
    public let signs: Bool

    /// Memberwise.
    public init(id: UInt32, createdSeconds: Int64, signs: Bool) {
        self.id = id
        self.createdSeconds = createdSeconds
        self.signs = signs
    }
}

/// The findings of a check of the data folder.
public struct SoundnessReport: Equatable, Sendable {
    /// One sentence for each fault.
    public var problems: [String]
    /// Files on disk that no row names; the next start removes them.
    public var orphans: Int
    /// The deliveries of webhooks that are pending.
    public var outbox: WebhookBacklog

    /// Memberwise.
    public init(
        problems: [String] = [],
        orphans: Int = 0,
        outbox: WebhookBacklog = WebhookBacklog(pending: 0, oldest: nil)
    ) {
        self.problems = problems
        self.orphans = orphans
        self.outbox = outbox
    }
}

extension Call {
    /// Whole milliseconds since the request was complete.
    public var durationMilliseconds: Int {
        Int((services.monotonicNanoseconds() &- target.started) / 1_000_000)
    }
}
