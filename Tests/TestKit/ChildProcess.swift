// Starts a program in a process group of its own and knows when and how it ended.

internal import CCurl
import Foundation
import Threads

/// A running program: its output is collected, its end is waited for on a thread of its own, and it never outlives
/// the test run.
public final class ChildProcess: Sendable {
    /// How a program ended.
    public enum ExitStatus: Sendable, Equatable {
        /// It returned or called exit.
        case exited(code: Int32)
        /// A signal ended it.
        case signaled(Int32)
    }

    /// Why a program didn't start.
    public struct StartFailure: Error, CustomStringConvertible {
        /// The program and the reason.
        public let description: String
    }

    /// Its process id, which is its process group's id as well.
    public let processID: Int32
    /// Its standard output.
    public let output: CollectedOutput
    private let end = EndOfProcess()

    /// Serialises starts, so that no child inherits a descriptor between its creation and its close-on-exec flag.
    private static let startLock = Guarded(())

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The program's file.
    ///   - arguments: Its arguments after its own name.
    ///   - environment: The whole environment.
    ///   - errorPath: The file that gets standard error, appended to.
    public init(
        path: String,
        arguments: [String],
        environment: [String: String] = ChildProcess.cleanEnvironment(),
        errorPath: String
    ) throws {
        let (pid, outputDescriptor) = try Self.startLock.withLock { _ in
            try Self.spawn(path: path, arguments: arguments, environment: environment, errorPath: errorPath)
        }
        processID = pid
        output = CollectedOutput(descriptor: outputDescriptor)
        Sweeper.shared.watch(pid)
        let end = end
        let waiter = Thread {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
            Sweeper.shared.forget(pid)
            let signal = status & 0x7F
            end.set(signal == 0 ? .exited(code: (status >> 8) & 0xFF) : .signaled(signal))
        }
        waiter.stackSize = 1 << 18
        waiter.start()
    }

    deinit {
        if end.status == nil { kill(SIGKILL) }
    }

    /// Sends a signal to the program and all it has started.
    public func kill(_ signal: Int32) {
        end.whileRunning { _ = Foundation.kill(-processID, signal) }
    }

    /// How it ended, or nil while it runs.
    public var exitStatus: ExitStatus? { end.status }

    /// Blocks until it has ended.
    ///
    /// - Throws: `DeadlinePassed` when it still runs then.
    public func waitForExit(withinSeconds seconds: Double) throws -> ExitStatus {
        guard let status = end.wait(until: Deadline(afterSeconds: seconds)) else {
            throw DeadlinePassed(description: "process \(processID) still runs after \(seconds) s")
        }
        return status
    }

    /// This process's environment without the server's own variables, which would change what is tested.
    public static func cleanEnvironment(adding extra: [String: String] = [:]) -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PARLEY_") }
            .merging(extra) { _, new in new }
    }

    private static func spawn(
        path: String,
        arguments: [String],
        environment: [String: String],
        errorPath: String
    ) throws -> (pid_t, Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw StartFailure(description: "no pipe: \(String(cString: strerror(errno)))")
        }
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // Sockets of other tests must not live on in the child: their peers would never see them close.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        var allSignals = sigset_t()
        sigfillset(&allSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        )

        var argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
        var environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, path, &actions, &attributes, &argumentPointers, &environmentPointers)
        guard code == 0 else {
            close(ends[0])
            throw StartFailure(description: "could not start \(path): \(String(cString: strerror(code)))")
        }
        return (pid, ends[0])
    }
}

/// The end of a process, once; waited for by any number of threads.
private final class EndOfProcess: Sendable {
    private let condition = NSCondition()
    private let value = Guarded<ChildProcess.ExitStatus?>(nil)

    var status: ChildProcess.ExitStatus? { value.withLock { $0 } }

    func set(_ status: ChildProcess.ExitStatus) {
        condition.lock()
        value.withLock { $0 = status }
        condition.broadcast()
        condition.unlock()
    }

    /// Calls `body` unless the end is known, so that no signal goes to a process id that is free again.
    func whileRunning(_ body: () -> Void) {
        value.withLock { if $0 == nil { body() } }
    }

    func wait(until deadline: Deadline) -> ChildProcess.ExitStatus? {
        condition.lock()
        defer { condition.unlock() }
        while status == nil && condition.wait(until: deadline.date) {}
        return status
    }
}

/// The output of a program through a pipe, read as it comes so that the program never waits for us.
public final class CollectedOutput: Sendable {
    private let condition = NSCondition()
    private let state = Guarded<(bytes: [UInt8], isAtEnd: Bool)>(([], false))

    /// Reads from the descriptor until its end, on a thread of its own, and closes it.
    init(descriptor: Int32) {
        let reader = Thread { [self] in
            var space = [UInt8](repeating: 0, count: 16 * 1024)
            while true {
                let count = read(descriptor, &space, space.count)
                if count < 0 && errno == EINTR { continue }
                condition.lock()
                state.withLock {
                    if count > 0 {
                        $0.bytes.append(contentsOf: space.prefix(count))
                    } else {
                        $0.isAtEnd = true
                    }
                }
                condition.broadcast()
                condition.unlock()
                if count <= 0 { break }
            }
            close(descriptor)
        }
        reader.stackSize = 1 << 18
        reader.start()
    }

    /// The output so far, as text.
    public var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

    /// Blocks until `find` finds something in the output, the output ends, or the deadline passes.
    ///
    /// - Returns: The finding, or nil.
    public func wait<Found>(until deadline: Deadline, for find: (String) -> Found?) -> Found? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (bytes, isAtEnd) = state.withLock { $0 }
            if let found = find(String(decoding: bytes, as: UTF8.self)) { return found }
            if isAtEnd || !condition.wait(until: deadline.date) { return nil }
        }
    }

    /// Blocks until the output ends, and returns all of it.
    public func waitForEnd(until deadline: Deadline) -> String {
        condition.lock()
        defer { condition.unlock() }
        while !state.withLock({ $0.isAtEnd }) && condition.wait(until: deadline.date) {}
        return text
    }
}
