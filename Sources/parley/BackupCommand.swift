// parley backup FOLDER: everything, or with FILE.db the database alone, also while a server runs.

import Glibc
import HTTP
import JSON
import Server

enum BackupCommand {
    static let command = Command(
        name: "backup",
        operands: ["FOLDER"],
        summary:
            "Write a backup of everything to a folder of backups, or of the database alone to a new FILE.db.",
        flags: [Flag("keep", "N", "leave the newest N backups of the folder"), .data, .json],
        notes: [
            "Files are linked where the folder is on the same disk, so a backup costs the room of the database."
        ],
        run: backUp
    )

    private static func backUp(_ invocation: Invocation) throws -> Int32 {
        let path = try absolute(invocation.operands[0])
        var body: JSONValue = ["path": .string(path)]
        if let keep = invocation.value("keep") {
            guard let number = Int64(keep), (1...10_000).contains(number) else {
                throw UsageError("--keep must be a whole number from 1 to 10000.")
            }
            body = ["path": .string(path), "keep": .integer(number)]
        }
        let done = try AdministrationSession.on(invocation) { session in
            try session.request(.post, ["admin", "backup"], body)
        }
        if try invocation.isOn("json") { return Output.json(done) }
        Terminal.say("wrote \(done["path"]?.string ?? path)")
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
