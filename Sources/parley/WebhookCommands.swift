// parley webhook: look at an application's endpoints, and try them by hand.

import HTTP
import JSON
import Server

enum WebhookCommands {
    static let all: [Command] = [
        Command(
            name: "webhook list",
            operands: ["ORG/APP"],
            summary: "List an application's endpoints of webhooks.",
            flags: [.data, .json],
            run: list
        ),
        Command(
            name: "webhook ping",
            operands: ["ORG/APP", "ID"],
            summary: "Send an endpoint a ping and print its answer; exits 1 where that is no success.",
            flags: [.data, .json],
            run: ping
        ),
        Command(
            name: "webhook replay",
            operands: ["ORG/APP", "ID"],
            summary: "Deliver the events of a time to an endpoint again.",
            flags: [
                Flag("after", "TIME", "the first moment: RFC 3339, or milliseconds since 1970"),
                Flag("before", "TIME", "the moment behind the last one"),
                Flag("types", "LIST", "events with commas between them, such as user.*,message.sent"), .data,
                .json,
            ],
            run: replay
        ),
    ]

    private static func list(_ invocation: Invocation) throws -> Int32 {
        var endpoints: [JSONValue] = []
        try AdministrationSession.on(invocation) { session in
            var cursor: String?
            repeat {
                let page = try session.request(
                    .get,
                    try path(invocation),
                    query: cursor.map { [("cursor", $0)] } ?? []
                )
                if case .array(let rows)? = page["data"] { endpoints += rows }
                cursor = page["cursor"]?.string
            } while cursor != nil
        }
        if try invocation.isOn("json") { return Output.json(["webhooks": .array(endpoints)]) }
        for endpoint in endpoints {
            let state =
                endpoint["active"]?.bool == true
                ? "active" : endpoint["disabled_reason"]?.string ?? "inactive"
            var events: [String] = []
            if case .array(let names)? = endpoint["events"] { events = names.compactMap(\.string) }
            Terminal.say(
                "\(endpoint["id"]?.string ?? "")  \(endpoint["format"]?.string ?? "")  \(endpoint["url"]?.string ?? "")"
                    + "  \(events.joined(separator: ","))  \(state)"
            )
        }
        return 0
    }

    private static func ping(_ invocation: Invocation) throws -> Int32 {
        let reply = try AdministrationSession.on(invocation) { session in
            try session.request(.post, try path(invocation, below: [invocation.operands[1], "ping"]))
        }
        let answer = reply["data"] ?? .null
        let isTaken = answer["status"]?.int64.map { (200..<300).contains($0) } ?? false
        if try invocation.isOn("json") {
            _ = Output.json(answer)
        } else {
            let outcome =
                answer["status"]?.int64.map { "answered \($0)" } ?? answer["error"]?.string ?? "no answer"
            Terminal.say("\(outcome) after \(answer["duration_ms"]?.int64 ?? 0) ms")
        }
        return isTaken ? 0 : 1
    }

    private static func replay(_ invocation: Invocation) throws -> Int32 {
        guard let after = invocation.value("after"), let before = invocation.value("before") else {
            throw UsageError("A replay needs --after and --before.")
        }
        let types = invocation.value("types")?.split(separator: ",").map { JSONValue.string(String($0)) }
        let body: JSONValue = .object(
            [.init("after", .string(after)), .init("before", .string(before))]
                + (types.map { [.init("types", .array($0))] } ?? [])
        )
        let reply = try AdministrationSession.on(invocation) { session in
            try session.request(.post, try path(invocation, below: [invocation.operands[1], "replay"]), body)
        }
        if try invocation.isOn("json") { return Output.json(reply["data"] ?? .null) }
        Terminal.say("the events are queued")
        return 0
    }

    private static func path(_ invocation: Invocation, below rest: [String] = []) throws(UsageError)
        -> [String]
    {
        let (organization, application) = try AppCommands.name(invocation)
        return [organization, application, "webhooks"] + rest
    }
}
