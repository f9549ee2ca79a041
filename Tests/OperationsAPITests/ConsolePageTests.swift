// The console's files: as they are in the repository, as they are served, and where nothing is served.

import ConsoleUI
import Foundation
import HTTP
import TestKit
import Testing

@Suite struct ConsolePageTests {
    private static let files = ConsoleAssets.all.map(\.name)
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    private static let folder = Project.folder + "/Sources/ConsoleUI/Assets/console"

    private static func path(_ name: String) -> String { "/console/" + (name == "index.html" ? "" : name) }

    private static func text(_ name: String) -> String {
        (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
    }

    @Test func `the literals are the files, compressed and not`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(names.sorted() == Self.files.sorted())
        for asset in ConsoleAssets.all {
            let isSame = Self.text(asset.name) == String(decoding: asset.bytes, as: UTF8.self)
            #expect(isSame, "\(asset.name) is out of date; make assets writes it anew")
            let isSameCompressed = try GzipReader.content(of: asset.gzip.span, limit: 1 << 20) == asset.bytes
            #expect(isSameCompressed, "\(asset.name)")
        }
        #expect(Set(ConsoleAssets.all.map(\.digest)).count == Self.files.count)
    }

    @Test(arguments: files)
    func `a file is served with its fields, compressed, and not again where the client has it`(
        name: String
    ) async throws {
        let client = try await TestServer.shared().client()
        let asset = try #require(ConsoleAssets.all.first { $0.name == name })
        let reply = try await client.send(HTTPRequest("GET", Self.path(name)))
        #expect(reply.status == 200 && reply.body == asset.bytes)
        #expect(reply.headers["Content-Security-Policy"] == Self.policy)
        #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
        #expect(reply.headers["Referrer-Policy"] == "no-referrer")
        let tag = try #require(reply.headers["ETag"])
        let known = HTTPRequest("GET", Self.path(name), headers: ["If-None-Match": tag])
        #expect(try await client.send(known).status == 304)
        let small = HTTPRequest("GET", Self.path(name), headers: ["Accept-Encoding": "gzip"])
        let compressed = try await client.send(small)
        #expect(compressed.headers["Content-Encoding"] == "gzip" && compressed.body == asset.gzip)
    }

    @Test func `without the slash the way leads to it, whatever prefix a proxy has taken away`() async throws
    {
        let client = try await TestServer.shared().client()
        let reply = try await client.get("/console")
        #expect(reply.status == 302 && reply.headers["Location"] == "console/")
        #expect(try await client.get("/console/nothing.js").status == 405)
    }

    @Test func `nothing of it is asked of another server, and nothing makes markup from texts`() {
        for name in Self.files {
            let text = Self.text(name)
            let isPlaceholder = name == "webhooks.js"
            let addresses = text.components(separatedBy: "http").dropFirst().filter {
                ($0.hasPrefix("://") || $0.hasPrefix("s://")) && !$0.hasPrefix("://www.w3.org/2000/svg")
            }
            #expect(addresses.isEmpty || isPlaceholder, "\(name)")
            for word in [
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
                "alert(", "confirm(", "prompt(", "document.cookie",
            ] {
                #expect(!text.contains(word), "\(name): \(word)")
            }
        }
        let storing = Self.files.filter { Self.text($0).contains("localStorage") }
        #expect(storing == ["i18n.js"])
    }

    @Test func `each text of the page is there in Chinese`() throws {
        let key = try Regex(#"\bt\('((?:[^'\\]|\\.)*)'"#)
        let chinese = Self.text("zh-CN.js")
        for name in Self.files where name.hasSuffix(".js") {
            for match in Self.text(name).matches(of: key) {
                let text = String(match.output[1].substring ?? "")
                #expect(chinese.contains("'\(text)': '"), "\(name): \(text)")
            }
        }
    }

    @Test func `a server without the console has none of it, and the document doesn't name it`() async throws
    {
        let server = try await TestServer.start(flags: ["--console", "off"])
        let client = try server.client()
        for path in ["/console", "/console/", "/console/main.js"] {
            let reply = try await client.get(path)
            #expect(reply.status == 404 || reply.status == 405, "\(path) \(reply.status)")
        }
        #expect(try await !client.get("/openapi.yaml?dialect=operations").text.contains("/console"))
    }

    @Test(arguments: ["console", "Console", "CONSOLE", "docs"])
    func `no organisation takes a page's name`(name: String) async throws {
        let client = try await TestServer.shared().administrationClient()
        let administrator = try await TestServer.shared().freshName("admin")
        let organization = try await client.post(
            "/admin/organizations",
            [
                "organization": .string(name), "administrator": .string(administrator),
                "password": "long-enough",
            ]
        )
        #expect(organization.status == 400)
        let application = try await client.post(
            "/admin/applications",
            ["organization": .string(name), "application_name": "app"]
        )
        #expect(application.status == 400)
    }

    // MARK: Codes

    @Test func `a code signs its administrator in once, and nobody else`() async throws {
        let server = try await TestServer.shared()
        let (organization, name) = (server.freshName("org"), server.freshName("admin"))
        let operators = server.administrationClient()
        let base = "/admin/organizations/\(organization)/administrators/"
        #expect(try await operators.post(base + name + "/codes", [:]).status == 404)
        try await operators.post(
            "/admin/organizations",
            [
                "organization": .string(organization), "administrator": .string(name),
                "password": "long-enough",
            ]
        )
        #expect(
            try await operators.post(
                "/admin/organizations/\(server.freshName("org"))/administrators/\(name)/codes",
                [:]
            ).status == 404
        )
        let made = try await operators.post(base + name + "/codes", [:]).json()
        #expect(made["expires_in"] == 900)
        let code = try #require(made["code"])
        func exchange(_ code: TestJSON) async throws -> HTTPReply {
            try await server.client().post("/management/token", ["grant_type": "code", "code": code])
        }
        #expect(try await exchange("nobody's").status == 400)
        #expect(try await exchange(7).status == 400)
        let reply = try await exchange(code)
        #expect(reply.status == 200)
        #expect(try reply.json()["user"]?["username"] == .string(name))
        let token = try #require(try reply.json()["access_token"]?.string)
        let lookup = "/management/organizations/\(organization)/applications"
        #expect(try await server.client().get(lookup, token: token).status == 200)
        #expect(try await exchange(code).status == 400)
        #expect(!server.log().contains(code.string ?? ""))
    }
}
