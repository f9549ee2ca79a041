// The reading side of a stream: one recv into the loop's buffer, lent in place.
import CLinux
import Glibc

extension ByteStream {
    /// The least room worth a system call when the scratch buffer already holds bytes.
    private static let leastRoom = 4 << 10

    /// Reads once: at most 64 KiB.
    ///
    /// Whether more is there is for the next readiness to tell.
    public func fill() -> Fill {
        loop.preconditionConfined()
        precondition(
            !isClosed && !isLendingInput,
            "A stream is filled while it is open and its input not lent."
        )
        let scratch = loop.scratch
        scratch.claim(self)
        if scratch.room.count < ByteStream.leastRoom { keepScratchBytes() }
        let room = scratch.room
        while true {
            let count = recv(number, room.baseAddress, room.count, 0)
            if count > 0 {
                scratch.commit(count)
                // Bytes are all in one place: behind those that wait in the stream's own buffer already.
                if !input.isEmpty { keepScratchBytes() }
                return .data(count)
            }
            if count == 0 { return .end }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .wouldBlock : .failed(.last("recv"))
        }
    }

    /// Bytes read and not consumed.
    public var inputCount: Int {
        input.isEmpty && loop.scratch.isOwned(by: self) ? loop.scratch.readable.count : input.count
    }

    /// Lends the input; the pointer is valid within `body` only, which must not fill, consume or close this stream.
    public func withUnsafeInput<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        loop.preconditionConfined()
        let wasLending = isLendingInput
        isLendingInput = true
        defer { isLendingInput = wasLending }
        if input.isEmpty, loop.scratch.isOwned(by: self) { return try body(loop.scratch.readable) }
        return try body(input.readable)
    }

    /// Lends the input as a span, under the same rules as `withUnsafeInput`.
    public func withInput<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeInput { (bytes) throws(Failure) in
            try body(bytes.bindMemory(to: UInt8.self).span)
        }
    }

    /// Drops bytes from the front of the input; with the last one the memory is given back.
    public func consume(_ bytes: Int) {
        loop.preconditionConfined()
        precondition(!isLendingInput, "Input can't be consumed while it is lent.")
        if input.isEmpty, loop.scratch.isOwned(by: self) {
            loop.scratch.drop(bytes)
        } else {
            input.drop(bytes)
        }
    }

    /// Moves what is left in the loop's scratch buffer behind the stream's own bytes.
    func keepScratchBytes() {
        precondition(!isLendingInput, "A stream can't read while another one's input is lent.")
        let scratch = loop.scratch
        input.append(scratch.readable)
        scratch.clear()
    }
}
