// The parts that all figures share: the executable, the folder for their data, how long they may take, the
// seeded users.

import CLinux
import Glibc

/// The surroundings of one run.
///
/// Not `Sendable`: figures are measured one after the other.
final class Workplace {
    /// The executable to measure.
    let executable: String
    /// The folder that everything is made in; removed at the end.
    let folder: String
    /// Whether precision is given up for time.
    let isQuick: Bool
    private var seeds: [Int: Seed] = [:]

    init(_ arguments: Arguments) throws {
        executable = try arguments.executable ?? Self.neighbour("parley")
        guard access(executable, X_OK) == 0 else { throw BenchmarkError.last(executable) }
        let parent = arguments.folder ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        folder = try Folder.make(in: parent, prefix: "parley-bench")
        isQuick = arguments.isQuick
        Self.raiseDescriptorLimit()
    }

    /// Removes all that was made.
    func remove() { Folder.remove(folder) }

    /// The number for a run of full length, or the one for a quick run.
    func count(_ full: Int, quick: Int) -> Int { isQuick ? quick : full }

    /// A fresh, empty folder.
    func freshFolder(_ prefix: String) throws -> String { try Folder.make(in: folder, prefix: prefix) }

    /// A stopped data folder with so many users, made at the first call.
    ///
    /// Measure on a copy of it.
    func seed(users: Int) throws -> Seed {
        if let seed = seeds[users] { return seed }
        let seed = try Seed(users: users, in: try freshFolder("seed"), executable: executable)
        seeds[users] = seed
        return seed
    }

    /// A copy of a stopped data folder.
    func copy(of seed: Seed) throws -> String {
        let data = try freshFolder("data")
        try Folder.copyFiles(of: seed.folder, to: data)
        return data
    }

    /// A server on a copy of the seed.
    func server(on seed: Seed, flags: [String] = []) throws -> ServerProcess {
        try ServerProcess(executable, data: try copy(of: seed), flags: flags)
    }

    private static func neighbour(_ name: String) throws -> String {
        guard let resolved = realpath("/proc/self/exe", nil) else { throw BenchmarkError.last("realpath") }
        defer { free(resolved) }
        let own = String(cString: resolved)
        guard let slash = own.lastIndex(of: "/") else { return name }
        return String(own[...slash]) + name
    }

    /// A thousand connections need more descriptors than the usual soft limit leaves.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
