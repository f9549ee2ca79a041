// Sets of ASCII bytes as two 64-bit masks, and the scan that finds a control byte eight bytes at a time.

/// A set of ASCII bytes; membership is a shift and a mask, so it needs no table in memory and no start-up
/// work.
struct ByteClass {
    private let low: UInt64
    private let high: UInt64

    @inline(__always)
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let mask = byte & 0x40 == 0 ? low : high
        return byte < 0x80 && (mask &>> UInt64(byte & 0x3F)) & 1 == 1
    }

    /// `tchar`: the bytes of methods and field names (RFC 9110 section 5.6.2).
    @inline(__always)
    static var token: ByteClass { ByteClass(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }

    /// `unreserved` of RFC 3986: the bytes we accept in a registered host name.
    @inline(__always)
    static var hostName: ByteClass { ByteClass(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }

    /// Visible ASCII without `#`: the bytes we accept in a request target.
    @inline(__always)
    static var target: ByteClass { ByteClass(low: 0xFFFF_FFF6_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF) }
}

/// The bytes the grammar of HTTP names.
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let percent: UInt8 = 0x25
    static let ampersand: UInt8 = 0x26
    static let asterisk: UInt8 = 0x2A
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let nine: UInt8 = 0x39
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let question: UInt8 = 0x3F
    static let openBracket: UInt8 = 0x5B
    static let backslash: UInt8 = 0x5C
    static let closeBracket: UInt8 = 0x5D
    static let delete: UInt8 = 0x7F

    /// The value of a hexadecimal digit in either case, or nil.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// The lower-case form of an ASCII letter; every other byte unchanged.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

extension UnsafeBufferPointer<UInt8> {
    /// The offset of the first control byte other than HTAB in `start..<end`, or `end`.
    ///
    /// Eight bytes a step. Subtracting 0x20 from each lane borrows into its top bit when the lane was below
    /// 0x20; a borrow can only spoil lanes above a real hit, so the lowest hit is always real. `end` must not
    /// exceed `count`.
    func firstControlByte(from start: Int, to end: Int) -> Int {
        guard let base = UnsafeRawPointer(baseAddress) else { return end }
        var position = start
        while position &+ 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let below = (word &- 0x2020_2020_2020_2020) & ~word
            let folded = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let isDelete = (folded &- 0x0101_0101_0101_0101) & ~folded
            let hits = (below | isDelete) & 0x8080_8080_8080_8080
            if hits == 0 {
                position &+= 8
                continue
            }
            let hit = position &+ hits.trailingZeroBitCount &>> 3
            if self[hit] != ASCII.tab { return hit }
            position = hit &+ 1
        }
        while position < end {
            let byte = self[position]
            if (byte < 0x20 && byte != ASCII.tab) || byte == ASCII.delete { return position }
            position &+= 1
        }
        return end
    }

    /// Whether `range` spells `name`, which is lower case, in any case.
    ///
    /// Setting bit 5 folds letters and leaves `-` and digits alone; only control bytes other than HTAB fold
    /// onto those, and they never get this far, so the comparison is exact.
    @inline(__always)
    func matchesToken(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        let expected = name.utf8Start
        for offset in 0..<range.count where self[range.lowerBound &+ offset] | 0x20 != expected[offset] {
            return false
        }
        return true
    }

    /// `range` without the spaces and tabs at both ends (OWS of RFC 9110 section 5.6.3).
    @inline(__always)
    func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, ASCII.isBlank(self[start]) { start &+= 1 }
        while end > start, ASCII.isBlank(self[end &- 1]) { end &-= 1 }
        return start..<end
    }

    /// The bytes of `range`, still in place.
    @inline(__always)
    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: self[range])
    }
}
