// A message: stored once for all its receivers.

/// The kinds of messages.
public enum MessageKind: Int, Sendable, CaseIterable {
    case text = 0, image, audio, video, file, location, command, custom
}

/// The content of a message.
public struct MessageContent: Hashable, Sendable {
    /// Its kind.
    public var kind: MessageKind
    /// The text that a search finds: the text itself, a file's name, an address.
    ///
    /// No NUL in it.
    public var text: String?
    /// The rest that every dialect shows, one JSON object without line ends: a `type` (`txt`, `img`, `audio`,
    /// `video`, `file`, `loc`, `cmd`, `custom`) and that type's fields; empty for plain text.
    ///
    /// A dialect whose own form says more keeps it beside them, in a member with its name.
    public var body: [UInt8]
    /// The sender's own fields, one JSON object without line ends; nil where there are none.
    public var ext: [UInt8]?

    /// Memberwise.
    public init(kind: MessageKind, text: String?, body: [UInt8] = [], ext: [UInt8]? = nil) {
        self.kind = kind
        self.text = text
        self.body = body
        self.ext = ext
    }

    /// Bytes of everything that is said.
    public var byteCount: Int { (body.isEmpty ? text?.utf8.count ?? 0 : body.count) + (ext?.count ?? 0) }
}

extension MessageContent {
    /// Tells what is said from other things, in every process: FNV-1a, 64 bits, of each part with its length.
    ///
    /// The sender's own fields aren't part of it: a nickname or picture may have changed by the second time. A client that
    /// makes two with the same digest on purpose only loses a message of its own.
    public var digest: Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        func mixPart(_ bytes: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { mix($0) }
            mix(bytes)
        }
        mix([UInt8(kind.rawValue), text == nil ? 0 : 1])
        mixPart((text ?? "").utf8)
        mixPart(body)
        return Int64(bitPattern: hash)
    }
}

/// A message as it is stored.
public struct Message: Hashable, Sendable {
    /// Its id.
    public let id: MessageID
    /// When it was sent: what the clock said at its commit, whatever it said before, or what the import says.
    public let sent: Timestamp
    /// Where it was sent.
    public let conversation: ConversationID
    /// The kind of that conversation, and its participants.
    public let address: ConversationAddress
    /// Its place in the conversation's queue; nil where it waits for nobody.
    public let sequence: Int64?
    /// The sender's name: a user's as it is called now.
    ///
    /// A user that is deleted leaves it behind.
    public let sender: String
    /// Its content; nothing any more after a recall.
    public var content: MessageContent
    /// Whether it was recalled: a tombstone stays in its place.
    public var isRecalled: Bool
    /// Whether the sender's own devices are to get it too.
    public let returnsToSender: Bool
    /// Whether it is for some members of its group only.
    public let isDirected: Bool
    /// Whether it counts among what waits; one that doesn't is delivered like any other.
    public let isCounted: Bool
    /// Whether users can refuse it, as they can't what the system itself has to tell them.
    public let isRefusable: Bool
    /// How often it was rewritten.
    public var edits: Int

    /// Memberwise.
    public init(
        id: MessageID,
        sent: Timestamp,
        conversation: ConversationID,
        address: ConversationAddress,
        sequence: Int64?,
        sender: String,
        content: MessageContent,
        isRecalled: Bool = false,
        returnsToSender: Bool = false,
        isDirected: Bool = false,
        isCounted: Bool = true,
        isRefusable: Bool = true,
        edits: Int = 0
    ) {
        self.id = id
        self.sent = sent
        self.conversation = conversation
        self.address = address
        self.sequence = sequence
        self.sender = sender
        self.content = content
        self.isRecalled = isRecalled
        self.returnsToSender = returnsToSender
        self.isDirected = isDirected
        self.isCounted = isCounted
        self.isRefusable = isRefusable
        self.edits = edits
    }

    /// The same message, under the names that its participants have now.
    public func renamed(sender: String, address: ConversationAddress) -> Message {
        Message(
            id: id,
            sent: sent,
            conversation: conversation,
            address: address,
            sequence: sequence,
            sender: sender,
            content: content,
            isRecalled: isRecalled,
            returnsToSender: returnsToSender,
            isDirected: isDirected,
            isCounted: isCounted,
            isRefusable: isRefusable,
            edits: edits
        )
    }

    /// Whether it is to come to this user's devices where the user is among those it is for: one's own doesn't, unless
    /// it was sent so.
    public func comes(to user: User) -> Bool { sender != user.username.text || returnsToSender }

    /// When it was sent, in such a way that no other message has the same.
    public var exactTime: ExactTime { ExactTime(sent, id) }

    /// The receivers: the other user, or the group's or room's id.
    public var receiver: String { address.receiver(from: sender) }
}
