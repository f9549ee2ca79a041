// The state of one request from its head to its reply.

import Domain
import HTTP
import Reactor
import Routing

/// One request on its way.
final class RequestContext {
    /// Nil where no head could be read.
    let method: HTTP.Method?
    let peer: PeerAddress
    /// Monotonic nanoseconds at which the head was complete.
    let started: UInt64
    /// When the head was complete; for a body that came late, when it was.
    var now: Timestamp
    let requestID: String
    var path = ""
    /// The part of the request's address before the path: `http://host`; empty until a route matched.
    var origin = ""
    /// The route's index in the table; nil until it matched.
    var routeIndex: Int?
    var route: Route?
    /// How the request speaks, as far as is known.
    var dialect: (any Dialect)?
    var application: Application?
    /// The sender; nil before that is known.
    var caller: Caller?
    /// The name of an administrator who sent it.
    var administrator: String?
    /// The system's user on the administration socket.
    var operatorID: UInt32?
    /// Whether a socket or stream that it opens is counted for the client's address: its connection is a proxy's.
    var takesSeat = false
    /// Whether the client reached the first trusted proxy, or this server, by TLS.
    let isSecure: Bool
    /// The version of HTTP that its connection speaks.
    let version: HTTPVersion
    /// The path's parameters in the pattern's order.
    var parameters: [String] = []
    var contentType: String?
    /// The fields that the route reads, by lower-case name.
    var fields: [String: String] = [:]
    /// What the reply says of the rates that bound the call; empty where none do.
    var rateFields: [Response.Field] = []
    /// The fields with a key, on routes that take one; nil where there is none.
    var keyTexts: [String]?
    /// The key that it holds while it runs.
    var runningKey: RunningKeys.Place?
    /// How its reply is stored for a repetition; nil once it is, and for a request without a key.
    var repetition: Repetition?
    /// When the client's own time limit passes, in monotonic nanoseconds; nil where it has none.
    var deadline: UInt64?
    /// Whether its answer has been given: what comes later is dropped.
    var isAnswered = false
    /// The status of the reply.
    var status = HTTP.Status.ok
    /// The outcome of a call of gRPC or gRPC-Web, by its number; nil for any other request.
    var callStatus: Int?
    /// Answers when the time that the client gives has passed; nil where none is set, or the answer is given.
    var timer: TimerID?
    /// The password that is being checked for it.
    var attempt: LoginThrottle.Attempt?
    /// The next use of the connection once the reply has been sent.
    var session: SessionChange?
    /// The session whose token opens a socket or a feed.
    var opener: OpenSession?
    /// Until when the token is good that does; nil for ever.
    var openerExpires: Timestamp?

    init(
        method: HTTP.Method?,
        peer: PeerAddress,
        isSecure: Bool = false,
        version: HTTPVersion = .http11,
        started: UInt64,
        now: Timestamp,
        requestID: String
    ) {
        self.isSecure = isSecure
        self.version = version
        self.method = method
        self.peer = peer
        self.started = started
        self.now = now
        self.requestID = requestID
    }

    /// How the log calls who sent it.
    var callerName: CallerName? {
        caller.map {
            CallerName(
                caller: $0,
                application: application,
                administrator: administrator,
                operatorID: operatorID
            )
        }
    }

    /// How the audit calls who sent it with somebody's authority; nil for users and for nobody.
    var actor: Actor? {
        switch caller {
        case .application, .manager, .administrator, .operator: anyActor
        case .anonymous, .user, nil: nil
        }
    }

    /// How the audit calls who sent it; nil for nobody.
    var anyActor: Actor? {
        switch caller {
        case .application(let id): actor(client: id)
        case .manager(let user, let id): actor(client: id, name: user.username.text)
        case .administrator(let id):
            Actor(label: "admin:\(administrator ?? String(id.rawValue))", name: administrator ?? "")
        case .operator: Actor(label: "operator:\(operatorID.map { String($0) } ?? "unknown")")
        case .user(let user): Actor(label: "user:\(user.username.text)", name: user.username.text)
        case .anonymous, nil: nil
        }
    }

    private func actor(client id: CredentialID, name: String? = nil) -> Actor {
        let client = application?.credentials.first { $0.id == id }
        return Actor(
            label: "client:\(client?.clientID ?? String(id.rawValue))",
            name: name ?? client?.name ?? ""
        )
    }

    /// Keeps the first value of each of these fields.
    func keepFields(of head: RequestHead, _ names: [String]) {
        for (name, value) in head.fields {
            let name = name.lowercased()
            if names.contains(name), fields[name] == nil { fields[name] = value }
        }
        if fields["content-type"] != nil, head.callType == nil { fields["content-type"] = nil }
    }

    /// Learns from the fields, and from the body once it is there, in what manner of its dialect the request speaks.
    ///
    /// - Returns: whether that is another one than was thought.
    @discardableResult
    func tune(to body: [UInt8]?) -> Bool {
        guard let manner = dialect?.manner(of: fields, body: body) else { return false }
        dialect = manner
        return true
    }

    /// The parts of a request that error bodies may quote.
    func failureContext(secrets: any Secrets, subject: (String) -> UUID? = { _ in nil }) -> FailureContext {
        let user = route.flatMap { route in
            route.pattern.parameterNames.firstIndex { Self.userParameters.contains($0) }.map {
                parameters[$0]
            }
        }
        return FailureContext(
            method: method ?? .get,
            path: path,
            route: route?.name,
            requirement: route?.requirement,
            application: application,
            user: user,
            now: now,
            secrets: secrets,
            origin: origin,
            subject: user.flatMap(subject)
        )
    }

    private static let userParameters = ["username", "owner_username"]
}

extension RequestHead {
    /// The Content-Type; nil for that of gRPC where the version has no trailers, since no such call could be answered.
    var callType: String? {
        guard let type = firstValue("content-type") else { return nil }
        guard version != .http2, type.lowercased().hasPrefix("application/grpc"),
            MessageForm(contentType: type)?.framing == .grpc
        else { return type }
        return nil
    }
}

/// Names requests: the client's own name where it is a sane one, else a running number behind a random beginning.
struct RequestNames {
    private let prefix: [UInt8]
    private var count: UInt64 = 0

    init(prefix: UInt64) { self.prefix = Array("\(String(prefix, radix: 36))-".utf8) }

    mutating func name(for head: RequestHead) -> String {
        if let sent = head.firstValue("x-request-id"), Self.isSane(sent) { return sent }
        return next()
    }

    /// A name for what has no head.
    mutating func next() -> String {
        count += 1
        var end = prefix.count + 1
        var rest = count / 36
        while rest > 0 {
            end += 1
            rest /= 36
        }
        // As long as need be and no longer: a name of up to 15 bytes, as the first two thousand million have,
        // needs no memory of its own.
        return String(unsafeUninitializedCapacity: end) { memory in
            Self.write(count, into: memory, from: memory.update(fromContentsOf: prefix), to: end)
            return end
        }
    }

    /// Writes a number in base 36 into just so many bytes, from the last to the first.
    ///
    /// By hand: the indices of a slice, reversed, cost as much as reading a head.
    private static func write(
        _ number: UInt64,
        into memory: UnsafeMutableBufferPointer<UInt8>,
        from start: Int,
        to end: Int
    ) {
        var rest = number
        var position = end
        while position > start {
            position -= 1
            let digit = UInt8(truncatingIfNeeded: rest % 36)
            memory[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            rest /= 36
        }
    }

    /// 1–128 visible ASCII characters without quote and backslash.
    private static func isSane(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    }
}
