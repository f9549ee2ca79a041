// On what was measured, in one line.

import CLinux
import Glibc

/// The machine as far as it explains numbers.
enum MachineFacts {
    /// Processors, kernel, file system of the folder, and how busy the machine was before and meanwhile.
    static func text(_ folder: String) -> String {
        [processor, kernel, "data on \(fileSystem(of: folder))", "load average \(loadAverage)"].joined(
            separator: "; "
        )
    }

    /// How many processors there are.
    static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    private static var processor: String {
        let lines = (try? ProcessFacts.text("/proc/cpuinfo"))?.split(separator: "\n") ?? []
        let name =
            lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? " unknown processor"
        return "\(processors) × \(name.drop { $0 == " " })"
    }

    private static var kernel: String {
        let words = (try? ProcessFacts.text("/proc/sys/kernel/osrelease"))?.split(separator: "\n") ?? []
        return "Linux \(words.first ?? "")"
    }

    private static var loadAverage: String {
        let words = (try? ProcessFacts.text("/proc/loadavg"))?.split(separator: " ") ?? []
        return words.prefix(3).joined(separator: " ")
    }

    /// The type in the last mount whose path the folder's begins with.
    private static func fileSystem(of folder: String) -> String {
        guard let resolved = realpath(folder, nil) else { return "an unknown file system" }
        defer { free(resolved) }
        let path = String(cString: resolved) + "/"
        var best: (length: Int, type: Substring) = (0, "an unknown file system")
        for line in ((try? ProcessFacts.text("/proc/mounts")) ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2 else { continue }
            let mount = words[1] == "/" ? "/" : "\(words[1])/"
            if path.hasPrefix(mount), mount.utf8.count >= best.length { best = (mount.utf8.count, words[2]) }
        }
        return String(best.type)
    }
}
