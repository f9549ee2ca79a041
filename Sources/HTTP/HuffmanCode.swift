// The prefix codes of DEFLATE, made from the lengths of their codes (RFC 1951 section 3.2.2).

/// A canonical prefix code over up to 288 symbols with codes of up to 15 bits.
///
/// Codes of up to nine bits are looked up in one step; longer ones, which are rare by construction, are found bit by
/// bit. A table for all fifteen would be 64 times as large, and data made of nothing but tables would pay for it.
struct HuffmanCode: Sendable {
    private static let fastBits = 9

    /// For the next nine bits: the symbol above four bits of code length; 0 when the code is longer or none.
    private var fast: [UInt16]
    /// How many codes there are of each length.
    private var counts = InlineArray<16, Int>(repeating: 0)
    /// The symbols in the order of their codes.
    private var symbols: [UInt16] = []

    /// The code of these lengths, 0 for a symbol without a code.
    ///
    /// - Parameter mayBeIncomplete: whether a single code of one bit, or none at all, is accepted: an encoder writes
    ///   that for a block with at most one distance. Any other set that leaves codes over is refused.
    init(_ lengths: ArraySlice<UInt8>, mayBeIncomplete: Bool) throws(InflateError) {
        fast = [UInt16](repeating: 0, count: 1 << Self.fastBits)
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw .invalidCodeLengths }
        }
        let total = (1...15).reduce(0) { $0 + counts[$1] }
        guard left == 0 || (mayBeIncomplete && total == counts[1]) else { throw .invalidCodeLengths }
        order(lengths, total)
    }

    /// Sorts the symbols by code and fills the table.
    private mutating func order(_ lengths: ArraySlice<UInt8>, _ total: Int) {
        var nextPlace = InlineArray<16, Int>(repeating: 0)
        var nextCode = InlineArray<16, Int>(repeating: 0)
        for length in 2..<16 {
            nextPlace[length] = nextPlace[length - 1] + counts[length - 1]
            nextCode[length] = (nextCode[length - 1] + counts[length - 1]) << 1
        }
        symbols = [UInt16](repeating: 0, count: total)
        for (symbol, byte) in lengths.enumerated() where byte > 0 {
            let length = Int(byte)
            symbols[nextPlace[length]] = UInt16(symbol)
            nextPlace[length] += 1
            let code = nextCode[length]
            nextCode[length] += 1
            guard length <= Self.fastBits else { continue }
            // Codes are packed from their highest bit on, numbers from their lowest.
            var slot = Self.reversed(code, length)
            while slot < fast.count {
                fast[slot] = UInt16(symbol) << 4 | UInt16(length)
                slot += 1 << length
            }
        }
    }

    private static func reversed(_ code: Int, _ length: Int) -> Int {
        (0..<length).reduce(0) { $0 | (code >> $1 & 1) << (length - 1 - $1) }
    }

    /// Takes the next code.
    ///
    /// - Returns: its symbol.
    @inline(__always)
    func next(_ bits: inout BitReader) throws(InflateError) -> Int {
        let (window, available) = bits.peek()
        let entry = fast[window & (1 << Self.fastBits - 1)]
        let length = Int(entry & 15)
        guard length > 0 else { return try longNext(window, available, &bits) }
        guard length <= available else { throw .truncated }
        bits.drop(length)
        return Int(entry >> 4)
    }

    private func longNext(_ window: Int, _ available: Int, _ bits: inout BitReader) throws(InflateError)
        -> Int
    {
        var (code, first, place) = (0, 0, 0)
        for length in 1...15 {
            guard length <= available else { throw .truncated }
            code |= window >> (length - 1) & 1
            let count = counts[length]
            if code - count < first {
                bits.drop(length)
                return Int(symbols[place + (code - first)])
            }
            place += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .invalidCode
    }

    /// The literals and lengths of a block of type 1 (section 3.2.6).
    static let fixedLiterals = fixed(
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
            + [UInt8](repeating: 7, count: 24)
            + [UInt8](repeating: 8, count: 8)
    )

    /// Its distances: five bits each, of which two stand for none.
    static let fixedDistances = fixed([UInt8](repeating: 5, count: 32))

    private static func fixed(_ lengths: [UInt8]) -> HuffmanCode {
        guard let code = try? HuffmanCode(lengths[...], mayBeIncomplete: false) else {
            preconditionFailure("the codes of RFC 1951 section 3.2.6 are complete")
        }
        return code
    }
}
