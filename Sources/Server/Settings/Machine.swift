// The share of the machine that this process may use: processors and memory, as the scheduler and control groups allow.

import CLinux
import Glibc

/// The processors and the memory that this process is given.
public struct Machine: Equatable, Sendable {
    /// Processors that may run it at once, at least 1.
    public let processors: Int
    /// Bytes of memory that it may use; nil where nothing bounds it.
    public let memoryBytes: Int?

    /// The machine that this process runs on.
    public static let current = Machine(usable: Int(clinux_usable_processors()))

    /// Reads the limits of the process's control groups, of version 2 and of version 1.
    ///
    /// - Parameters:
    ///   - usable: processors that the scheduler allows; 0 where that isn't known.
    ///   - root: what stands before `/proc` and `/sys`, for tests.
    init(usable: Int, root: String = "") {
        let groups = ControlGroups(root: root)
        let online = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        processors = max(1, min(256, usable > 0 ? usable : online, groups.processors ?? .max))
        memoryBytes = groups.memoryBytes
    }

    /// How many hashes of this many bytes may be computed at once: at least one, and where memory is bounded as many as take
    /// a quarter of it.
    func hashingThreads(bytesEach: Int) -> Int {
        guard let memoryBytes else { return processors }
        return max(1, min(processors, memoryBytes / 4 / bytesEach))
    }
}

/// The limits of the control groups that a process is in.
private struct ControlGroups {
    /// Processors, rounded up; nil where nothing bounds them.
    var processors: Int?
    /// Bytes; nil where nothing bounds them.
    var memoryBytes: Int?

    init(root: String) {
        for line in Self.text(root + "/proc/self/cgroup").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let controllers = parts[1].split(separator: ",")
            let base = root + "/sys/fs/cgroup"
            if controllers.isEmpty {
                for folder in Self.folders(base, parts[2]) { readSecondVersion(folder) }
            }
            if controllers.contains("memory") {
                for folder in Self.folders(base + "/memory", parts[2]) {
                    bound(memory: folder + "/memory.limit_in_bytes")
                }
            }
            if controllers.contains("cpu") {
                for folder in Self.folders(base + "/" + parts[1], parts[2])
                    + Self.folders(base + "/cpu", parts[2])
                {
                    bound(
                        quota: Self.text(folder + "/cpu.cfs_quota_us"),
                        period: Self.text(folder + "/cpu.cfs_period_us")
                    )
                }
            }
        }
    }

    private mutating func readSecondVersion(_ folder: String) {
        bound(memory: folder + "/memory.max")
        let words = Self.text(folder + "/cpu.max").split { $0 == " " || $0 == "\n" }
        if words.count == 2 { bound(quota: String(words[0]), period: String(words[1])) }
    }

    private mutating func bound(memory path: String) {
        // "max", or in version 1 a number beyond all memory.
        guard let bytes = Self.number(Self.text(path)), bytes < 1 << 60 else { return }
        memoryBytes = min(memoryBytes ?? .max, bytes)
    }

    private mutating func bound(quota: String, period: String) {
        guard let quota = Self.number(quota), let period = Self.number(period), quota > 0, period > 0 else {
            return
        }
        processors = min(processors ?? .max, max(1, (quota + period - 1) / period))
    }

    /// The group's folder and those above it: each may bound what is below.
    ///
    /// Inside a container only the first ones exist.
    private static func folders(_ base: String, _ path: Substring) -> [String] {
        var folders = [base]
        for part in path.split(separator: "/") { folders.append("\(folders[folders.count - 1])/\(part)") }
        return folders
    }

    private static func number(_ text: String) -> Int? { Int(text.prefix { $0 != "\n" }) }

    /// A small file whole; empty where there is none.
    private static func text(_ path: String) -> String {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
