// One frame of a WebSocket as its writer sees it: opcode, length in its shortest form, mask.

/// The kind of a frame (RFC 6455 section 5.2).
public enum WebSocketOpcode: UInt8, Sendable, Hashable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    /// Close, ping and pong: at most 125 bytes, never fragmented, and allowed between the fragments of a message.
    public var isControl: Bool { rawValue & 8 != 0 }
}

/// The writer of frames.
public enum WebSocketFrame {
    /// The payload of a control frame, at most.
    public static let controlBytes = 125

    /// Appends a frame that is a whole message, or a control frame of at most 125 bytes.
    ///
    /// - Parameter mask: the key of a client's frame, drawn at random for each; nil for a server's.
    public static func append(
        _ opcode: WebSocketOpcode,
        _ payload: [UInt8],
        mask: SIMD4<UInt8>? = nil,
        isFinal: Bool = true,
        to output: inout [UInt8]
    ) {
        precondition(!opcode.isControl || payload.count <= controlBytes, "a control frame is short")
        output.reserveCapacity(output.count + payload.count + 14)
        output.append((isFinal ? 0x80 : 0) | opcode.rawValue)
        let masked: UInt8 = mask == nil ? 0 : 0x80
        switch payload.count {
        case ...125: output.append(masked | UInt8(payload.count))
        case ...0xFFFF:
            output.append(masked | 126)
            append(payload.count, bytes: 2, to: &output)
        default:
            output.append(masked | 127)
            append(payload.count, bytes: 8, to: &output)
        }
        if let mask {
            for index in 0..<4 { output.append(mask[index]) }
        }
        let start = output.count
        output.append(contentsOf: payload)
        if let mask {
            output.withUnsafeMutableBufferPointer {
                WebSocketMask(mask).apply(to: UnsafeMutableBufferPointer(rebasing: $0[start...]), from: 0)
            }
        }
    }

    /// A close frame: the code, and as much of the reason as fits and is whole characters.
    public static func close(_ code: WebSocketCloseCode?, reason: String = "", mask: SIMD4<UInt8>? = nil)
        -> [UInt8]
    {
        var payload: [UInt8] = []
        if let code {
            payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
            for character in reason.unicodeScalars {
                let bytes = UTF8.encode(character) ?? UTF8.encodedReplacementCharacter
                guard payload.count + bytes.count <= controlBytes else { break }
                payload.append(contentsOf: bytes)
            }
        }
        var output: [UInt8] = []
        append(.close, payload, mask: mask, to: &output)
        return output
    }

    private static func append(_ number: Int, bytes: Int, to output: inout [UInt8]) {
        for place in (0..<bytes).reversed() {
            output.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
        }
    }
}

/// The key that a client's payload is combined with (RFC 6455 section 5.3).
struct WebSocketMask: Sendable {
    private var bytes: SIMD4<UInt8>

    init(_ bytes: SIMD4<UInt8> = SIMD4()) { self.bytes = bytes }

    subscript(_ index: Int) -> UInt8 {
        get { bytes[index] }
        set { bytes[index] = newValue }
    }

    /// Masks or unmasks a stretch of payload in place, the first byte of which is number `offset` of its frame.
    ///
    /// Thirty-two bytes a step: the key repeats every four, so one wide value of it fits everywhere.
    func apply(to payload: UnsafeMutableBufferPointer<UInt8>, from offset: Int) {
        guard let base = UnsafeMutableRawPointer(payload.baseAddress) else { return }
        let turned = SIMD4(
            bytes[offset & 3],
            bytes[(offset &+ 1) & 3],
            bytes[(offset &+ 2) & 3],
            bytes[(offset &+ 3) & 3]
        )
        let wide = SIMD8<UInt32>(repeating: unsafeBitCast(turned, to: UInt32.self))
        var position = 0
        while position &+ 32 <= payload.count {
            let block = base.loadUnaligned(fromByteOffset: position, as: SIMD8<UInt32>.self)
            base.storeBytes(of: block ^ wide, toByteOffset: position, as: SIMD8<UInt32>.self)
            position &+= 32
        }
        while position < payload.count {
            payload[position] ^= turned[position & 3]
            position &+= 1
        }
    }
}
