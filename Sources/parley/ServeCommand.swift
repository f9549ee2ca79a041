// parley serve: a server until SIGTERM or SIGINT.

import Dialects
import Domain
import JSON
import PlatformAPI
import Routing
import Server
import Webhooks

enum ServeCommand {
    static let demoVariable = "PARLEY_DEMO"

    static let command = Command(
        name: "serve",
        summary: "Serve until SIGTERM or SIGINT.",
        flags: Configuration.options.map { Flag($0) } + [
            Flag(
                "demo",
                nil,
                "make \(Demo.organization)/\(Demo.application) and print requests to try",
                details: "default off"
            )
        ],
        notes: [
            "Every flag is also a variable of the environment: --password-cost is PARLEY_PASSWORD_COST. Flags win.",
            "Prints \"listening on http://HOST:PORT\" when it answers; logs to standard error, one JSON object a line.",
        ],
        run: serve
    )

    /// The requests that the server sends by itself, where a part of the API document has them.
    static func webhooks(in part: OpenAPIPart?) -> OpenAPIWebhooks? {
        guard part == nil || part == .platform else { return nil }
        return OpenAPIWebhooks(requests: EventCatalog.webhooks, schemas: EventCatalog.schemas)
    }

    private static func serve(_ invocation: Invocation) throws -> Int32 {
        var configuration = try invocation.configuration()
        let isDemo = try isDemo(invocation)
        if isDemo { configuration.webhookNetworks = configuration.webhookNetworks.withLoopback }
        let server = try Server(
            configuration,
            routes: ServedDialect.routes,
            fallback: PlatformDialect(),
            aliases: aliases(configuration, isDemo: isDemo),
            transfer: PlatformTransfer(),
            document: { part, format in
                OpenAPIDocument(
                    routes: ServedDialect.routes,
                    version: Program.version,
                    examples: [],
                    part: part,
                    webhooks: webhooks(in: part)
                ).bytes(format)
            }
        )
        try server.start()
        let origin = "http://\(bracketed(configuration.host)):\(server.port ?? 0)"
        // Made before the server is announced: who waits for the announcement finds the application.
        let introduction: String?
        do {
            let demo = Demo(folder: configuration.dataFolder, origin: origin)
            introduction = isDemo ? try demo.introduction() : nil
        } catch {
            server.stop()
            throw error
        }
        Terminal.say("listening on \(origin)")
        if let introduction { Terminal.say(introduction) }
        try server.run()
        return 0
    }

    /// The applications whose routes of a dialect answer at the root, too: those that were said, else that of the
    /// demonstration.
    private static func aliases(_ configuration: Configuration, isDemo: Bool) -> [PathAlias] {
        let demo = isDemo ? "\(Demo.organization)/\(Demo.application)" : nil
        return ServedDialect.all.flatMap { dialect in
            let said =
                switch dialect.part {
                case .openim: configuration.openIMApplication
                case .ourchat: configuration.ourChatApplication
                case .platform, .operations: String?.none
                }
            guard let names = (said ?? demo)?.split(separator: "/"), names.count == 2 else {
                return [PathAlias]()
            }
            return dialect.aliases.map { $0(String(names[0]), String(names[1])) }
        }
    }

    private static func isDemo(_ invocation: Invocation) throws(UsageError) -> Bool {
        if let flag = try invocation.truth("demo") { return flag }
        guard let variable = Invocation.environment()[demoVariable], !variable.isEmpty else { return false }
        guard let isDemo = Bool(switch: variable) else {
            throw UsageError("\(demoVariable) must be on or off, not \"\(variable.prefix(64))\".")
        }
        return isDemo
    }

    /// An IPv6 address in brackets, as it stands in a URI (RFC 3986 section 3.2.2).
    private static func bracketed(_ host: String) -> String {
        host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    }
}
