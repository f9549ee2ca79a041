// parley backup FILE: a consistent copy of the database, also while a server runs.

import Glibc
import HTTP
import JSON

enum BackupCommand {
    static let command = Command(
        name: "backup",
        operands: ["FILE"],
        summary: "Write a consistent copy of the database to a new file.",
        flags: [.data, .json],
        notes: ["The signing keys are a file of their own in the data folder: signing-keys."],
        run: backUp
    )

    private static func backUp(_ invocation: Invocation) throws -> Int32 {
        let path = try absolute(invocation.operands[0])
        let done = try AdministrationSession.on(invocation) { session in
            try session.request(.post, ["admin", "backup"], ["path": .string(path)])
        }
        if try invocation.isOn("json") { return Output.json(done) }
        Terminal.say("wrote \(path)")
        return 0
    }

    /// The server has another working folder than this command.
    private static func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { throw CommandFailure("The working folder is gone.") }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}
