// parley openapi: the API document, made from the table of routes and from recorded exchanges.

import Dialects
import Routing
import Server
import Webhooks

enum OpenAPICommand {
    static let command = Command(
        name: "openapi",
        summary: "Print the API document (OpenAPI 3.1, YAML).",
        flags: [
            Flag(
                "fixtures",
                "FOLDER",
                "take examples from the recorded exchanges in this folder's platform/ and openim/"
            ),
            Flag(
                "dialect",
                OpenAPIPart.allCases.map(\.rawValue).joined(separator: "|"),
                "only the routes of one dialect; operations has the operator's, too"
            ), .data,
        ],
        run: printDocument
    )

    private static func printDocument(_ invocation: Invocation) throws -> Int32 {
        let examples =
            try invocation.value("fixtures").map { folder in
                try ServedDialect.all.flatMap(\.exchanges).flatMap {
                    try RecordedExchanges.examples(in: "\(folder)/\($0)")
                }
            } ?? []
        let part = try invocation.value("dialect").map { name in
            guard let part = OpenAPIPart(rawValue: name) else {
                let names = OpenAPIPart.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("--dialect must be one of \(names), not \"\(name.prefix(64))\".")
            }
            return part
        }
        let document = OpenAPIDocument(
            routes: ServedDialect.routes,
            version: Program.version,
            examples: examples,
            part: part,
            webhooks: ServeCommand.webhooks(in: part)
        )
        Terminal.write(Array(document.yaml().utf8), to: 1)
        return 0
    }
}
