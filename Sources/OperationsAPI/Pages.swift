// The page of the API document at /docs, served from the program itself.

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

    /// A route for the page, and one for each of its files.
    static let routes: [Route] = DocsAssets.all.map { asset in
        switch asset.name.split(separator: ".").last {
        case "html": page(asset)
        case "css": file(asset, CSS.self)
        default: file(asset, JavaScript.self)
        }
    }

    /// Its addresses are relative, for proxies that put a prefix before it; so it stands at one path only.
    private static func page(_ asset: Asset) -> Route {
        Route(
            .get,
            "/docs",
            "getDocs",
            "The page of this document: lists, searches, explains, and lets one try.",
            auth: .open,
            servedInMaintenance: true,
            .pure { (call: Call, request: Request) throws(Failure) in
                let isBelow = call.target.path.hasSuffix("/")
                return File<HTML>(asset: asset, request: request, elsewhere: isBelow ? "../docs" : nil)
            }
        )
    }

    private static func file<Kind: TextKind>(_ asset: Asset, _: Kind.Type) -> Route {
        let words = asset.name.split(separator: ".").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return Route(
            .get,
            "/docs/\(asset.name)",
            "getDocs\(words.joined())",
            "A file of the page at `/docs`.",
            auth: .open,
            servedInMaintenance: true,
            .pure { (_: Call, request: Request) throws(Failure) in File<Kind>(asset: asset, request: request)
            }
        )
    }
}
