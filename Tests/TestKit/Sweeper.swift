// Ends the servers of a test run that could not end them itself: crashed, killed, or stopped with Ctrl-C.

internal import CCurl
import Foundation

/// A shell in a process group of its own that holds the list of running children and kills them when its standard
/// input ends, which it does whatever way this process goes.
final class Sweeper: Sendable {
    static let shared = Sweeper()

    private let pipeEnd: Int32

    private static let script = """
        trap '' HUP INT TERM
        live=' '
        while read -r sign pid; do
            case $sign in
                +) live="$live$pid " ;;
                -) live="${live%% $pid *} ${live#* $pid }" ;;
            esac
        done
        for pid in $live; do kill -s KILL -- "-$pid"; done
        """

    private init() {
        // A write to a sweeper that is gone must not end the test run.
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            pipeEnd = -1
            return
        }
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        pipeEnd = ends[1]
        defer { close(ends[0]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var arguments = (["/bin/sh", "-c", Self.script] as [String]).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for pointer in arguments { free(pointer) } }
        var pid: pid_t = 0
        posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, &environment)
    }

    func watch(_ pid: pid_t) { tell("+ \(pid)\n") }

    func forget(_ pid: pid_t) { tell("- \(pid)\n") }

    private func tell(_ line: String) {
        _ = Array(line.utf8).withUnsafeBytes { write(pipeEnd, $0.baseAddress, $0.count) }
    }
}
