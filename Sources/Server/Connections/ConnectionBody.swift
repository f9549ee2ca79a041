// Collects one request body, by length or in chunks, and holds no memory before its bytes are there.

import HTTP

/// The body of the request under way.
struct ConnectionBody {
    private enum Framing {
        case none
        /// That many bytes are missing.
        case length(Int)
        case chunked(ChunkedDecoder, limit: Int)
    }

    /// So much is set aside for a body that was only announced; beyond it memory follows what has arrived.
    private static let firstReserve = 16 << 10

    private var framing = Framing.none
    private var bytes: [UInt8] = []
    /// Bytes that have arrived, with the framing of chunks.
    private(set) var received = 0

    /// Expects exactly so many bytes.
    mutating func begin(length: Int) {
        framing = .length(length)
        received = 0
    }

    /// Expects chunks with at most `limit` bytes in them.
    mutating func begin(chunked decoder: ChunkedDecoder, limit: Int) {
        framing = .chunked(decoder, limit: limit)
        received = 0
    }

    /// Whether the last byte has arrived.
    var isComplete: Bool {
        switch framing {
        case .none: true
        case .length(let missing): missing == 0
        case .chunked(let decoder, _): decoder.isComplete
        }
    }

    /// Takes what belongs to the body from the front of `input`, and says how many bytes that is.
    mutating func append(_ input: Span<UInt8>) throws(ParseError) -> Int {
        switch framing {
        case .none:
            return 0
        case .length(let missing):
            let count = min(missing, input.count)
            if bytes.isEmpty, count > 0 { bytes.reserveCapacity(max(count, min(missing, Self.firstReserve))) }
            input.withUnsafeBufferPointer { bytes.append(contentsOf: $0[..<count]) }
            framing = .length(missing - count)
            received += count
            return count
        case .chunked(var decoder, let limit):
            // Taken out while it works, so that it isn't copied.
            framing = .none
            let progress = try decoder.decode(input, into: &bytes, limit: limit)
            framing = .chunked(decoder, limit: limit)
            received += progress.consumed
            return progress.consumed
        }
    }

    /// The bytes since the last call, where the body isn't kept whole.
    mutating func takeArrived() -> [UInt8] {
        let arrived = bytes
        bytes = []
        return arrived
    }

    /// The whole body; nothing of it stays here.
    mutating func take() -> [UInt8] {
        let whole = bytes
        drop()
        return whole
    }

    /// Gives the memory back.
    mutating func drop() {
        bytes = []
        framing = .none
    }
}
