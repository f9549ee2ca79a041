// One end of the log: a descriptor that is written to in its own manner, so that its thread can always be ended.

import CLinux
import Glibc

/// A descriptor for the log's thread.
///
/// A pipe or a terminal without a reader blocks its writer in the kernel. So a pipe is opened once more without waiting, a
/// socket is sent to without waiting, and what can be neither is written in pieces that its `poll` promises room for.
final class LogSink: Sendable {
    private enum Manner { case file, socket, unwaiting, promised }

    private let number: Int32
    private let isOwned: Bool
    private let manner: Manner

    /// The bytes that a pipe takes whole when it has room at all (`PIPE_BUF`).
    private static let promisedBytes = 4096

    /// Writes to a descriptor that stays its owner's.
    init(descriptor: Int32) {
        var status = stat()
        let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
        switch kind {
        case S_IFSOCK: (number, isOwned, manner) = (descriptor, false, .socket)
        case S_IFIFO, S_IFCHR:
            let again = clinux_open(
                "/proc/self/fd/\(descriptor)",
                O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
                0
            )
            (number, isOwned, manner) =
                again >= 0 ? (again, true, .unwaiting) : (descriptor, false, .promised)
        default: (number, isOwned, manner) = (descriptor, false, .file)
        }
    }

    /// Appends to a file, which is made where it is missing; nil where it can't be opened.
    init?(path: String) {
        number = clinux_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        isOwned = true
        manner = .file
        if number < 0 { return nil }
    }

    deinit { if isOwned, number >= 0 { close(number) } }

    /// Writes lines, waiting for the reader as long as it takes.
    ///
    /// - Returns: how many lines were lost, since nobody reads any more or the disk is full.
    func write(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = writeSome(UnsafeRawBufferPointer(rebasing: rest))
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    waitForRoom()
                } else if errno != EINTR {
                    return rest.count { $0 == UInt8(ascii: "\n") }
                }
            }
            return 0
        }
    }

    private func writeSome(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch manner {
        case .file, .unwaiting: return Glibc.write(number, bytes.baseAddress, bytes.count)
        case .socket:
            return send(number, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        case .promised:
            guard hasRoom(milliseconds: 0) else {
                errno = EAGAIN
                return -1
            }
            return Glibc.write(number, bytes.baseAddress, min(bytes.count, Self.promisedBytes))
        }
    }

    private func waitForRoom() { _ = hasRoom(milliseconds: 1000) }

    private func hasRoom(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }
}
