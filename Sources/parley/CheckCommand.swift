// parley check: reads the whole database and says what is wrong with it.

import HTTP
import JSON

enum CheckCommand {
    static let command = Command(
        name: "check",
        summary: "Check the whole database; exits 1 when something is wrong.",
        flags: [Flag("files", nil, "read the bytes of every file, too"), .data, .json],
        run: check
    )

    private static func check(_ invocation: Invocation) throws -> Int32 {
        let hashing = try invocation.isOn("files")
        let found = try AdministrationSession.on(invocation) {
            try $0.request(.post, ["admin", "check"] + (hashing ? ["files"] : []))
        }
        let isSound = found["sound"]?.bool == true
        if try invocation.isOn("json") {
            _ = Output.json(found)
        } else if isSound {
            Terminal.say("ok")
        } else if case .array(let problems)? = found["problems"] {
            for problem in problems { Terminal.say(problem.string ?? "") }
        }
        if let orphans = found["orphans"]?.int64, orphans > 0, try !invocation.isOn("json") {
            Terminal.say("\(orphans) orphans: files that no row names, which the next start removes")
        }
        if let pending = found["outbox"]?["pending"]?.int64, pending > 0, try !invocation.isOn("json") {
            Terminal.say("\(pending) deliveries of webhooks are pending")
        }
        return isSound ? 0 : 1
    }
}
