// Frames written byte by byte for tests, and a session that plays them, cut anywhere.

import HTTP

/// A client's frame as its bytes are, right or wrong.
struct TestFrame {
    var bytes: [UInt8]

    /// - Parameters:
    ///   - lengthBytes: how many bytes the length takes: 0 for the seven bits of the second, 2 or 8; nil for the
    ///     shortest form.
    ///   - mask: nil for a frame without one.
    init(
        _ opcode: UInt8,
        _ payload: [UInt8] = [],
        isFinal: Bool = true,
        reserved: UInt8 = 0,
        lengthBytes: Int? = nil,
        mask: [UInt8]? = [0x37, 0xFA, 0x21, 0x3D]
    ) {
        bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        let masked: UInt8 = mask == nil ? 0 : 0x80
        let form = lengthBytes ?? (payload.count < 126 ? 0 : payload.count < 65_536 ? 2 : 8)
        switch form {
        case 0: bytes.append(masked | UInt8(payload.count))
        case 2: bytes.append(masked | 126)
        default: bytes.append(masked | 127)
        }
        for place in (0..<form).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: payload.count >> (8 * place)))
        }
        if let mask {
            bytes += mask
            bytes += payload.enumerated().map { $1 ^ mask[$0 & 3] }
        } else {
            bytes += payload
        }
    }

    static func text(_ text: String, isFinal: Bool = true, reserved: UInt8 = 0) -> TestFrame {
        TestFrame(1, Array(text.utf8), isFinal: isFinal, reserved: reserved)
    }

    static func binary(_ payload: [UInt8], isFinal: Bool = true, reserved: UInt8 = 0) -> TestFrame {
        TestFrame(2, payload, isFinal: isFinal, reserved: reserved)
    }

    static func more(_ text: String, isFinal: Bool = true) -> TestFrame {
        TestFrame(0, Array(text.utf8), isFinal: isFinal)
    }

    static func ping(_ text: String = "", isFinal: Bool = true) -> TestFrame {
        TestFrame(9, Array(text.utf8), isFinal: isFinal)
    }

    static func pong(_ text: String = "", isFinal: Bool = true) -> TestFrame {
        TestFrame(10, Array(text.utf8), isFinal: isFinal)
    }

    static func close(_ code: Int? = nil, _ reason: String = "") -> TestFrame {
        TestFrame(8, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] + Array(reason.utf8) } ?? [])
    }
}

/// The actions of a session on some bytes, one line each.
struct WebSocketTranscript: Equatable {
    var lines: [String] = []

    /// Plays the bytes in pieces that end at `cuts`, ascending.
    static func play(_ bytes: [UInt8], cuts: [Int] = [], limit: Int = 1 << 20) -> WebSocketTranscript {
        var session = WebSocketSession(messageBytes: limit)
        var transcript = WebSocketTranscript()
        var start = 0
        for cut in cuts + [bytes.count] {
            while start < cut {
                let progress = session.receive(bytes.span.extracting(start..<cut))
                start += progress.consumed
                transcript.note(progress.action)
            }
        }
        return transcript
    }

    mutating func note(_ action: WebSocketSession.Action) {
        switch action {
        case .needMore: break
        case .deliver(.text(let bytes)): lines.append("text " + Self.short(bytes))
        case .deliver(.binary(let bytes)): lines.append("binary " + Self.short(bytes))
        case .notePong(let payload): lines.append("heard " + Self.short(payload))
        case .send(let frame): lines.append(Self.name(frame))
        case .end(let frame): lines.append("end " + (frame.isEmpty ? "" : Self.name(frame)))
        }
    }

    /// A long payload as its size and a sum.
    private static func short(_ bytes: [UInt8]) -> String {
        guard bytes.count > 40 else { return String(decoding: bytes, as: UTF8.self) }
        var sum = CRC32()
        sum.update(bytes.span)
        return "\(bytes.count) \(sum.value)"
    }

    /// A server's frame, taken apart by hand.
    static func name(_ frame: [UInt8]) -> String {
        guard frame.count >= 2, frame[0] & 0xF0 == 0x80, frame[1] < 126, frame.count == 2 + Int(frame[1])
        else {
            return "no frame: \(frame)"
        }
        let payload = Array(frame[2...])
        switch frame[0] & 0x0F {
        case 8: return payload.count < 2 ? "close" : "close \(Int(payload[0]) << 8 | Int(payload[1]))"
        case 10: return "pong " + short(payload)
        default: return "frame \(frame[0])"
        }
    }
}
