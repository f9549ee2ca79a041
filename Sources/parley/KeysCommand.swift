// parley keys: the keys that tokens are signed with.

import HTTP
import JSON

enum KeysCommand {
    static let all: [Command] = [
        Command(
            name: "keys list",
            summary: "List the signing keys, the oldest first; the last one signs.",
            flags: [.data, .json],
            run: list
        ),
        Command(
            name: "keys rotate",
            summary: "Sign tokens with a new key; those of older keys stay good.",
            flags: [.data, .json],
            run: rotate
        ),
        Command(
            name: "keys retire",
            operands: ["ID"],
            summary: "Take a key away that doesn't sign; the tokens that it signed end.",
            flags: [.data, .json],
            run: retire
        ),
    ]

    private static func list(_ invocation: Invocation) throws -> Int32 {
        let found = try AdministrationSession.on(invocation) { try $0.request(.get, ["admin", "keys"]) }
        return try show(found, invocation)
    }

    private static func rotate(_ invocation: Invocation) throws -> Int32 {
        let done = try AdministrationSession.on(invocation) {
            try $0.request(.post, ["admin", "keys", "rotate"])
        }
        if try invocation.isOn("json") { return Output.json(done) }
        Terminal.say("a new key signs; there are \(done["keys"]?.int64 ?? 0) now")
        return 0
    }

    private static func retire(_ invocation: Invocation) throws -> Int32 {
        let left = try AdministrationSession.on(invocation) {
            try $0.request(.delete, ["admin", "keys", invocation.operands[0]])
        }
        return try show(left, invocation)
    }

    private static func show(_ reply: JSONValue, _ invocation: Invocation) throws -> Int32 {
        if try invocation.isOn("json") { return Output.json(reply) }
        guard case .array(let keys)? = reply["keys"] else { return 0 }
        let rows = keys.map { key in
            [
                key["id"]?.int64.map { String($0) } ?? "", key["created"]?.int64.map { String($0) } ?? "",
                key["signs"]?.bool == true ? "signs" : "verifies",
            ]
        }
        Terminal.say(Terminal.table([["ID", "CREATED (MS)", "USE"]] + rows))
        return 0
    }
}

enum CompactCommand {
    static let command = Command(
        name: "compact",
        summary: "Write the database anew without what was deleted; changes wait meanwhile.",
        flags: [.data, .json],
        run: compact
    )

    private static func compact(_ invocation: Invocation) throws -> Int32 {
        let done = try AdministrationSession.on(invocation) { try $0.request(.post, ["admin", "compact"]) }
        if try invocation.isOn("json") { return Output.json(done) }
        let (before, after) = (done["bytes_before"]?.int64 ?? 0, done["bytes_after"]?.int64 ?? 0)
        Terminal.say("\(before) bytes before, \(after) now")
        return 0
    }
}
