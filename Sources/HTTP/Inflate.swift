// Decompression of DEFLATE (RFC 1951) in memory, with a bound on what comes out.

/// Why compressed data was refused.
public enum InflateError: Error, Sendable, Hashable, CaseIterable {
    /// The data ends before it says so.
    case truncated
    /// A block of type 3 (RFC 1951 section 3.2.3).
    case reservedBlockType
    /// A stored block whose LEN and NLEN aren't complements (section 3.2.4).
    case invalidStoredLength
    /// More than 286 literal and length codes or 30 distance codes (section 3.2.7).
    case tooManyCodes
    /// Code lengths that repeat nothing, or repeat beyond their end (section 3.2.7).
    case invalidRepeat
    /// Code lengths of which no prefix code can be made: too many short ones, or codes left over (section 3.2.2).
    case invalidCodeLengths
    /// A block without a code for its own end.
    case noEndOfBlock
    /// Bits that aren't the code of anything, or of a reserved length or distance (sections 3.2.5 and 3.2.6).
    case invalidCode
    /// A distance that reaches back beyond the beginning of the output.
    case invalidDistance
    /// More comes out than the caller takes.
    case tooLarge
    /// Not the header of a gzip member (RFC 1952 section 2.3.1), or bytes behind the last one.
    case notGzip
    /// A compression method other than 8, deflate.
    case unsupportedMethod
    /// A reserved flag is set, which "must" be refused (section 2.3.1.2).
    case reservedFlag
    /// The header's own check sum is wrong.
    case wrongHeaderCheckSum
    /// The check sum of the content is wrong.
    case wrongCheckSum
    /// The size of the content is wrong.
    case wrongSize
}

/// The decompressor.
///
/// It accepts the streams that zlib accepts. Work and memory are bounded by the input's size and `limit`:
/// tables are small and of one size, so that a stream of nothing but tables costs a fixed amount a byte.
public struct Inflate {
    private var bits: BitReader
    private var output: InflatedBytes

    /// Appends what the DEFLATE data at the start of `input` holds to `output`.
    ///
    /// - Parameter limit: the number of bytes that `output` may have in the end.
    /// - Returns: the number of bytes of `input` that the data took up, the last one maybe in part.
    public static func inflate(
        _ input: Span<UInt8>,
        into output: inout [UInt8],
        limit: Int
    ) throws(InflateError) -> Int {
        try input.withUnsafeBufferPointer { (bytes) throws(InflateError) -> Int in
            var inflate = Inflate(bits: BitReader(bytes), output: InflatedBytes(output, limit: limit))
            output = []
            try inflate.run()
            output = inflate.output.finish()
            return inflate.bits.bytesTaken
        }
    }

    private mutating func run() throws(InflateError) {
        var isLast = false
        while !isLast {
            isLast = try bits.take(1) == 1
            switch try bits.take(2) {
            case 0: try stored()
            case 1: try compressed(literals: HuffmanCode.fixedLiterals, distances: HuffmanCode.fixedDistances)
            case 2: try dynamic()
            default: throw .reservedBlockType
            }
        }
    }

    private mutating func stored() throws(InflateError) {
        bits.skipToByte()
        let length = try bits.take(16)
        guard try bits.take(16) == length ^ 0xFFFF else { throw .invalidStoredLength }
        try output.append(try bits.bytes(length))
    }

    /// The order in which the lengths of the code length codes stand (section 3.2.7).
    private static let lengthOrder: InlineArray<19, Int> = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    private mutating func dynamic() throws(InflateError) {
        let literalCount = try bits.take(5) + 257
        let distanceCount = try bits.take(5) + 1
        let lengthCount = try bits.take(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw .tooManyCodes }
        var lengths = [UInt8](repeating: 0, count: 19)
        for index in 0..<lengthCount { lengths[Self.lengthOrder[index]] = UInt8(try bits.take(3)) }
        let lengthCode = try HuffmanCode(lengths[...], mayBeIncomplete: false)
        lengths = try codeLengths(literalCount + distanceCount, lengthCode)
        guard lengths[256] != 0 else { throw .noEndOfBlock }
        try compressed(
            literals: HuffmanCode(lengths[..<literalCount], mayBeIncomplete: true),
            distances: HuffmanCode(lengths[literalCount...], mayBeIncomplete: true)
        )
    }

    private mutating func codeLengths(_ count: Int, _ code: HuffmanCode) throws(InflateError) -> [UInt8] {
        var lengths: [UInt8] = []
        lengths.reserveCapacity(count)
        while lengths.count < count {
            let symbol = try code.next(&bits)
            let (value, times): (UInt8, Int)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw .invalidRepeat }
                (value, times) = (last, try bits.take(2) + 3)
            case 17: (value, times) = (0, try bits.take(3) + 3)
            case 18: (value, times) = (0, try bits.take(7) + 11)
            default: (value, times) = (UInt8(symbol), 1)
            }
            guard times <= count - lengths.count else { throw .invalidRepeat }
            for _ in 0..<times { lengths.append(value) }
        }
        return lengths
    }

    private mutating func compressed(literals: HuffmanCode, distances: HuffmanCode) throws(InflateError) {
        while true {
            let symbol = try literals.next(&bits)
            if symbol < 256 {
                try output.append(UInt8(symbol))
            } else if symbol == 256 {
                return
            } else {
                guard symbol < 286 else { throw .invalidCode }
                let length = Self.lengthBase[symbol - 257] + (try bits.take(Self.lengthExtra(symbol)))
                let code = try distances.next(&bits)
                guard code < 30 else { throw .invalidCode }
                let distance = Self.distanceBase[code] + (try bits.take(max(0, code / 2 - 1)))
                try output.repeat(length, from: distance)
            }
        }
    }

    private static let lengthBase: InlineArray<29, Int> = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
        195, 227,
        258,
    ]

    private static let distanceBase: InlineArray<30, Int> = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
        4097,
        6145, 8193, 12289, 16385, 24577,
    ]

    /// None for the first eight lengths and for 258, then one more with every four (section 3.2.5).
    private static func lengthExtra(_ symbol: Int) -> Int {
        symbol < 265 || symbol == 285 ? 0 : (symbol - 261) / 4
    }
}

/// The output so far, with room to write into and a bound.
struct InflatedBytes {
    private var bytes: [UInt8]
    private var count: Int
    /// Where the output of this data begins; no distance reaches back before it.
    private let start: Int
    private let limit: Int

    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.count = bytes.count
        self.start = bytes.count
        self.limit = limit
    }

    consuming func finish() -> [UInt8] {
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Makes room by doubling, so that memory follows what really comes out.
    private mutating func makeRoom(_ more: Int) throws(InflateError) {
        guard more <= limit - count else { throw .tooLarge }
        guard count + more > bytes.count else { return }
        let size = min(limit, max(count + more, 2 * bytes.count, 1024))
        bytes.reserveCapacity(size)
        bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) throws(InflateError) {
        if count == bytes.count { try makeRoom(1) }
        bytes[count] = byte
        count &+= 1
    }

    mutating func append(_ stretch: UnsafeBufferPointer<UInt8>) throws(InflateError) {
        try makeRoom(stretch.count)
        for (offset, byte) in stretch.enumerated() { bytes[count + offset] = byte }
        count += stretch.count
    }

    /// Repeats what came out `distance` bytes ago; the two stretches may overlap, which repeats a pattern.
    mutating func `repeat`(_ length: Int, from distance: Int) throws(InflateError) {
        guard distance <= count - start else { throw .invalidDistance }
        try makeRoom(length)
        let end = count
        bytes.withUnsafeMutableBufferPointer { bytes in
            for target in end..<end &+ length { bytes[target] = bytes[target &- distance] }
        }
        count &+= length
    }
}
