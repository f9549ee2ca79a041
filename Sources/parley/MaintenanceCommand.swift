// parley maintenance [on|off]: closes the server for all but questions of how it is, or tells whether it is closed.

import HTTP
import JSON
import Server

enum MaintenanceCommand {
    static let command = Command(
        name: "maintenance",
        operands: ["[on|off]"],
        summary: "Put the server under maintenance, end that, or tell whether it is.",
        flags: [.data, .json],
        notes: [
            "Calls are refused until it ends, but for those that ask how the server or a user is.",
            "It lasts over a restart.",
        ],
        run: run
    )

    private static func run(_ invocation: Invocation) throws -> Int32 {
        let path = ["admin", "server", "maintenance"]
        let wanted = try invocation.operands.first.map(isOn)
        let state = try AdministrationSession.on(invocation) { session in
            guard let wanted else { return try session.request(.get, path) }
            return try session.request(.put, path, ["maintenance": .bool(wanted)])
        }
        if try invocation.isOn("json") { return Output.json(state) }
        Terminal.say("maintenance is \(state["maintenance"]?.bool == true ? "on" : "off")")
        return 0
    }

    private static func isOn(_ word: String) throws(UsageError) -> Bool {
        switch word {
        case "on": return true
        case "off": return false
        default: throw UsageError("parley maintenance takes on or off, not \"\(word.prefix(64))\".")
        }
    }
}
