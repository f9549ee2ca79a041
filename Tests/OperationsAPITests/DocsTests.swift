// The page of the API document: its files as they are in the repository, and as they are served.

import ConsoleUI
import Foundation
import HTTP
import TestKit
import Testing

@Suite struct DocsTests {
    private static let files = DocsAssets.all.map(\.name)

    private static func path(_ name: String) -> String { name == "index.html" ? "/docs" : "/docs/\(name)" }

    @Test func `the literals are the files, compressed and not`() throws {
        let folder = URL(fileURLWithPath: Project.fixtures).deletingLastPathComponent()
            .appendingPathComponent("Sources/ConsoleUI/Assets/docs")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == Self.files.sorted())
        for asset in DocsAssets.all {
            let file = try Data(contentsOf: folder.appendingPathComponent(asset.name))
            let isSame = Array(file) == asset.bytes
            #expect(isSame, "\(asset.name) is out of date; make assets writes it anew")
            let isSameCompressed = try GzipReader.content(of: asset.gzip.span, limit: 1 << 20) == asset.bytes
            #expect(isSameCompressed, "\(asset.name)")
        }
        #expect(Set(DocsAssets.all.map(\.digest)).count == Self.files.count)
    }

    @Test(arguments: files)
    func `a file is served whole, and not again where the client has it`(name: String) async throws {
        let client = try await TestServer.shared().client()
        let asset = try #require(DocsAssets.all.first { $0.name == name })
        let reply = try await client.send(HTTPRequest("GET", Self.path(name)))
        #expect(reply.status == 200 && reply.body == asset.bytes)
        let tag = try #require(reply.headers["ETag"])
        #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
        let policy = try #require(reply.headers["Content-Security-Policy"])
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"))
        let known = HTTPRequest("GET", Self.path(name), headers: ["If-None-Match": "W/\"x\", \(tag)"])
        let second = try await client.send(known)
        #expect(second.status == 304 && second.body.isEmpty && second.headers["ETag"] == tag)
        let other = HTTPRequest("GET", Self.path(name), headers: ["If-None-Match": "\"x\""])
        #expect(try await client.send(other).status == 200)
    }

    @Test func `a file is compressed for whoever takes gzip`() async throws {
        let client = try await TestServer.shared().client()
        for (codings, isCompressed) in [
            ("gzip, br", true), ("GZIP;q=0.5", true), ("gzip;q=0", false), ("br", false),
        ] {
            let request = HTTPRequest("GET", "/docs/page.js", headers: ["Accept-Encoding": codings])
            let reply = try await client.send(request)
            #expect((reply.headers["Content-Encoding"] == "gzip") == isCompressed, "\(codings)")
            #expect(reply.headers["Vary"] == "Accept-Encoding")
        }
    }

    @Test func `with a slash behind it the page leads to itself, as its addresses are relative`() async throws
    {
        let client = try await TestServer.shared().client()
        let reply = try await client.get("/docs/")
        #expect(reply.status == 302 && reply.headers["Location"] == "../docs")
        for asset in DocsAssets.all {
            let text = String(decoding: asset.bytes, as: UTF8.self)
            #expect(!text.contains("https://") && !text.contains("http://") || asset.name == "operation.js")
            #expect(!text.contains("innerHTML") && !text.contains("eval("))
        }
    }
}
