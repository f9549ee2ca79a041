// The output of administration commands: the server's JSON as it came, or the same for people.

import Glibc
import JSON

enum Output {
    /// One line of JSON.
    static func json(_ value: JSONValue) -> Int32 {
        Terminal.say(String(decoding: value.bytes, as: UTF8.self))
        return 0
    }

    /// `ORG/APP`.
    static func name(_ application: JSONValue) -> String {
        "\(application["organization"]?.string ?? "")/\(application["application_name"]?.string ?? "")"
    }

    /// A credential with its secret.
    static func issued(_ issued: JSONValue, _ invocation: Invocation) throws -> Int32 {
        if try invocation.isOn("json") { return json(issued) }
        let rows =
            [["application", name(issued)], ["uuid", issued["application"]?.string ?? ""]]
            + ["client_id", "client_secret"].map { [$0, issued[$0]?.string ?? ""] }
        Terminal.say(Terminal.table(rows))
        Terminal.say("The secret isn't kept and can't be shown again.")
        return 0
    }

    /// An application with its settings and client ids.
    static func application(_ application: JSONValue, _ invocation: Invocation) throws -> Int32 {
        if try invocation.isOn("json") { return json(application) }
        var rows = [
            ["application", name(application)], ["uuid", application["application"]?.string ?? ""],
            ["created", date(application["created"]?.int64)],
        ]
        if case .object(let settings)? = application["settings"] {
            rows += settings.map {
                [$0.key, text(of: $0.value)]
            }
        }
        if case .array(let credentials)? = application["credentials"] {
            rows += credentials.map {
                ["client_id", "\($0["client_id"]?.string ?? "") (since \(date($0["created"]?.int64)))"]
            }
        }
        Terminal.say(Terminal.table(rows))
        return 0
    }

    /// A setting for people.
    private static func text(of setting: JSONValue) -> String {
        switch setting {
        case .bool(let isOn): isOn ? "on" : "off"
        case .array(let names): names.compactMap(\.string).joined(separator: ", ")
        default: "\(setting.int64 ?? 0)"
        }
    }

    /// Milliseconds since 1970 as a UTC date and time.
    static func date(_ milliseconds: Int64?) -> String {
        guard let milliseconds else { return "" }
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        var text = [CChar](repeating: 0, count: 32)
        guard gmtime_r(&seconds, &parts) != nil, strftime(&text, text.count, "%Y-%m-%d %H:%M:%SZ", &parts) > 0
        else {
            return ""
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
