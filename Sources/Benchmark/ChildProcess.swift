// A program that the benchmark runs: started, listened to, ended by its process id.

import CLinux
import Glibc
import Synchronization

/// One child process, its standard output in a pipe, its standard error in a file.
///
/// It ends with the value.
final class ChildProcess {
    let processID: pid_t
    private let output: Int32
    private var pending: [UInt8] = []
    private var hasEnded = false

    private static let running = Mutex<Set<pid_t>>([])

    /// Starts a program; `errorPath` is appended to.
    init(_ path: String, _ arguments: [String], errorPath: String) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw BenchmarkError.last("pipe") }
        for end in ends { _ = clinux_fcntl(end, F_SETFD, Int(FD_CLOEXEC)) }
        defer { close(ends[1]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)

        // The children must not inherit that SIGINT and SIGTERM are blocked here.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var processID: pid_t = 0
        let code = posix_spawnp(&processID, path, &actions, &attributes, &words, environ)
        guard code == 0 else {
            close(ends[0])
            errno = code
            throw BenchmarkError.last(path)
        }
        self.processID = processID
        output = ends[0]
        Self.running.withLock { _ = $0.insert(processID) }
    }

    deinit {
        end(SIGKILL)
        close(output)
    }

    /// Ends every child that still runs; for the moment before exit.
    static func killAll() {
        running.withLock { for processID in $0 { kill(processID, SIGKILL) } }
    }

    /// The next line of standard output without its end, waited for; nil when the output has ended.
    func readLine() -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            var space = [UInt8](repeating: 0, count: 4096)
            let count = read(output, &space, space.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            pending += space[..<count]
        }
    }

    /// All lines of standard output, waited for until its end.
    func readLines() -> [String] {
        var lines: [String] = []
        while let line = readLine() { lines.append(line) }
        return lines
    }

    /// Sends the signal, unless the process has been waited for, and waits for its end.
    ///
    /// - Returns: the wait status; 0 is a good end.
    @discardableResult
    func end(_ signal: Int32) -> Int32 {
        guard !hasEnded else { return 0 }
        kill(processID, signal)
        return wait()
    }

    /// Waits for the end of the process.
    ///
    /// - Returns: the wait status; 0 is a good end.
    @discardableResult
    func wait() -> Int32 {
        guard !hasEnded else { return 0 }
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        hasEnded = true
        Self.running.withLock { _ = $0.remove(processID) }
        return status
    }

    /// Runs a program to its end.
    ///
    /// - Returns: its standard output by lines.
    /// - Throws: when it doesn't end with exit code 0.
    static func output(of path: String, _ arguments: [String], errorPath: String) throws -> [String] {
        let child = try ChildProcess(path, arguments, errorPath: errorPath)
        let lines = child.readLines()
        let status = child.wait()
        guard status == 0 else {
            throw BenchmarkError("\(path) ended with wait status \(status): \(lines.joined(separator: " "))")
        }
        return lines
    }
}
