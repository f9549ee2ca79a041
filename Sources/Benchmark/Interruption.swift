// Ctrl-C: nothing that was started goes on running, and nothing that was made stays on the disk.

import Glibc
import Threads

/// The handling of SIGINT and SIGTERM while measuring.
enum Interruption {
    /// From now on either signal ends the children, removes the folder and exits.
    ///
    /// Call it before other threads start: they inherit the signal mask.
    static func watch(_ folder: String) throws {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        _ = try NamedThread.start(name: "interruption") {
            var signal: Int32 = 0
            sigwait(&signals, &signal)
            ChildProcess.killAll()
            Folder.remove(folder)
            exit(128 + signal)
        }
    }
}
