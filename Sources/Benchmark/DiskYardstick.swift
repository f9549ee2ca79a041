// The disk's own time for the promise that a reply makes.

import CLinux
import Glibc

/// Bare synchronisation of a file.
enum DiskYardstick {
    /// The median time of appending a page to a file and having it on disk.
    static func syncSeconds(in folder: String) throws -> Double {
        let path = folder + "/sync"
        let descriptor = clinux_open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError.last("open \(path)") }
        defer {
            close(descriptor)
            unlink(path)
        }
        let page = [UInt8](repeating: 7, count: 4096)
        var times = Series()
        for _ in 0..<200 {
            times.append(
                try Clock.seconds {
                    guard write(descriptor, page, page.count) == page.count, fdatasync(descriptor) == 0 else {
                        throw BenchmarkError.last("fdatasync")
                    }
                }
            )
        }
        return times.median
    }
}
