// The writing side of a stream: collect, send once, and ask for writability only while output is stuck.
import CLinux
import Glibc

extension ByteStream {
    /// Bytes waiting to be sent.
    public var outputCount: Int { output.count }

    /// Whether so much output waits that the producer should stop, or the peer be given up.
    public var isOverHighWater: Bool { output.count > highWaterBytes }

    /// Adds bytes to the output.
    ///
    /// Nothing is sent before a flush. On a closed stream they are dropped.
    public func append(_ bytes: UnsafeRawBufferPointer) {
        loop.preconditionConfined()
        guard !isClosed else { return }
        precondition(writeSide == .open, "Nothing can be written after shutdownWrite.")
        output.append(bytes)
        countOutput()
    }

    /// Adds bytes to the output.
    public func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Adds bytes to the output.
    public func append(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Lets `body` write at most `capacity` bytes straight into the output; it returns how many it wrote.
    public func appendInPlace<Failure: Error>(
        capacity: Int,
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        loop.preconditionConfined()
        guard !isClosed else { return }
        precondition(writeSide == .open, "Nothing can be written after shutdownWrite.")
        let room = output.reserve(capacity)
        let written = try body(UnsafeMutableRawBufferPointer(rebasing: room[..<capacity]))
        output.commit(written)
        countOutput()
    }

    /// Sends what waits, with one system call.
    ///
    /// - Parameter moreFollows: more is about to be sent at once (`MSG_MORE`), so that a head and the start of a file
    ///   share a segment.
    @discardableResult
    public func flush(moreFollows: Bool = false) -> Flush {
        loop.preconditionConfined()
        guard !isClosed else { return .failed(SystemError(code: EBADF, call: "send")) }
        let flags = Int32(MSG_NOSIGNAL) | (moreFollows ? Int32(MSG_MORE) : 0)
        let bytes = output.readable
        if bytes.count > 0 {
            var sent = send(number, bytes.baseAddress, bytes.count, flags)
            while sent < 0, errno == EINTR { sent = send(number, bytes.baseAddress, bytes.count, flags) }
            if sent < 0, errno != EAGAIN { return .failed(.last("send")) }
            if sent > 0 {
                output.drop(sent)
                countOutput()
            }
        }
        // After a short write the kernel's buffer is full: trying again now would only cost a call.
        guard output.isEmpty else { return stuck() }
        setInterest(.writable, false)
        if writeSide == .closing { shutDownNow() }
        return .done
    }

    /// Flushes at the end of the loop's turn, together with what is appended until then: pipelined answers
    /// leave in one `send`.
    ///
    /// When the connection turns out to be gone, the handler gets `.error`; when so much has left that the producer
    /// may go on, `.writable`.
    public func flushBeforeSleep() {
        loop.preconditionConfined()
        guard !isFlushQueued, !isClosed else { return }
        isFlushQueued = true
        loop.queueFlush(self)
    }

    /// The loop's turn has ended.
    func flushQueued() {
        isFlushQueued = false
        guard !isClosed else { return }
        let wasFull = isOverHighWater
        let outcome = flush()
        guard let registration else { return }
        if case .failed = outcome {
            loop.notify(registration, .error)
        } else if wasFull, !isOverHighWater {
            loop.notify(registration, .writable)
        }
    }

    /// Sends a part of a file without copying it, after the output has been flushed; SIGPIPE must be ignored.
    ///
    /// - Parameters:
    ///   - file: a regular file open for reading.
    ///   - offset: where to go on; moved.
    ///   - count: how many bytes are left; counted down. At most 1 MiB is sent a call, so that one fast reader
    ///     doesn't hold the loop; `.pending` then too.
    public func sendFile(_ file: borrowing Descriptor, offset: inout Int64, count: inout Int) -> Flush {
        sendFile(number: file.number, offset: &offset, count: &count)
    }

    /// The same by the number of a descriptor that stays open during the call.
    public func sendFile(number file: Int32, offset: inout Int64, count: inout Int) -> Flush {
        loop.preconditionConfined()
        guard !isClosed else { return .failed(SystemError(code: EBADF, call: "sendfile")) }
        precondition(output.isEmpty, "A file is sent after the output has been flushed.")
        if count > 0 {
            var position = off_t(offset)
            var sent = sendfile(number, file, &position, min(count, 1 << 20))
            while sent < 0, errno == EINTR {
                sent = sendfile(number, file, &position, min(count, 1 << 20))
            }
            if sent < 0, errno != EAGAIN { return .failed(.last("sendfile")) }
            // The file has become shorter than promised: the answer can't be completed.
            if sent == 0 { return .failed(SystemError(code: EIO, call: "sendfile")) }
            if sent > 0 {
                offset += Int64(sent)
                count -= sent
            }
        }
        guard count == 0 else { return stuck() }
        setInterest(.writable, false)
        return .done
    }

    /// Tells the peer that nothing more follows, once the output has been sent; reading goes on.
    public func shutdownWrite() {
        loop.preconditionConfined()
        guard !isClosed, writeSide == .open else { return }
        writeSide = .closing
        if output.isEmpty { shutDownNow() }
    }

    private func stuck() -> Flush {
        setInterest(.writable, true)
        return .pending
    }

    private func shutDownNow() {
        writeSide = .closed
        _ = shutdown(number, Int32(SHUT_WR))
    }
}
