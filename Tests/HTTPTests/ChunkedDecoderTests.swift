// The chunked decoder on its own: output, consumption, and output taken away between calls.

import HTTP
import Testing

@Suite struct ChunkedDecoderTests {
    static func decode(_ text: String, limit: Int = 1 << 20) throws(ParseError) -> (
        String, ChunkedDecoder.Progress
    ) {
        var decoder = ChunkedDecoder()
        var output: [UInt8] = []
        let progress = try decoder.decode(latin1(text).span, into: &output, limit: limit)
        return (String(decoding: output, as: UTF8.self), progress)
    }

    @Test func `a body is the data of its chunks`() throws {
        let table: [(String, String)] = [
            ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
            ("a\r\n0123456789\r\n00\r\n\r\n", "0123456789"), ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
            ("0000000000000001\r\nx\r\n0000000000000000\r\n\r\n", "x"), ("2;a\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
            ("1;a=b\r\nx\r\n0\r\n\r\n", "x"), ("1;a=\"b;\\\"c\"\r\nx\r\n0;z;y=\"\"\r\n\r\n", "x"),
            ("1\r\nx\r\n0\r\nA: b\r\nC:\r\nD: caf\u{E9}\t\r\n\r\n", "x"),
        ]
        for (text, body) in table {
            let (output, progress) = try Self.decode(text)
            #expect(output == body, "\(text)")
            #expect(progress.isComplete && progress.consumed == latin1(text).count, "\(text)")
        }
    }

    @Test func `bytes after the body are left alone`() throws {
        let (output, progress) = try Self.decode("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\n")
        #expect(output == "x" && progress.isComplete && progress.consumed == 11)
    }

    @Test func `a complete decoder takes nothing more`() throws {
        var decoder = ChunkedDecoder()
        var output: [UInt8] = []
        _ = try decoder.decode(latin1("0\r\n\r\n").span, into: &output, limit: 9)
        let progress = try decoder.decode(latin1("1\r\nx\r\n").span, into: &output, limit: 9)
        #expect(decoder.isComplete && progress.isComplete && progress.consumed == 0 && output.isEmpty)
    }

    @Test func `the limit holds over all calls, also when the output is emptied between them`() throws {
        var decoder = ChunkedDecoder()
        var output: [UInt8] = []
        _ = try decoder.decode(latin1("5\r\nhello\r\n").span, into: &output, limit: 8)
        output.removeAll()
        #expect(decoder.bodyBytes == 5)
        #expect(throws: ParseError.contentTooLarge) {
            try decoder.decode(latin1("4\r\n").span, into: &output, limit: 8)
        }
    }

    @Test func `data arrives as soon as its bytes do`() throws {
        let (output, progress) = try Self.decode("5\r\nhel")
        #expect(output == "hel" && !progress.isComplete && progress.consumed == 6)
    }

    @Test func `a chunk size of all sixteen digits is exact`() {
        #expect(throws: ParseError.contentTooLarge) { try Self.decode("7FFFFFFFFFFFFFFF\r\n") }
        #expect(throws: ParseError.contentTooLarge) { try Self.decode("0100000000000000\r\n") }
        #expect(throws: ParseError.invalidChunkSize) { try Self.decode("8000000000000000\r\n") }
        #expect(throws: ParseError.invalidChunkSize) { try Self.decode("00000000000000000\r\n") }
    }
}
