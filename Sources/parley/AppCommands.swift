// parley app: make, show, change and delete applications and their credentials.

import Domain
import HTTP
import JSON
import Server

enum AppCommands {
    static let all: [Command] = [
        Command(
            name: "app create",
            operands: ["ORG/APP"],
            summary: "Make an application; prints its client id and, this once, its secret.",
            flags: settingFlags + [.data, .json],
            run: create
        ),
        Command(name: "app list", summary: "List all applications.", flags: [.data, .json], run: list),
        Command(
            name: "app show",
            operands: ["ORG/APP"],
            summary: "Show an application's settings and client ids.",
            flags: [.data, .json],
            run: show
        ),
        Command(
            name: "app set",
            operands: ["ORG/APP"],
            summary: "Change an application's settings.",
            flags: settingFlags + [.data, .json],
            run: set
        ),
        Command(
            name: "app rotate",
            operands: ["ORG/APP"],
            summary: "Make one more credential; those of before stay good until they are revoked.",
            flags: [.data, .json],
            run: rotate
        ),
        Command(
            name: "app revoke",
            operands: ["ORG/APP", "CLIENT_ID"],
            summary: "End a credential and every token it got.",
            flags: [.data, .json],
            run: revoke
        ),
        Command(
            name: "app suspend",
            operands: ["ORG/APP"],
            summary: "Refuse every call of an application and close its sockets; what it has stays.",
            flags: [.data, .json],
            run: { try setSuspended(true, $0) }
        ),
        Command(
            name: "app resume",
            operands: ["ORG/APP"],
            summary: "End the suspension of an application.",
            flags: [.data, .json],
            run: { try setSuspended(false, $0) }
        ),
        Command(
            name: "app delete",
            operands: ["ORG/APP"],
            summary: "Delete an application with all its users.",
            flags: [Flag("yes", nil, "really delete; refused without"), .data, .json],
            run: delete
        ),
    ]

    /// The settings by the domain's table: `max_contacts` is `--max-contacts`.
    private static let settingFlags: [Flag] =
        ApplicationSettings.switches.map { setting in
            Flag(flagName(setting.name), nil, setting.summary, details: "on or off, default off")
        }
        + ApplicationSettings.bounds.map { bound in
            Flag(
                flagName(bound.name),
                "N",
                bound.summary,
                details: "\(bound.range.lowerBound)-\(bound.range.upperBound), "
                    + "default \(ApplicationSettings()[keyPath: bound.field])"
            )
        } + [managersFlag]

    private static let managersFlag = Flag(
        "managers",
        "NAMES",
        "users who may act for the application in the OpenIM dialect, with commas between them",
        details: "default \(ApplicationSettings().managers.map(\.text).joined(separator: ","))"
    )

    private static func flagName(_ name: String) -> String {
        name.split(separator: "_").joined(separator: "-")
    }

    // MARK: Commands

    private static func create(_ invocation: Invocation) throws -> Int32 {
        let (organization, application) = try name(invocation)
        let body: JSONValue = [
            "organization": .string(organization), "application_name": .string(application),
            "settings": try settings(invocation),
        ]
        let issued = try AdministrationSession.on(invocation, .any) { session in
            try session.request(.post, ["admin", "applications"], body)
        }
        return try Output.issued(issued, invocation)
    }

    private static func list(_ invocation: Invocation) throws -> Int32 {
        let found = try AdministrationSession.on(invocation) {
            try $0.request(.get, ["admin", "applications"])
        }
        if try invocation.isOn("json") { return Output.json(found) }
        guard case .array(let applications)? = found["applications"], !applications.isEmpty else {
            Terminal.say("There is no application yet; parley app create ORG/APP makes one.")
            return 0
        }
        let rows = applications.map { application in
            [
                Output.name(application), application["application"]?.string ?? "",
                application["settings"]?["open_registration"]?.bool == true ? "open" : "closed",
            ]
        }
        Terminal.say(Terminal.table([["APPLICATION", "UUID", "REGISTRATION"]] + rows))
        return 0
    }

    private static func show(_ invocation: Invocation) throws -> Int32 {
        try Output.application(try request(.get, invocation), invocation)
    }

    private static func set(_ invocation: Invocation) throws -> Int32 {
        let settings = try settings(invocation)
        guard settings != .object([]) else {
            throw UsageError("parley app set needs a setting to change; parley help app set lists them.")
        }
        return try Output.application(try request(.put, invocation, body: settings), invocation)
    }

    private static func setSuspended(_ isSuspended: Bool, _ invocation: Invocation) throws -> Int32 {
        let settings: JSONValue = ["suspended": .bool(isSuspended)]
        return try Output.application(try request(.put, invocation, body: settings), invocation)
    }

    private static func rotate(_ invocation: Invocation) throws -> Int32 {
        try Output.issued(try request(.post, invocation, below: ["credentials"]), invocation)
    }

    private static func revoke(_ invocation: Invocation) throws -> Int32 {
        let left = try request(.delete, invocation, below: ["credentials", invocation.operands[1]])
        return try Output.application(left, invocation)
    }

    private static func delete(_ invocation: Invocation) throws -> Int32 {
        guard try invocation.isOn("yes") else {
            throw UsageError("This deletes \(invocation.operands[0]) with all its users; say --yes to do it.")
        }
        let deleted = try request(.delete, invocation)
        if try invocation.isOn("json") { return Output.json(deleted) }
        Terminal.say("deleted \(Output.name(deleted))")
        return 0
    }

    // MARK: Parts

    private static func request(
        _ method: HTTP.Method,
        _ invocation: Invocation,
        below rest: [String] = [],
        body: JSONValue? = nil
    ) throws -> JSONValue {
        let (organization, application) = try name(invocation)
        return try AdministrationSession.on(invocation) { session in
            try session.request(method, ["admin", "applications", organization, application] + rest, body)
        }
    }

    /// The organisation and the application that a command names.
    static func name(_ invocation: Invocation) throws(UsageError) -> (String, String) {
        let parts = invocation.operands[0].split(separator: "/", omittingEmptySubsequences: false).map(
            String.init
        )
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw UsageError("An application is named ORG/APP, not \"\(invocation.operands[0].prefix(64))\".")
        }
        return (parts[0], parts[1])
    }

    /// The settings among the flags, checked here too: a wrong flag is a mistake of the call.
    private static func settings(_ invocation: Invocation) throws(UsageError) -> JSONValue {
        var members: [JSONValue.Member] = []
        for setting in ApplicationSettings.switches {
            guard let isOn = try invocation.truth(flagName(setting.name)) else { continue }
            members.append(JSONValue.Member(setting.name, .bool(isOn)))
        }
        for bound in ApplicationSettings.bounds {
            let flag = flagName(bound.name)
            guard let text = invocation.value(flag) else { continue }
            guard let number = Int(text), bound.range.contains(number) else {
                throw UsageError(
                    "--\(flag) must be a whole number from \(bound.range.lowerBound) to \(bound.range.upperBound), "
                        + "not \"\(text.prefix(64))\"."
                )
            }
            members.append(JSONValue.Member(bound.name, .integer(Int64(number))))
        }
        if let names = invocation.value(managersFlag.name) {
            let names = names.split(separator: ",").map { JSONValue.string(String($0)) }
            members.append(JSONValue.Member("managers", .array(names)))
        }
        return .object(members)
    }
}
