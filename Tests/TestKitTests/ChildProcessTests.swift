// Children run in groups of their own, their end is known, and none outlives what started it.

import Foundation
import TestKit
import Testing

@Suite struct ChildProcessTests {
    private func shell(_ script: String, in folder: TemporaryFolder) throws -> ChildProcess {
        try ChildProcess(path: "/bin/sh", arguments: ["-c", script], errorPath: folder.path + "/stderr")
    }

    /// Whether a process has ended, be it that nobody has asked how.
    private func isGone(_ pid: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
            return true
        }
        return stat.contains(") Z ") || stat.contains(") X ")
    }

    /// A foreign process can't be waited for, only looked at.
    private func waitUntilGone(_ pid: Int32) {
        let deadline = Deadline()
        while !isGone(pid) && !deadline.hasPassed { poll(nil, 0, 5) }
    }

    @Test(arguments: [
        ("exit 0", ChildProcess.ExitStatus.exited(code: 0)), ("exit 7", .exited(code: 7)),
        ("kill -9 $$", .signaled(9)),
    ])
    func `the way a program ended is known`(script: String, expected: ChildProcess.ExitStatus) async throws {
        let folder = try TemporaryFolder()
        let child = try shell(script, in: folder)
        #expect(try await onOwnThread { try child.waitForExit(withinSeconds: Deadline.patience) } == expected)
    }

    @Test func `both outputs are collected`() async throws {
        let folder = try TemporaryFolder()
        let child = try shell("echo out; echo err >&2", in: folder)
        let output = try await onOwnThread { child.output.waitForEnd(until: Deadline()) }
        #expect(output == "out\n")
        _ = try await onOwnThread { try child.waitForExit(withinSeconds: Deadline.patience) }
        #expect(try String(contentsOfFile: folder.path + "/stderr", encoding: .utf8) == "err\n")
    }

    @Test func `a line is found as soon as it is there`() async throws {
        let folder = try TemporaryFolder()
        let child = try shell("echo ready; exec sleep 600", in: folder)
        let found = try await onOwnThread {
            child.output.wait(until: Deadline()) { $0.contains("ready\n") ? true : nil }
        }
        #expect(found == true)
        #expect(child.exitStatus == nil)
        child.kill(SIGKILL)
    }

    @Test func `waiting for a line that never comes ends with the program`() async throws {
        let folder = try TemporaryFolder()
        let child = try shell("echo nothing", in: folder)
        let found: Bool? = try await onOwnThread {
            child.output.wait(until: Deadline()) { $0.contains("ready") ? true : nil }
        }
        #expect(found == nil)
    }

    @Test func `a signal reaches what the program started as well`() async throws {
        let folder = try TemporaryFolder()
        let child = try shell("sleep 60 & echo $!; wait", in: folder)
        let grandchild = try await onOwnThread {
            child.output.wait(until: Deadline()) {
                $0.hasSuffix("\n") ? Int32($0.dropLast()) : nil
            }
        }
        let pid = try #require(grandchild)
        child.kill(SIGKILL)
        waitUntilGone(pid)
        #expect(isGone(pid))
    }

    @Test func `a test run that is killed takes its children along`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let script = "echo $$ >\(path)/pid; echo ready; exec sleep 600"
            let child = try ChildProcess(
                path: "/bin/sh",
                arguments: ["-c", script],
                errorPath: path + "/stderr"
            )
            _ = child.output.wait(until: Deadline()) { $0 == "ready\n" ? true : nil }
            kill(getpid(), SIGKILL)
        }
        let text = try String(contentsOfFile: path + "/pid", encoding: .utf8)
        let pid = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        waitUntilGone(pid)
        #expect(isGone(pid))
    }

    @Test func `a program that is not there is an error`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ChildProcess.StartFailure.self) {
            try ChildProcess(path: "/nonexistent", arguments: [], errorPath: folder.path + "/stderr")
        }
    }

    @Test func `no descriptor of ours is open in a child`() async throws {
        let folder = try TemporaryFolder()
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        let child = try shell("ls /proc/self/fd", in: folder)
        let output = try await onOwnThread { child.output.waitForEnd(until: Deadline()) }
        // The fourth is ls reading the folder.
        #expect(output == "0\n1\n2\n3\n")
    }

    @Test func `settings of ours do not reach the server`() {
        setenv("PARLEY_TESTKIT_PROBE", "1", 1)
        #expect(!ChildProcess.cleanEnvironment().keys.contains { $0.hasPrefix("PARLEY_") })
        #expect(ChildProcess.cleanEnvironment(adding: ["PARLEY_LOOPS": "1"])["PARLEY_LOOPS"] == "1")
    }
}
