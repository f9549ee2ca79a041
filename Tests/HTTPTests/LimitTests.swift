// Bounds are inclusive, refuse at the first byte beyond them, and cost one look at each byte.

import HTTP
import Testing

@Suite struct LimitTests {
    static func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = HTTPLimits()
        change(&limits)
        return limits
    }

    @Test func `a request line of the limit passes and one byte more does not`() {
        let limits = Self.limits { $0.requestLineBytes = 16 }
        #expect(Replay.run(latin1("GET /ab HTTP/1.1\r\nHost: h\r\n\r\n"), limits: limits).refusal == nil)
        let refusal = Replay.run(latin1("GET /abc HTTP/1.1\r\nHost: h\r\n\r\n"), limits: limits).refusal
        #expect(refusal == .requestLineTooLong)
    }

    @Test func `an endless request line is refused at the first byte beyond the limit`() {
        let limits = Self.limits { $0.requestLineBytes = 16 }
        #expect(Replay.run(latin1("GET /abcdefghijk"), limits: limits).ending == .incomplete)
        #expect(Replay.run(latin1("GET /abcdefghijkl"), limits: limits).refusal == .requestLineTooLong)
    }

    @Test func `a head of the limit passes and one byte more does not`() {
        let raw = latin1("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n")
        #expect(Replay.run(raw, limits: Self.limits { $0.headBytes = raw.count }).refusal == nil)
        for headBytes in 18..<raw.count {
            let refusal = Replay.run(raw, limits: Self.limits { $0.headBytes = headBytes }).refusal
            #expect(refusal == .headTooLarge, "\(headBytes)")
        }
    }

    @Test func `an ignored empty line does not count into the limits`() {
        let raw = latin1("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let limits = Self.limits {
            $0.headBytes = raw.count; $0.requestLineBytes = 14
        }
        #expect(Replay.run([13, 10] + raw, limits: limits).refusal == nil)
    }

    @Test func `the body limit is inclusive and a chunk beyond it is refused at its size line`() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(Replay.run(latin1(head + "5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n"), bodyLimit: 8).refusal == nil)
        #expect(Replay.run(latin1(head + "5\r\nhello\r\n4\r\n"), bodyLimit: 8).refusal == .contentTooLarge)
        #expect(
            Replay.run(latin1(head + "5\r\nhello\r\n7FFFFFFFFFFFFFFF\r\n"), bodyLimit: 8).refusal
                == .contentTooLarge
        )
    }

    @Test func `chunk extensions are bounded by the line and by the body`() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        let limits = Self.limits {
            $0.chunkExtensionBytesPerLine = 4; $0.chunkExtensionBytesPerBody = 6
        }
        #expect(Replay.run(latin1(head + "1;abc\r\nx\r\n0;a\r\n\r\n"), limits: limits).refusal == nil)
        #expect(Replay.run(latin1(head + "1;abcd\r\n"), limits: limits).refusal == .chunkExtensionTooLarge)
        #expect(
            Replay.run(latin1(head + "1;abc\r\nx\r\n0;ab\r\n"), limits: limits).refusal
                == .chunkExtensionTooLarge
        )
    }

    @Test func `trailers of the limit pass and one byte more does not`() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        let limits = Self.limits { $0.trailerBytes = 8 }
        #expect(Replay.run(latin1(head + "A: bcd\r\n\r\n"), limits: limits).refusal == nil)
        #expect(Replay.run(latin1(head + "A: bcde\r\n\r\n"), limits: limits).refusal == .trailersTooLarge)
        #expect(Replay.run(latin1(head + "A: b\r\nC:\r\n\r\n"), limits: limits).refusal == .trailersTooLarge)
        #expect(Replay.run(latin1(head + "\r\n"), limits: Self.limits { $0.trailerBytes = 0 }).refusal == nil)
        #expect(Replay.run(latin1(head + "A: bcdefgh"), limits: limits).refusal == .trailersTooLarge)
    }

    @Test func `a quarter of a mebibyte byte by byte costs one look at each byte`() throws {
        // Looking again at everything on each byte would be 3 * 10^10 steps: this test would not end.
        let limits = Self.limits { $0.headBytes = 1 << 19 }
        var parser = RequestParser(limits: limits)
        let bytes = latin1(
            "GET / HTTP/1.1\r\nHost: h\r\nX-A: " + String(repeating: "a", count: 1 << 18) + "\r\n\r\n"
        )
        for count in 1..<bytes.count {
            guard case .needMore = try parser.parseHead(bytes.span.extracting(first: count)) else {
                Issue.record("the head ended early")
                return
            }
        }
        guard case .head(let head, let consumed) = try parser.parseHead(bytes.span) else {
            throw Incomplete()
        }
        #expect(consumed == bytes.count && head.byteCount == bytes.count)
    }
}
