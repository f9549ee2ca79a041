// The promise of the reader of streams: cuts don't matter, bounds hold, and what is read can be written again.

import Domain
import HTTP
import Routing

extension FuzzTarget {
    /// Bytes that a message of this target may have, compressed and not.
    private static let envelopeBytes = 1000

    /// The messages read from a stream: its messages, and why it went no further.
    private struct ReadStream: Equatable {
        var messages: [[UInt8]] = []
        var end: Failure?
    }

    /// Reads a stream that comes in pieces of `step`.
    private static func read(_ bytes: ArraySlice<UInt8>, isJSON: Bool, isGzip: Bool, step: Int) -> ReadStream
    {
        var stream = ReadStream()
        do throws(Failure) {
            var reader = try EnvelopedMessages(
                contentType: isJSON ? "application/connect+json" : "application/connect+proto",
                fields: isGzip ? ["connect-content-encoding": "gzip"] : [:],
                maximumBytes: envelopeBytes
            )
            for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: step) {
                bytes[start..<min(start + step, bytes.endIndex)].withUnsafeBytes { reader.append($0) }
                while let message = try reader.next() {
                    stream.messages.append(message)
                    // The promise for any input: JSON, or bytes that nobody has looked at.
                    _ = try reader.body(of: message)
                }
            }
            try reader.finish()
        } catch {
            stream.end = error
        }
        return stream
    }

    /// The first byte says which form the messages have, and whether they may be compressed.
    @Sendable
    static func envelopes(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let (isJSON, isGzip) = (first & 1 != 0, first & 2 != 0)
        let rest = bytes.dropFirst()
        let whole = read(rest, isJSON: isJSON, isGzip: isGzip, step: max(1, rest.count))
        for step in [1, 7] {
            let cut = read(rest, isJSON: isJSON, isGzip: isGzip, step: step)
            if cut != whole { return "Whole it is \(whole); in pieces of \(step) it is \(cut)." }
        }
        for message in whole.messages where message.count > envelopeBytes {
            return "\(message.count) bytes come out."
        }
        guard whole.end == nil else { return nil }
        let written = whole.messages.flatMap { Envelope(flags: 0, payload: $0).bytes }
        let again = read(written[...], isJSON: isJSON, isGzip: false, step: max(1, written.count))
        return again == whole ? nil : "\(whole) is read again as \(again)."
    }
}
