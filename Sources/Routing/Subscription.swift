// A socket that a route opens: the frames that clients send, each a route of its own, and how news is written.

public import Domain
public import HTTP
public import JSON

/// The next use of the caller's connection, once it was answered.
public enum SessionChange: Equatable, Sendable {
    /// It is this user's from now on, and gets the user's messages.
    case signIn(User)
    /// It is told, once, whether this user's e-mail address was proven within so many seconds.
    case awaitVerification(of: UserID, seconds: Int64)
    /// It is told that nothing has to be proven now; whoever registers through it has to prove its address first.
    case expectProof
    /// A mail with a link goes to this address, which has just been registered through it.
    case mailProof(to: EmailAddress)
    /// It is closed.
    case end
}

/// The pushes to a user's connection.
public enum News: Sendable {
    /// A message for the user.
    case message(Message)
    /// A message was recalled: pushed to its receivers.
    case recall(Recall)
    /// A friend request, group application or invitation that concerns the user was made or answered.
    case notice(Notice)
    /// The user's e-mail address has to be proven.
    case verificationNeeded
    /// The address was proven, or that took too long.
    case verification(isConfirmed: Bool)
    /// The state of a user that the connection's user follows.
    case presence(CurrentPresence)
}

/// The state of a user: its connections, and what it has published.
public struct CurrentPresence: Equatable, Sendable {
    /// The caller.
    public let user: User
    /// The platforms that it is connected from, each once, by number; none for who isn't online.
    public let platforms: [Int]
    /// The published presence, by device.
    public let devices: [DevicePresence]

    /// Memberwise.
    public init(user: User, platforms: [Int], devices: [DevicePresence]) {
        self.user = user
        self.platforms = platforms
        self.devices = devices
    }
}

/// The message behind which a connection's pushes begin.
public struct SubscriptionStart: Sendable {
    /// The last message that the device says it has; nil where it doesn't say: then it gets the waiting messages of the user.
    public let last: LastTold?

    /// Memberwise.
    public init(behind last: LastTold?) { self.last = last }
}

/// The protocol of one kind of socket.
///
/// A class, because every connection refers to its own and none changes it.
public final class Subscription: Sendable {
    /// The frames that clients send, by their code.
    public let frames: [Int: Route]
    /// Reads a frame's code; nil where it has none.
    public let code: @Sendable (JSONView) -> Int?
    /// Writes news for everybody who is told it, once for all of them; nil for what this kind of socket doesn't tell.
    public let write: @Sendable (News, any Reader) throws(Failure) -> [UInt8]?
    /// Whether it tells notices and recalls; then those that were missed are read, too.
    public let tellsNotices: Bool
    /// The frame by which a client has a mail sent to its address; nil where sockets have nothing like it.
    public let proofRequest: (@Sendable (EmailAddress) -> [UInt8])?

    /// Declares a kind of socket.
    ///
    /// Two frames of one code are a programmer's error.
    public init(
        frames: [Route],
        code: @escaping @Sendable (JSONView) -> Int?,
        tellsNotices: Bool = false,
        write: @escaping @Sendable (News, any Reader) throws(Failure) -> [UInt8]?,
        proofRequest: (@Sendable (EmailAddress) -> [UInt8])? = nil
    ) {
        var byCode: [Int: Route] = [:]
        for route in frames {
            guard let code = route.frame else { preconditionFailure("\(route.name) is bound to no frame.") }
            precondition(byCode.updateValue(route, forKey: code) == nil, "Two frames have the code \(code).")
        }
        self.frames = byCode
        self.code = code
        self.write = write
        self.tellsNotices = tellsNotices
        self.proofRequest = proofRequest
    }

    /// Declares what a reply that goes on tells, notices and recalls too: the client sends nothing more.
    public convenience init(write: @escaping @Sendable (News, any Reader) throws(Failure) -> [UInt8]?) {
        self.init(frames: [], code: { _ in nil }, tellsNotices: true, write: write)
    }

    /// The same with its frames in a dialect, but for those that have one already.
    func speaking(_ dialect: any Dialect) -> Subscription {
        Subscription(
            frames: frames.values.map { $0.dialect == nil ? $0.speaking(dialect) : $0 },
            code: code,
            tellsNotices: tellsNotices,
            write: write,
            proofRequest: proofRequest
        )
    }
}

/// A reply that goes on, with what is news to the caller, for as long as the client listens.
public struct Feed: Sendable {
    /// How news is written.
    public let subscription: Subscription
    /// Where it begins.
    public let start: SubscriptionStart
    /// The head; its body is `.stream`.
    public let response: Response

    /// Memberwise.
    public init(_ subscription: Subscription, from start: SubscriptionStart, _ response: Response) {
        self.subscription = subscription
        self.start = start
        self.response = response
    }
}

extension Action {
    /// The reply goes on with news for the caller, who is a user.
    ///
    /// It ends with the client, or with the body of the response that a failure would have had: a time limit
    /// that has passed, the end of the user's tokens, the stop of the server. So only a dialect whose streams
    /// end with a message may have one.
    public static func feed<In: Input>(
        _ content: ReplyContent,
        _ handler: @escaping @Sendable (Call, In) throws(Failure) -> Feed
    ) -> Action {
        Action(
            input: In.self,
            reply: content,
            work: .feed { incoming throws(Failure) in
                try handler(incoming.call, incoming.decode(In.self))
            }
        )
    }

    /// The connection becomes a WebSocket, whose user is the caller.
    ///
    /// The query may have the token, since browsers can't send a field with it, and the device's position.
    public static func subscription(_ subscription: Subscription) -> Action {
        Action(
            input: SubscriptionInput.self,
            reply: .socket,
            work: .subscribe(subscription) { incoming throws(Failure) in
                SubscriptionStart(
                    behind: try incoming.decode(SubscriptionInput.self).position.map { .message($0) }
                )
            }
        )
    }

    /// The frames of the socket that it opens, by code.
    public var frames: [Route] {
        guard case .subscribe(let subscription, _) = work else { return [] }
        return subscription.frames.values.sorted { $0.frame ?? 0 < $1.frame ?? 0 }
    }
}

/// The input for opening a socket.
struct SubscriptionInput: Input {
    static let bodyKind = BodyKind.none
    /// Where the token may stand in the query.
    static let tokenParameter: StaticString = "access_token"
    let position: MessageID?

    init(_ reader: inout InputReader) throws(FieldProblem) {
        // The caller has been authenticated before; declared here for the document.
        _ = try reader.query(Self.tokenParameter, .text(1...4096))
        position = try reader.query("after", .messagePosition)
    }
}

extension Value<MessageID> {
    /// A message's id, or 0 for none.
    fileprivate static var messagePosition: Value {
        .textual(.string(length: 1...19, pattern: "^(0|[1-9][0-9]*)$"), placeholder: .none) {
            text throws(FieldProblem) in
            if text == "0" { return .none }
            guard let id = MessageID(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return id
        }
    }
}
