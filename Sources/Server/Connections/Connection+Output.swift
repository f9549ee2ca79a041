// A connection after each event: sends what was answered, then sees to reading, closing and time-outs.

import HTTP
import Reactor

extension Connection {
    /// Sends what was answered, and sees to reading, closing and time-outs.
    func settle() {
        guard !stream.isClosed, !isHandedOver else { return }
        if unsent > 0 {
            let hadTransfer = transfer != nil
            let wasFull = stream.isOverHighWater
            guard flush() else { return }
            // Requests may wait behind the file.
            if hadTransfer, transfer == nil { resumeLater() }
            // Others have their turn before more is made.
            if body != nil, wasFull, !stream.isOverHighWater { resumeLater() }
        }
        switch state.phase {
        case .closing where unsent == 0: return close()
        case .closing, .lingering: if transfer == nil { stream.shutdownWrite() }
        default: break
        }
        updateReading()
        armTimer()
    }

    /// Sends what waits; false when the connection turned out to be gone.
    func flush() -> Bool {
        let before = unsent
        var outcome = stream.flush(moreFollows: transfer != nil)
        if case .done = outcome, transfer != nil { outcome = sendFile() }
        if case .failed = outcome {
            close()
            return false
        }
        // A wait that begins, or one that is getting on.
        let after = unsent
        if after < before || outputProgress == 0 { outputProgress = context.loop.now.nanoseconds }
        if after == 0 { outputProgress = 0 }
        return true
    }

    /// Bytes that wait to be sent, those of a file among them.
    var unsent: Int { stream.outputCount + (transfer?.count ?? 0) }

    /// Output in memory that the client hasn't taken, and since when it has taken none, in monotonic nanoseconds.
    var unread: (bytes: Int, since: UInt64) { (stream.outputCount, outputProgress) }

    /// Sends what the socket takes of the file behind the output.
    private func sendFile() -> ByteStream.Flush {
        guard var going = transfer else { return .done }
        let outcome = stream.sendFile(number: going.file.number, offset: &going.offset, count: &going.count)
        transfer = going.count > 0 ? going : nil
        return outcome
    }

    /// Leaves bytes in the kernel while enough of them wait here.
    private func updateReading() {
        guard !state.inputHasEnded else { return }
        let isBusy = state.phase == .responding || stream.isOverHighWater || isResumePosted
        let wanted = !isBusy || stream.inputCount <= context.limits.waitingInputBytes
        if stream.isReading != wanted { stream.isReading = wanted }
    }
}

/// The rest of a file that is to be sent.
struct FileTransfer {
    let file: OpenFile
    var offset: Int64
    var count: Int

    init(_ file: OpenFile, _ range: Range<Int>) {
        self.file = file
        offset = Int64(range.lowerBound)
        count = range.count
    }
}
