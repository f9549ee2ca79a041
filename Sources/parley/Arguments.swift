// The words that the program was called with.

import CLinux
import Glibc

enum Arguments {
    /// All of them, the program's name first.
    ///
    /// A library that is loaded before the program and sets a variable of the environment moves that, and then the Swift
    /// runtime, which looks for the arguments beside it, finds none. The kernel always has them.
    static var all: [String] {
        let found = CommandLine.arguments
        return found.isEmpty ? words(of: "/proc/self/cmdline") : found
    }

    private static func words(of path: String) -> [String] {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        // Each word ends with a NUL.
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
