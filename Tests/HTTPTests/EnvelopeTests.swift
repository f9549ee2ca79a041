// Envelopes: whole, cut anywhere, and such as a request can't have.

import HTTP
import Testing

@Suite struct EnvelopeTests {
    private static let messages: [Envelope] = [
        Envelope(flags: 0, payload: latin1("hello")), Envelope(flags: 0, payload: []),
        Envelope(flags: Envelope.Flag.compressed, payload: Array(repeating: 7, count: 300)),
    ]

    private static func read(_ pieces: [[UInt8]], maximum: Int = 300) throws(EnvelopeProblem) -> [Envelope] {
        var reader = EnvelopeReader(maximumBytes: maximum)
        var found: [Envelope] = []
        for piece in pieces {
            piece.withUnsafeBytes { reader.append($0) }
            while let envelope = try reader.next() { found.append(envelope) }
        }
        try reader.finish()
        return found
    }

    @Test func `an envelope is a flag byte, four bytes of length and the message`() {
        #expect(Envelope(flags: 2, payload: latin1("{}")).bytes == [2, 0, 0, 0, 2, 0x7B, 0x7D])
        #expect(
            Envelope(flags: 0, payload: Array(repeating: 1, count: 66_051)).bytes.prefix(5) == [
                0, 0, 1, 2, 3,
            ]
        )
    }

    @Test func `envelopes cut at any point are read the same`() throws {
        let bytes = Self.messages.flatMap(\.bytes)
        #expect(try Self.read([bytes]) == Self.messages)
        #expect(try Self.read(bytes.map { [$0] }) == Self.messages)
        for cut in 0...bytes.count {
            #expect(
                try Self.read([Array(bytes[..<cut]), Array(bytes[cut...])]) == Self.messages,
                "cut at \(cut)"
            )
        }
    }

    @Test func `a message that is too long is refused at its head`() {
        let head = Envelope(flags: 0, payload: Array(repeating: 0, count: 301)).bytes.prefix(5)
        #expect(throws: EnvelopeProblem.tooLong(maximum: 300)) { try Self.read([Array(head)]) }
        #expect(throws: EnvelopeProblem.tooLong(maximum: 300)) {
            try Self.read([[0, 0xFF, 0xFF, 0xFF, 0xFF]])
        }
    }

    @Test(arguments: [2, 3, 4, 0x80, 0xFF] as [UInt8])
    func `flags that a request can't have are refused at once`(flags: UInt8) {
        #expect(throws: EnvelopeProblem.unknownFlags(flags)) { try Self.read([[flags]]) }
    }

    @Test func `a stream that ends within an envelope is refused`() {
        let bytes = Self.messages[0].bytes
        for count in 1..<bytes.count {
            #expect(throws: EnvelopeProblem.truncated, "\(count)") { try Self.read([Array(bytes[..<count])]) }
        }
    }
}
