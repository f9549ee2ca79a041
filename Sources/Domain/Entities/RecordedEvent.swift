// An event as it is recorded for webhooks: its facts, by name, and what it is ordered with.

/// A value of an event's `data`.
public enum EventValue: Equatable, Sendable {
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// True or false.
    case flag(Bool)
    /// Texts in their order.
    case texts([String])
    /// A moment, in milliseconds since 1970.
    case time(Timestamp)
    /// A message: sender, receivers, content.
    case message(Message)
}

/// The events that are delivered one after another: those of one conversation, one group or room, or one user.
public struct EventLane: Hashable, Sendable {
    /// FNV-1a, 64 bits, of the kind and the key: two lanes with one number only wait for each other.
    public let rawValue: Int64

    /// Wraps a stored number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    private init(_ kind: UInt8, _ key: some Sequence<UInt8>) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        hash = (hash ^ UInt64(kind)) &* 0x100_0000_01B3
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        rawValue = Int64(bitPattern: hash)
    }

    /// A conversation's: that of a group's is the group's own.
    public static func conversation(_ address: ConversationAddress) -> EventLane {
        EventLane(UInt8(address.kind == .room ? 1 : address.kind.rawValue), address.key.utf8)
    }

    /// A group's or room's.
    public static func group(_ id: GroupID) -> EventLane { EventLane(1, id.text.utf8) }

    /// A user's.
    public static func user(_ name: Username) -> EventLane { EventLane(9, name.key.utf8) }

    /// The application's own.
    public static let application = EventLane(10, [])
}

/// The facts of an event beside its name.
public struct EventDetails: Equatable, Sendable {
    /// One fact.
    public struct Member: Equatable, Sendable {
        /// Its key in `data`.
        public let name: String
        /// The value.
        public let value: EventValue

        /// Memberwise.
        public init(_ name: String, _ value: EventValue) {
            self.name = name
            self.value = value
        }
    }

    /// The lane: events of one lane are delivered in order.
    public let lane: EventLane
    /// Its facts, in the order written.
    public private(set) var members: [Member]

    /// Memberwise.
    public init(lane: EventLane, _ members: [Member]) {
        self.lane = lane
        self.members = members
    }

    /// The message that it is about, where it is about one.
    public var message: Message? {
        for member in members {
            if case .message(let message) = member.value { return message }
        }
        return nil
    }

    /// The sender of that message, as names are compared.
    public var sender: String? { message?.sender.lowercased() }

    /// The same with another fact.
    public func with(_ name: String, _ value: EventValue) -> EventDetails {
        var details = self
        details.members.append(Member(name, value))
        return details
    }

    /// The same with a text, where there is one.
    public func with(_ name: String, text: String?) -> EventDetails {
        text.map { with(name, .text($0)) } ?? self
    }
}

/// An event with all that its body says.
public struct RecordedEvent: Equatable, Sendable {
    /// The event's name.
    public let name: EventName
    /// When.
    public let time: Timestamp
    /// Where: `org#app`.
    public let application: String
    /// The author; nil for the server itself.
    public let author: EventAuthor?
    /// The facts.
    public let details: EventDetails

    /// Memberwise.
    public init(
        name: EventName,
        time: Timestamp,
        application: String,
        author: EventAuthor?,
        details: EventDetails
    ) {
        self.name = name
        self.time = time
        self.application = application
        self.author = author
        self.details = details
    }
}

/// The author of a change, as `data.by` has it.
public enum EventAuthor: Equatable, Sendable {
    /// An application's backend, by its client id.
    case client(String)
    /// A user.
    case user(String)
    /// An administrator of the organisation.
    case administrator(String)
    /// The operator, by the number of the system's user.
    case `operator`(Int)
}
