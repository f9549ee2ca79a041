// parley restore FOLDER --data DIR: a whole backup into an empty data folder.

import Domain
import JSON
import Server

enum RestoreCommand {
    static let command = Command(
        name: "restore",
        operands: ["FOLDER"],
        summary: "Lay the newest whole backup of a folder into an empty data folder.",
        flags: [.data, .json],
        notes: ["Every byte is checked before; a backup of a newer version is refused."],
        run: restore
    )

    private static func restore(_ invocation: Invocation) throws -> Int32 {
        let folder = try invocation.configuration().dataFolder
        let report: Restoration.Report
        do throws(BackupRefusal) {
            report = try Server.restore(invocation.operands[0], to: folder)
        } catch {
            throw CommandFailure(error.description)
        }
        if try invocation.isOn("json") {
            return Output.json(
                .object([
                    .init("backup", .string(report.backup)),
                    .init("created", .integer(report.created.milliseconds)),
                    .init("version", .string(report.version)),
                    .init("database_bytes", .integer(Int64(report.databaseBytes))),
                    .init("files", .integer(Int64(report.files))), .init("data", .string(folder)),
                ])
            )
        }
        Terminal.say("restored \(report.backup) of \(Output.date(report.created.milliseconds)) to \(folder):")
        Terminal.say("\(report.databaseBytes) bytes of database, \(report.files) files, the signing keys")
        return 0
    }
}
