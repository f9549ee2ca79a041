// The protocol case by case: sizes, pings, reserved bits, opcodes, fragments, text, the closing handshake and limits, each
// cut at every point.

import HTTP
import Testing

@Suite struct WebSocketTests {
    typealias Case = (name: String, frames: [TestFrame], lines: [String])

    /// Every case is played whole, byte by byte and in two pieces cut everywhere.
    private static func check(_ cases: [Case], limit: Int = 1 << 20) {
        for (name, frames, lines) in cases {
            let bytes = frames.flatMap(\.bytes)
            #expect(WebSocketTranscript.play(bytes, limit: limit).lines == lines, "\(name)")
            guard bytes.count < 5000 else { continue }
            let single = WebSocketTranscript.play(bytes, cuts: Array(1...max(1, bytes.count)), limit: limit)
            #expect(single.lines == lines, "\(name), byte by byte")
            for cut in cutPoints(bytes.count) {
                let pieces = WebSocketTranscript.play(bytes, cuts: [cut], limit: limit)
                #expect(pieces.lines == lines, "\(name), cut at \(cut)")
            }
        }
    }

    private static func bytes(_ count: Int, _ byte: UInt8 = 0x2A) -> [UInt8] {
        [UInt8](repeating: byte, count: count)
    }

    private static func sum(_ bytes: [UInt8]) -> String {
        var sum = CRC32()
        sum.update(bytes.span)
        return "\(bytes.count) \(sum.value)"
    }

    // MARK: Sizes

    @Test(arguments: [0, 1, 15, 16, 17, 31, 32, 33, 125, 126, 127, 128, 4095, 65_535, 65_536, 70_000])
    func `messages of any size arrive, text and binary`(size: Int) {
        let content = Self.bytes(size)
        let line = size > 40 ? Self.sum(content) : String(decoding: content, as: UTF8.self)
        Self.check([
            ("text of \(size)", [TestFrame(1, content)], ["text " + line]),
            ("binary of \(size)", [TestFrame(2, content)], ["binary " + line]),
        ])
    }

    @Test(arguments: 0..<70)
    func `the mask is taken off wherever the payload is cut`(size: Int) {
        let content = (0..<size).map { UInt8($0 * 3) }
        let frame = TestFrame(2, content).bytes
        for cut in 0...frame.count {
            for second in stride(from: cut, through: frame.count, by: 5) {
                var reader = WebSocketReader(of: .client, messageBytes: 100)
                var event: WebSocketReader.Event?
                for (start, end) in [(0, cut), (cut, second), (second, frame.count)] {
                    guard let progress = try? reader.read(frame.span.extracting(start..<end)) else {
                        continue
                    }
                    #expect(progress.consumed == end - start)
                    event = progress.event ?? event
                }
                #expect(event == .message(.binary(content)))
            }
        }
    }

    // MARK: Pings and pongs

    @Test func `a ping is answered with its own payload, a pong with nothing`() {
        let full = String(repeating: "x", count: 125)
        Self.check([
            ("empty", [.ping()], ["pong "]),
            ("text", [.ping("Hello, world!")], ["pong Hello, world!"]),
            (
                "not UTF-8", [TestFrame(9, [0x00, 0xFF, 0xFE, 0xFD])],
                ["pong " + String(decoding: [0, 0xFF, 0xFE, 0xFD], as: UTF8.self)]
            ),
            ("125 bytes", [.ping(full)], ["pong " + Self.sum(Array(full.utf8))]),
            ("126 bytes", [TestFrame(9, Self.bytes(126))], ["end close 1002"]),
            ("126 bytes of a close", [TestFrame(8, Self.bytes(126))], ["end close 1002"]),
            ("an unasked pong", [.pong()], ["heard "]),
            (
                "an unasked pong with payload", [.pong("unasked"), .ping("asked")],
                ["heard unasked", "pong asked"]
            ),
            ("ten pings", (0..<10).map { .ping("p\($0)") }, (0..<10).map { "pong p\($0)" }),
        ])
    }

    // MARK: Reserved bits and opcodes

    @Test(arguments: 1...7 as ClosedRange<UInt8>)
    func `a reserved bit fails the connection`(bits: UInt8) {
        Self.check([
            ("text", [.text("x", reserved: bits)], ["end close 1002"]),
            (
                "after text", [.text("first"), .text("x", reserved: bits), .ping()],
                ["text first", "end close 1002"]
            ),
            ("binary", [.binary([1], reserved: bits)], ["end close 1002"]),
            ("ping", [TestFrame(9, reserved: bits)], ["end close 1002"]),
            ("close", [TestFrame(8, reserved: bits)], ["end close 1002"]),
        ])
    }

    @Test(arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func `a reserved opcode fails the connection`(opcode: UInt8) {
        Self.check([
            ("alone", [TestFrame(opcode)], ["end close 1002"]),
            ("with payload", [TestFrame(opcode, [1, 2, 3])], ["end close 1002"]),
            ("after text", [.text("first"), TestFrame(opcode), .ping()], ["text first", "end close 1002"]),
        ])
    }

    // MARK: Masks and lengths

    @Test func `a frame without a mask fails the connection`() {
        Self.check([
            ("text", [TestFrame(1, [0x61], mask: nil)], ["end close 1002"]),
            ("ping", [TestFrame(9, mask: nil)], ["end close 1002"]),
            ("close", [TestFrame(8, mask: nil)], ["end close 1002"]),
            ("a mask of zeros", [TestFrame(1, [0x61], mask: [0, 0, 0, 0])], ["text a"]),
        ])
    }

    @Test func `a server's frame has no mask`() {
        var reader = WebSocketReader(of: .server, messageBytes: 100)
        #expect(throws: WebSocketError.maskedFrame) { try reader.read(TestFrame.text("x").bytes.span) }
        var second = WebSocketReader(of: .server, messageBytes: 100)
        let event = try? second.read(TestFrame(1, [0x78], mask: nil).bytes.span).event
        #expect(event == .message(.text([0x78])))
    }

    @Test func `a length is in its shortest form`() {
        var huge = TestFrame(1, Self.bytes(65_536)).bytes
        huge[2] = 0x80
        var frame = TestFrame.text("x")
        frame.bytes = huge
        Self.check([
            ("125 in two bytes", [TestFrame(2, Self.bytes(125), lengthBytes: 2)], ["end close 1002"]),
            ("0 in two bytes", [TestFrame(2, lengthBytes: 2)], ["end close 1002"]),
            ("126 in eight bytes", [TestFrame(2, Self.bytes(126), lengthBytes: 8)], ["end close 1002"]),
            ("65535 in eight bytes", [TestFrame(2, Self.bytes(65_535), lengthBytes: 8)], ["end close 1002"]),
            ("the highest bit", [frame], ["end close 1002"]),
            (
                "a ping of five in two bytes", [TestFrame(9, Self.bytes(5), lengthBytes: 2)],
                ["end close 1002"]
            ),
        ])
    }

    // MARK: Fragments

    @Test func `fragments make a message, with control frames between them`() {
        Self.check([
            ("a ping in two", [.ping("a", isFinal: false), .more("b")], ["end close 1002"]),
            ("a pong in two", [.pong("a", isFinal: false), .more("b")], ["end close 1002"]),
            ("text in two", [.text("ab", isFinal: false), .more("cd")], ["text abcd"]),
            (
                "a ping between", [.text("ab", isFinal: false), .ping("p"), .more("cd")],
                ["pong p", "text abcd"]
            ),
            (
                "five, with pings",
                [
                    .text("1", isFinal: false), .more("2", isFinal: false), .ping("p"),
                    .more("3", isFinal: false),
                    .more("4", isFinal: false), .ping("q"), .more("5"), .text("next"),
                ], ["pong p", "pong q", "text 12345", "text next"]
            ),
            ("empty ones", [.text("", isFinal: false), .more("", isFinal: false), .more("")], ["text "]),
            (
                "a middle that isn't empty",
                [.text("", isFinal: false), .more("x", isFinal: false), .more("")], ["text x"]
            ),
            (
                "a close between", [.text("ab", isFinal: false), .close(1000), .more("cd")],
                ["end close 1000"]
            ),
        ])
    }

    @Test(arguments: [true, false])
    func `a continuation continues something`(isFinal: Bool) {
        Self.check([
            ("first", [.more("x", isFinal: isFinal), .text("y")], ["end close 1002"]),
            ("after a message", [.text("y"), .more("x", isFinal: isFinal)], ["text y", "end close 1002"]),
            (
                "after the last one",
                [.text("a", isFinal: false), .more("b"), .more("c", isFinal: isFinal), .text("d")],
                ["text ab", "end close 1002"]
            ),
        ])
    }

    @Test func `a message doesn't begin inside another`() {
        Self.check([
            ("text in text", [.text("a", isFinal: false), .text("b")], ["end close 1002"]),
            ("binary in text", [.text("a", isFinal: false), .binary([1])], ["end close 1002"]),
            (
                "text in binary", [.binary([1], isFinal: false), .text("b", isFinal: false)],
                ["end close 1002"]
            ),
        ])
    }

    @Test func `a message in a thousand fragments arrives whole`() {
        let content = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 % 95 + 32) }
        let pieces = stride(from: 0, to: content.count, by: 50).map {
            Array(content[$0..<min($0 + 50, content.count)])
        }
        let frames = pieces.enumerated().map { index, piece in
            TestFrame(index == 0 ? 1 : 0, piece, isFinal: index == pieces.count - 1)
        }
        let bytes = frames.flatMap(\.bytes)
        for step in [1, 997, bytes.count] {
            let cuts = Array(stride(from: step, to: bytes.count, by: step))
            #expect(WebSocketTranscript.play(bytes, cuts: cuts).lines == ["text " + Self.sum(content)])
        }
    }

    // MARK: Limits

    @Test func `a message beyond the limit is refused before its payload arrives`() {
        Self.check(
            [
                ("just as long", [.text("12345678")], ["text 12345678"]),
                ("one longer", [.text("123456789")], ["end close 1009"]),
                ("in two", [.text("12345", isFinal: false), .more("678")], ["text 12345678"]),
                ("too long in two", [.text("12345", isFinal: false), .more("6789")], ["end close 1009"]),
                (
                    "a ping doesn't count",
                    [.text("12345678", isFinal: false), .ping("123456789"), .more("")],
                    ["pong 123456789", "text 12345678"]
                ),
                (
                    "twice the limit in two messages", [.text("12345678"), .text("12345678")],
                    ["text 12345678", "text 12345678"]
                ),
            ],
            limit: 8
        )
        // Only the head of a frame of 2^63 - 1 bytes.
        let head: [UInt8] = [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4]
        #expect(WebSocketTranscript.play(head).lines == ["end close 1009"])
    }

    // MARK: The closing handshake

    @Test func `a close is answered with its own code, and ends everything`() {
        let reason = String(repeating: "*", count: 123)
        Self.check([
            ("without a code", [.close()], ["end close"]),
            ("with a code", [.close(1000)], ["end close 1000"]),
            ("with a reason", [.close(1000, "ok")], ["end close 1000"]),
            ("the longest reason", [.close(1000, reason)], ["end close 1000"]),
            ("a longer reason", [TestFrame(8, [0x03, 0xE8] + Self.bytes(124))], ["end close 1002"]),
            ("after a message", [.text("a"), .close(1000)], ["text a", "end close 1000"]),
            ("twice", [.close(1000), .close(1000)], ["end close 1000"]),
            ("a ping behind", [.close(1000), .ping()], ["end close 1000"]),
            ("text behind", [.close(1000), .text("x")], ["end close 1000"]),
            ("garbage behind", [.close(1000), TestFrame(3)], ["end close 1000"]),
            ("one byte", [TestFrame(8, [0x03])], ["end close 1002"]),
            (
                "a reason that isn't UTF-8", [TestFrame(8, [0x03, 0xE8, 0xCE, 0xBA, 0xE1, 0xBD])],
                ["end close 1007"]
            ),
        ])
    }

    @Test(arguments: [
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
    ])
    func `a code that may be sent is accepted`(code: Int) {
        Self.check([("\(code)", [.close(code)], ["end close \(code)"])])
    }

    @Test(arguments: [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535])
    func `a code that may not be sent fails the connection`(code: Int) {
        Self.check([("\(code)", [.close(code, "x")], ["end close 1002"])])
    }

    @Test func `our own close waits for its answer, and drops what comes before it`() {
        var session = WebSocketSession(messageBytes: 100)
        let frame = session.close(.goingAway, reason: "the server stops")
        #expect(frame.map(WebSocketTranscript.name) == "close 1001")
        #expect(session.close(.goingAway) == nil && !session.isOpen)
        let bytes = [TestFrame.text("late"), .ping("late"), .pong(), .close(1001), .text("never")].flatMap(
            \.bytes
        )
        var transcript = WebSocketTranscript()
        var start = 0
        while start < bytes.count {
            let progress = session.receive(bytes.span.extracting(start...))
            start += progress.consumed
            transcript.note(progress.action)
        }
        #expect(transcript.lines == ["heard ", "end "])
    }

    @Test func `a broken frame while we close ends it without another word`() {
        var session = WebSocketSession(messageBytes: 100)
        _ = session.close(.normalClosure)
        #expect(session.receive(TestFrame(3).bytes.span).action == .end([]))
    }

    @Test func `a reason is cut between characters`() {
        let frame = WebSocketFrame.close(.normalClosure, reason: String(repeating: "你", count: 100))
        #expect(frame.count == 2 + 2 + 41 * 3 && frame[1] == 125)
        #expect(String(validating: frame[4...], as: UTF8.self) == String(repeating: "你", count: 41))
    }

    @Test(arguments: WebSocketError.allCases)
    func `every refusal has a code and a reason that fits`(error: WebSocketError) {
        #expect(error.reason.utf8.count <= 123 && !error.reason.isEmpty)
        #expect([1002, 1007, 1009].contains(error.closeCode.rawValue))
    }

    // MARK: The writer

    @Test(arguments: [0, 125, 126, 65_535, 65_536])
    func `what the writer writes is read again, with a mask and without`(size: Int) throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        for (sender, mask) in [
            (WebSocketReader.Sender.server, nil), (.client, SIMD4<UInt8>(1, 2, 3, 4)),
        ] {
            var output: [UInt8] = [9]
            WebSocketFrame.append(.binary, content, mask: mask, to: &output)
            #expect(
                output.count == 1 + 2 + (size < 126 ? 0 : size < 65_536 ? 2 : 8) + (mask == nil ? 0 : 4)
                    + size
            )
            var reader = WebSocketReader(of: sender, messageBytes: 1 << 20)
            let progress = try reader.read(output.span.extracting(1...))
            #expect(progress.event == .message(.binary(content)) && progress.consumed == output.count - 1)
        }
    }
}
