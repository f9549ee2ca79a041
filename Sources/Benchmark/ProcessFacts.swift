// The kernel's figures of a running process: its memory and its processor time.

import CLinux
import Glibc

/// Facts from `/proc`.
enum ProcessFacts {
    /// Resident memory (`VmRSS`) in megabytes of 2^20 bytes; everything counts, shared libraries too.
    static func residentMegabytes(_ processID: pid_t) throws -> Double {
        for line in try text("/proc/\(processID)/status").split(separator: "\n")
        where line.hasPrefix("VmRSS:") {
            let words = line.split { $0 == " " || $0 == "\t" }
            if words.count == 3, let kilobytes = Double(words[1]) { return kilobytes / 1024 }
        }
        throw BenchmarkError("no VmRSS for process \(processID)")
    }

    /// Processor time of all threads so far, user and system, in seconds; steps of 10 ms.
    static func processorSeconds(_ processID: pid_t) throws -> Double {
        // The second field is the name in brackets and may hold blanks; utime and stime are fields 14 and 15.
        let fields =
            try text("/proc/\(processID)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 13, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw BenchmarkError("no times for process \(processID)")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// A small file of the kernel's.
    static func text(_ path: String) throws -> String {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw BenchmarkError.last("open \(path)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &space, space.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += space[..<count]
        }
    }
}
