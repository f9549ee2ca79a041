// What a process may use, as its control groups say it.

import Crypto
import Foundation
import Testing

@testable import Server

@Suite struct MachineTests {
    /// A root folder with these files.
    private func machine(usable: Int = 8, _ files: [String: String]) throws -> Machine {
        let root = NSTemporaryDirectory() + "parley-machine-" + Foundation.UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (path, text) in files {
            let url = URL(fileURLWithPath: root + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return Machine(usable: usable, root: root)
    }

    @Test func `version 2: the tightest limit of the group and those above it counts`() throws {
        let found = try machine([
            "/proc/self/cgroup": "0::/system.slice/parley.service\n",
            "/sys/fs/cgroup/system.slice/memory.max": "1073741824\n",
            "/sys/fs/cgroup/system.slice/parley.service/memory.max": "67108864\n",
            "/sys/fs/cgroup/system.slice/parley.service/cpu.max": "150000 100000\n",
        ])
        #expect(found.memoryBytes == 64 << 20)
        #expect(found.processors == 2)
    }

    @Test func `version 2: max is no limit, and a container's own root is one`() throws {
        let open = try machine([
            "/proc/self/cgroup": "0::/a\n", "/sys/fs/cgroup/a/memory.max": "max\n",
            "/sys/fs/cgroup/a/cpu.max": "max 100000\n",
        ])
        #expect(open.memoryBytes == nil && open.processors == 8)
        let container = try machine([
            "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "134217728\n",
            "/sys/fs/cgroup/cpu.max": "50000 100000\n",
        ])
        #expect(container.memoryBytes == 128 << 20 && container.processors == 1)
    }

    @Test func `version 1: memory and quota are read by their controllers`() throws {
        let found = try machine([
            "/proc/self/cgroup": "5:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n0::/docker/x\n",
            "/sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes": "100663296\n",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "/sys/fs/cgroup/cpu,cpuacct/docker/x/cpu.cfs_quota_us": "300000\n",
            "/sys/fs/cgroup/cpu,cpuacct/docker/x/cpu.cfs_period_us": "100000\n",
        ])
        #expect(found.memoryBytes == 96 << 20 && found.processors == 3)
        let unlimited = try machine([
            "/proc/self/cgroup": "5:cpu,cpuacct:/\n4:memory:/\n",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        ])
        #expect(unlimited.memoryBytes == nil && unlimited.processors == 8)
    }

    @Test func `without control groups the scheduler's word counts`() throws {
        #expect(try machine(usable: 3, [:]) == machine(usable: 3, ["/proc/self/cgroup": "nonsense\n"]))
        #expect(try machine(usable: 3, [:]).processors == 3)
        #expect(Machine.current.processors >= 1)
    }

    @Test(arguments: [(64, 1), (128, 1), (256, 2), (4096, 8)])
    func `hashes take a quarter of the memory at once, and one is always computed`(
        megabytes: Int,
        threads: Int
    ) throws {
        let found = try machine([
            "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "\(megabytes << 20)\n",
        ])
        #expect(found.hashingThreads(bytesEach: PasswordCost.recommended.memoryBytes) == threads)
    }

    @Test func `a hash at the default cost takes 32 MiB, and one for tests 1 MiB`() {
        #expect(PasswordCost.recommended.memoryBytes == 32 << 20)
        #expect(PasswordCost.fastest.memoryBytes == 1 << 20)
    }
}
