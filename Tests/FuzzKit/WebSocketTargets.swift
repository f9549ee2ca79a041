// The promises of the readers behind an upgrade or a content coding: cuts don't matter, bounds hold, and what
// is read can be written again.

import HTTP

extension FuzzTarget {
    /// The longest message that the session of this target accepts.
    private static let messageBytes = 1000

    /// The actions of a session on bytes that came in pieces of `step`.
    private static func actions(_ bytes: [UInt8], step: Int) -> [WebSocketSession.Action] {
        var session = WebSocketSession(messageBytes: messageBytes)
        var actions: [WebSocketSession.Action] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            var piece = bytes[start..<min(start + step, bytes.count)]
            while !piece.isEmpty {
                let progress = session.receive(piece.span)
                piece = piece.dropFirst(progress.consumed)
                if progress.action != .needMore { actions.append(progress.action) }
            }
        }
        return actions
    }

    @Sendable
    static func webSocket(_ bytes: [UInt8]) -> String? {
        let whole = actions(bytes, step: max(1, bytes.count))
        for step in [1, 7] {
            let cut = actions(bytes, step: step)
            if cut != whole { return "Whole it is \(whole); in pieces of \(step) it is \(cut)." }
        }
        var written: [UInt8] = []
        var messages: [WebSocketSession.Action] = []
        for action in whole {
            switch action {
            case .deliver(.text(let text)):
                guard text.count <= messageBytes else { return "\(text.count) bytes are delivered." }
                guard String(validating: text, as: UTF8.self) != nil else { return "\(text) is no text." }
                WebSocketFrame.append(.text, text, mask: SIMD4(1, 2, 3, 4), to: &written)
                messages.append(action)
            case .deliver(.binary(let content)):
                guard content.count <= messageBytes else { return "\(content.count) bytes are delivered." }
                WebSocketFrame.append(.binary, content, mask: SIMD4(5, 6, 7, 8), to: &written)
                messages.append(action)
            case .end: if action != whole.last { return "Something follows the end." }
            case .needMore, .send, .notePong: break
            }
        }
        let again = actions(written, step: max(1, written.count))
        return again == messages ? nil : "\(messages) is read again as \(again)."
    }

    @Sendable
    static func gzip(_ bytes: [UInt8]) -> String? {
        let limit = 50_000
        // The input is a member, and also the DEFLATE data of one.
        var inflated: [UInt8] = []
        if (try? Inflate.inflate(bytes.span, into: &inflated, limit: limit)) != nil, inflated.count > limit {
            return "\(inflated.count) bytes come out."
        }
        guard let content = try? GzipReader.content(of: bytes.span, limit: limit) else { return nil }
        guard content.count <= limit else { return "\(content.count) bytes come out." }
        var writer = GzipWriter()
        writer.append(content)
        let member = writer.finish()
        guard let again = try? GzipReader.content(of: member.span, limit: limit), again == content else {
            return "What came out is written again as something else."
        }
        return nil
    }
}
