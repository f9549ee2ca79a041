// Reads the head of a frame byte by byte, so that a refusal never depends on how the bytes were cut.

/// The head of one frame: FIN, opcode, length and mask (RFC 6455 section 5.2).
struct WebSocketFrameHead: Sendable {
    private enum Place: Sendable { case first, length, longLength, mask, done }

    private(set) var isFinal = false
    private(set) var opcode = WebSocketOpcode.continuation
    private(set) var length = 0
    private(set) var mask = WebSocketMask()
    private var place = Place.first
    /// How many bytes the long length has, or the mask; and how many of them have been read.
    private var wanted = 0
    private var taken = 0

    /// Whether the payload comes next.
    var isComplete: Bool { place == .done }

    /// Takes the next byte.
    ///
    /// - Parameter isMasked: whether the sender's frames have to have a mask; else they must not.
    mutating func take(_ byte: UInt8, isMasked: Bool) throws(WebSocketError) {
        switch place {
        case .first: try takeFirst(byte)
        case .length: try takeLength(byte, isMasked: isMasked)
        case .longLength: try takeLongLength(byte, isMasked: isMasked)
        case .mask:
            mask[taken] = byte
            taken += 1
            if taken == 4 { place = .done }
        case .done: break
        }
    }

    private mutating func takeFirst(_ byte: UInt8) throws(WebSocketError) {
        guard byte & 0x70 == 0 else { throw .reservedBit }
        guard let opcode = WebSocketOpcode(rawValue: byte & 0x0F) else { throw .reservedOpcode }
        isFinal = byte & 0x80 != 0
        guard isFinal || !opcode.isControl else { throw .fragmentedControlFrame }
        self.opcode = opcode
        place = .length
    }

    private mutating func takeLength(_ byte: UInt8, isMasked: Bool) throws(WebSocketError) {
        guard (byte & 0x80 != 0) == isMasked else { throw isMasked ? .unmaskedFrame : .maskedFrame }
        let short = byte & 0x7F
        guard short <= 125 || !opcode.isControl else { throw .controlFrameTooLong }
        taken = 0
        switch short {
        case 126: (place, wanted) = (.longLength, 2)
        case 127: (place, wanted) = (.longLength, 8)
        default:
            length = Int(short)
            place = isMasked ? .mask : .done
        }
    }

    private mutating func takeLongLength(_ byte: UInt8, isMasked: Bool) throws(WebSocketError) {
        guard taken > 0 || wanted == 2 || byte & 0x80 == 0 else { throw .invalidLength }
        length = length << 8 | Int(byte)
        taken += 1
        guard taken == wanted else { return }
        guard length >= (wanted == 2 ? 126 : 0x1_0000) else { throw .invalidLength }
        taken = 0
        place = isMasked ? .mask : .done
    }
}
