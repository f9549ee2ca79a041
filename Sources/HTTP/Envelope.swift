// Messages one behind the other in a body: each in an envelope of a flag byte and its length.

/// One message of a stream of the Connect protocol.
public struct Envelope: Equatable, Sendable {
    /// The flags that an envelope may carry.
    public enum Flag {
        /// The message is compressed.
        public static let compressed: UInt8 = 0x01
        /// The message is the last one of a response, and carries the outcome.
        public static let end: UInt8 = 0x02
        /// The message is the last one of a response of gRPC-Web, and has its trailers.
        public static let trailers: UInt8 = 0x80
    }

    /// Bytes before each message.
    public static let headBytes = 5

    /// The flag byte.
    public let flags: UInt8
    /// The message as it was sent.
    public let payload: [UInt8]

    /// Memberwise.
    public init(flags: UInt8, payload: [UInt8]) {
        self.flags = flags
        self.payload = payload
    }

    /// Flag byte, length in four bytes with the highest first, message.
    ///
    /// The message has fewer than 2^32 bytes.
    public var bytes: [UInt8] {
        let count = UInt32(payload.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headBytes + payload.count)
        bytes.append(flags)
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: count >> shift))
        }
        bytes += payload
        return bytes
    }
}

/// Why a stream of envelopes was refused.
public enum EnvelopeProblem: Error, Equatable, Sendable {
    /// A flag byte with bits that a request can't have.
    case unknownFlags(UInt8)
    /// A message of more bytes than are taken.
    case tooLong(maximum: Int)
    /// The stream ended within an envelope.
    case truncated

    /// One sentence for the client.
    public var explanation: String {
        switch self {
        case .unknownFlags(let flags): "an envelope has the flags \(flags), which a request can't have"
        case .tooLong(let maximum): "a message of the stream has more than \(maximum) bytes"
        case .truncated: "the stream ends within an envelope"
        }
    }
}

/// Incremental reader of the envelopes of a request.
///
/// It holds the one message that is arriving, and no memory for bytes that were only announced.
public struct EnvelopeReader: Sendable {
    private let maximumBytes: Int
    private var bytes: [UInt8] = []
    private var start = 0

    /// A reader of messages of at most so many bytes each, as they are sent.
    public init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    /// Whether everything that came has been taken out.
    public var isAtBoundary: Bool { start == bytes.count }

    /// Takes the next bytes of the stream.
    public mutating func append(_ more: UnsafeRawBufferPointer) {
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 64 << 10)
            start = 0
        } else if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next whole message; nil where more bytes are needed for one.
    ///
    /// To be asked until it is nil.
    ///
    /// An impossible envelope is refused at its head, before its message.
    public mutating func next() throws(EnvelopeProblem) -> Envelope? {
        let count = bytes.count - start
        guard count > 0 else { return nil }
        let flags = bytes[start]
        guard flags & ~Envelope.Flag.compressed == 0 else { throw .unknownFlags(flags) }
        guard count >= Envelope.headBytes else { return nil }
        let length = (1...4).reduce(0) { $0 << 8 | Int(bytes[start + $1]) }
        guard length <= maximumBytes else { throw .tooLong(maximum: maximumBytes) }
        guard count - Envelope.headBytes >= length else { return nil }
        let first = start + Envelope.headBytes
        start = first + length
        return Envelope(flags: flags, payload: Array(bytes[first..<start]))
    }

    /// The stream has ended.
    public func finish() throws(EnvelopeProblem) {
        guard isAtBoundary else { throw .truncated }
    }
}
