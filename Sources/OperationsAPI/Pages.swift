// The pages that are part of the program: the API document at /docs, the console at /console.

import ConsoleUI
import Domain
import HTTP
import Routing

enum Pages {
    /// How a file may be sent, and which copy of it the client has.
    struct Request: Input {
        static let bodyKind = BodyKind.none
        let acceptsGzip: Bool
        let known: String

        init(_ reader: inout InputReader) throws(FieldProblem) {
            let codings = try reader.field("accept-encoding", .text(0...4096)) ?? ""
            acceptsGzip = codings.split(separator: ",").contains { coding in
                let words = coding.split(separator: ";").map { word in
                    String(word.filter { $0 != " " && $0 != "\t" }).lowercased()
                }
                return words.first == "gzip"
                    && !words.contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
            }
            known = try reader.field("if-none-match", .text(0...4096)) ?? ""
        }
    }

    /// A file, or that the client has it.
    struct File<Kind: TextKind>: Reply {
        let asset: Asset
        let request: Request
        /// Where the client finds the page; nil where it asked there.
        var elsewhere: String?

        static var content: ReplyContent { .asset(mediaType: Kind.mediaType.description) }

        func response() -> Response {
            if let elsewhere {
                return Response(.found, fields: [.text("Location", elsewhere)])
            }
            var fields: [Response.Field] = [
                .text("ETag", "\"\(asset.digest)\""), .line("Cache-Control: no-cache\r\n"),
                .line("Vary: Accept-Encoding\r\n"), .line(Self.policy),
                .line("Referrer-Policy: no-referrer\r\n"),
            ]
            if request.known.contains("\"\(asset.digest)\"") || request.known == "*" {
                return Response(.notModified, fields: fields)
            }
            if request.acceptsGzip { fields.append(.line("Content-Encoding: gzip\r\n")) }
            let bytes = request.acceptsGzip ? asset.gzip : asset.bytes
            return Response(.ok, contentType: Kind.mediaType, fields: fields, body: .bytes(bytes))
        }

        /// Nothing from elsewhere, no markup made from texts, in nobody's frame.
        private static var policy: StaticString {
            """
            Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
            connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
            require-trusted-types-for 'script'\r\n
            """
        }
    }

    enum HTML: TextKind { static let mediaType: StaticString = "text/html; charset=utf-8" }
    enum CSS: TextKind { static let mediaType: StaticString = "text/css; charset=utf-8" }
    enum JavaScript: TextKind { static let mediaType: StaticString = "text/javascript; charset=utf-8" }

    /// The routes of the API document's page: one for it, and one for each of its files.
    static let docs: [Route] = DocsAssets.all.map { asset in
        asset.name == "index.html"
            ? docsPage(asset) : file(asset, of: "docs", "A file of the page at `/docs`.")
    }

    /// The routes of the console: one for its page, and one for each of its files.
    static let console: [Route] = ConsoleAssets.all.map { asset in
        asset.name == "index.html" ? consolePage(asset) : file(asset, of: "console", "A file of the console.")
    }

    /// Its addresses are relative, for proxies that put a prefix before it; so it stands at one path only.
    private static func docsPage(_ asset: Asset) -> Route {
        page(
            asset,
            "/docs",
            "getDocs",
            "The page of this document: lists, searches, explains, and lets one try.",
            elsewhere: { $0.hasSuffix("/") ? "../docs" : nil }
        )
    }

    /// It stands with a slash at its end, below which its files are; without it the way there is relative, too.
    private static func consolePage(_ asset: Asset) -> Route {
        page(
            asset,
            "/console",
            "getConsole",
            "The console: a page for administrators and operators, which calls the public routes only.",
            elsewhere: { $0.hasSuffix("/") ? nil : "console/" }
        )
    }

    private static func page(
        _ asset: Asset,
        _ path: String,
        _ name: String,
        _ summary: String,
        elsewhere: @escaping @Sendable (String) -> String?
    ) -> Route {
        Route(
            .get,
            path,
            name,
            summary,
            auth: .open,
            servedInMaintenance: true,
            .pure { (call: Call, request: Request) throws(Failure) in
                File<HTML>(asset: asset, request: request, elsewhere: elsewhere(call.target.path))
            }
        )
    }

    private static func file(_ asset: Asset, of page: String, _ summary: String) -> Route {
        asset.name.hasSuffix(".css")
            ? file(asset, of: page, summary, CSS.self) : file(asset, of: page, summary, JavaScript.self)
    }

    private static func file<Kind: TextKind>(
        _ asset: Asset,
        of page: String,
        _ summary: String,
        _: Kind.Type
    ) -> Route {
        let words = "\(page).\(asset.name)".split { ".-".contains($0) }
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return Route(
            .get,
            "/\(page)/\(asset.name)",
            "get\(words.joined())",
            summary,
            auth: .open,
            servedInMaintenance: true,
            .pure { (_: Call, request: Request) throws(Failure) in File<Kind>(asset: asset, request: request)
            }
        )
    }
}
