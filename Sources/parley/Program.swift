// Finds the command, reads its flags, runs it, and turns whatever is thrown into one sentence and an exit code.

import Glibc
import Server

/// The program as a function of its arguments.
enum Program {
    /// The output of `parley version`.
    static let version = "0.1.0"

    /// Exit code of a call that makes no sense (`EX_USAGE` of sysexits.h).
    static let usageExitCode: Int32 = 64

    static func run(_ words: [String]) -> Int32 {
        defer { Server.flushLog() }
        do {
            return try Command.run(words)
        } catch let error as UsageError {
            return Terminal.complain(error.description, code: usageExitCode)
        } catch {
            return Terminal.complain("\(error)", code: 1)
        }
    }
}

/// A command that was called rightly and can't do its work: one sentence why.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
