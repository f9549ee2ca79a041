// Small files of text, read and written as a whole.

import CLinux
import Glibc

/// Reads and writes text, by path.
enum TextFile {
    /// The lines of a file.
    static func lines(of path: String) throws -> [String] {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw BenchmarkError.last("open \(path)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &space, space.count)
            guard count >= 0 else { throw BenchmarkError.last("read \(path)") }
            if count == 0 { break }
            bytes += space[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Puts a text in a file's place.
    static func write(_ text: String, to path: String) throws {
        let descriptor = clinux_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw BenchmarkError.last("open \(path)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw BenchmarkError.last("write \(path)")
        }
    }
}
