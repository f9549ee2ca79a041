// parley org: organisations and the people who administer them over HTTP.

import Crypto
import HTTP
import JSON
import Server

enum OrgCommands {
    static let all: [Command] = [
        Command(
            name: "org create",
            operands: ["ORG"],
            summary: "Make an administrator of an organisation, and the organisation where it is new.",
            flags: [
                Flag("operator", nil, "let it do over TCP what the operator of the server may")
            ] + passwordFlags,
            notes: passwordNotes,
            run: create
        ),
        Command(
            name: "org password",
            operands: ["ORG"],
            summary: "Set an administrator's password; its tokens end.",
            flags: passwordFlags,
            notes: passwordNotes,
            run: setPassword
        ),
        Command(
            name: "org delete",
            operands: ["ORG"],
            summary: "Delete an organisation with its administrators and all its applications.",
            flags: [Flag("yes", nil, "really delete; refused without"), .data, .json],
            run: delete
        ),
        Command(
            name: "org list",
            summary: "List the organisations with their administrators.",
            flags: [.data, .json],
            run: list
        ),
    ]

    private static let passwordFlags = [
        Flag("admin", "NAME", "the administrator's log-in name"),
        Flag("password-stdin", nil, "read the password from a line of standard input"), .data, .json,
    ]
    private static let passwordNotes = ["Without --password-stdin a password is made and printed, this once."]

    // MARK: Commands

    private static func create(_ invocation: Invocation) throws -> Int32 {
        let administrator = try administrator(invocation)
        let password = try Password(invocation)
        let body: JSONValue = [
            "organization": .string(invocation.operands[0]), "administrator": .string(administrator),
            "password": .string(password.text), "operator": .bool(try invocation.isOn("operator")),
        ]
        let made = try AdministrationSession.on(invocation, .any) { session in
            try session.request(.post, ["admin", "organizations"], body)
        }
        return try show(made, password, invocation)
    }

    private static func setPassword(_ invocation: Invocation) throws -> Int32 {
        let administrator = try administrator(invocation)
        let password = try Password(invocation)
        let path = ["admin", "organizations", invocation.operands[0], "administrators", administrator]
        let changed = try AdministrationSession.on(invocation) { session in
            try session.request(.put, path, ["password": .string(password.text)])
        }
        return try show(changed, password, invocation)
    }

    private static func delete(_ invocation: Invocation) throws -> Int32 {
        let name = invocation.operands[0]
        guard try invocation.isOn("yes") else {
            throw UsageError("This deletes \(name) with all its applications; say --yes to do it.")
        }
        let deleted = try AdministrationSession.on(invocation) {
            try $0.request(.delete, ["admin", "organizations", name])
        }
        if try invocation.isOn("json") { return Output.json(deleted) }
        Terminal.say("deleted \(name)")
        return 0
    }

    private static func list(_ invocation: Invocation) throws -> Int32 {
        let found = try AdministrationSession.on(invocation) {
            try $0.request(.get, ["admin", "organizations"])
        }
        if try invocation.isOn("json") { return Output.json(found) }
        guard case .array(let organizations)? = found["organizations"], !organizations.isEmpty else {
            Terminal.say("There is no organisation yet; parley org create ORG --admin NAME makes one.")
            return 0
        }
        let rows = organizations.map { organization in
            var names: [String] = []
            if case .array(let administrators)? = organization["administrators"] {
                names = administrators.compactMap(\.string)
            }
            return [organization["organization"]?.string ?? "", names.joined(separator: ", ")]
        }
        Terminal.say(Terminal.table([["ORGANISATION", "ADMINISTRATORS"]] + rows))
        return 0
    }

    // MARK: Parts

    /// A password, and whether it has to be shown because it was made here.
    private struct Password {
        let text: String
        let isMade: Bool

        init(_ invocation: Invocation) throws {
            isMade = try !invocation.isOn("password-stdin")
            guard !isMade else {
                // 120 random bits.
                text = Random.identifier(byteCount: 15)
                return
            }
            guard let line = Terminal.readSecretLine(), !line.isEmpty else {
                throw UsageError("--password-stdin needs a line on standard input.")
            }
            text = line
        }
    }

    private static func administrator(_ invocation: Invocation) throws(UsageError) -> String {
        guard let name = invocation.value("admin") else {
            throw UsageError("parley \(invocation.command.name) needs --admin NAME.")
        }
        return name
    }

    private static func show(_ reply: JSONValue, _ password: Password, _ invocation: Invocation) throws
        -> Int32
    {
        guard case .object(var members) = reply else {
            throw CommandFailure("The server's answer is no object.")
        }
        if password.isMade { members.append(JSONValue.Member("password", .string(password.text))) }
        if try invocation.isOn("json") { return Output.json(.object(members)) }
        Terminal.say(Terminal.table(members.map { [$0.key, $0.value.string ?? ""] }))
        if password.isMade { Terminal.say("The password isn't kept and can't be shown again.") }
        return 0
    }
}
