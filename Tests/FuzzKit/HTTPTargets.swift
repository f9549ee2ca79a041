// The promises of the HTTP readers: how bytes are cut never matters, and what is read can be written again.

import HTTP

extension FuzzTarget {
    /// A head as one line of text, or the reason why there is none.
    private static func outcome(_ bytes: [UInt8], step: Int) -> String {
        var parser = RequestParser()
        do throws(ParseError) {
            for end in stride(from: step, to: bytes.count, by: step) {
                guard
                    case .head(let head, let consumed) = try parser.parseHead(
                        bytes.span.extracting(first: end)
                    )
                else { continue }
                return text(of: head, consumed)
            }
            guard case .head(let head, let consumed) = try parser.parseHead(bytes.span) else { return "more" }
            return text(of: head, consumed)
        } catch {
            return "refused: \(error)"
        }
    }

    private static func text(of head: RequestHead, _ consumed: Int) -> String {
        let fields = head.fields.map { "\($0.name): \($0.value)" }
        return
            "\(head.method) \(head.target) \(head.version) \(head.framing) \(head.keepsAlive) \(fields) \(consumed)"
    }

    @Sendable
    static func requestHead(_ bytes: [UInt8]) -> String? {
        let whole = outcome(bytes, step: bytes.count + 1)
        for step in [1, 7] {
            let cut = outcome(bytes, step: step)
            if cut != whole { return "Whole it is \(whole); in pieces of \(step) it is \(cut)." }
        }
        return nil
    }

    private struct DecodedBody: Equatable {
        var body: [UInt8] = []
        var consumed = 0
        var ending = "more"
    }

    private static func decoded(_ bytes: [UInt8], step: Int) -> DecodedBody {
        var decoder = ChunkedDecoder()
        var result = DecodedBody()
        var waiting: [UInt8] = []
        do throws(ParseError) {
            for start in stride(from: 0, to: bytes.count, by: step) {
                waiting += bytes[start..<min(start + step, bytes.count)]
                let progress = try decoder.decode(waiting.span, into: &result.body, limit: 4096)
                waiting.removeFirst(progress.consumed)
                result.consumed += progress.consumed
                guard !progress.isComplete else {
                    result.ending = "complete"
                    return result
                }
            }
        } catch {
            // How much was taken in before a refusal is nobody's business.
            return DecodedBody(ending: "refused: \(error)")
        }
        // Bytes that wait for more may have been taken or left, as the cuts fell.
        result.consumed = 0
        return result
    }

    @Sendable
    static func chunkedBody(_ bytes: [UInt8]) -> String? {
        let whole = decoded(bytes, step: max(1, bytes.count))
        for step in [1, 5] {
            let cut = decoded(bytes, step: step)
            if cut != whole { return "Whole it is \(whole); in pieces of \(step) it is \(cut)." }
        }
        return nil
    }

    @Sendable
    static func requestTarget(_ bytes: [UInt8]) -> String? {
        guard let target = try? RequestTarget(parsing: bytes.span), !target.isAsterisk else { return nil }
        let segments = target.segments
        for segment in segments where segment.isEmpty || segment == "." || segment == ".." {
            return "A segment is \"\(segment)\"."
        }
        for text in segments + target.query.flatMap({ [$0.name, $0.value] }) where text.utf8.contains(0) {
            return "A text has NUL in it."
        }
        let path = segments.isEmpty ? "/" : segments.map { "/" + escaped($0) }.joined()
        let query = target.query.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&")
        let written = query.isEmpty ? path : path + "?" + query
        guard let again = try? RequestTarget(parsing: Array(written.utf8).span) else {
            return "What was read is written as \(written), which is refused."
        }
        guard again.segments == segments else { return "\(segments) is read again as \(again.segments)." }
        let isSame = again.query.elementsEqual(target.query) { $0.name == $1.name && $0.value == $1.value }
        return isSame ? nil : "\(target.query) is read again as \(again.query)."
    }

    @Sendable
    static func form(_ bytes: [UInt8]) -> String? {
        guard let form = try? FormURLEncoded(parsing: bytes.span) else { return nil }
        for text in form.pairs.flatMap({ [$0.name, $0.value] }) where text.utf8.contains(0) {
            return "A text has NUL in it."
        }
        let written = form.pairs.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&")
        guard let again = try? FormURLEncoded(parsing: Array(written.utf8).span) else {
            return "What was read is written as \(written), which is refused."
        }
        let isSame = again.pairs.elementsEqual(form.pairs) { $0.name == $1.name && $0.value == $1.value }
        return isSame ? nil : "\(form.pairs) is read again as \(again.pairs)."
    }

    /// Every byte but letters and digits escaped.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }
}
