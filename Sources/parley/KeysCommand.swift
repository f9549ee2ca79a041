// parley keys rotate: a new key signs tokens from now on.

import HTTP
import JSON

enum KeysCommand {
    static let command = Command(
        name: "keys rotate",
        summary: "Sign tokens with a new key; those of older keys stay good.",
        flags: [.data, .json],
        run: rotate
    )

    private static func rotate(_ invocation: Invocation) throws -> Int32 {
        let done = try AdministrationSession.on(invocation) {
            try $0.request(.post, ["admin", "keys", "rotate"])
        }
        if try invocation.isOn("json") { return Output.json(done) }
        Terminal.say("a new key signs; there are \(done["keys"]?.int64 ?? 0) now")
        return 0
    }
}
