// parley client: give services of an application credentials of their own, with no more rights than they need.

import Domain
import HTTP
import JSON
import Server

enum ClientCommands {
    static let all: [Command] = [
        Command(
            name: "client create",
            operands: ["ORG/APP"],
            summary: "Make a client with a name and scopes; prints its id and, this once, its secret.",
            flags: [
                Flag("name", "NAME", "what it is for"),
                Flag(
                    "scopes",
                    "LIST",
                    "what it may do, with commas between",
                    details: "of \(Scope.allCases.map(\.rawValue).joined(separator: " ")), or *"
                ),
                Flag("expires-at", "MS", "when it ends, in milliseconds since 1970; never without"), .data,
                .json,
            ],
            run: create
        ),
        Command(
            name: "client list",
            operands: ["ORG/APP"],
            summary: "List an application's clients with their scopes.",
            flags: [.data, .json],
            run: list
        ),
        Command(
            name: "client rotate",
            operands: ["ORG/APP", "CLIENT_ID"],
            summary: "Give a client a new secret; the one before stays good for a while.",
            flags: [
                Flag("overlap", "SECONDS", "how long the one before is good", details: "default 86400"),
                .data,
                .json,
            ],
            run: rotate
        ),
        Command(
            name: "client delete",
            operands: ["ORG/APP", "CLIENT_ID"],
            summary: "End a client and every token that it got.",
            flags: [.data, .json],
            run: delete
        ),
    ]

    private static func create(_ invocation: Invocation) throws -> Int32 {
        guard let name = invocation.value("name"), let scopes = invocation.value("scopes") else {
            throw UsageError("A client needs --name and --scopes.")
        }
        let words = scopes.split { $0 == "," || $0 == " " }.map { JSONValue.string(String($0)) }
        var members: [JSONValue.Member] = [.init("name", .string(name)), .init("scopes", .array(words))]
        if let end = try number("expires-at", invocation) {
            members.append(.init("expires_at", .integer(end)))
        }
        return try print(try request(.post, invocation, body: .object(members)), invocation)
    }

    private static func list(_ invocation: Invocation) throws -> Int32 {
        let clients = try request(.get, invocation)
        if try invocation.isOn("json") { return Output.json(["clients": clients]) }
        guard case .array(let rows) = clients else { return 0 }
        let cells = rows.map { client in
            [
                client["client_id"]?.string ?? "", client["name"]?.string ?? "", scopes(of: client),
                client["expires_at"]?.int64.map { String($0) } ?? "never",
            ]
        }
        Terminal.say(Terminal.table([["CLIENT", "NAME", "SCOPES", "ENDS"]] + cells))
        return 0
    }

    private static func rotate(_ invocation: Invocation) throws -> Int32 {
        let overlap = try number("overlap", invocation)
        let body = overlap.map { JSONValue.object([.init("overlap_seconds", .integer($0))]) }
        let reply = try request(
            .post,
            invocation,
            below: [invocation.operands[1], "secret"],
            body: body ?? .object([])
        )
        return try print(reply, invocation)
    }

    private static func delete(_ invocation: Invocation) throws -> Int32 {
        let client = try request(.delete, invocation, below: [invocation.operands[1]])
        if try invocation.isOn("json") { return Output.json(client) }
        Terminal.say("deleted \(client["client_id"]?.string ?? "")")
        return 0
    }

    // MARK: Parts

    private static func request(
        _ method: HTTP.Method,
        _ invocation: Invocation,
        below rest: [String] = [],
        body: JSONValue? = nil
    ) throws -> JSONValue {
        let (organization, application) = try AppCommands.name(invocation)
        let reply = try AdministrationSession.on(invocation) { session in
            try session.request(method, [organization, application, "clients"] + rest, body)
        }
        return reply["data"] ?? .null
    }

    private static func number(_ flag: String, _ invocation: Invocation) throws(UsageError) -> Int64? {
        guard let text = invocation.value(flag) else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw UsageError("--\(flag) must be a whole number, not \"\(text.prefix(64))\".")
        }
        return number
    }

    private static func scopes(of client: JSONValue) -> String {
        guard case .array(let words)? = client["scopes"] else { return "" }
        return words.compactMap(\.string).joined(separator: " ")
    }

    private static func print(_ client: JSONValue, _ invocation: Invocation) throws -> Int32 {
        if try invocation.isOn("json") { return Output.json(client) }
        Terminal.say("client_id      \(client["client_id"]?.string ?? "")")
        if let secret = client["client_secret"]?.string { Terminal.say("client_secret  \(secret)") }
        Terminal.say("name           \(client["name"]?.string ?? "")")
        Terminal.say("scopes         \(scopes(of: client))")
        return 0
    }
}
