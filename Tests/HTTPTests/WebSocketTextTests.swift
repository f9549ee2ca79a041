// Text messages are UTF-8: what is and what isn't, split anywhere, and refused at the first byte that can't be.

import HTTP
import Testing

@Suite struct WebSocketTextTests {
    /// Valid texts: empty, ASCII, first and last of each length, noncharacters, the neighbours of the surrogates.
    static let valid: [[UInt8]] = [
        [], Array("Hello-µ@ßöäüàá-UTF-8!!".utf8), Array("κόσμε".utf8), [0x00], [0x7F], [0xC2, 0x80],
        [0xDF, 0xBF],
        [0xE0, 0xA0, 0x80], [0xEF, 0xBF, 0xBF], [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBD], [0xED, 0x9F, 0xBF],
        [0xEE, 0x80, 0x80], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0xBF, 0xBE],
        [0xF3, 0xBF, 0xBF, 0xBF], [0xEF, 0xB7, 0x90], Array("👩‍👩‍👧‍👦 你好 \u{FEFF}".utf8),
    ]

    /// Invalid ones, with the place of the first byte that no text could have there; the count where only the end is
    /// wrong.
    static let invalid: [([UInt8], Int)] = [
        // A greeting with a surrogate in it, and more behind.
        (
            [0xCE, 0xBA, 0xE1, 0xBD, 0xB9, 0xCF, 0x83, 0xCE, 0xBC, 0xCE, 0xB5, 0xED, 0xA0, 0x80, 0x65, 0x64],
            12
        ),
        // Above U+10FFFF.
        ([0xCE, 0xBA, 0xF4, 0x90, 0x80, 0x80, 0x65], 3), ([0xF5, 0x80, 0x80, 0x80], 0),
        ([0xF7, 0xBF, 0xBF, 0xBF], 0),
        // Five and six bytes.
        ([0xF8, 0x88, 0x80, 0x80, 0x80], 0), ([0xFB, 0xBF, 0xBF, 0xBF, 0xBF], 0),
        ([0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], 0), ([0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF], 0),
        // Continuations alone.
        ([0x80], 0), ([0xBF], 0), ([0x61, 0x80, 0xBF], 1),
        // Starts alone.
        ([0xC2, 0x20], 1), ([0xDF, 0x20, 0xDF, 0x20], 1), ([0xE1, 0x20], 1), ([0xF1, 0x20], 1),
        // Last continuation missing.
        ([0xC2], 1), ([0xE0, 0xA0], 2), ([0xEF, 0xBF], 2), ([0xF0, 0x90, 0x80], 3), ([0xF4, 0x8F, 0xBF], 3),
        ([0xE1, 0x80, 0xC2, 0x80], 2), ([0xF1, 0x80, 0x80, 0x41], 3),
        // Impossible bytes.
        ([0xFE], 0), ([0xFF], 0), ([0x61, 0x62, 0xFE, 0xFF], 2),
        // Overlong forms.
        ([0xC0, 0xAF], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0xAF], 1), ([0xE0, 0x9F, 0xBF], 1),
        ([0xF0, 0x80, 0x80, 0xAF], 1), ([0xF0, 0x8F, 0xBF, 0xBF], 1), ([0xC0, 0x80], 0),
        ([0xE0, 0x80, 0x80], 1),
        // Surrogates, alone and in pairs.
        ([0xED, 0xA0, 0x80], 1), ([0xED, 0xAD, 0xBF], 1), ([0xED, 0xAE, 0x80], 1), ([0xED, 0xAF, 0xBF], 1),
        ([0xED, 0xB0, 0x80], 1), ([0xED, 0xBE, 0x80], 1), ([0xED, 0xBF, 0xBF], 1),
        ([0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80], 1),
    ]

    /// The text with ASCII before it, so that every alignment of the eight bytes a step is met.
    private static func shifted(_ text: [UInt8], _ count: Int) -> [UInt8] {
        [UInt8](repeating: 0x61, count: count) + text
    }

    @Test func `text that is UTF-8 arrives, in one frame and in two, cut anywhere`() {
        for text in Self.valid {
            for shift in 0..<9 {
                let text = Self.shifted(text, shift)
                for cut in 0...text.count {
                    let frames = [
                        TestFrame(1, Array(text[..<cut]), isFinal: false), TestFrame(9),
                        TestFrame(0, Array(text[cut...])),
                    ]
                    let bytes = frames.flatMap(\.bytes)
                    let whole = WebSocketTranscript.play(bytes).lines
                    #expect(
                        whole == WebSocketTranscript.play(TestFrame(9).bytes + TestFrame(1, text).bytes).lines
                    )
                    #expect(whole.count == 2 && whole[1].hasPrefix("text "), "\(text)")
                    #expect(WebSocketTranscript.play(bytes, cuts: Array(1...bytes.count)).lines == whole)
                }
            }
        }
    }

    @Test func `text that isn't UTF-8 fails the connection, cut anywhere`() {
        for (text, _) in Self.invalid {
            for shift in 0..<9 {
                let text = Self.shifted(text, shift)
                for cut in 0...text.count {
                    let frames = [
                        TestFrame(1, Array(text[..<cut]), isFinal: false), TestFrame(0, Array(text[cut...])),
                    ]
                    let bytes = frames.flatMap(\.bytes)
                    #expect(WebSocketTranscript.play(bytes).lines == ["end close 1007"], "\(text)")
                    let single = WebSocketTranscript.play(bytes, cuts: Array(1...bytes.count))
                    #expect(single.lines == ["end close 1007"], "\(text)")
                }
            }
        }
    }

    @Test func `it is refused at the first byte that no text could have there`() {
        for (text, place) in Self.invalid where place < text.count {
            let frame = TestFrame(1, text).bytes
            let headCount = frame.count - text.count
            for count in 0..<text.count {
                let lines = WebSocketTranscript.play(Array(frame[..<(headCount + count + 1)])).lines
                #expect(lines == (count < place ? [] : ["end close 1007"]), "\(text) up to \(count)")
            }
        }
    }

    @Test func `a binary message may be anything`() {
        for (bytes, _) in Self.invalid {
            let line = "binary " + String(decoding: bytes, as: UTF8.self)
            #expect(WebSocketTranscript.play(TestFrame(2, bytes).bytes).lines == [line])
        }
    }

    private static func judge(_ bytes: [UInt8]) -> String {
        var validator = UTF8Validator()
        guard validator.take(bytes.span) else { return "wrong" }
        return validator.isAtBoundary ? "whole" : "begun"
    }

    @Test func `each code point but the surrogates is valid, and its first bytes alone aren't`() {
        for value in stride(from: UInt32(0), through: 0x10_FFFF, by: 7) {
            guard let scalar = UnicodeScalar(value), let bytes = UTF8.encode(scalar) else { continue }
            let text = Array(bytes)
            #expect(Self.judge(text) == "whole")
            #expect(Self.judge(Array(text.dropLast())) == (text.count == 1 ? "whole" : "begun"))
        }
    }

    @Test func `its judgement of random bytes is the standard library's`() {
        var state: UInt64 = 7
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
        let favourites: [UInt8] = [
            0x80, 0xBF, 0x9F, 0xA0, 0x90, 0x8F, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0x61,
        ]
        for round in 0..<20_000 {
            let bytes = (0..<round % 12).map { _ in favourites[Int(next()) % favourites.count] }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect((Self.judge(bytes) == "whole") == isValid, "\(bytes)")
        }
    }
}
