// parley audit: who changed what in an application with an authority that isn't a user's own.

import Domain
import HTTP
import JSON
import Server

enum AuditCommand {
    static let command = Command(
        name: "audit",
        operands: ["ORG/APP"],
        summary:
            "List what was done with the authority of a client, an administrator or the operator, newest first.",
        flags: [
            Flag("caller", "WHO", "client:ID, admin:NAME or operator:UID, or a client's name"),
            Flag("route", "NAME", "the operation, as parley routes lists it"),
            Flag("target", "NAME", "a user, a group's id, a message's id"),
            Flag("after", "TIME", "from this moment on: RFC 3339, or milliseconds since 1970"),
            Flag("before", "TIME", "before this moment"),
            Flag("limit", "N", "most rows", details: "default 100"), .data, .json,
        ],
        run: list
    )

    private static let filters = ["caller", "route", "target", "after", "before"]
    private static let pageRows = 100

    private static func list(_ invocation: Invocation) throws -> Int32 {
        let (organization, application) = try AppCommands.name(invocation)
        guard let limit = Int(invocation.value("limit") ?? "\(pageRows)"), limit > 0 else {
            throw UsageError("--limit must be a whole number from 1.")
        }
        let filter = filters.compactMap { name in invocation.value(name).map { (name, $0) } }
        var rows: [JSONValue] = []
        try AdministrationSession.on(invocation) { session in
            var cursor: String?
            repeat {
                let size = min(limit - rows.count, pageRows)
                let page = try session.request(
                    .get,
                    [organization, application, "audit"],
                    query: filter + [("limit", String(size))] + (cursor.map { [("cursor", $0)] } ?? [])
                )
                if case .array(let found)? = page["data"] { rows += found }
                cursor = page["cursor"]?.string
            } while cursor != nil && rows.count < limit
        }
        if try invocation.isOn("json") { return Output.json(["audit": .array(rows)]) }
        for row in rows { Terminal.say(line(row)) }
        return 0
    }

    /// One row on one line, whatever stands in it.
    private static func line(_ row: JSONValue) -> String {
        let text = { (name: String) in row[name]?.string ?? "" }
        let time = Timestamp(milliseconds: row["time"]?.int64 ?? 0).internetText
        var words = [
            time, text("caller"), text("name"), text("address"), text("route"), text("target"),
            text("outcome"),
        ]
        if let count = row["count"]?.int64 { words.append("count=\(count)") }
        if let reason = row["reason"]?.string { words.append("reason=\(reason)") }
        let line = words.filter { !$0.isEmpty }.joined(separator: "  ")
        return String(
            line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        )
    }
}
