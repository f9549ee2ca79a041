// The one buffer of a loop that all its streams read into.

/// The bytes read stay here while their stream looks at them, and are gone when the stream has consumed them: a
/// request that arrives whole is never copied, and an idle connection owns no buffer.
///
/// When the next stream reads, whatever the last one has left is first moved into a buffer of that stream's
/// own.
final class ReadScratch {
    static let capacity = 64 << 10

    private let base = UnsafeMutableRawPointer.allocate(byteCount: ReadScratch.capacity, alignment: 64)
    private var start = 0
    private var end = 0
    /// The stream whose bytes these are.
    ///
    /// Not retained: a stream gives up the scratch in `close` and `deinit`.
    private unowned(unsafe) var owner: ByteStream?

    deinit {
        base.deallocate()
    }

    func isOwned(by stream: ByteStream) -> Bool { owner === stream }

    /// The bytes that the owner has not consumed.
    var readable: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + start, count: end - start) }

    /// Where the next bytes go.
    var room: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: base + end, count: ReadScratch.capacity - end)
    }

    /// Makes the scratch this stream's; the bytes of another one are moved to it first.
    func claim(_ stream: ByteStream) {
        if owner === stream { return }
        owner?.keepScratchBytes()
        owner = stream
        start = 0
        end = 0
    }

    /// The first bytes of `room` have been filled.
    func commit(_ bytes: Int) {
        end += bytes
    }

    /// The owner has consumed bytes.
    func drop(_ bytes: Int) {
        precondition(bytes >= 0 && bytes <= end - start, "More bytes were consumed than there are.")
        start += bytes
        if start == end { clear() }
    }

    /// Forgets the bytes, not the owner.
    func clear() {
        start = 0
        end = 0
    }

    /// The owner is going.
    func disown(_ stream: ByteStream) {
        guard owner === stream else { return }
        owner = nil
        clear()
    }
}
