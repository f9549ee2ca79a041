// parley check: reads the whole database and says what is wrong with it.

import HTTP
import JSON

enum CheckCommand {
    static let command = Command(
        name: "check",
        summary: "Check the whole database; exits 1 when something is wrong.",
        flags: [.data, .json],
        run: check
    )

    private static func check(_ invocation: Invocation) throws -> Int32 {
        let found = try AdministrationSession.on(invocation) { try $0.request(.post, ["admin", "check"]) }
        let isSound = found["sound"]?.bool == true
        if try invocation.isOn("json") {
            _ = Output.json(found)
        } else if isSound {
            Terminal.say("ok")
        } else if case .array(let problems)? = found["problems"] {
            for problem in problems { Terminal.say(problem.string ?? "") }
        }
        return isSound ? 0 : 1
    }
}
