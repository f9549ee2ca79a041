// SHA-256 (FIPS 180-4): streaming and one-shot.

/// A SHA-256 computation that takes its message in pieces of any size.
///
/// A value without heap storage: a copy goes on independently, which is how a common prefix is hashed once.
/// Messages up to 2^61 - 1 bytes.
public struct SHA256: Sendable {
    private var state: SHA256State
    private var pending = InlineArray<64, UInt8>(repeating: 0)
    private var pendingCount = 0
    private var totalBytes: UInt64

    /// The hash of nothing yet.
    public init() {
        self.init(continuing: SHA256State(), afterBytes: 0)
    }

    /// Goes on from a state reached at a block boundary; what a prepared HMAC key is used for.
    init(continuing state: SHA256State, afterBytes: UInt64) {
        self.state = state
        self.totalBytes = afterBytes
    }

    /// Appends bytes to the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        totalBytes &+= UInt64(bytes.count)
        var left = bytes[...]
        if pendingCount > 0 {
            let taken = left.prefix(SHA256State.blockBytes &- pendingCount)
            keep(UnsafeRawBufferPointer(rebasing: taken))
            left = left.dropFirst(taken.count)
            guard pendingCount == SHA256State.blockBytes else { return }
            Swift.withUnsafeBytes(of: pending) { state.compress($0) }
            pendingCount = 0
        }
        let whole = left.prefix(left.count & ~(SHA256State.blockBytes &- 1))
        state.compress(UnsafeRawBufferPointer(rebasing: whole))
        keep(UnsafeRawBufferPointer(rebasing: left.dropFirst(whole.count)))
    }

    /// Appends bytes to the message.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Appends the UTF-8 bytes of a text to the message.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of what was taken in so far; the computation itself may go on afterwards.
    public func finalize() -> Digest {
        // Padding (FIPS 180-4, section 5.1.1): a one bit, zeros, and the length in bits in the last eight
        // bytes.
        let lengthOffset = SHA256State.blockBytes &- 8
        let bits = (totalBytes &<< 3).bigEndian
        var used = pendingCount
        var last = state
        var block = pending
        Swift.withUnsafeMutableBytes(of: &block) { block in
            block[used] = 0x80
            used &+= 1
            if used > lengthOffset {
                clear(block, from: used)
                last.compress(UnsafeRawBufferPointer(block))
                used = 0
            }
            clear(block, from: used)
            block.storeBytes(of: bits, toByteOffset: lengthOffset, as: UInt64.self)
            last.compress(UnsafeRawBufferPointer(block))
        }
        return Digest(last)
    }

    /// The digest of one message.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest {
        var computation = SHA256()
        computation.update(bytes)
        return computation.finalize()
    }

    /// The digest of one message.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// The digest of the UTF-8 bytes of a text.
    public static func hash(_ text: String) -> Digest {
        var text = text
        return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
    }

    /// Keeps fewer bytes than fill the pending block up.
    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        let offset = pendingCount
        Swift.withUnsafeMutableBytes(of: &pending) { block in
            UnsafeMutableRawBufferPointer(rebasing: block[offset...]).copyMemory(from: bytes)
        }
        pendingCount &+= bytes.count
    }
}

@inline(__always)
private func clear(_ block: UnsafeMutableRawBufferPointer, from start: Int) {
    UnsafeMutableRawBufferPointer(rebasing: block[start...]).initializeMemory(as: UInt8.self, repeating: 0)
}
