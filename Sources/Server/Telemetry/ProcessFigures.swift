// The kernel's figures of this process and its disk, for the metrics.

import CLinux
import Glibc

/// Numbers of the process and of the data folder's disk, as they are now.
struct ProcessFigures {
    var cpuSeconds = 0.0
    var residentBytes = 0
    var virtualBytes = 0
    var openDescriptors = 0
    var maximumDescriptors = 0
    var threads = 0
    var startSeconds = 0.0
    var databaseBytes = 0
    var diskFreeBytes = 0
    var diskBytes = 0

    init(folder: String) {
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            cpuSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        }
        readStatus()
        openDescriptors = Self.entries(of: "/proc/self/fd")
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            maximumDescriptors = Int(clamping: limit.rlim_cur)
        }
        var status = stat()
        if stat(folder + "/parley.db", &status) == 0 { databaseBytes = Int(status.st_size) }
        var disk = statvfs()
        if statvfs(folder, &disk) == 0 {
            diskFreeBytes = Int(disk.f_bavail) * Int(disk.f_frsize)
            diskBytes = Int(disk.f_blocks) * Int(disk.f_frsize)
        }
    }

    /// From `/proc/self/stat`: the name of the program may have blanks, so fields count from behind its parenthesis.
    private mutating func readStatus() {
        let text = Self.text("/proc/self/stat")
        guard let end = text.lastIndex(of: ")") else { return }
        let fields = text[end...].dropFirst().split(separator: " ")
        func field(_ number: Int) -> Int { number - 3 < fields.count ? Int(fields[number - 3]) ?? 0 : 0 }
        threads = field(20)
        virtualBytes = field(23)
        residentBytes = field(24) * sysconf(Int32(_SC_PAGESIZE))
        // From the clocks: a service may not see more of /proc than itself.
        let age = Self.now(CLOCK_BOOTTIME) - Double(field(22)) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        startSeconds = Self.now(CLOCK_REALTIME) - age
    }

    private static func now(_ clock: Int32) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    private static func entries(of folder: String) -> Int {
        guard let stream = opendir(folder) else { return 0 }
        defer { closedir(stream) }
        var count = 0
        while readdir(stream) != nil { count += 1 }
        // Itself, its parent, and the descriptor that reads it.
        return max(0, count - 3)
    }

    private static func text(_ path: String) -> String {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
