// Why a figure could not be measured.

import Glibc

/// A sentence for whoever ran the benchmark.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// The error of the system call that just failed on this thread.
    static func last(_ call: String) -> BenchmarkError {
        let code = errno
        return BenchmarkError("\(call): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")")
    }
}
