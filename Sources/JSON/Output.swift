// The memory a writer fills: runs of bytes, digits, escapes, each into room that was made before.

/// Bytes at an address of their own: an array would check at every append whether it is shared.
struct Output: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Whether the memory is somebody else's, who made room for what is expected.
    private(set) var isLent = false
    /// Bytes written.
    private(set) var count = 0

    init(reserving capacity: Int) {
        self.capacity = max(capacity, 32)
        start = .allocate(capacity: self.capacity)
    }

    /// Fills memory that somebody lends, for as long as it suffices.
    init(lending memory: UnsafeMutableBufferPointer<UInt8>) {
        isLent = memory.baseAddress != nil
        capacity = isLent ? memory.count : 32
        start = memory.baseAddress ?? .allocate(capacity: 32)
    }

    deinit {
        if !isLent { start.deallocate() }
    }

    /// The bytes written so far.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// Makes room for so many more bytes, which are then put without a further look.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if more > capacity - count { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        precondition(more >= 0 && more <= Int.max / 2 - count, "a document this large can't be held")
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.initialize(from: start, count: count)
        if !isLent { start.deallocate() }
        start = larger
        isLent = false
    }

    /// Forgets what was written; the memory too, unless it is to be kept.
    mutating func removeAll(keepingCapacity: Bool) {
        count = 0
        guard !keepingCapacity, capacity > 512, !isLent else { return }
        start.deallocate()
        capacity = 512
        start = .allocate(capacity: capacity)
    }

    // MARK: Into room that was made

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        assert(count < capacity, "room is made before it is filled")
        start[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        assert(bytes.count <= capacity - count, "room is made before it is filled")
        guard let source = bytes.baseAddress else { return }
        (start + count).update(from: source, count: bytes.count)
        count &+= bytes.count
    }

    /// Lends the room, of which the closure says how much it filled.
    @inline(__always)
    mutating func put(upTo room: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        assert(room <= capacity - count, "room is made before it is filled")
        let filled = fill(UnsafeMutableBufferPointer(start: start + count, count: room))
        precondition(filled >= 0 && filled <= room, "more was filled than lent")
        count &+= filled
    }

    /// The decimal digits of a number, at most 20, written from the last to the first.
    @inline(__always)
    mutating func put(decimal value: UInt64) {
        let digits = decimalDigits(value)
        assert(digits <= capacity - count, "room is made before it is filled")
        var position = count &+ digits
        var rest = value
        while rest >= 10 {
            position &-= 1
            let quotient = rest / 10
            start[position] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
            rest = quotient
        }
        start[position &- 1] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest)
        count &+= digits
    }

    /// At most six bytes.
    @inline(__always)
    mutating func put(_ escape: Escape) {
        put(ASCII.backslash)
        put(escape.letter)
        guard escape.letter == ASCII.u else { return }
        put(ASCII.zero)
        put(ASCII.zero)
        put(hexDigit(escape.byte >> 4))
        put(hexDigit(escape.byte & 15))
    }
}

/// How a byte that may not stand in a string is written: a letter, or `u` and four digits.
struct Escape {
    let byte: UInt8
    let letter: UInt8

    init(_ byte: UInt8) {
        self.byte = byte
        letter =
            switch byte {
            case ASCII.quote, ASCII.backslash: byte
            case 0x08: ASCII.b
            case 0x0C: ASCII.f
            case ASCII.lineFeed: ASCII.n
            case ASCII.carriageReturn: ASCII.r
            case ASCII.tab: ASCII.t
            default: ASCII.u
            }
    }
}

/// The first position from `start` whose byte a string can't hold as it is (RFC 8259 section 7: quote,
/// backslash and what is below 0x20), or the end.
@inline(__always)
func ordinaryPrefix(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let raw = UnsafeRawBufferPointer(text)
    while position &+ 8 <= raw.count {
        // A multibyte character is flagged too; then the bytes are looked at one by one.
        let special = specialBytes(
            UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        )
        if special != 0 {
            position &+= special.trailingZeroBitCount >> 3
            if text[position] < 0x80 { return position }
        } else {
            position &+= 8
        }
        while position < text.count, text[position] >= 0x80 { position &+= 1 }
    }
    while position < text.count {
        let byte = text[position]
        if byte < ASCII.space || byte == ASCII.quote || byte == ASCII.backslash { break }
        position &+= 1
    }
    return position
}

/// Whether a text can stand between quotes as it is, and in any encoding.
func isPlainASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 >= ASCII.space && $0 < 0x80 && $0 != ASCII.quote && $0 != ASCII.backslash }
}

/// A number's digits from its bits: 1233/4096 is a little more than log10(2).
@inline(__always)
private func decimalDigits(_ value: UInt64) -> Int {
    let bits = 64 &- (value | 1).leadingZeroBitCount
    let estimate = (bits &* 1233) >> 12
    return estimate &+ (value >= powersOfTen[estimate] ? 1 : 0)
}

/// 10 to the power of 0 … 19; the first is 0, so that 0 has one digit.
private let powersOfTen: [20 of UInt64] = [
    0, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]

@inline(__always)
private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? ASCII.zero + value : ASCII.a + value - 10
}
