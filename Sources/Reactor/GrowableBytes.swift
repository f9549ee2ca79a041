// A byte queue in one piece of memory that exists only while there are bytes in it.
import Glibc

/// Bytes appended at the end and dropped from the front.
///
/// Empty means that no memory is held.
struct GrowableBytes: ~Copyable {
    /// Small enough to come from the allocator's per-thread cache, large enough for most heads and answers.
    private static let smallest = 1000

    private var base: UnsafeMutableRawPointer?
    private var start = 0
    private var end = 0
    /// Bytes allocated.
    private(set) var capacity = 0

    deinit {
        free(base)
    }

    var count: Int { end - start }
    var isEmpty: Bool { start == end }

    /// The bytes, valid until the next change.
    var readable: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(start: base, count: end)[start..<end])
    }

    /// Room for at least this many bytes after the last one, valid until the next change.
    mutating func reserve(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
        if capacity - end < bytes { makeRoom(bytes) }
        return UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(start: base, count: capacity)[end...]
        )
    }

    /// The first bytes of the reserved room have been filled.
    mutating func commit(_ bytes: Int) {
        precondition(bytes >= 0 && bytes <= capacity - end, "More bytes were written than reserved.")
        end += bytes
        if isEmpty { release() }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count).baseAddress?.copyMemory(from: source, byteCount: bytes.count)
        end += bytes.count
    }

    /// Drops bytes from the front; the memory is given back with the last one.
    mutating func drop(_ bytes: Int) {
        precondition(bytes >= 0 && bytes <= count, "More bytes were consumed than there are.")
        start += bytes
        if isEmpty { release() }
    }

    mutating func release() {
        free(base)
        base = nil
        start = 0
        end = 0
        capacity = 0
    }

    private mutating func makeRoom(_ bytes: Int) {
        let needed = count + bytes
        // Sliding costs a copy of what is there, so it has to win at least as much room.
        if needed <= capacity, start >= count, let base {
            memmove(base, base + start, count)
        } else {
            let size = max(needed, capacity * 2, GrowableBytes.smallest)
            let larger = malloc(size)
            precondition(larger != nil, "Out of memory.")
            if let base, let larger { larger.copyMemory(from: base + start, byteCount: count) }
            free(base)
            base = larger
            capacity = size
        }
        end -= start
        start = 0
    }
}
